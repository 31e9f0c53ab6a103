"""Sessions of an event: added, edited, taken out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import Permission
from sauga.events.programme.actions.events import lock_open
from sauga.events.programme.actions.refusals import CodeRefused, check_seen, instants
from sauga.events.programme.actions.rooms import hold_rooms
from sauga.events.programme.models import Event, Room, Session, SessionSpeaker, Speaker, Stream, Track
from sauga.events.programme.rules.local_times import LocalTime
from sauga.events.programme.rules.schedule import EVERYWHERE, collides
from sauga.events.trail import CHANNEL, ZONE, Trail
from sauga.kernel import audit, live, vocab
from sauga.kernel.i18n import languages, short_datetime
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock

LISTS = {"kind": "session_kinds", "language": "languages", "access": "event_access"}


class OutsideEvent(ActionRefused):
    """A session begins before its event or ends after it."""

    message = _("The event is from %(starts)s to %(ends)s; a session lies within it.")
    field = "starts"


class PlaceTaken(ActionRefused):
    """Another session of the same event is at that time in that place, or is for everybody."""

    message = _(
        "At that time there is “%(title)s”, in the same place or for everybody. Choose another time, or a "
        "room for each of the two."
    )
    field = "place"


class SessionUnfit(ActionRefused):
    """A session without a title, or with parts of another event."""

    messages = {
        "title": _("Write the title in the language of the site."),
        "place": _("Choose a room of the venue or a stream of this event."),
        "track": _("Choose a track of this event."),
        "speakers": _("Choose speakers of this event."),
    }
    fields = {
        "title": f"title_{languages.DEFAULT}",
        "place": "place",
        "track": "track",
        "speakers": "speakers",
    }


@dataclass(frozen=True, kw_only=True)
class SessionGiven:
    """What is entered about a session; with neither a room nor a stream it is for everybody."""

    title: Mapping[str, str]
    starts: LocalTime
    ends: LocalTime
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
    PlaceTaken, SessionUnfit, CodeRefused."""
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
        row.sequence += event.is_public
        return _stored(by, event, row, given, what="edited", at=at)


def remove_session(*, by: Actor, session: Session, at: datetime) -> None:
    """Take a session out. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.EDIT_PROGRAMME, session)
    with transaction.atomic():
        event = lock_open(session.event)
        _record(by, session, "removed", at)
        session.delete()
        _touch(event, at)


def place_of(session: Session) -> str:
    """The reference of the place of a session; empty where it is for everybody."""
    place = session.room or session.stream
    return place.ref if place else EVERYWHERE


def _stored(
    by: Actor, event: Event, row: Session, given: SessionGiven, *, what: str, at: datetime
) -> Session:
    row.starts, row.ends = instants(given.starts, given.ends)
    if row.starts < event.starts or row.ends > event.ends:
        raise OutsideEvent(
            starts=lambda: short_datetime(event.starts), ends=lambda: short_datetime(event.ends)
        )
    _check(event, given)
    row.kind, row.language, row.access = given.kind, given.language, list(given.access)
    row.title = {code: text.strip() for code, text in given.title.items() if text.strip()}
    row.abstract = {code: text.strip() for code, text in given.abstract.items() if text.strip()}
    row.room, row.stream, row.track = given.room, given.stream, given.track
    row.do_not_record, row.changed_at = given.do_not_record, at
    for other in event.sessions.select_related("room", "stream").exclude(pk=row.pk):
        if collides(row, place_of(row), other, place_of(other)):
            raise PlaceTaken(title=str(other))
    hold_rooms([row])
    row.speaking.all().delete()
    for place, speaker in enumerate(given.speakers):
        SessionSpeaker.objects.create(session=row, speaker=speaker, place=place)
    _record(by, row, what, at)
    _touch(event, at)
    return row


def _check(event: Event, given: SessionGiven) -> None:
    if not given.title.get(languages.DEFAULT, "").strip():
        raise SessionUnfit("title")
    if given.room is not None and (given.stream is not None or given.room.venue_id != event.venue_id):
        raise SessionUnfit("place")
    if given.stream is not None and given.stream.event_id != event.pk:
        raise SessionUnfit("place")
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
