"""The only place that reads the system clock, and the rounding that protects people."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

VILNIUS = ZoneInfo("Europe/Vilnius")


def now() -> datetime:
    """The present instant, aware, in UTC.

    Called at the borders (views, jobs); everything below takes `at`.
    """
    return timezone.now()


def to_hour(at: datetime) -> datetime:
    """The hour `at` falls in: what hotline rows may keep of a visitor's time
    (docs/develop/threat-model.md).
    """
    return at.replace(minute=0, second=0, microsecond=0)


def local_day(at: datetime) -> date:
    """The day in Lithuania at an instant."""
    return at.astimezone(VILNIUS).date()


def to_day(at: datetime) -> datetime:
    """Midnight in Vilnius of the day `at` falls on: what helpline rows may keep."""
    return at.astimezone(VILNIUS).replace(hour=0, minute=0, second=0, microsecond=0)


@dataclass(frozen=True)
class Interval:
    """A length of time known between two bounds, both from the same start.

    `late` None means it has not ended yet.
    """

    early: timedelta
    late: timedelta | None

    def __post_init__(self) -> None:
        if self.late is not None and self.late < self.early:
            raise ValueError("the late end lies before the early end")
