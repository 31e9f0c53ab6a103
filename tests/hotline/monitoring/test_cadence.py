"""When the next look comes: dense after a notice, bent by claims, fast providers and hosts that want rest."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sauga.hotline.monitoring.rules.cadence import Circumstances, Pace, next_check, next_watch, read_cadence

pytestmark = pytest.mark.unit

CADENCE = {
    "first_checks_minutes": [5, 10, 20, 40],
    "then": [
        {"until_hours": 24, "every_minutes": 60},
        {"until_hours": 72, "every_minutes": 120},
        {"until_hours": 720, "every_minutes": 360},
        {"until_hours": 2160, "every_minutes": 1440},
        {"until_hours": None, "every_minutes": 10080},
    ],
    "watch_days": [1, 3, 7, 14, 30, 90],
}
POLITE = {"jitter_percent": 20, "requests_per_minute_per_host": 6}
STILL = POLITE | {"jitter_percent": 0}
CONFIRM = {"minutes_apart": 10}
ANCHOR = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
QUIET = Circumstances()


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def walk(until: timedelta, politeness=POLITE, seed="K7Q4-M2XX", bent=QUIET):
    cadence, at, looks = read_cadence(CADENCE, politeness, CONFIRM), ANCHOR, []
    while at - ANCHOR < until:
        following = next_check(cadence=cadence, anchor=ANCHOR, at=at, seed=seed, bent=bent)
        assert following.at is not None
        at = following.at
        looks.append((at - ANCHOR) / minutes(1))
    return looks


def test_the_policy_is_followed_to_the_minute_without_jitter():
    looks = walk(timedelta(days=100), STILL)
    assert looks[:8] == [5, 10, 20, 40, 60, 120, 180, 240]
    assert 24 * 60 in looks and 26 * 60 in looks and 25 * 60 not in looks
    assert 72 * 60 + 360 in looks and 30 * 24 * 60 in looks and 31 * 24 * 60 in looks
    days = [look / 1440 for look in looks if look > 92 * 1440]
    assert days == [98, 105]


def test_jitter_moves_a_look_by_a_fifth_of_its_gap_and_never_doubles_it():
    for seed in ("A", "B", "C", "D"):
        looks = walk(timedelta(hours=24), seed=seed)
        assert 26 <= len(looks) <= 30
        assert all(
            abs(look - plan) <= 0.2 * gap + 0.01
            for look, plan, gap in zip(looks, [5, 10, 20, 40, 60], [5, 5, 10, 20, 60], strict=False)
        )
    assert walk(timedelta(hours=6), seed="A") != walk(timedelta(hours=6), seed="B")
    assert walk(timedelta(hours=6), seed="A") == walk(timedelta(hours=6), seed="A")


def test_the_first_six_hours_cost_less_than_two_fifths_of_a_ten_minute_poller():
    assert len(walk(timedelta(hours=6))) <= 0.4 * 36
    fast = Circumstances(fast=(minutes(60), minutes(120)))
    assert len(walk(timedelta(hours=6), bent=fast)) <= 0.5 * 36


def test_a_fast_provider_is_looked_at_every_ten_minutes_in_its_usual_window():
    looks = walk(timedelta(hours=4), STILL, bent=Circumstances(fast=(minutes(60), minutes(100))))
    assert looks[:11] == [5, 10, 20, 40, 60, 70, 80, 90, 100, 120, 180]
    slow = walk(timedelta(hours=4), STILL, bent=Circumstances(fast=(timedelta(hours=5), timedelta(hours=9))))
    assert slow[:6] == [5, 10, 20, 40, 60, 120]


def test_a_second_look_comes_as_soon_as_it_may_count_and_not_before():
    cadence = read_cadence(CADENCE, POLITE, CONFIRM)
    for elapsed in (0, 3, 15, 400, 5000):
        at = ANCHOR + minutes(elapsed)
        following = next_check(
            cadence=cadence, anchor=ANCHOR, at=at, seed="A", bent=Circumstances(awaits_second=True)
        )
        assert minutes(10) <= following.interval <= minutes(11)
    following = next_watch(
        cadence=cadence,
        removed_at=ANCHOR,
        at=ANCHOR + timedelta(days=3),
        seed="A",
        bent=Circumstances(awaits_second=True),
    )
    assert following.pace is Pace.CONFIRM and following.interval == minutes(10)


def test_a_host_that_wants_rest_or_is_crowded_pushes_the_look_back_and_says_so():
    cadence = read_cadence(CADENCE, STILL, CONFIRM)
    wish = next_check(
        cadence=cadence, anchor=ANCHOR, at=ANCHOR, seed="A", bent=Circumstances(retry_after=minutes(30))
    )
    assert (wish.pace, wish.interval) == (Pace.RETRY_AFTER, minutes(30))
    crowd = next_check(cadence=cadence, anchor=ANCHOR, at=ANCHOR, seed="A", bent=Circumstances(crowd=300))
    assert (crowd.pace, crowd.interval) == (Pace.HOST_LIMIT, minutes(100))


def test_the_watch_after_removal_ends_after_its_last_day():
    cadence, at, days = read_cadence(CADENCE, POLITE, CONFIRM), ANCHOR, []
    while (following := next_watch(cadence=cadence, removed_at=ANCHOR, at=at, seed="A", bent=QUIET)).at:
        at = following.at
        days.append(round((at - ANCHOR) / timedelta(days=1)))
        assert following.pace is Pace.WATCH
    assert days == [1, 3, 7, 14, 30, 90]


@given(
    st.integers(0, 200 * 24 * 60),
    st.text(max_size=4),
    st.builds(
        Circumstances,
        awaits_second=st.booleans(),
        crowd=st.integers(0, 5000),
        retry_after=st.one_of(st.none(), st.timedeltas(timedelta(0), timedelta(days=1))),
        fast=st.one_of(
            st.none(),
            st.tuples(
                st.timedeltas(timedelta(0), timedelta(hours=3)),
                st.timedeltas(timedelta(0), timedelta(hours=9)),
            ),
        ),
    ),
)
@settings(max_examples=500)
def test_the_next_look_always_lies_ahead_and_never_before_the_host_allows(elapsed, seed, bent):
    cadence = read_cadence(CADENCE, POLITE, CONFIRM)
    at = ANCHOR + minutes(elapsed)
    following = next_check(cadence=cadence, anchor=ANCHOR, at=at, seed=seed, bent=bent)
    assert following.at is not None and following.at > at
    assert following.interval == following.at - at >= (bent.retry_after or timedelta(0))
    assert following.interval >= cadence.per_host * 2 * max(bent.crowd, 1)
    watch = next_watch(cadence=cadence, removed_at=ANCHOR, at=at, seed=seed, bent=bent)
    assert watch.at is None or watch.at > at


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_checks_minutes": [10, 5]},
        {"first_checks_minutes": [0, 5]},
        {"watch_days": [3, 1]},
        {"then": []},
        {"then": [{"until_hours": 24, "every_minutes": 60}]},
        {"then": [{"until_hours": None, "every_minutes": 60}, {"until_hours": None, "every_minutes": 60}]},
        {"then": [{"until_hours": None, "every_minutes": 0}]},
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"ascend|segment"):
        read_cadence(CADENCE | wrong, POLITE, CONFIRM)


def test_the_delivered_policy_is_the_one_tested_here(shared):
    defaults = json.loads((shared / "data" / "hotline_vocabularies.json").read_text(encoding="utf-8"))[
        "policy_defaults"
    ]
    read = read_cadence(
        defaults["policy.cadence"], defaults["policy.politeness"], defaults["policy.confirm_removal"]
    )
    assert read == read_cadence(CADENCE, POLITE, CONFIRM)


def test_a_demonstration_may_run_in_minutes():
    quick = read_cadence(
        {
            "first_checks_minutes": [0.1],
            "then": [{"until_hours": None, "every_minutes": 0.5}],
            "watch_days": [0.001],
        },
        STILL,
        CONFIRM,
    )
    assert next_check(cadence=quick, anchor=ANCHOR, at=ANCHOR, seed="A", bent=QUIET).interval == timedelta(
        seconds=20
    )
