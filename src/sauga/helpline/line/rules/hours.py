"""When a channel is open, as pure arithmetic: published windows in local time, people who said they will be
there, people who are there.

Everything is computed in UTC from Vilnius wall-clock hours, so that a night when the clocks change is neither
lost nor doubled.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

from sauga.kernel.clock import VILNIUS

MINUTE = timedelta(minutes=1)


class Availability(StrEnum):
    """The state of a channel. MAYBE is only for coming hours whose shifts are not confirmed yet."""

    OPEN = "OPEN"
    FULL = "FULL"
    PAUSED = "PAUSED"
    CLOSED = "CLOSED"
    MAYBE = "MAYBE"


@dataclass(frozen=True)
class Hours:
    """The published hours of one channel on one weekday (0 Monday), from a day to a day inclusive.

    `closes` 00:00 is midnight.
    """

    channel: str
    weekday: int
    opens: time
    closes: time
    minimum: int
    valid_from: date
    valid_to: date | None = None

    def holds(self, day: date) -> bool:
        """Whether they are in force on the day they begin."""
        return (
            self.weekday == day.weekday()
            and self.valid_from <= day
            and (self.valid_to is None or day <= self.valid_to)
        )


@dataclass(frozen=True)
class Span:
    """One published stretch of time in UTC, and how many people it needs."""

    begins: datetime
    ends: datetime
    minimum: int = 1


@dataclass(frozen=True)
class Cover:
    """A counsellor who has confirmed a shift: from when to when, for which channels, as lead or not."""

    begins: datetime
    ends: datetime
    channels: frozenset[str]
    is_lead: bool = False


@dataclass(frozen=True)
class Piece:
    """A part of a span: certain when enough confirmed people and a lead cover all of it."""

    begins: datetime
    ends: datetime
    is_certain: bool


class _Closing(Protocol):
    @property
    def date(self) -> date: ...
    @property
    def channel(self) -> str: ...


def instant(day: date, at: time, *, last: bool = False) -> datetime:
    """The instant of a wall-clock time. A time that comes twice in autumn is its first (`last`: its second)
    one; a time that the clocks jump over in spring is the moment of the jump.
    """
    naive = datetime.combine(day, at)
    first, second = (naive.replace(tzinfo=VILNIUS, fold=fold).astimezone(UTC) for fold in (0, 1))
    while first > second:  # jumped over: walk to the first minute that exists
        naive += MINUTE
        first, second = (naive.replace(tzinfo=VILNIUS, fold=fold).astimezone(UTC) for fold in (0, 1))
    return second if last else first


def stretch(day: date, opens: time, closes: time) -> tuple[datetime, datetime]:
    """From opening to closing; closing at or before the opening hour is on the next day."""
    end_day = day if closes > opens else day + timedelta(days=1)
    return instant(day, opens), instant(end_day, closes, last=True)


def spans(
    hours: Iterable[Hours], closed: Mapping[date, frozenset[str]], channel: str, first: date, days: int
) -> list[Span]:
    """The published stretches of a channel that begin on the given days, in order.

    `closed` names channels ("" = all) by day.
    """
    own = [one for one in hours if one.channel == channel]
    found = []
    for number in range(days):
        day = first + timedelta(days=number)
        if closed.get(day, frozenset()) & {"", channel}:
            continue
        for one in own:
            if one.holds(day):
                begins, ends = stretch(day, one.opens, one.closes)
                if ends > begins:
                    found.append(Span(begins, ends, one.minimum))
    return sorted(found, key=lambda span: (span.begins, span.ends))


def closings(rows: Iterable[_Closing]) -> dict[date, frozenset[str]]:
    """Closed days as `spans` wants them."""
    found: dict[date, set[str]] = {}
    for row in rows:
        found.setdefault(row.date, set()).add(row.channel)
    return {day: frozenset(channels) for day, channels in found.items()}


def now_in(found: Sequence[Span], at: datetime) -> Span | None:
    """The span that holds `at` (begin included, end not), stretched to the end of those that follow without a
    gap; the minimum of now.
    """
    inside = [span for span in found if span.begins <= at < span.ends]
    if not inside:
        return None
    ends, minimum = max(span.ends for span in inside), max(span.minimum for span in inside)
    for span in found:
        if span.begins <= ends < span.ends:
            ends = span.ends
    return Span(min(span.begins for span in inside), ends, minimum)


def pieces(span: Span, channel: str, cover: Iterable[Cover]) -> list[Piece]:
    """The span cut where its certainty changes."""
    near = [one for one in cover if one.begins < span.ends and one.ends > span.begins]
    cuts = sorted(
        {span.begins, span.ends}
        | {cut for one in near for cut in (one.begins, one.ends) if span.begins < cut < span.ends}
    )
    found: list[Piece] = []
    for begins, ends in pairwise(cuts):
        there = [one for one in near if one.begins <= begins and one.ends >= ends]
        people = sum(channel in one.channels for one in there)
        certain = people >= span.minimum and any(one.is_lead for one in there)
        if found and found[-1].is_certain == certain:
            found[-1] = Piece(found[-1].begins, ends, certain)
        else:
            found.append(Piece(begins, ends, certain))
    return found


@dataclass(frozen=True)
class Present:
    """Who is there now for a channel: people and leads on duty and lately seen, places for contacts, taken
    ones, children waiting.
    """

    people: int
    leads: int
    capacity: int = 0
    talking: int = 0
    waiting: int = 0

    def covers(self, minimum: int) -> bool:
        """Enough people, and a lead."""
        return self.people >= minimum and self.leads > 0

    def is_full(self, waiting_per_place: int) -> bool:
        """All places taken, and so many wait that no new child would be reached today."""
        return self.talking >= self.capacity and self.waiting >= max(self.capacity, 1) * waiting_per_place
