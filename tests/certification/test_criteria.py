"""Criteria and moves as pure functions: nobody becomes an ambassador without every criterion of the version,
whatever the order in which things happen.
"""

import json
import random
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import pytest

from sauga.certification.applications.rules import guards
from sauga.certification.applications.rules.conflicts import Asked, Conflict, conflict, outcome
from sauga.certification.applications.rules.guards import Other
from sauga.certification.programme.rules.criteria import (
    FOR_CERTIFICATION,
    Criterion,
    Evidence,
    Kind,
    Phase,
    counts_on,
    missing,
    standing,
)
from sauga.certification.states import AMBASSADOR, CERTIFIED, AmbassadorState
from tests.repetition import often

TODAY = date(2026, 11, 28)
DATA = json.loads(
    files("sauga.certification.programme").joinpath("data", "programme.json").read_text("utf-8")
)
VERSION = [
    Criterion(
        one["code"],
        one["kind"],
        one["phase"],
        {int(k): n for k, n in one["minimums"].items()},
        one["valid_days"],
    )
    for one in DATA["criteria"]
]
DOMAIN = {
    (AmbassadorState.APPLIED, AmbassadorState.ELIGIBLE),
    (AmbassadorState.ELIGIBLE, AmbassadorState.IN_TRAINING),
    (AmbassadorState.IN_TRAINING, AmbassadorState.EXAM_PASSED),
    (AmbassadorState.EXAM_PASSED, AmbassadorState.SUPERVISED),
    (AmbassadorState.EXAM_PASSED, AmbassadorState.BOARD_DECISION),
    (AmbassadorState.SUPERVISED, AmbassadorState.BOARD_DECISION),
    (AmbassadorState.BOARD_DECISION, AmbassadorState.ACTIVE),
    (AmbassadorState.BOARD_DECISION, AmbassadorState.REJECTED),
    (AmbassadorState.ACTIVE, AmbassadorState.RENEWAL_DUE),
    (AmbassadorState.RENEWAL_DUE, AmbassadorState.ACTIVE),
    (AmbassadorState.RENEWAL_DUE, AmbassadorState.LAPSED),
    (AmbassadorState.LAPSED, AmbassadorState.ACTIVE),
    (AmbassadorState.ACTIVE, AmbassadorState.SUSPENDED),
    (AmbassadorState.SUSPENDED, AmbassadorState.ACTIVE),
    (AmbassadorState.SUSPENDED, AmbassadorState.REVOKED),
    *(
        (one, AmbassadorState.WITHDRAWN)
        for one in (
            AmbassadorState.APPLIED,
            AmbassadorState.ELIGIBLE,
            AmbassadorState.IN_TRAINING,
            AmbassadorState.EXAM_PASSED,
            AmbassadorState.SUPERVISED,
        )
    ),
}
"""The moves of the domain's table."""
SAFETY = {(AmbassadorState.RENEWAL_DUE, AmbassadorState.SUSPENDED)}
"""The one that decision 0149 adds."""


def test_the_table_has_the_moves_of_the_domain_and_one_for_safety():
    moves = {
        (before, after)
        for before in AmbassadorState
        for after in AmbassadorState
        if AMBASSADOR.allows(before, after)
    }
    assert moves == DOMAIN | SAFETY


@pytest.mark.parametrize("level", [1, 2, 3])
def test_every_criterion_is_needed(level: int):
    full = [Evidence(one.code, max(one.minimums.values()), TODAY) for one in VERSION]
    assert not missing(VERSION, level, full, TODAY)
    needed = [one for one in VERSION if one.phase in FOR_CERTIFICATION and level in one.minimums]
    for one in needed:
        without = [piece for piece in full if piece.code != one.code]
        assert [found.criterion.code for found in missing(VERSION, level, without, TODAY)] == [one.code]


def test_evidence_counts_from_its_day_to_its_last():
    one = Criterion("background_check", Kind.REFERENCE, Phase.ENTRY, {1: 1}, 730)
    shown = Evidence(one.code, 1, TODAY)
    assert not counts_on(one, shown, TODAY - timedelta(days=1))
    assert counts_on(one, shown, TODAY + timedelta(days=730))
    assert not counts_on(one, shown, TODAY + timedelta(days=731))
    ends = Evidence(one.code, 1, TODAY, TODAY + timedelta(days=10))
    assert not counts_on(one, ends, TODAY + timedelta(days=11))
    assert standing(one, 1, [ends], TODAY + timedelta(days=11)).why == "EXPIRED"


