"""Until when a flag must be taken: so many minutes of the hours in which the centre answers."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sauga.kernel import clock

POLICY = "policy.panel_safeguarding"


@dataclass(frozen=True)
class Hours:
    """Every day from `opens` to `closes`, in Vilnius; a person answers within `minutes` of them."""

    opens: int
    closes: int
    minutes: int

    @classmethod
    def read(cls, policy: dict[str, Any]) -> "Hours":
        """From the values of the policy."""
        return cls(int(policy["opens"]), int(policy["closes"]), int(policy["minutes"]))

    def are_open(self, at: datetime) -> bool:
        """Whether the centre answers at this moment."""
        return self.opens <= at.astimezone(clock.VILNIUS).hour < self.closes

    def due(self, at: datetime) -> datetime:
        """When the minutes are over that begin at `at`; they run only while the centre answers."""
        left, here = timedelta(minutes=self.minutes), at.astimezone(clock.VILNIUS)
        while True:
            if here.hour >= self.closes:
                here = self._at(here + timedelta(days=1), self.opens)
            elif here.hour < self.opens:
                here = self._at(here, self.opens)
            end = self._at(here, self.closes)
            if here + left <= end:
                return (here + left).astimezone(at.tzinfo)
            left -= end - here
            here = end

    def _at(self, day: datetime, hour: int) -> datetime:
        return datetime.combine(day.date(), time(hour % 24), clock.VILNIUS) + timedelta(days=hour // 24)
