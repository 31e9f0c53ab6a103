"""Publishing an event, cancelling it, taking either back, and the end."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.effects import event_cancelled, event_over, event_published, event_reinstated
from sauga.events.permissions import Permission
from sauga.events.programme.actions.rooms import hold_rooms
from sauga.events.programme.models import Event, EventFormat
from sauga.events.programme.rules.readiness import Missing, Shown, missing
from sauga.events.states import EventState
from sauga.events.trail import CHANNEL, ZONE, Trail
from sauga.kernel import audit, live, vocab
from sauga.kernel.i18n import and_list, languages
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused, ReasonMissing
from sauga.kernel.states import Actor, MoveNotAllowed, lock, move

REASONS = "event_cancel_reasons"
MISSING = {
    Missing.TITLE: _("the title"),
    Missing.SUMMARY: _("the summary"),
    Missing.DESCRIPTION: _("the description"),
    Missing.AUDIENCES: _("whom it is for"),
    Missing.LANGUAGES: _("in which language it is held"),
    Missing.VENUE: _("the venue"),
    Missing.VENUE_ACCESS: _("how accessible the venue is"),
    Missing.ACCESS: pgettext_lazy("event", "captions, sign language or another form of access online"),
    Missing.PHOTO_POLICY: _("whether photos are taken"),
}
"""What visitors would look for in vain, in words."""


class NotReady(ActionRefused):
    """Visitors would look in vain for something they need."""

    message = _("Visitors need to know more before this is published. Still missing: %(missing)s.")


class TooLate(ActionRefused):
    """What has begun or ended is not published, taken back or cancelled."""

    messages = {
        "publish": _("The event has ended. Choose other times, or copy it to a new day."),
        "back": _("The event has begun; what is published stays."),
        "cancel": _("The event has ended; it can no longer be cancelled."),
        "reinstate": _("The event would have begun. Copy it to a new day instead."),
    }


def publish_event(*, by: Actor, event: Event, at: datetime) -> Event:
    """Show an event to everybody. Raises PermissionRefused, MoveNotAllowed, NotReady, TooLate."""
    require(by, Permission.PUBLISH, event)
    with transaction.atomic():
        row = lock(event)
        if row.state != EventState.DRAFT:
            raise MoveNotAllowed(row.state, EventState.PUBLISHED)
        if row.ends <= at:
            raise TooLate("publish")
        if lacks := missing(shown(row), languages.DEFAULT):
            raise NotReady(missing=lambda: and_list([str(MISSING[code]) for code in lacks]))
        row.published_at = row.published_at or at
        _moved(by, row, EventState.PUBLISHED, at)
        event_published(by=by, event=row, at=at)
        return row


def unpublish_event(*, by: Actor, event: Event, at: datetime) -> Event:
    """Take a publication back, before the event begins. Raises PermissionRefused, MoveNotAllowed, TooLate."""
    require(by, Permission.PUBLISH, event)
    with transaction.atomic():
        row = lock(event)
        if row.state == EventState.PUBLISHED and row.starts <= at:
            raise TooLate("back")
        return _moved(by, row, EventState.DRAFT, at)


def cancel_event(*, by: Actor, event: Event, reason: str, note: Mapping[str, str], at: datetime) -> Event:
    """Cancel a published event, before it ends. Its page, calendars and feeds say so; its rooms are free for
    others. Raises PermissionRefused, MoveNotAllowed, ReasonMissing, TooLate."""
    require(by, Permission.PUBLISH, event)
    if not vocab.has_term(REASONS, reason, at=at):
        raise ReasonMissing
    with transaction.atomic():
        row = lock(event)
        if row.state == EventState.PUBLISHED and row.ends <= at:
            raise TooLate("cancel")
        row.cancel_reason, row.cancelled_at = reason, at
        row.cancel_note = {code: text.strip() for code, text in note.items() if text.strip()}
        _moved(by, row, EventState.CANCELLED, at, why=reason)
        row.sessions.update(holds_room=False)
        event_cancelled(by=by, event=row, at=at)
        return row


def reinstate_event(*, by: Actor, event: Event, at: datetime) -> Event:
    """Take a cancellation back, before the event would have begun. Raises PermissionRefused, MoveNotAllowed,
    TooLate, RoomTaken."""
    require(by, Permission.PUBLISH, event)
    with transaction.atomic():
        row = lock(event)
        if row.state != EventState.CANCELLED:
            raise MoveNotAllowed(row.state, EventState.PUBLISHED)
        if row.starts <= at:
            raise TooLate("reinstate")
        hold_rooms(list(row.sessions.select_for_update()))
        row.cancel_reason, row.cancel_note, row.cancelled_at = "", {}, None
        _moved(by, row, EventState.PUBLISHED, at)
        event_reinstated(by=by, event=row, at=at)
        return row


def close_events(*, by: Actor, at: datetime) -> int:
    """Published events that have ended are over; how many there were. Repeatable. Raises
    PermissionRefused."""
    require(by, Permission.CLOSE)
    ended = list(Event.objects.filter(state=EventState.PUBLISHED, ends__lte=at).order_by("pk")[:500])
    closed = 0
    for event in ended:
        with transaction.atomic():
            row = lock(event)
            if row.state == EventState.PUBLISHED and row.ends <= at:
                _moved(by, row, EventState.OVER, at)
                event_over(by=by, event=row, at=at)
                closed += 1
    return closed


def shown(event: Event) -> Shown:
    """What an event says to visitors."""
    return Shown(
        title=event.title,
        summary=event.summary,
        description=event.description,
        audiences=event.audiences,
        languages=event.languages,
        has_place=event.has_place,
        is_online=event.format != EventFormat.ONSITE,
        has_venue=event.venue_id is not None,
        venue_access=event.venue.accessibility if event.venue else (),
        access=event.access,
        photo_policy=event.photo_policy,
    )


def _moved(by: Actor, row: Event, to: EventState, at: datetime, why: str = "") -> Event:
    row.changed_at, row.sequence = at, row.sequence + (row.published_at is not None)
    row.save()
    move(row, to=to, by=by, at=at, why=why)
    facts = {"to": str(to), **({"why": why} if why else {})}
    audit.record(by, Trail.EVENT_MOVED, row, zone=ZONE, at=at, facts=facts)
    live.signal(CHANNEL)
    return row
