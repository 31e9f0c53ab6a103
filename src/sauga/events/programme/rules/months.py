"""A month as weeks, and the months beside it."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, datetime

from sauga.events.programme.rules.local_times import day_start

FIRST_YEAR, LAST_YEAR = 2005, 2100
"""Months outside these years are no addresses."""


@dataclass(frozen=True)
class Month:
    """One month; it is written as 2027-02."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def next(self) -> "Month":
        """The month after it."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def previous(self) -> "Month":
        """The month before it."""
        return Month(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    @property
    def weeks(self) -> list[list[date]]:
        """Its weeks from Monday, with the days of its neighbours that fill them."""
        return Calendar().monthdatescalendar(self.year, self.month)

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From the instant at which it begins to that at which the next one begins."""
        return day_start(self.first), day_start(self.next.first)

    @property
    def is_possible(self) -> bool:
        """Whether it has an address."""
        return FIRST_YEAR <= self.year <= LAST_YEAR


def month_of(day: date) -> Month:
    """The month of a day."""
    return Month(day.year, day.month)


def read_month(text: str) -> Month | None:
    """A month as it stands in an address; None for anything else."""
    try:
        found = month_of(datetime.strptime(text, "%Y-%m").date())
    except ValueError:
        return None
    return found if found.is_possible and str(found) == text else None