def test_two_failed_exams_are_no_passed_one():
    exam = next(one for one in VERSION if one.code == "exam")
    tried = [Evidence("exam", 40, TODAY), Evidence("exam", 45, TODAY)]
    assert standing(exam, 1, tried, TODAY).why == "TOO_LITTLE"
    hours = next(one for one in VERSION if one.code == "training_hours")
    parts = [Evidence("training_hours", 25, TODAY), Evidence("training_hours", 15, TODAY)]
    assert standing(hours, 1, parts, TODAY).is_met


def unmet(level: int, evidence: list[Evidence], day: date, phases: set[str]) -> list[str]:
    """What the file of the version asks for and evidence does not meet, read without the rules."""
    found = []
    for one in DATA["criteria"]:
        if one["phase"] in phases and str(level) in one["minimums"]:
            good = [
                piece.amount
                for piece in evidence
                if piece.code == one["code"]
                and piece.on <= day
                and (one["valid_days"] is None or (day - piece.on).days <= one["valid_days"])
                and (piece.until is None or day <= piece.until)
            ]
            have = max(good, default=0) if one["kind"] == "SCORE" else sum(good)
            found += [one["code"]] if have < one["minimums"][str(level)] else []
    return found


ASKED = {
    AmbassadorState.BOARD_DECISION: {"ENTRY", "TRAINING", "SUPERVISION", "BOARD"},
    AmbassadorState.RENEWAL_DUE: {"ENTRY", "UPDATE", "RENEWAL"},
    AmbassadorState.LAPSED: {"ENTRY", "UPDATE"},
    AmbassadorState.SUSPENDED: {"ENTRY"},
}
"""By the state from which somebody becomes certified: the phases that it asks for."""


@pytest.mark.parametrize("before", list(ASKED))
def test_whoever_becomes_certified_lacks_no_criterion_of_that_step(before: AmbassadorState):
    """Each of them alone stands against the move, on the day itself: what the board was shown may be gone."""
    full = [Evidence(one.code, max(one.minimums.values()), TODAY) for one in VERSION]
    for level in (1, 2, 3):
        needed = {one.code for one in VERSION if one.phase in ASKED[before] and level in one.minimums}
        stand = {
            code
            for code in (one.code for one in VERSION)
            if guards.lacking(
                before,
                AmbassadorState.ACTIVE,
                level,
                VERSION,
                evidence=[piece for piece in full if piece.code != code],
                on=TODAY,
            )
        }
        assert stand == needed


@pytest.mark.prove
def test_nobody_is_certified_without_every_criterion_of_the_version():
    """Random histories: any event in any order, over years. Certified implies that all criteria are met, by
    a second reading of the version."""
    dice = random.Random(149)
    certified = 0
    for _history in range(often(400, 10_000)):
        level, state, day = dice.choice((1, 2, 3)), AmbassadorState.APPLIED, TODAY
        evidence: list[Evidence] = []
        needed = [one for one in VERSION if level in one.minimums]
        for _event in range(dice.randint(10, 80)):
            day += timedelta(days=dice.choice((0, 0, 0, 1, 7, 40)))
            kind = dice.random()
            if kind < 0.5:
                one = dice.choice(needed)
                amount = dice.choice((1, one.minimums[level], one.minimums[level]))
                evidence.append(
                    Evidence(one.code, amount, day, day + timedelta(days=dice.choice((5, 900, 900))))
                )
            elif kind < 0.53 and evidence:
                evidence.pop(dice.randrange(len(evidence)))
            else:
                to = dice.choice([one for one in AmbassadorState if one != AmbassadorState.WITHDRAWN])
                if not AMBASSADOR.allows(state, to) or not guards.is_for_level(state, to, level):
                    continue
                if guards.lacking(state, to, level, VERSION, evidence=evidence, on=day):
                    continue
                if to == AmbassadorState.ACTIVE:
                    certified += 1
                    assert unmet(level, evidence, day, ASKED[state]) == []
                state = to
        if state in CERTIFIED:
            assert certified
    assert certified, "the histories certify somebody now and then"


