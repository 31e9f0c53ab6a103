"""The programme of a day: which sessions collide, and how they stand in a grid of times and places.

The list and the grid are one sequence: the grid only adds where each session stands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from sauga.kernel.clock import VILNIUS

EVERYWHERE = ""
"""The place of a session for everybody: it takes the whole width."""
MOST_PLACES, MOST_ROWS = 8, 60
"""A day with more is shown as a list on every screen."""


class Timed(Protocol):
    """Something with a place, a start and an end."""

    @property
    def starts(self) -> datetime: ...
    @property
    def ends(self) -> datetime: ...


@dataclass(frozen=True)
class Slot:
    """A session in the grid: in column `place` (0 is everywhere), from row `row` over `rows` rows."""

    session: Timed
    place: int
    row: int
    rows: int


@dataclass(frozen=True)
class Day:
    """One day: the starts as rows, the places as columns, and the sessions in the order in which they are
    read. `has_grid` is false where a grid would be unreadable.
    """

    day: date
    times: tuple[datetime, ...]
    places: tuple[str, ...]
    slots: tuple[Slot, ...] = field(default=())

    @property
    def has_grid(self) -> bool:
        """Whether the day is also shown as a grid."""
        return 1 < len(self.places) <= MOST_PLACES and len(self.times) <= MOST_ROWS


def overlap(one: Timed, other: Timed) -> bool:
    """Whether two sessions share a moment; one may begin when the other ends."""
    return one.starts < other.ends and other.starts < one.ends


def collides(one: Timed, place: str, other: Timed, other_place: str) -> bool:
    """Whether two sessions of one event cannot both be: at one time in one place, or one is for everybody."""
    same = place == other_place or EVERYWHERE in (place, other_place)
    return same and overlap(one, other)


def days(sessions: Iterable[tuple[Timed, str]], order: Sequence[str]) -> list[Day]:
    """The days of a programme. `sessions` come with the reference of their place, `order` is that of the
    places."""
    by_day: dict[date, list[tuple[Timed, str]]] = {}
    for session, place in sessions:
        by_day.setdefault(session.starts.astimezone(VILNIUS).date(), []).append((session, place))
    return [_day(day, found, order) for day, found in sorted(by_day.items())]


def _day(day: date, sessions: list[tuple[Timed, str]], order: Sequence[str]) -> Day:
    used = {place for _session, place in sessions}
    places = tuple(place for place in order if place in used and place != EVERYWHERE)
    times = tuple(sorted({moment for session, _ in sessions for moment in (session.starts, session.ends)}))
    row = {moment: number for number, moment in enumerate(times, 1)}
    column = {place: number for number, place in enumerate(places, 1)}
    ordered = sorted(sessions, key=lambda pair: (pair[0].starts, column.get(pair[1], 0), pair[0].ends))
    slots = tuple(
        Slot(session, column.get(place, 0), row[session.starts], row[session.ends] - row[session.starts])
        for session, place in ordered
    )
    return Day(day, times, places, slots)
