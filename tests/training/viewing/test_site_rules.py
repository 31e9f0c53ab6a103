"""Pure rules of viewing sites: the table of states, equipment tests, counts, what is due when."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from sauga.training.states import SITE, SiteState
from sauga.training.viewing import rules
from sauga.training.viewing.rules import Advice, Due, Findings, Standing, due

pytestmark = pytest.mark.unit
STARTS = datetime(2027, 1, 21, 15, 30, tzinfo=UTC)
OVER = STARTS + timedelta(hours=1)
LONG_AGO = STARTS - timedelta(days=40)
ALLOWED = {
    (SiteState.INVITED, SiteState.ENROLLED),
    (SiteState.ENROLLED, SiteState.TECH_TESTED),
    (SiteState.ENROLLED, SiteState.NO_SHOW),
    (SiteState.TECH_TESTED, SiteState.READY),
    (SiteState.TECH_TESTED, SiteState.NO_SHOW),
    (SiteState.READY, SiteState.LIVE),
    (SiteState.READY, SiteState.NO_SHOW),
    (SiteState.LIVE, SiteState.COUNTED),
    (SiteState.LIVE, SiteState.OVERDUE),
    (SiteState.OVERDUE, SiteState.COUNTED),
    (SiteState.COUNTED, SiteState.CLOSED),
    (SiteState.NO_SHOW, SiteState.CLOSED),
}


@pytest.mark.parametrize(("before", "after"), list(product(SiteState, SiteState)))
def test_the_table_has_these_moves_and_no_others(before, after):
    assert SITE.allows(before, after) is ((before, after) in ALLOWED)


@pytest.mark.parametrize(
    ("found", "passed", "advice"),
    [
        (Findings(True, True, True, 2500), True, []),
        (Findings(True, True, True, 900), True, [Advice.SMALL]),
        (Findings(True, True, True), True, []),
        (Findings(True, True, False, 400), False, [Advice.SLOW, Advice.FALLBACK]),
        (Findings(True, True, False), False, [Advice.SLOW, Advice.FALLBACK]),
        (Findings(False, True, False, 5000), False, [Advice.PICTURE, Advice.FALLBACK]),
        (Findings(True, False, True, 5000), False, [Advice.SOUND]),
        (Findings(False, True, False, fallback=True), True, [Advice.PICTURE, Advice.FALLBACK]),
        (
            Findings(False, False, False, fallback=True),
            False,
            [Advice.PICTURE, Advice.SOUND, Advice.FALLBACK],
        ),
    ],
)
def test_a_test_passes_with_sound_and_either_the_stream_or_the_recording(found, passed, advice):
    assert found.passed is passed
    assert found.advice() == advice


@pytest.mark.parametrize(
    ("heads", "why"),
    [
        ({}, "none"),
        ({"parents": 0}, "none"),
        ({"parents": -1, "seniors": 5}, "negative"),
        ({"babies": 5}, "negative"),
        ({"parents": 5000}, "absurd"),
        ({"parents": 30, "librarians": 1}, ""),
    ],
)
def test_counts_that_cannot_be(heads, why):
    assert rules.wrong_heads(heads, {"parents", "seniors", "librarians"}) == why


def test_more_than_twice_the_seats_need_a_note():
    assert not rules.needs_note(80, 40)
    assert rules.needs_note(81, 40)


def site(state: str, *sent: Due, **more) -> Standing:
    held = {"since": LONG_AGO, "invited_at": LONG_AGO, "sent": frozenset(sent), **more}
    return Standing(state=state, **held)


def at(**span) -> datetime:
    return STARTS + timedelta(**span)


@pytest.mark.parametrize(
    ("held", "when", "expected"),
    [
        (site(SiteState.INVITED), at(days=-8), None),
        (site(SiteState.INVITED), at(days=-7), Due.REMIND_TO_ENROL),
        (site(SiteState.INVITED, Due.REMIND_TO_ENROL), at(days=-6), None),
        (site(SiteState.INVITED, is_declined=True), at(days=-6), None),
        (site(SiteState.INVITED, invited_at=at(days=-6)), at(days=-5), None),
        (site(SiteState.INVITED), at(hours=1), None),
        (site(SiteState.ENROLLED), at(days=-4), None),
        (site(SiteState.ENROLLED), at(days=-3), Due.REMIND_TO_TEST),
        (site(SiteState.ENROLLED, Due.REMIND_TO_TEST), at(days=-2), None),
        (site(SiteState.TECH_TESTED), at(days=-3), None),
        (site(SiteState.ENROLLED), at(hours=-30), Due.SEND_MATERIALS),
        (site(SiteState.READY), at(hours=-30), Due.SEND_MATERIALS),
        (site(SiteState.READY, Due.SEND_MATERIALS), at(hours=-3), None),
        (site(SiteState.READY, Due.SEND_MATERIALS), at(hours=24), None),
        (site(SiteState.READY), at(hours=25), Due.NO_SHOW),
        (site(SiteState.TECH_TESTED), at(hours=25), Due.NO_SHOW),
        (site(SiteState.ENROLLED), at(hours=25), Due.NO_SHOW),
        (site(SiteState.LIVE), at(minutes=30), None),
        (site(SiteState.LIVE), at(hours=1), Due.ASK_FOR_COUNT),
        (site(SiteState.LIVE, Due.ASK_FOR_COUNT), at(hours=48), None),
        (site(SiteState.LIVE, Due.ASK_FOR_COUNT), at(hours=49), Due.REMIND_TO_COUNT),
        (site(SiteState.LIVE, Due.ASK_FOR_COUNT, Due.REMIND_TO_COUNT), at(hours=72), None),
        (site(SiteState.LIVE, Due.ASK_FOR_COUNT, Due.REMIND_TO_COUNT), at(hours=73), Due.OVERDUE),
        (site(SiteState.OVERDUE), at(days=90), None),
        (site(SiteState.COUNTED, since=OVER), at(days=14), None),
        (site(SiteState.COUNTED, since=OVER), at(days=15), Due.CLOSE),
        (site(SiteState.NO_SHOW, since=at(days=2)), at(days=15), None),
        (site(SiteState.NO_SHOW, since=at(days=2)), at(days=17), Due.CLOSE),
        (site(SiteState.CLOSED), at(days=90), None),
    ],
)
def test_what_is_due(held, when, expected):
    assert due(held, starts=STARTS, over_at=OVER, at=when) == expected


@pytest.mark.parametrize(
    ("when", "may"),
    [
        (at(minutes=-16), False),
        (at(minutes=-15), True),
        (at(minutes=30), True),
        (at(hours=24), True),
        (at(hours=25), False),
    ],
)
def test_a_library_is_live_from_a_quarter_of_an_hour_before_until_a_day_after(when, may):
    assert rules.may_go_live(when, STARTS, OVER) is may