def test_what_other_files_of_the_person_bar():
    day = datetime(2026, 11, 28, tzinfo=UTC)
    ago, ahead = day - timedelta(days=1), day + timedelta(days=1)

    def bar(before: str, to: str, *others: Other, ended: datetime | None = None) -> str:
        return guards.barred(before, to, ended_at=ended, certified_at=day, others=others)

    suspended = Other(AmbassadorState.SUSPENDED)
    for before, to in (
        (AmbassadorState.BOARD_DECISION, AmbassadorState.ACTIVE),
        (AmbassadorState.SUPERVISED, AmbassadorState.BOARD_DECISION),
        (AmbassadorState.LAPSED, AmbassadorState.ACTIVE),
    ):
        assert bar(before, to, suspended) == "SUSPENDED"
        assert bar(before, to, Other(AmbassadorState.SUSPENDED, ago)) == ""
    assert (
        bar(AmbassadorState.APPLIED, AmbassadorState.ELIGIBLE, suspended) == ""
        and bar(AmbassadorState.SUSPENDED, AmbassadorState.ACTIVE, suspended) == ""
    )
    assert bar(AmbassadorState.BOARD_DECISION, AmbassadorState.ACTIVE, Other(AmbassadorState.ACTIVE)) == "", (
        "a higher level replaces the lower one"
    )
    for before in (AmbassadorState.RENEWAL_DUE, AmbassadorState.LAPSED):
        for other in CERTIFIED:
            assert bar(before, AmbassadorState.ACTIVE, Other(other)) == "CERTIFIED"
            assert bar(before, AmbassadorState.ACTIVE, Other(other, ago)) == ""
        assert bar(before, AmbassadorState.ACTIVE, Other(AmbassadorState.REVOKED, ahead)) == "REVOKED"
        assert bar(before, AmbassadorState.ACTIVE, Other(AmbassadorState.REVOKED, day)) == "REVOKED"
        assert bar(before, AmbassadorState.ACTIVE, Other(AmbassadorState.REVOKED, ago)) == "", (
            "the appeal was upheld since"
        )
    for to in (AmbassadorState.RENEWAL_DUE, AmbassadorState.SUSPENDED):
        assert bar(AmbassadorState.ACTIVE, to, ended=ago) == "ENDED" and bar(AmbassadorState.ACTIVE, to) == ""
    assert bar(AmbassadorState.LAPSED, AmbassadorState.ACTIVE, ended=ago) == "", "whoever lapsed comes back"


def test_colleagues_decide_nothing_and_two_equal_votes_decide():
    assert conflict(Asked({1, 2}, {2, 3})) == Conflict.COLLEAGUE
    assert conflict(Asked({1}, {3})) == ""
    assert conflict(Asked({1}, {3}, decided_before=True)) == Conflict.FIRST_BOARD
    assert conflict(Asked({1}, {3}, has_voted=True)) == Conflict.VOTED
    assert conflict(Asked(set(), set(), is_applicant=True)) == Conflict.SELF
    assert outcome(["FOR"], 2) == "" and outcome(["FOR", "AGAINST"], 2) == ""
    assert outcome(["FOR", "AGAINST", "AGAINST"], 2) == "AGAINST"


@pytest.mark.parametrize(
    ("since", "months", "until"),
    [
        (date(2026, 11, 28), 24, date(2028, 11, 27)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
        (date(2026, 1, 31), 1, date(2026, 2, 27)),
    ],
)
def test_a_certification_lasts_whole_months(since: date, months: int, until: date):
    assert guards.valid_until(since, months) == until


def test_full_age_is_reached_on_the_birthday():
    assert guards.is_of_age(date(2008, 11, 28), TODAY)
    assert not guards.is_of_age(date(2008, 11, 29), TODAY)
    assert guards.is_of_age(date(2008, 2, 29), date(2026, 2, 28))


def test_the_renewal_is_announced_90_days_ahead_and_lapses_after_the_last_day():
    last = TODAY + timedelta(days=90)
    assert guards.due_step(AmbassadorState.ACTIVE, last, 90, TODAY) == ""
    assert (
        guards.due_step(AmbassadorState.ACTIVE, last, 90, TODAY + timedelta(days=1))
        == AmbassadorState.RENEWAL_DUE
    )
    assert guards.due_step(AmbassadorState.RENEWAL_DUE, last, 90, last) == ""
    assert (
        guards.due_step(AmbassadorState.RENEWAL_DUE, last, 90, last + timedelta(days=1))
        == AmbassadorState.LAPSED
    )
