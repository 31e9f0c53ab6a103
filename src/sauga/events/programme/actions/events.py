"""Creating, editing, copying and discarding an event."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.effects import event_copied, event_moved, event_rescheduled
from sauga.events.permissions import Permission
from sauga.events.programme.actions.refusals import CodeRefused, TimeRefused, check_seen, instants
from sauga.events.programme.actions.rooms import hold_rooms
from sauga.events.programme.models import Event, EventFormat, Series, Session, Stream, Track, Venue
from sauga.events.programme.rules.addresses import address
from sauga.events.programme.rules.local_times import LONGEST, LocalTime, local_time
from sauga.events.states import EventState
from sauga.events.trail import CHANNEL, ZONE, Trail
from sauga.kernel import audit, live, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import languages
from sauga.kernel.identity import require
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.organisations.places import is_municipality
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, MoveNotAllowed, lock

LISTS = {
    "kind": "event_kinds",
    "audiences": "audiences",
    "topics": "topics",
    "languages": "languages",
    "access": "event_access",
    "photo_policy": "photo_policies",
}
"""Which list each column of codes is of."""
IN_CALENDARS = {"starts", "ends", "title", "summary", "venue", "format", "kind", "series"}
"""What calendars show: a change of a published event gives it a new number there."""
WORDS = ("title", "summary", "description", "needs")
COPIED = (*WORDS, *LISTS, "format", "venue", "municipality", "series", "organiser")
SESSION_COPIED = (
    "kind",
    "room",
    "title",
    "abstract",
    "language",
    "access",
    "do_not_record",
    "minutes",
    "seats_wanted",
)


class SessionsOutside(ActionRefused):
    """The new times would leave sessions outside the event."""

    message = _("%(number)d sessions would lie outside these times. Move them along, or change them first.")
    field = "starts"


class EventTextsMissing(ActionRefused):
    """An event without a title in the language of the site."""

    message = _("Write the title in the language of the site.")
    field = f"title_{languages.DEFAULT}"


@dataclass(frozen=True, kw_only=True)
class EventWords:
    """What an event says, by language."""

    title: Mapping[str, str]
    summary: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    needs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class EventGiven:
    """What an organiser enters about an event."""

    words: EventWords
    kind: str
    format: str
    starts: LocalTime
    ends: LocalTime
    organiser: Organisation
    venue: Venue | None = None
    municipality: str = ""
    series: Series | None = None
    audiences: Sequence[str] = ()
    topics: Sequence[str] = ()
    languages: Sequence[str] = ()
    access: Sequence[str] = ()
    photo_policy: str = ""


def create_event(*, by: Actor, given: EventGiven, at: datetime) -> Event:
    """Begin an event as a draft. Raises PermissionRefused, TimeRefused, CodeRefused, EventTextsMissing."""
    require(by, Permission.EDIT)
    values = _values(given)
    with transaction.atomic():
        event = Event(**values, created_at=at, changed_at=at)
        event.slug = _address(event)
        event.save()
        _record(by, Trail.EVENT_CREATED, event, at, {"kind": event.kind, "how": "new"})
        return event


def edit_event(
    *, by: Actor, event: Event, given: EventGiven, move_sessions: bool, seen: str, at: datetime
) -> Event:
    """Change an event; `move_sessions` moves its sessions along with its start. `seen` is the version that
    the person had before them. Raises PermissionRefused, MoveNotAllowed, ChangedMeanwhile, TimeRefused,
    CodeRefused, EventTextsMissing, SessionsOutside, RoomTaken."""
    require(by, Permission.EDIT, event)
    values = _values(given)
    with transaction.atomic():
        row = lock_open(event)
        check_seen(seen, row.changed_at)
        before = (row.starts, row.ends)
        changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
        for name in changed:
            setattr(row, name, values[name])
        if row.state == EventState.DRAFT and row.published_at is None:
            row.slug = _address(row)
        if move_sessions:
            _move_sessions(row, local_time(before[0]), at)
        _check_inside(row)
        row.changed_at = at
        row.sequence += bool(row.is_public and IN_CALENDARS.intersection(changed))
        row.save()
        _record(by, Trail.EVENT_EDITED, row, at, {"fields": len(changed)})
        if before != (row.starts, row.ends):
            event_rescheduled(by=by, event=row, before=before, at=at)
            if row.is_public:
                event_moved(by=by, event=row, before=before, at=at)
        return row


def copy_event(*, by: Actor, event: Event, starts: LocalTime, at: datetime) -> Event:
    """Begin a draft with the same words, tracks, streams and sessions, each at the same hour of the clock so
    many days later, and with what subdomains further up add, such as tickets. A room that is taken then is
    left out. Speakers are not copied: consent is for one event. Raises PermissionRefused, TimeRefused."""
    require(by, Permission.EDIT, event)
    shift = starts.naive - local_time(event.starts).naive
    first, last = instants(starts, _moved(event.ends, shift))
    with transaction.atomic():
        copied = {name: getattr(event, name) for name in COPIED}
        made = Event(**copied, copied_from=event, starts=first, ends=last, created_at=at, changed_at=at)
        made.slug = _address(made)
        made.save()
        _copy_parts(event, made, shift, at)
        _record(by, Trail.EVENT_CREATED, made, at, {"kind": made.kind, "how": "copy"})
        event_copied(by=by, event=event, copy=made, at=at)
        return made


def discard_event(*, by: Actor, event: Event, at: datetime) -> None:
    """Delete a draft that was never published. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.EDIT, event)
    with transaction.atomic():
        row = lock(event)
        if row.state != EventState.DRAFT or row.published_at is not None:
            raise MoveNotAllowed(row.state, EventState.DRAFT)
        _record(by, Trail.EVENT_DISCARDED, row, at, {})
        row.delete()


