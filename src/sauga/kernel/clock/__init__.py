"""Time is passed in as an argument. Here: the current time, rounding to the hour, working days, periods."""

from sauga.kernel.clock.days import add_working_days, is_working_day
from sauga.kernel.clock.now import VILNIUS, Interval, now, to_day, to_hour

__all__ = ["VILNIUS", "Interval", "add_working_days", "is_working_day", "now", "to_day", "to_hour"]
