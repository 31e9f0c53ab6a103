"""On which day a campaign that comes every year falls."""

from collections.abc import Callable, Mapping
from datetime import date

from sauga.kernel.clock import current_safer_internet_day
from sauga.portal.states import Repeats

RULES: Mapping[str, Callable[[date], date]] = {Repeats.SAFER_INTERNET_DAY: current_safer_internet_day}
"""For each way to repeat: which day counts on a day."""


def day_on(repeats: str, fixed: date, day: date) -> date:
    """The day of a campaign as it stands on `day`: the written one, unless it comes every year."""
    rule = RULES.get(repeats)
    return rule(day) if rule else fixed
