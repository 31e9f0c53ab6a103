"""Days that the centre's work turns around. Pure functions of a year or a day."""

from datetime import date, timedelta

FEBRUARY, MARCH = 2, 3
SATURDAY = 5


def safer_internet_day(year: int) -> date:
    """Safer Internet Day of a year: the second day of the second week of the second month, as the network of
    centres defines it (https://better-internet-for-kids.europa.eu/en/saferinternetday).

    Weeks begin on Monday, and the first is the one with the month's first working day: a February that begins
    at a weekend has its first week after that. So it was on every Safer Internet Day from 2009 on.
    """
    first = date(year, FEBRUARY, 1)
    if first.weekday() >= SATURDAY:
        first += timedelta(days=7 - first.weekday())
    monday = first - timedelta(days=first.weekday())
    return monday + timedelta(days=8)


def current_safer_internet_day(day: date) -> date:
    """The one to look forward to; until the end of February the one that was."""
    return safer_internet_day(day.year if day.month < MARCH else day.year + 1)
