"""How long to wait after failures: some are free, then the wait doubles, and a time without any forgets them
all. No visitor is locked out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil


@dataclass(frozen=True)
class Backoff:
    """After `free` failures in a row the wait doubles from one second to `longest`; after `forget_after`
    without one all are forgotten.

    Holds the rule only. Who counts failures keeps their number and the time of the last one: in the memory of
    a process (`ReceiptThrottle`) or in the database (sign-in).
    """

    free: int = 4
    longest: int = 60
    forget_after: timedelta = timedelta(hours=1)

    def delay(self, failures: int) -> int:
        """Seconds to wait after so many failures in a row.

        >>> [Backoff().delay(failures) for failures in (3, 4, 5, 10, 1000)]
        [0, 1, 2, 60, 60]
        """
        # The exponent is bounded: what is over `longest` anyway need not be computed.
        return (
            0
            if failures < self.free
            else min(1 << min(failures - self.free, self.longest.bit_length()), self.longest)
        )

    def remembered(self, failures: int, last_at: datetime, at: datetime) -> int:
        """How many of the failures still count."""
        return 0 if at - last_at >= self.forget_after else failures

    def wait(self, failures: int, last_at: datetime, at: datetime) -> int:
        """Whole seconds until the next attempt may be made; 0 when it may."""
        ready_at = last_at + timedelta(seconds=self.delay(self.remembered(failures, last_at, at)))
        return max(0, ceil((ready_at - at).total_seconds()))
