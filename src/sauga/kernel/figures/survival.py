"""How long something lasts when some of it has not ended yet: the Kaplan–Meier estimator (J. Am. Stat. Assoc.
53, 1958, 457–481).

An end is known between two bounds: the last check that saw it going on and the first that saw it over. The
late bound gives the estimate, because it never flatters; the early bound gives the other edge of the band.
What has not ended counts as censored at the early bound.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from statistics import NormalDist

from sauga.kernel.clock import Interval

DAYS = (1, 2, 3, 7)
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Step:
    """From `at` on, `share` has not ended yet; the true share lies between `low` and `high` with the curve's
    confidence."""

    at: timedelta
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Curve:
    """The steps of one estimate, in the order of time; before the first, nothing has ended.

    `followed` is how far anybody watched.
    """

    steps: tuple[Step, ...]
    followed: timedelta

    @property
    def is_complete(self) -> bool:
        """Whether everything had ended by the last step, so that the curve is known for ever after."""
        return bool(self.steps) and self.steps[-1].share <= 0

    def lasting(self, after: timedelta) -> Step | None:
        """The step in force at `after`; None when nothing was watched that long and something was
        still going on.
        """
        if after > self.followed and not self.is_complete:
            return None
        before = [step for step in self.steps if step.at <= after]
        return before[-1] if before else Step(timedelta(), 1.0, 1.0, 1.0)

    def quantile(self, share: float) -> timedelta | None:
        """When `share` of all has ended; None when it has not come so far."""
        return next((step.at for step in self.steps if step.share <= 1 - share + 1e-12), None)

    def quantile_band(self, share: float) -> tuple[timedelta | None, timedelta | None]:
        """Brookmeyer and Crowley's interval (Biometrics 38, 1982, 29–41): where the band crosses the same
        height. None: not reached."""
        height = 1 - share + 1e-12
        low = next((step.at for step in self.steps if step.low <= height), None)
        high = next((step.at for step in self.steps if step.high <= height), None)
        return low, high


@dataclass(frozen=True)
class Ended:
    """The share that ended within some days; `low` and `high` are its band of confidence, `early` the same by
    the early bounds."""

    share: float
    low: float
    high: float
    early: float | None


@dataclass(frozen=True)
class Survival:
    """The figures of one group.

    A `median` of None means that half has not ended; a `within` of None, that nothing was watched that long.
    """

    n: int
    ended: int
    censored: int
    median: timedelta | None
    median_low: timedelta | None
    median_high: timedelta | None
    median_early: timedelta | None
    p95: timedelta | None
    within: dict[int, Ended | None]


def estimate(
    intervals: Iterable[Interval], *, days: Iterable[int] = DAYS, confidence: float = CONFIDENCE
) -> Survival:
    """Everything that is published about a group's durations."""
    spans = list(intervals)
    late, early = curve(spans, confidence=confidence), curve(spans, early=True, confidence=confidence)
    ended = sum(span.late is not None for span in spans)
    low, high = late.quantile_band(0.5)
    return Survival(
        n=len(spans),
        ended=ended,
        censored=len(spans) - ended,
        median=late.quantile(0.5),
        median_low=low,
        median_high=high,
        median_early=early.quantile(0.5),
        p95=late.quantile(0.95),
        within={day: _ended(late, early, timedelta(days=day)) for day in days},
    )


def _ended(late: Curve, early: Curve, after: timedelta) -> Ended | None:
    step, other = late.lasting(after), early.lasting(after)
    if step is None:
        return None
    return Ended(1 - step.share, 1 - step.high, 1 - step.low, None if other is None else 1 - other.share)


def curve(intervals: Iterable[Interval], *, early: bool = False, confidence: float = CONFIDENCE) -> Curve:
    """The estimate by the late bounds (or the early ones), with a log-log band after Greenwood.

    An end and a censoring at the same moment: the end comes first. At a share of exactly 1 or 0 the log-log
    band is not defined and the step carries its own share as both edges.
    """
    spans = sorted(
        (span.early if early or span.late is None else span.late, span.late is None) for span in intervals
    )
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    at_risk, share, spread, steps = len(spans), 1.0, 0.0, []
    for at, group in groupby(spans, key=lambda span: span[0]):
        censored = [open_ended for _, open_ended in group]
        ended = censored.count(False)
        if ended:
            share *= 1 - ended / at_risk
            spread += ended / (at_risk * (at_risk - ended)) if at_risk > ended else 0.0
            steps.append(Step(at, share, *_band(share, spread, z)))
        at_risk -= len(censored)
    return Curve(tuple(steps), spans[-1][0] if spans else timedelta())


def _band(share: float, spread: float, z: float) -> tuple[float, float]:
    if not 0 < share < 1:
        return share, share
    log = math.log(share)
    width = z * math.sqrt(spread) / log
    return share ** math.exp(-width), share ** math.exp(width)
