"""How long a label lasts: eighteen months, and from the twelfth month on it can be renewed. Pure dates."""

import calendar
from datetime import date

VALID_MONTHS, RENEWABLE_MONTHS = 18, 12


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last day of the month where there is none."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def valid_to(since: date) -> date:
    """The day on which a label stops counting (exclusive)."""
    return add_months(since, VALID_MONTHS)


def renewable_from(since: date) -> date:
    """From which day a school may begin the next round."""
    return add_months(since, RENEWABLE_MONTHS)


def is_valid(since: date, until: date, day: date) -> bool:
    """Whether a label counts on a day."""
    return since <= day < until
