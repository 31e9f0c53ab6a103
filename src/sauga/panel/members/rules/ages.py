"""Ages by the month of birth: a member who is 14 within a month counts as 14 from the next month on, so that
a child never counts as older than it is."""

from datetime import date, datetime
from typing import Protocol

from sauga.kernel.clock import local_day

YOUNGER, OLDER = "12-13", "14-17"
LEAST_AGE, CONSENT_AGE, NIGHT_AGE, FULL_AGE = 12, 14, 16, 18


class Born(Protocol):
    """Anything with a month of birth."""

    @property
    def birth_month(self) -> date: ...


def first_day_at(birth_month: date, years: int) -> date:
    """The first day on which the member surely has this age: the first of the month after the birthday's."""
    month = birth_month.month % 12 + 1
    return date(birth_month.year + years + birth_month.month // 12, month, 1)


def is_under(birth_month: date, years: int, on: date) -> bool:
    """Whether the member may still be under this age on a day."""
    return on < first_day_at(birth_month, years)


def is_of_age(birth_month: date, on: date) -> bool:
    """Whether a person can be a member: 12 since the last month at the latest, and not yet 18."""
    return not is_under(birth_month, LEAST_AGE, on) and is_under(birth_month, FULL_AGE, on)


def age_layer(member: Born, at: datetime) -> str:
    """Which words a member is addressed in: "12-13" or "14-17"."""
    return YOUNGER if is_under(member.birth_month, CONSENT_AGE, local_day(at)) else OLDER
