"""How many people the coming days need: past attempts by weekday and hour, Erlang's formula, and
who is planned.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Avg, Count

from sauga.helpline.records.models import Attempt
from sauga.helpline.rota.models import Shift
from sauga.helpline.rota.queries.opening_hours import Plan, plan
from sauga.helpline.rota.rules import erlang
from sauga.helpline.states import ShiftState
from sauga.kernel import vocab
from sauga.kernel.clock import VILNIUS

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PLANNED = (
    ShiftState.CLAIMED,
    ShiftState.CONFIRMED,
    ShiftState.SWAP_OFFERED,
    ShiftState.CHECKED_IN,
    ShiftState.ON_DUTY,
    ShiftState.BREAK,
)


@dataclass(frozen=True)
class Assumptions:
    """What the forecast rests on; shown on its page."""

    first: date
    last: date
    attempts: int
    talk_seconds: float
    talk_is_measured: bool
    wrap_up_seconds: float
    share: float
    within: int

    @property
    def busy_seconds(self) -> float:
        """Talk and wrap-up together: how long one contact keeps one person."""
        return self.talk_seconds + self.wrap_up_seconds


@dataclass(frozen=True)
class Hour:
    """One opening hour: expected attempts, their load, people needed for the target, people planned."""

    begins: datetime
    arrivals: float
    erlangs: float
    needed: int
    planned: int

    @property
    def missing(self) -> int:
        """People missing to the target."""
        return max(0, self.needed - self.planned)


@dataclass(frozen=True)
class Forecast:
    """The coming days of one channel."""

    channel: str
    hours: tuple[Hour, ...]
    assumptions: Assumptions

    @property
    def gaps(self) -> list[Hour]:
        """Hours with too few people, the worst first."""
        return sorted(
            (hour for hour in self.hours if hour.missing), key=lambda hour: (-hour.missing, hour.begins)
        )

    @property
    def by_day(self) -> list[tuple[date, list[Hour]]]:
        """The hours of each day."""
        found: dict[date, list[Hour]] = {}
        for hour in self.hours:
            found.setdefault(_local(hour.begins).date(), []).append(hour)
        return list(found.items())


def forecast(channel: str, at: datetime) -> Forecast:
    """The coming fortnight, hour by hour, within published hours; a handful of queries."""
    made, policy = plan(at), vocab.policy("policy.helpline_forecast", at=at)
    last = made.today - DAY
    first = last - DAY * (7 * int(policy["weeks_back"]) - 1)
    rates, total = _rates(channel, first, last, int(policy["weeks_back"]))
    assumed = _assumptions(channel, first, last, total, policy)
    ahead = int(policy["days_ahead"])
    planned = list(Shift.objects.filter(state__in=PLANNED).between(at, at + DAY * (ahead + 1)))
    hours = tuple(
        _hour(begins, channel, rates, assumed, planned)
        for begins in _opening_hours(made, channel, ahead)
        if begins + HOUR > at
    )
    return Forecast(channel, hours, assumed)


def _local(at: datetime) -> datetime:
    return at.astimezone(VILNIUS)


def _opening_hours(made: Plan, channel: str, days: int) -> list[datetime]:
    """Each hour that touches published hours, once."""
    found = []
    for span in made.spans(channel, made.today, days):
        begins = span.begins.replace(minute=0, second=0, microsecond=0)
        while begins < span.ends:
            found.append(begins)
            begins += HOUR
    return sorted(set(found))


def _rates(channel: str, first: date, last: date, weeks: int) -> tuple[dict[tuple[int, int], float], int]:
    """Attempts an hour by weekday and hour of day, averaged over the weeks; and how many
    attempts that rests on.
    """
    rows = (
        Attempt.objects.filter(channel=channel, day__gte=first, day__lte=last)
        .values("day", "hour")
        .annotate(n=Count("pk"))
    )
    sums: dict[tuple[int, int], int] = {}
    for row in rows:
        key = (row["day"].weekday(), row["hour"])
        sums[key] = sums.get(key, 0) + row["n"]
    return {key: count / weeks for key, count in sums.items()}, sum(sums.values())


def _assumptions(channel: str, first: date, last: date, total: int, policy: vocab.PolicyView) -> Assumptions:
    talks = Attempt.objects.filter(channel=channel, day__gte=first, day__lte=last, talk_seconds__gt=0)
    measured = talks.aggregate(mean=Avg("talk_seconds"), n=Count("pk"))
    is_measured = measured["n"] >= int(policy["fewest_talks"])
    return Assumptions(
        first,
        last,
        total,
        float(measured["mean"]) if is_measured else 60.0 * policy["talk_minutes"].get(channel, 30),
        is_measured,
        60.0 * policy["wrap_up_minutes"].get(channel, 3),
        float(policy["answered_share"]),
        int(policy["answered_within_seconds"]),
    )


def _hour(
    begins: datetime,
    channel: str,
    rates: Mapping[tuple[int, int], float],
    assumed: Assumptions,
    planned: list[Shift],
) -> Hour:
    local = _local(begins)
    arrivals = rates.get((local.weekday(), local.hour), 0.0)
    load = erlang.load(arrivals, assumed.busy_seconds)
    needed = erlang.people_needed(load, assumed.busy_seconds, share=assumed.share, seconds=assumed.within)
    middle = begins + HOUR / 2
    there = sum(channel in shift.channels and shift.begins_at <= middle < shift.ends_at for shift in planned)
    return Hour(begins, arrivals, load, needed, there)
