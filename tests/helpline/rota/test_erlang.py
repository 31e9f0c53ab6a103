"""Erlang's formulae against published values, and what must hold for every load."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauga.helpline.rota.rules import erlang

pytestmark = pytest.mark.unit
# Erlang B, 1 % loss: lines → erlangs that they carry (the classic traffic table, e.g. ITU-D Teletraffic
# Engineering Handbook).
ONE_PERCENT = [(1, 0.0101), (2, 0.153), (5, 1.361), (10, 4.461), (20, 12.03), (50, 37.90), (100, 84.06)]
loads = st.floats(0.05, 60)


@pytest.mark.parametrize(("people", "erlangs"), ONE_PERCENT)
def test_blocking_agrees_with_the_traffic_table(people: int, erlangs: float):
    assert erlang.blocking(erlangs, people) == pytest.approx(0.01, rel=0.02)


def test_the_worked_example_of_the_call_centre_books():
    """100 calls in half an hour, 3 minutes each: 10 erlangs.

    11 agents: 68.2 % wait; 14: 17.4 %, 88.8 % within 20 s.
    """
    offered = erlang.load(200, 180)
    assert offered == 10
    assert erlang.waiting(offered, 11) == pytest.approx(0.682, abs=0.0005)
    assert erlang.waiting(offered, 14) == pytest.approx(0.174, abs=0.0005)
    assert erlang.answered_within(offered, 14, 180, 20) == pytest.approx(0.888, abs=0.0005)
    assert erlang.people_needed(offered, 180, share=0.8, seconds=20) == 14


@pytest.mark.parametrize(("erlangs", "talk", "people"), [(9.3, 30 * 60, 13), (3.2, 12 * 60, 6)])
def test_the_evening_of_the_domain_document(erlangs: float, talk: float, people: int):
    assert erlang.people_needed(erlangs, talk, share=0.8, seconds=60) == people


@given(loads, st.floats(60, 3600), st.floats(0.5, 0.99), st.floats(5, 600))
def test_people_needed_are_enough_and_one_fewer_is_not(
    erlangs: float, talk: float, share: float, seconds: float
):
    people = erlang.people_needed(erlangs, talk, share=share, seconds=seconds)
    assert erlang.answered_within(erlangs, people, talk, seconds) >= share
    assert erlang.answered_within(erlangs, people - 1, talk, seconds) < share


@given(loads, st.integers(1, 80))
def test_shares_are_shares_and_more_people_never_harm(erlangs: float, people: int):
    assert 0 <= erlang.blocking(erlangs, people) <= erlang.waiting(erlangs, people) <= 1
    assert erlang.waiting(erlangs, people + 1) <= erlang.waiting(erlangs, people)


def test_nothing_to_do_needs_nobody_and_nonsense_is_refused():
    assert erlang.people_needed(0, 600, share=0.8, seconds=60) == 0
    assert erlang.waiting(0, 0) == 0
    assert erlang.answered_within(0, 1, 60, 5) == 1 and erlang.answered_within(0, 0, 60, 5) == 0
    for wrong in (
        lambda: erlang.load(-1, 1),
        lambda: erlang.blocking(-1, 1),
        lambda: erlang.people_needed(1, 60, share=1, seconds=1),
    ):
        with pytest.raises(ValueError, match=r"negative|share"):
            wrong()
