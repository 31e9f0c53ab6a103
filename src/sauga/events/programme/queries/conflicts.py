"""What a session of an event may collide with: all of it in five statements, for one move as for the whole
schedule.
"""

from collections.abc import Iterable

from sauga.events.programme.models import Event, Session, Speaker, SpeakerAbsence
from sauga.events.programme.rules.conflicts import Absence, Place, Placed, Surroundings
from sauga.events.programme.rules.schedule import EVERYWHERE


def place_of(session: Session) -> str:
    """The reference of the place of a session; empty where it is for everybody."""
    place = session.room or session.stream
    return place.ref if place else EVERYWHERE


def placed(session: Session, speakers: Iterable[Speaker] | None = None) -> Placed:
    """A scheduled session for the rules; `speakers` where others than those stored are wanted."""
    people = [one.speaker for one in session.speaking.all()] if speakers is None else list(speakers)
    is_new = session.pk is None  # and no speaker can have agreed to its recording
    return Placed(
        ref=session.ref,
        title=str(session),
        starts=session.starts,
        ends=session.ends,
        place=place_of(session),
        speakers={one.ref: one.name for one in people},
        may_be_recorded=not (session.do_not_record or people) if is_new else session.may_be_recorded,
        seats=session.seats_wanted,
    )


def surroundings(event: Event) -> Surroundings:
    """Everything that a session of this event may collide with."""
    own = event.sessions.scheduled().select_related("room", "stream").prefetch_related("speaking__speaker")
    rooms = list(event.venue.rooms.all()) if event.venue else []
    away = SpeakerAbsence.objects.filter(speaker__event=event).select_related("speaker")
    return Surroundings(
        starts=event.starts,
        ends=event.ends,
        sessions=[placed(one) for one in own],
        elsewhere=_elsewhere(event),
        absences=[Absence(one.speaker.ref, one.starts, one.ends) for one in away],
        places={
            **{one.ref: Place(str(one), one.seats) for one in rooms},
            **{one.ref: Place(str(one), None, one.is_recorded) for one in event.streams.all()},
        },
    )


def _elsewhere(event: Event) -> list[Placed]:
    """Sessions of other events in the rooms of the venue while this one lasts."""
    if event.venue_id is None:
        return []
    rows = Session.objects.filter(room__venue_id=event.venue_id, holds_room=True)
    rows = rows.filter(starts__lt=event.ends, ends__gt=event.starts).exclude(event=event)
    return [
        Placed(ref=one.ref, title=f"{one.event}: {one}", starts=one.starts, ends=one.ends, place=one.room.ref)
        for one in rows.select_related("room", "event")
        if one.room is not None
    ]
