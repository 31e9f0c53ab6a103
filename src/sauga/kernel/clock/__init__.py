"""Time is passed in as an argument. Here: the current time, rounding to the hour, working days, periods,
dates known in part."""

from sauga.kernel.clock.days import add_working_days, is_holiday, is_working_day
from sauga.kernel.clock.now import VILNIUS, Interval, local_day, now, to_day, to_hour
from sauga.kernel.clock.observances import current_safer_internet_day, safer_internet_day
from sauga.kernel.clock.spans import Overlap, Span, partial_date

__all__ = [
    "VILNIUS",
    "Interval",
    "Overlap",
    "Span",
    "add_working_days",
    "current_safer_internet_day",
    "is_holiday",
    "is_working_day",
    "local_day",
    "now",
    "partial_date",
    "safer_internet_day",
    "to_day",
    "to_hour",
]
