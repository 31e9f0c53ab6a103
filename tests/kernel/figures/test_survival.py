"""The estimator agrees with outside references, and never reads more out of the data than is in them."""

import random
from datetime import timedelta

import numpy as np
import pytest
from scipy import stats

from sauga.kernel.clock import Interval
from sauga.kernel.figures import curve, estimate

pytestmark = pytest.mark.unit


def hours(early, late=None):
    return Interval(timedelta(hours=early), None if late is None else timedelta(hours=late))


def exact(hour):
    return hours(hour, hour)


def test_the_leukaemia_trial_as_published():
    """Freireich 1963, the 6-MP arm: median 23 weeks; S(10) = 0.753, S(22) = 0.538 (Kalbfleisch and Prentice
    1980, table 1.2).
    """
    ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    found = curve([*(exact(t) for t in ended), *(hours(t) for t in censored)])
    shares = {step.at // timedelta(hours=1): round(step.share, 3) for step in found.steps}
    assert shares == {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert found.quantile(0.5) == timedelta(hours=23)
    # R: survfit(Surv(t, e) ~ 1, conf.type = "log-log") gives 13 and NA
    assert found.quantile_band(0.5) == (timedelta(hours=13), None)


@pytest.mark.parametrize("seed", range(25))
def test_shares_and_bands_agree_with_scipy(seed):
    dice = random.Random(seed)
    times = [dice.randint(1, 30) for _ in range(dice.randint(3, 60))]
    open_ended = [dice.random() < 0.3 for _ in times]
    open_ended[times.index(min(times))] = False
    if all(open_ended):
        open_ended[0] = False
    reference = stats.ecdf(
        stats.CensoredData(
            uncensored=[t for t, o in zip(times, open_ended, strict=True) if not o],
            right=[t for t, o in zip(times, open_ended, strict=True) if o],
        )
    )
    band = None
    with np.errstate(all="ignore"):
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            band = reference.sf.confidence_interval(confidence_level=0.95, method="log-log")
    ours = curve([hours(t) if o else exact(t) for t, o in zip(times, open_ended, strict=True)])
    at = {step.at // timedelta(hours=1): step for step in ours.steps}
    for hour, share, low, high in zip(
        reference.sf.quantiles,
        reference.sf.probabilities,
        band.low.probabilities,
        band.high.probabilities,
        strict=True,
    ):
        if hour in at:
            assert at[hour].share == pytest.approx(share)
            if 0 < share < 1:
                assert at[hour].low == pytest.approx(low)
                assert at[hour].high == pytest.approx(high)


def test_the_late_end_is_the_estimate_and_the_early_end_the_band():
    found = estimate([hours(10, 12), hours(20, 30), hours(40, 50)])
    assert (found.median, found.median_early) == (timedelta(hours=30), timedelta(hours=20))
    assert (found.n, found.ended, found.censored) == (3, 3, 0)
    within = found.within[1]
    assert within.share == pytest.approx(1 / 3)
    assert within.early == pytest.approx(2 / 3)
    assert within.low <= within.share <= within.high


def test_what_is_still_going_on_is_not_forgotten():
    found = estimate([exact(10), hours(100), hours(100), hours(100)])
    assert found.median is None
    assert found.censored == 3
    assert found.within[1].share == pytest.approx(0.25)
    assert found.p95 is None


def test_nobody_claims_to_know_what_nobody_watched():
    found = estimate([exact(10), hours(30)], days=(1, 7))
    assert found.within[1].share == pytest.approx(0.5)
    assert found.within[7] is None
    all_gone = estimate([exact(10), exact(30)], days=(7,))
    assert all_gone.within[7].share == 1


def test_early_ends_may_be_watched_less_long_than_late_ones():
    found = estimate([hours(2, 30), hours(20)], days=(1,))
    assert found.within[1].share == 0
    assert found.within[1].early is None


def test_an_empty_group_has_no_median():
    found = estimate([])
    assert (found.n, found.median, found.within[1]) == (0, None, None)


def test_gone_before_the_first_look_counts_from_nought():
    found = estimate([hours(0, 1), hours(0, 1)])
    assert found.median == timedelta(hours=1)
    assert found.median_early == timedelta()


def test_a_million_intervals_take_seconds():
    found = estimate(
        Interval(timedelta(seconds=n % 5000), timedelta(seconds=n % 5000 + 60)) for n in range(100_000)
    )
    assert found.n == 100_000
