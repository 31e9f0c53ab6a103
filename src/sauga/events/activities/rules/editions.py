"""The editions of Safer Internet Day: which days activities may take place on, and when they are registered
and reported. Days are those of Vilnius.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sauga.kernel.clock import VILNIUS, current_safer_internet_day, safer_internet_day

FIRST_YEAR = 2020
"""The first year of which activities can be shown."""
BEFORE, AFTER = timedelta(days=14), timedelta(days=20)
"""How far from the day an activity may be."""
OPENS_MONTH = 9
"""Registration opens on the first day of this month of the year before."""
REPORTED_FOR = timedelta(days=120)
"""How long after the day numbers are reported and corrected by organisers; afterwards staff do."""
WAITS = timedelta(days=7)
"""How long a registration waits for its address to be confirmed."""
FIRST_REMINDER, SECOND_REMINDER = timedelta(days=1), timedelta(days=8)
"""When organisers are asked for numbers, counted from the activity's day; then no more."""


def end_of_day(day: date) -> datetime:
    """The instant at which a day ends in Lithuania."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=VILNIUS)


@dataclass(frozen=True)
class Edition:
    """Safer Internet Day of one year."""

    year: int

    @property
    def day(self) -> date:
        """The day itself."""
        return safer_internet_day(self.year)

    @property
    def first(self) -> date:
        """The first day of activities."""
        return self.day - BEFORE

    @property
    def last(self) -> date:
        """The last day of activities, on which registration ends too."""
        return self.day + AFTER

    @property
    def opens(self) -> date:
        """When registration begins."""
        return date(self.year - 1, OPENS_MONTH, 1)

    @property
    def reported_until(self) -> date:
        """The last day on which organisers report."""
        return self.day + REPORTED_FOR

    def has(self, day: date) -> bool:
        """Whether an activity may be on this day."""
        return self.first <= day <= self.last

    def is_open(self, today: date) -> bool:
        """Whether activities are registered and changed today."""
        return self.opens <= today <= self.last


def current(today: date) -> Edition:
    """The edition to look forward to; until the end of February the one that was."""
    return Edition(current_safer_internet_day(today).year)


def reminders_due(day: date, today: date) -> int:
    """How many reminders an activity of `day` should have had by `today`."""
    return (today >= day + FIRST_REMINDER) + (today >= day + SECOND_REMINDER)
