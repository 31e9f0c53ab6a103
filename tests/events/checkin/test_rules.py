"""The rules of check-in, without a database: any order and any repetition of the same scans gives the same
result, nothing is lost, and a wrong clock does not decide who was first."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from repetition import often

from sauga.events.checkin.rules import (
    ADMITTED,
    LATEST,
    REFUSED_STATES,
    Kind,
    Merged,
    Opening,
    Outcome,
    Scan,
    Why,
    estimated,
    kept_until,
    merge,
    refusal,
)
from sauga.events.states import EventState, RegistrationState

pytestmark = pytest.mark.unit
NINE = datetime(2027, 2, 9, 9, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def scan(nonce: str, minute: float = 0, device: str = "a", heads: int = 1, undoes: str = "") -> Scan:
    kind = Kind.UNDO if undoes else Kind.IN
    return Scan(nonce=nonce, at=NINE + minute * MINUTE, device=device, heads=heads, undoes=undoes, kind=kind)


def outcomes(*scans: Scan, seats: int = 1) -> dict[str, Outcome]:
    return dict(merge(scans, seats).outcomes)


def test_the_first_scan_counts_and_a_second_elsewhere_is_a_conflict():
    assert outcomes(scan("1", 3, "a"), scan("2", 1, "b")) == {"2": Outcome.COUNTED, "1": Outcome.CONFLICT}
    assert outcomes(scan("1", 1, "a"), scan("2", 3, "a")) == {"1": Outcome.COUNTED, "2": Outcome.REPEATED}
    assert (
        outcomes(scan("2", 1, "b"), scan("1", 1, "a"))["1"] is Outcome.COUNTED
    )  # the same instant: by nonce
    assert merge([], 1) == Merged()


def test_what_is_undone_counts_nowhere_even_where_the_undo_arrives_first():
    first, second, taken = scan("1", 1, "a"), scan("2", 2, "b"), scan("3", 5, "b", undoes="1")
    found = merge([taken, second, first], 1)
    assert found.outcomes == {"1": Outcome.UNDONE, "2": Outcome.COUNTED, "3": Outcome.UNDO}
    assert found.heads == 1 and found.first == second
    assert outcomes(scan("9", 1, undoes="unknown"))["9"] is Outcome.UNDO


def test_parts_of_a_class_add_up_and_more_than_its_seats_is_a_conflict():
    found = merge([scan("1", 1, "a", 20), scan("2", 9, "b", 5), scan("3", 10, "c", 1)], 25)
    assert (
        found.outcomes == {"1": Outcome.COUNTED, "2": Outcome.COUNTED, "3": Outcome.CONFLICT}
        and found.heads == 25
    )
    whole_twice = merge([scan("1", 1, "a", 25), scan("2", 2, "b", 25), scan("3", 3, "b", 0)], 25)
    assert whole_twice.counted == {"1", "3"} and whole_twice.heads == 25


SCANS = st.lists(
    st.tuples(*(st.integers(0, most) for most in (8, 6, 3, 3, 5))), unique_by=lambda one: one[0], max_size=9
)
"""Nonce, minute, device, heads, and what it undoes, where that is one of the first two."""


@settings(max_examples=often(120, 20_000), database=None)
@given(SCANS, st.integers(1, 8), st.integers(0, 2**32))
def test_any_order_and_any_repetition_of_the_same_scans_gives_the_same_and_loses_nothing(drawn, seats, seed):
    scans = [
        scan(str(nonce), minute, "abcd"[device], heads + 1, str(undoes) if undoes < 2 else "")
        for nonce, minute, device, heads, undoes in drawn
    ]
    random = Random(seed)
    whole = merge(scans, seats)
    mixed = [*scans, *random.sample(scans, random.randrange(len(scans) + 1))]
    random.shuffle(mixed)
    assert merge(mixed, seats) == whole
    assert whole.outcomes.keys() == {one.nonce for one in scans}  # each scan has its answer
    counted = [one for one in scans if one.nonce in whole.counted]
    assert whole.heads == sum(one.heads for one in counted) <= seats
    assert whole.first == min(counted, key=lambda one: one.order, default=None)
    undone = {one.undoes for one in scans if one.undoes}
    entering = [one for one in scans if one.kind is Kind.IN and one.nonce not in undone]
    if any(one.heads <= seats for one in entering):
        assert counted  # somebody who stood there first is never lost


def test_merging_in_two_steps_is_merging_at_once():
    early, late = [scan("1", 5, "a"), scan("3", 9, "c")], [scan("2", 1, "b")]
    assert merge(early, 1).counted == {"1"}
    assert merge([*early, *late], 1).outcomes == {
        "2": Outcome.COUNTED,
        "1": Outcome.CONFLICT,
        "3": Outcome.CONFLICT,
    }


@pytest.mark.parametrize("wrong", [timedelta(), timedelta(days=-400), timedelta(hours=7)])
def test_a_device_whose_clock_is_wrong_is_as_good_as_any(wrong):
    received, ago = NINE + HOUR, timedelta(minutes=12)
    assert estimated(received, received + wrong, received + wrong - ago) == received - ago


def test_no_scan_is_in_the_future_or_older_than_a_day():
    assert estimated(NINE, NINE, NINE + HOUR) == NINE  # the clock was put back in between
    assert estimated(NINE, NINE, NINE - timedelta(days=9)) == NINE - LATEST


def test_who_may_enter_when():
    opening = Opening(opens=NINE - 2 * HOUR, closes=NINE + 3 * HOUR)

    def why(at: datetime = NINE, **more) -> Why | None:
        given = {
            "event_state": EventState.PUBLISHED,
            "state": RegistrationState.CONFIRMED,
            "may_enter": True,
            "heads": 1,
            "seats": 1,
        }
        return refusal(at=at, opening=opening, **{**given, **more})

    assert why() is None and why(state=RegistrationState.CHECKED_IN) is None
    assert why(NINE - 2 * HOUR) is None and why(NINE - 2 * HOUR - MINUTE) is Why.EARLY
    assert why(NINE + 3 * HOUR) is None and why(NINE + 3 * HOUR + MINUTE) is Why.OVER
    assert why(may_enter=False) is Why.LIST
    assert why(heads=2) is Why.HEADS and why(heads=0) is Why.HEADS
    assert why(event_state=EventState.CANCELLED) is Why.EVENT_CANCELLED
    assert (
        why(event_state=EventState.OVER, state=RegistrationState.NO_SHOW) is None
    )  # a phone that sends late knows better
    assert {str(RegistrationState.CANCELLED): why(state=RegistrationState.CANCELLED)} == {
        "CANCELLED": Why.CANCELLED
    }
    assert (
        why(state=RegistrationState.WAITLISTED) is Why.WAITLISTED
        and why(state=RegistrationState.OFFERED) is Why.OFFERED
    )
    assert (
        ADMITTED | REFUSED_STATES.keys() == frozenset(RegistrationState)
        and not ADMITTED & REFUSED_STATES.keys()
    )


def test_a_device_keeps_a_list_for_a_day_at_most_and_not_after_the_event():
    assert kept_until(NINE + 90 * HOUR, NINE) == NINE + 24 * HOUR
    assert kept_until(NINE + 2 * HOUR, NINE) == NINE + 3 * HOUR
