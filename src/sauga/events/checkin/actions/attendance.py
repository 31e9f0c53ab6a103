"""Who came in the end: at the end of the event by its check-ins, afterwards by hand with a reason, or by a
list that is entered completely or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.events.checkin.models import CheckIn
from sauga.events.checkin.rules import Outcome
from sauga.events.permissions import Permission
from sauga.events.planning.actions.reports import keep_counts
from sauga.events.programme.models import Event
from sauga.events.registration.actions.seats import apply_effects
from sauga.events.registration.models import Registration
from sauga.events.registration.rules import Command, Situation, decide
from sauga.events.states import CAME, EventState, RegistrationState
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit, live
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused, ReasonMissing
from sauga.kernel.states import Actor, lock

CHANNEL = "events.attendance"
SETTLE = "events.settle_attendance"
BATCH = 200
ONCE_SEATED = (RegistrationState.CONFIRMED, *CAME, RegistrationState.NO_SHOW)


class Reason(StrEnum):
    """Why attendance is corrected by hand."""

    SEEN = "SEEN"
    MISTAKE = "MISTAKE"
    ONLINE = "ONLINE"
    PART = "PART"


class AttendanceRefused(ActionRefused):
    """Attendance that cannot be recorded."""

    messages = {
        "running": _("The event is not over. Until then check people in, or undo a check-in."),
        "state": _("Only registrations that had a seat can be marked."),
        "heads": _("At most as many can have come as there were seats: %(seats)s."),
        "same": _("This is what is recorded already."),
        "empty": _("The list names nobody."),
    }
    fields = {"heads": "heads"}


@dataclass(frozen=True, kw_only=True)
class Came:
    """One line of a list: how many of a registration came."""

    registration: Registration
    heads: int
    groups: Mapping[str, int] = field(default_factory=dict)


def settle_when_over(*, by: Actor, event: Event, at: datetime) -> int:
    """The reaction to the end of an event: a job says who came; how many registrations it looks at."""
    app.configure_task(SETTLE, queue="events").defer(event_id=event.pk)
    return Registration.objects.filter(
        event=event, state__in=(RegistrationState.CONFIRMED, RegistrationState.CHECKED_IN)
    ).count()


def is_used(event: Event) -> bool:
    """Whether anybody was checked in on the main list."""
    counted = CheckIn.objects.filter(check_list__event=event, check_list__is_main=True)
    return counted.filter(outcome=Outcome.COUNTED).exists()


def settle_some(*, by: Actor, event: Event, at: datetime) -> int:
    """After the event, BATCH at most: who is checked in has attended; where check-in was used, who is not
    did not come. How many moved."""
    require(by, Permission.ADVANCE)
    with transaction.atomic():
        if not Event.objects.filter(pk=event.pk, state=EventState.OVER).exists():
            return 0
        states = (
            (RegistrationState.CHECKED_IN, RegistrationState.CONFIRMED)
            if is_used(event)
            else (RegistrationState.CHECKED_IN,)
        )
        rows = Registration.objects.select_for_update().filter(event=event, state__in=states)
        moved = 0
        for row in rows.order_by("pk")[:BATCH]:
            _move(by, row, Command.ATTEND if row.state == RegistrationState.CHECKED_IN else Command.MISS, at)
            if row.state == RegistrationState.NO_SHOW:
                row.attended_heads, row.attended_groups = 0, {}
                row.save(update_fields=["attended_heads", "attended_groups"])
            moved += 1
        if not moved:
            keep_counts(by=by, event=event, at=at)
        return moved


def _move(by: Actor, row: Registration, command: Command, at: datetime, why: str = "") -> None:
    effects = decide(row.state, command, Situation(heads=row.heads))
    apply_effects(by, row, [], replace(effects, why=why), at=at)


def correct(*, by: Actor, registration: Registration, heads: int, reason: str, at: datetime) -> Registration:
    """After the event: how many of a registration came; 0 where none came. Raises PermissionRefused,
    ReasonMissing, AttendanceRefused."""
    require(by, Permission.EDIT_CHECK_IN, registration)
    if reason not in set(Reason):
        raise ReasonMissing
    with transaction.atomic():
        row = lock(registration)
        _refuse(row.event, [Came(registration=row, heads=heads)])
        if row.attended_heads == heads and row.state in {
            RegistrationState.ATTENDED,
            RegistrationState.NO_SHOW,
        }:
            raise AttendanceRefused("same")
        _record(by, row, heads, {}, reason=reason, at=at)
        keep_counts(by=by, event=row.event, at=at)
        return row


def record_list(*, by: Actor, event: Event, came: Sequence[Came], others_missed: bool, at: datetime) -> int:
    """Enter a list of who came, all of it or nothing; with `others_missed` everybody else with a seat did
    not. How many registrations were marked. Raises PermissionRefused, AttendanceRefused."""
    require(by, Permission.EDIT_CHECK_IN, event)
    if not came:
        raise AttendanceRefused("empty")
    with transaction.atomic():
        rows = Registration.objects.select_for_update().filter(event=event, state__in=ONCE_SEATED)
        held = {row.pk: row for row in rows.order_by("pk")}
        fresh = [
            Came(
                registration=held.get(one.registration.pk, one.registration),
                heads=one.heads,
                groups=one.groups,
            )
            for one in came
        ]
        _refuse(event, fresh)
        named = {one.registration.pk: one for one in fresh}
        for one in named.values():
            _record(by, one.registration, one.heads, one.groups, reason=Reason.ONLINE, at=at)
        others = [row for key, row in held.items() if key not in named] if others_missed else []
        for row in others:
            _record(by, row, 0, {}, reason=Reason.ONLINE, at=at)
        keep_counts(by=by, event=event, at=at)
        return len(named) + len(others)


def _refuse(event: Event, came: Sequence[Came]) -> None:
    if event.state != EventState.OVER:
        raise AttendanceRefused("running")
    for one in came:
        if one.registration.event_id != event.pk or one.registration.state not in ONCE_SEATED:
            raise AttendanceRefused("state")
        if not 0 <= one.heads <= one.registration.heads:
            raise AttendanceRefused("heads", seats=one.registration.heads)


def _record(
    by: Actor, row: Registration, heads: int, groups: Mapping[str, int], *, reason: str, at: datetime
) -> None:
    wanted, command = (
        (RegistrationState.ATTENDED, Command.ATTEND) if heads else (RegistrationState.NO_SHOW, Command.MISS)
    )
    if row.state == RegistrationState.CHECKED_IN and not heads:
        _move(by, row, Command.ATTEND, at, reason)
    if row.state != wanted:
        _move(by, row, command, at, reason)
    row.attended_heads, row.attended_groups = heads, dict(groups)
    row.save(update_fields=["attended_heads", "attended_groups"])
    facts: dict[str, str | int] = {"what": "attendance", "why": str(reason), "heads": heads}
    audit.record(by, Trail.REGISTRATION_CHANGED, row, zone=ZONE, at=at, facts=facts)
    live.signal(CHANNEL)
