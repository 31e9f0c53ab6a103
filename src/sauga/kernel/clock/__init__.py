"""Time is passed in. Here: now, the coarse hour that public rows carry, working days, legal clocks."""

from sauga.kernel.clock.days import add_working_days, is_working_day
from sauga.kernel.clock.now import VILNIUS, Interval, now, to_day, to_hour

__all__ = ["VILNIUS", "Interval", "add_working_days", "is_working_day", "now", "to_day", "to_hour"]
