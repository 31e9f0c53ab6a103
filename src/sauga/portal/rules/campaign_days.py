"""On which day a campaign that comes every year falls."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from sauga.portal.states import Repeats

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


def _next_safer_internet_day(day: date) -> date:
    """The one to look forward to; until the end of February the one that was."""
    return safer_internet_day(day.year if day.month < MARCH else day.year + 1)


RULES: Mapping[str, Callable[[date], date]] = {Repeats.SAFER_INTERNET_DAY: _next_safer_internet_day}
"""For each way to repeat: which day counts on a day."""


def day_on(repeats: str, fixed: date, day: date) -> date:
    """The day of a campaign as it stands on `day`: the written one, unless it comes every year."""
    rule = RULES.get(repeats)
    return rule(day) if rule else fixed
