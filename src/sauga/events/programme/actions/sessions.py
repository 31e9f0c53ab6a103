"""Sessions of an event: added, edited, moved in the schedule, taken out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import Permission
from sauga.events.programme.actions.events import lock_open
from sauga.events.programme.actions.refusals import CodeRefused, check_seen, instant, instants, refusal_of
from sauga.events.programme.actions.rooms import hold_rooms
from sauga.events.programme.models import Event, Room, Session, SessionSpeaker, Speaker, Stream, Track
from sauga.events.programme.queries.conflicts import placed, surroundings
from sauga.events.programme.rules.conflicts import conflicts
from sauga.events.programme.rules.local_times import LocalTime
from sauga.events.trail import CHANNEL, ZONE, Trail
from sauga.kernel import audit, live, vocab
from sauga.kernel.i18n import languages, short_datetime
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock

LISTS = {"kind": "session_kinds", "language": "languages", "access": "event_access"}


class SessionUnfit(ActionRefused):
    """A session without a title, or with parts of another event."""

    messages = {
        "title": _("Write the title in the language of the site."),
        "place": _("Choose a room of the venue or a stream of this event."),
        "track": _("Choose a track of this event."),
        "speakers": _("Choose speakers of this event."),
        "minutes": _("A session lasts from 5 minutes to 24 hours."),
        "time": _("Enter start and end, or neither. Only a session with a time has a place."),
    }
    fields = {
        "title": f"title_{languages.DEFAULT}",
        "place": "place",
        "track": "track",
        "speakers": "speakers",
        "minutes": "minutes",
        "time": "starts",
    }


class MovedMeanwhile(ActionRefused):
    """A colleague moved the session after this person saw it."""

    message = _(
        "Somebody has changed “%(title)s” meanwhile: it is now %(where)s. Look at the schedule, then move it."
    )


SHORTEST, LONGEST_SESSION = 5, 24 * 60
"""Minutes that a session lasts."""


@dataclass(frozen=True, kw_only=True)
class SessionGiven:
    """What is entered about a session; with neither a room nor a stream it is for everybody, without a time
    it is unscheduled."""

    title: Mapping[str, str]
    starts: LocalTime | None = None
    ends: LocalTime | None = None
    minutes: int = 30
    seats_wanted: int | None = None
    kind: str = "talk"
    abstract: Mapping[str, str] = field(default_factory=dict)
    room: Room | None = None
    stream: Stream | None = None
    track: Track | None = None
    language: str = ""
    access: Sequence[str] = ()
    do_not_record: bool = False
    speakers: Sequence[Speaker] = ()


def add_session(*, by: Actor, event: Event, given: SessionGiven, at: datetime) -> Session:
    """Add a session. Raises PermissionRefused, MoveNotAllowed, TimeRefused, OutsideEvent, RoomTaken,
    PlaceTaken, SpeakerBusy, RecordedPlace, SessionUnfit, CodeRefused."""
    require(by, Permission.EDIT_PROGRAMME, event)
    with transaction.atomic():
        row = lock_open(event)
        return _stored(by, row, Session(event=row), given, what="added", at=at)


def edit_session(*, by: Actor, session: Session, given: SessionGiven, seen: str, at: datetime) -> Session:
    """Change a session. Raises as `add_session`, and ChangedMeanwhile."""
    require(by, Permission.EDIT_PROGRAMME, session)
    with transaction.atomic():
        event = lock_open(session.event)
        row = lock(session)
        check_seen(seen, row.changed_at)
        row.sequence += 1
        return _stored(by, event, row, given, what="edited", at=at)


def remove_session(*, by: Actor, session: Session, at: datetime) -> None:
    """Take a session out. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.EDIT_PROGRAMME, session)
    with transaction.atomic():
        event = lock_open(session.event)
        _record(by, session, "removed", at)
        session.delete()
        _touch(event, at)


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A time and a place in the schedule; with neither a room nor a stream it is for everybody."""

    starts: LocalTime
    minutes: int
    room: Room | None = None
    stream: Stream | None = None


@dataclass(frozen=True)
class Move:
    """What came of a move: the session, and what should be known about its new place."""

    session: Session
    warnings: list[str] = field(default_factory=list)


def move_session(
    *, by: Actor, session: Session, to: Spot | None, seen: int | None = None, at: datetime
) -> Move:
    """Move a session to a time and place, or take it out of the schedule. `seen` is the number of the version
    (`sequence`) that the person saw. Raises PermissionRefused, MoveNotAllowed, MovedMeanwhile, TimeRefused,
    SessionUnfit, OutsideEvent, PlaceTaken, RoomTaken, SpeakerBusy, RecordedPlace."""
    require(by, Permission.EDIT_PROGRAMME, session)
    with transaction.atomic():
        event = lock_open(session.event)
        row = lock(session)
        if seen is not None and seen != row.sequence:
            raise MovedMeanwhile(title=str(row), where=lambda: spot_words(row))
        if to is None:
            row.minutes = minutes_of(row)
            row.starts = row.ends = row.room = row.stream = None
        else:
            _check_place(event, to.room, to.stream)
            row.starts, row.ends = _span(to)
            row.minutes, row.room, row.stream = to.minutes, to.room, to.stream
        row.sequence, row.changed_at = row.sequence + 1, at
        warnings = _hold_place(event, row)
        _record(by, row, "moved" if to else "unscheduled", at)
        _touch(event, at)
        return Move(row, warnings)


@dataclass(frozen=True)
class Judgement:
    """What would be refused and what would be said about a move, in words."""

    refused: list[str]
    warnings: list[str]


def would_move(*, by: Actor, session: Session, to: Spot) -> Judgement:
    """What `move_session` would answer now; nothing is changed. Raises PermissionRefused."""
    require(by, Permission.EDIT_PROGRAMME, session)
    event = session.event
    try:
        _check_place(event, to.room, to.stream)
        session.starts, session.ends = _span(to)
    except ActionRefused as refused:
        return Judgement([refused.text], [])
    session.room, session.stream = to.room, to.stream
    wanted, around = placed(session), surroundings(event)
    found = [(one.is_refused, refusal_of(one, wanted, around).text) for one in conflicts(wanted, around)]
    return Judgement(
        [text for is_refused, text in found if is_refused], [text for no, text in found if not no]
    )


def minutes_of(session: Session) -> int:
    """How long a session lasts, or will last."""
    if not session.is_scheduled:
        return session.minutes
    return int((session.ends - session.starts).total_seconds()) // 60


def spot_words(session: Session) -> str:
    """Where a session is in the schedule, in words."""
    if not session.is_scheduled:
        return gettext("not scheduled")
    place = session.room or session.stream
    return f"{short_datetime(session.starts)}, {place or gettext('for everybody')}"


def _span(spot: Spot) -> tuple[datetime, datetime]:
    """From when to when: so many minutes on the watch, whatever the clocks do meanwhile."""
    if not SHORTEST <= spot.minutes <= LONGEST_SESSION:
        raise SessionUnfit("minutes")
    starts = instant("starts", spot.starts)
    return starts, starts + timedelta(minutes=spot.minutes)


def _hold_place(event: Event, row: Session, speakers: Sequence[Speaker] | None = None) -> list[str]:
    """Save a session where it is wanted; what should be known about the place. Raises what is refused."""
    if not row.is_scheduled:
        row.save()
        return []
    wanted, around = placed(row, speakers), surroundings(event)
    found = conflicts(wanted, around)
    for one in found:
        if one.is_refused:
            raise refusal_of(one, wanted, around)
    hold_rooms([row])
    return [refusal_of(one, wanted, around).text for one in found]


def _stored(
    by: Actor, event: Event, row: Session, given: SessionGiven, *, what: str, at: datetime
) -> Session:
    _check(event, given)
    row.starts = row.ends = None
    if given.starts is not None and given.ends is not None:
        row.starts, row.ends = instants(given.starts, given.ends)
    row.minutes = minutes_of(row) if row.is_scheduled else given.minutes
    row.kind, row.language, row.access = given.kind, given.language, list(given.access)
    row.title = {code: text.strip() for code, text in given.title.items() if text.strip()}
    row.abstract = {code: text.strip() for code, text in given.abstract.items() if text.strip()}
    row.room, row.stream, row.track = given.room, given.stream, given.track
    row.seats_wanted = given.seats_wanted
    row.do_not_record, row.changed_at = given.do_not_record, at
    if row.pk is None:
        _hold_place(event, row, given.speakers)
        _set_speakers(row, given.speakers)
    else:
        _set_speakers(row, given.speakers)
        _hold_place(event, row)
    _record(by, row, what, at)
    _touch(event, at)
    return row


def _set_speakers(row: Session, speakers: Sequence[Speaker]) -> None:
    """Who speaks, in this order. What a speaker agreed to stays with them."""
    row.speaking.exclude(speaker__in=speakers).delete()
    for place, speaker in enumerate(speakers):
        SessionSpeaker.objects.update_or_create(session=row, speaker=speaker, defaults={"place": place})


def _check_place(event: Event, room: Room | None, stream: Stream | None) -> None:
    if room is not None and (stream is not None or room.venue_id != event.venue_id):
        raise SessionUnfit("place")
    if stream is not None and stream.event_id != event.pk:
        raise SessionUnfit("place")


def _check(event: Event, given: SessionGiven) -> None:
    if not given.title.get(languages.DEFAULT, "").strip():
        raise SessionUnfit("title")
    if (given.starts is None) != (given.ends is None):
        raise SessionUnfit("time")
    if given.starts is None and (given.room is not None or given.stream is not None):
        raise SessionUnfit("time")
    if not SHORTEST <= given.minutes <= LONGEST_SESSION:
        raise SessionUnfit("minutes")
    _check_place(event, given.room, given.stream)
    if given.track is not None and given.track.event_id != event.pk:
        raise SessionUnfit("track")
    if any(speaker.event_id != event.pk for speaker in given.speakers):
        raise SessionUnfit("speakers")
    wanted = [("kind", given.kind), ("language", given.language)]
    wanted += [("access", code) for code in given.access]
    if any(not vocab.has_term(LISTS[name], code) for name, code in wanted if code or name == "kind"):
        raise CodeRefused


def _touch(event: Event, at: datetime) -> None:
    event.changed_at = at
    event.sequence += event.is_public
    event.save(update_fields=["changed_at", "sequence"])
    live.signal(CHANNEL)


def _record(by: Actor, session: Session, what: str, at: datetime) -> None:
    audit.record(by, Trail.SESSION_CHANGED, session, zone=ZONE, at=at, facts={"what": what})
