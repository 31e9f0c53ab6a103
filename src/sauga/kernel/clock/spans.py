"""Dates that are known only in part, and spans between them: “2012”, “2012-07” or “2012-07-01”.

What was written is kept, because a page must not claim to know a day that was not given. Beside it stand two
ranges of days: those on which the span may have lasted, and those on which it certainly did.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sauga.kernel.clock.periods import Period, PeriodKind, PeriodUnreadable

PARTS = (PeriodKind.YEAR, PeriodKind.MONTH, PeriodKind.DAY)
DAY = timedelta(days=1)

type Days = tuple[date | None, date | None]
"""From a day (None: always) to the day before another (None: for ever)."""


class Overlap(StrEnum):
    """Whether two spans have a day in common."""

    NONE = "NONE"
    POSSIBLE = "POSSIBLE"
    CERTAIN = "CERTAIN"


def partial_date(written: str) -> Period:
    """The days that a partial date may mean: a year, a month or a day.

    Raises PeriodUnreadable, also for a week or a quarter.
    """
    period = Period.parse(written)
    if period.kind not in PARTS:
        raise PeriodUnreadable("a date is written 2026, 2026-07 or 2026-07-01")
    return period


@dataclass(frozen=True)
class Span:
    """From one partial date to another, both included. Empty text: since always, or still lasting.

    Raises PeriodUnreadable for what is no date, ValueError for an end before the beginning.
    """

    since: str = ""
    until: str = ""

    def __post_init__(self) -> None:
        first, last = self._since, self._until
        if first and last and last.end <= first.start:
            raise ValueError("the span ends before it begins")

    @property
    def possible(self) -> Days:
        """The days on which it may have lasted: a year counts from its first to its last day."""
        first, last = self._since, self._until
        return (first.start if first else None, last.end if last else None)

    @property
    def certain(self) -> Days | None:
        """The days on which it certainly lasted; None where there may be none.

        Something that began “in 2012” certainly lasts on the last day of 2012, not before.
        """
        first, last = self._since, self._until
        begins, ends = first.end - DAY if first else None, last.start + DAY if last else None
        return None if begins and ends and ends <= begins else (begins, ends)

    @property
    def is_exact(self) -> bool:
        """Whether each end that is given is given to the day."""
        return all(part is None or part.kind is PeriodKind.DAY for part in (self._since, self._until))

    def covers(self, day: date) -> bool:
        """Whether it may have lasted on that day."""
        first, after = self.possible
        return (first is None or first <= day) and (after is None or day < after)

    def overlap(self, other: "Span") -> Overlap:
        """Whether it and another have a day in common, as far as one can know."""
        if not _meet(self.possible, other.possible):
            return Overlap.NONE
        if self.certain and other.certain and _meet(self.certain, other.certain):
            return Overlap.CERTAIN
        return Overlap.POSSIBLE

    def ended_before(self, since: str) -> "Span":
        """The same, ending just before something that begins at the partial date `since`.

        The end is written as exactly as that beginning: what is followed in 2019 ends in 2019, what is
        followed on 1 July on 30 June. Raises as the class does.
        """
        following = partial_date(since)
        if following.kind is PeriodKind.DAY:
            return Span(self.since, following.previous.code)
        return Span(self.since, following.code)

    @property
    def _since(self) -> Period | None:
        return partial_date(self.since) if self.since else None

    @property
    def _until(self) -> Period | None:
        return partial_date(self.until) if self.until else None


def _meet(one: Days, other: Days) -> bool:
    return all(
        first is None or after is None or first < after
        for first, after in ((one[0], other[1]), (other[0], one[1]))
    )
