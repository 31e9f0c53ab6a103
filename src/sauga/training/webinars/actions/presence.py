"""Presence at home, of those who registered because they want a confirmation; no others are recorded."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.events.checkin.actions import attendance
from sauga.events.programme.models import Event
from sauga.events.registration.models import Registration
from sauga.events.states import EventState
from sauga.kernel import audit
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor
from sauga.training.permissions import Permission
from sauga.training.trail import ZONE, Trail
from sauga.training.webinars.models import Presence, Webinar
from sauga.training.webinars.queries import presences
from sauga.training.webinars.rules import Phase, continues

CONFIRM = "training.confirm_presence"
LONGEST_DEVICE = 24
MOST_DEVICES = 12
"""Pages of one registration; more are not recorded."""


class PresenceRefused(ActionRefused):
    """Nothing is recorded now."""

    messages = {
        "time": _("Attendance is recorded while the webinar is on."),
        "seat": _("This registration has no seat."),
        "device": _("Too many pages are open for this registration. Close some."),
    }


def be_present(
    *, by: Actor, webinar: Webinar, registration: Registration, device: str, at: datetime
) -> Presence:
    """An open page says that it is there: its interval grows, or a new one begins after a gap.

    Raises PermissionRefused, PresenceRefused.
    """
    require(by, Permission.BE_PRESENT)
    if registration.event_id != webinar.event_id or registration.state not in presences.SEATED:
        raise PresenceRefused("seat")
    if webinar.is_off or webinar.phase(at) != Phase.LIVE:
        raise PresenceRefused("time")
    device = device[:LONGEST_DEVICE].replace("\0", "")
    with transaction.atomic():
        held = Presence.objects.filter(registration=registration)
        last = held.select_for_update().filter(device=device).order_by("-left_at").first()
        if last is not None and continues(last.left_at, at):
            last.left_at = at
            last.save(update_fields=["left_at"])
            return last
        if last is None and held.values("device").distinct().count() >= MOST_DEVICES:
            raise PresenceRefused("device")
        return Presence.objects.create(
            webinar=webinar, registration=registration, device=device, joined_at=at, left_at=at
        )


def confirm_when_over(*, by: Actor, event: Event, at: datetime) -> int:
    """The reaction to the end of an event: a job says who was present long enough. How many pages it looks
    at."""
    webinar = Webinar.objects.filter(event=event).first()
    if webinar is None:
        return 0
    app.configure_task(CONFIRM, queue="training").defer(webinar_id=webinar.pk)
    return Presence.objects.filter(webinar=webinar).count()


def confirm_presence(*, by: Actor, webinar: Webinar, at: datetime) -> int:
    """After the webinar: a participant present for three quarters of it has attended, and so can have the
    certificate of the event. How many were marked now. Raises PermissionRefused."""
    require(by, Permission.ADVANCE_SITES)
    with transaction.atomic():
        if webinar.event.state != EventState.OVER:
            return 0
        came = [attendance.Came(registration=row, heads=row.heads) for row in presences.present_at(webinar)]
        if not came:
            return 0
        n = attendance.record_list(by=by, event=webinar.event, came=came, others_missed=False, at=at)
        audit.record(by, Trail.PRESENCE_CONFIRMED, webinar, zone=ZONE, at=at, facts={"n": n})
        return n
