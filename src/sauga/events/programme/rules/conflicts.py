"""What stands against a session at a time in a place: pure, so that the schedule shows it before a session is
dropped, and the actions refuse it, by the same answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sauga.events.programme.rules.schedule import EVERYWHERE, collides, overlap


class Conflict(StrEnum):
    """Why a session does not fit."""

    OUTSIDE = "outside"
    PLACE = "place"
    ROOM = "room"
    SPEAKER = "speaker"
    ABSENT = "absent"
    RECORDED = "recorded"
    SEATS = "seats"


WARNINGS = frozenset({Conflict.SEATS})
"""What is said and allowed; everything else is refused."""


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A session at a time in a place (the reference of a room or stream, or empty for everybody), with the
    references and names of its speakers."""

    ref: str
    title: str
    starts: datetime
    ends: datetime
    place: str = EVERYWHERE
    speakers: Mapping[str, str] = field(default_factory=dict)
    may_be_recorded: bool = True
    seats: int | None = None


@dataclass(frozen=True)
class Absence:
    """Hours at which a speaker cannot speak."""

    speaker: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class Place:
    """A room or a stream: its name, its seats where they are known, whether what is there is recorded."""

    name: str
    seats: int | None = None
    is_recorded: bool = False


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """An event with everything that a session of it may collide with. `elsewhere` are sessions of other
    events, by room."""

    starts: datetime
    ends: datetime
    sessions: Sequence[Placed] = ()
    elsewhere: Sequence[Placed] = ()
    absences: Sequence[Absence] = ()
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """One conflict: with which session, about which speaker."""

    code: Conflict
    other: Placed | None = None
    speaker: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether a session cannot stay there."""
        return self.code not in WARNINGS


def conflicts(wanted: Placed, around: Surroundings) -> list[Found]:
    """Everything that stands against a session where it is wanted, what is refused first."""
    found = [Found(Conflict.OUTSIDE)] if _is_outside(wanted, around) else []
    others = [one for one in around.sessions if one.ref != wanted.ref]
    found += [Found(Conflict.PLACE, one) for one in others if collides(wanted, wanted.place, one, one.place)]
    if wanted.place != EVERYWHERE:
        booked = (one for one in around.elsewhere if one.place == wanted.place and overlap(wanted, one))
        found += [Found(Conflict.ROOM, one) for one in booked]
    for ref, name in wanted.speakers.items():
        busy = (one for one in others if ref in one.speakers and overlap(wanted, one))
        found += [Found(Conflict.SPEAKER, one, name) for one in busy]
        away = any(one.speaker == ref and overlap(wanted, one) for one in around.absences)
        found += [Found(Conflict.ABSENT, speaker=name)] if away else []
    place = around.places.get(wanted.place)
    if place is not None and place.is_recorded and not wanted.may_be_recorded:
        found.append(Found(Conflict.RECORDED))
    if place is not None and place.seats is not None and (wanted.seats or 0) > place.seats:
        found.append(Found(Conflict.SEATS))
    return found


def _is_outside(wanted: Placed, around: Surroundings) -> bool:
    return wanted.starts < around.starts or wanted.ends > around.ends
