"""Hours of the clock in Vilnius and the instants they mean. In spring an hour is skipped, in autumn one comes
twice; nothing is guessed.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sauga.kernel.clock import VILNIUS

LONGEST = timedelta(days=31)
"""An event lasts at most so long; so what goes on now has begun within this time, which an index can find."""


class Which(StrEnum):
    """Which of the two, where the clock shows an hour twice."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True)
class LocalTime:
    """A day and an hour as the clock in Vilnius shows them; `which` where it shows them twice."""

    naive: datetime
    which: str = ""

    @property
    def instants(self) -> tuple[datetime, ...]:
        """The instants it means: none in the hour that is skipped, two in the hour that comes twice."""
        found = instants_of(self.naive)
        if len(found) > 1 and self.which:
            return (found[self.which == Which.SECOND],)
        return found

    def moved(self, by: timedelta) -> "LocalTime":
        """The same hour of the clock so many days later."""
        return LocalTime(self.naive + by, self.which)


def instants_of(naive: datetime) -> tuple[datetime, ...]:
    """The instants at which the clock in Vilnius shows this: none, one or two.

    >>> len(instants_of(datetime(2027, 3, 28, 3, 30))), len(instants_of(datetime(2027, 10, 31, 3, 30)))
    (0, 2)
    """
    both = (naive.replace(tzinfo=VILNIUS, fold=fold).astimezone(UTC) for fold in (0, 1))
    real = [one for one in both if one.astimezone(VILNIUS).replace(tzinfo=None) == naive]
    return tuple(dict.fromkeys(real))


def local_time(at: datetime) -> LocalTime:
    """How the clock in Vilnius shows an instant."""
    here = at.astimezone(VILNIUS)
    naive = here.replace(tzinfo=None, fold=0)
    doubled = len(instants_of(naive)) > 1
    return LocalTime(naive, (Which.SECOND if here.fold else Which.FIRST) if doubled else "")


def day_start(day: date) -> datetime:
    """The instant at which a day begins in Vilnius."""
    return datetime.combine(day, time(), VILNIUS).astimezone(UTC)


def days_of(starts: datetime, ends: datetime) -> list[date]:
    """The days in Vilnius on which something happens; an end at midnight belongs to the day before."""
    first = starts.astimezone(VILNIUS).date()
    last = (ends - timedelta(microseconds=1)).astimezone(VILNIUS).date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