def lock_open(event: Event) -> Event:
    """The event, locked, while it may be changed: neither cancelled nor over. Raises MoveNotAllowed."""
    row = lock(event)
    if row.state not in (EventState.DRAFT, EventState.PUBLISHED):
        raise MoveNotAllowed(row.state, row.state)
    return row


def _values(given: EventGiven) -> dict[str, Any]:
    """The columns, checked."""
    starts, ends = instants(given.starts, given.ends)
    if ends - starts > LONGEST:
        raise TimeRefused("long")
    words = {name: _said(kept) for name, kept in asdict(given.words).items()}
    if not words["title"].get(languages.DEFAULT):
        raise EventTextsMissing
    municipality = given.venue.municipality if given.venue else given.municipality
    if given.format not in EventFormat.values or (municipality and not is_municipality(municipality)):
        raise CodeRefused
    codes: dict[str, Any] = {
        "kind": given.kind,
        "audiences": list(given.audiences),
        "topics": list(given.topics),
        "languages": list(given.languages),
        "access": list(given.access),
        "photo_policy": given.photo_policy,
    }
    for name, held in codes.items():
        for code in held if isinstance(held, list) else [held]:
            if (code or name == "kind") and not vocab.has_term(LISTS[name], code):
                raise CodeRefused
    return {
        **words,
        **codes,
        "starts": starts,
        "ends": ends,
        "format": given.format,
        "venue": given.venue if given.format != EventFormat.ONLINE else None,
        "municipality": municipality,
        "series": given.series,
        "organiser": given.organiser,
    }


def _said(kept: Mapping[str, str]) -> dict[str, str]:
    return {code: text.strip() for code, text in kept.items() if text.strip()}


def _address(event: Event) -> str:
    def is_taken(slug: str) -> bool:
        return Event.objects.filter(slug=slug).exclude(pk=event.pk).exists()

    title = event.title.get(languages.DEFAULT) or next(iter(event.title.values()), "")
    return address(title, event.starts.astimezone(VILNIUS).date(), is_taken, event.ref)


def _moved(at: datetime, shift: timedelta) -> LocalTime:
    return local_time(at).moved(shift)


def _move_sessions(event: Event, before: LocalTime, at: datetime) -> None:
    shift = local_time(event.starts).naive - before.naive
    if not shift:
        return
    rows = list(event.sessions.scheduled().select_for_update())
    for row in rows:
        row.starts, row.ends = instants(_moved(row.starts, shift), _moved(row.ends, shift))
        row.changed_at, row.sequence = at, row.sequence + 1
    event.sessions.update(holds_room=False)  # so that they may pass through each other
    hold_rooms(rows)


def _check_inside(event: Event) -> None:
    outside = event.sessions.filter(starts__lt=event.starts) | event.sessions.filter(ends__gt=event.ends)
    if number := outside.count():
        raise SessionsOutside(number=number)


def _copy_parts(event: Event, made: Event, shift: timedelta, at: datetime) -> None:
    tracks = {
        row.pk: Track.objects.create(event=made, title=row.title, colour=row.colour, place=row.place)
        for row in event.tracks.all()
    }
    streams = {
        row.pk: Stream.objects.create(event=made, name=row.name, place=row.place)
        for row in event.streams.all()
    }
    for row in event.sessions.select_related("room"):
        copied = {name: getattr(row, name) for name in SESSION_COPIED}
        session = Session(**copied, event=made, changed_at=at)
        if row.is_scheduled:
            session.starts, session.ends = instants(_moved(row.starts, shift), _moved(row.ends, shift))
        session.track, session.stream = tracks.get(row.track_id or 0), streams.get(row.stream_id or 0)
        hold_rooms([session], leave_out=True)


def _record(by: Actor, name: Trail, event: Event, at: datetime, facts: dict[str, Any]) -> None:
    audit.record(by, name, event, zone=ZONE, at=at, facts=facts)
    live.signal(CHANNEL)
