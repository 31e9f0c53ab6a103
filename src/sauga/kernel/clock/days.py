"""Working days of Lithuania; holidays from the `holidays` library."""

from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=8)
def _calendar(country: str) -> holidays.HolidayBase:
    return holidays.country_holidays(country)


def is_holiday(day: date, country: str = "LT") -> bool:
    """A public holiday by law; Sundays alone are not."""
    return day in _calendar(country)


def is_working_day(day: date, country: str = "LT") -> bool:
    """Monday to Friday and no public holiday."""
    return day.weekday() < 5 and day not in _calendar(country)


def add_working_days(day: date, count: int, country: str = "LT") -> date:
    """The `count`-th working day after `day` (count ≥ 0; 0 returns `day`).

    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("count must not be negative")
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, country)
    return day
