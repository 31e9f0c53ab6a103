"""The rules of the call for papers: the decision table, who sees what, assignment, scores, letters."""

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from repetition import often

from sauga.events.proposals.rules.assignments import Setting, spread
from sauga.events.proposals.rules.decisions import (
    DECISIONS,
    OUTCOMES,
    Command,
    CommandRefused,
    Phase,
    Situation,
    decide,
    phase_of,
)
from sauga.events.proposals.rules.letter_fields import filled, names_author, unknown_fields
from sauga.events.proposals.rules.scores import is_complete, mean, weighted
from sauga.events.proposals.rules.visibility import NOTHING, ConflictKind, Standing, counts_review, sight
from sauga.events.states import PROPOSAL, UNDECIDED, UNSEEN, ProposalState

pytestmark = pytest.mark.unit
EARLY, OPENS, MIDDLE, CLOSES = (datetime(2027, 1, day, tzinfo=UTC) for day in (1, 2, 3, 4))
SITUATIONS = [
    Situation(phase=phase, in_grace=grace, is_looked_at=looked, pending=pending)
    for phase, grace, looked, pending in product(
        (Phase.OPEN, Phase.CLOSED), (True, False), (True, False), ("", *OUTCOMES)
    )
]


def outcome(state: ProposalState, command: Command, at: Situation) -> ProposalState | str:
    try:
        return decide(state, command, at)
    except CommandRefused as refused:
        return refused.why


def expected(state: ProposalState, command: Command, at: Situation) -> ProposalState | str:
    """The table again, written from the other side: act by act."""
    early, closed = (ProposalState.DRAFT, ProposalState.UNCONFIRMED), at.phase is Phase.CLOSED
    timely: ProposalState | str = "closed" if closed else "reviewed" if at.is_looked_at else state
    refused = "state"
    match command:
        case Command.SEND | Command.SUBMIT if state == ProposalState.DRAFT:
            done = ProposalState.UNCONFIRMED if command is Command.SEND else ProposalState.SUBMITTED
            return done if timely == state else timely
        case Command.SUBMIT if state == ProposalState.UNCONFIRMED:
            return "closed" if closed and not at.in_grace else ProposalState.SUBMITTED
        case Command.CHANGE if state in (*early, ProposalState.SUBMITTED):
            return timely
        case Command.INVITE if state in (ProposalState.DRAFT, ProposalState.SUBMITTED):
            return timely
        case Command.INVITE if state in (ProposalState.ACCEPTED, ProposalState.CONFIRMED):
            return state
        case Command.WITHDRAW if state in (*early, *UNDECIDED):
            return ProposalState.WITHDRAWN
        case Command.REVIEW if state in UNDECIDED:
            return state if closed else "open"
        case Command.PREPARE if state in UNDECIDED:
            if not closed:
                return "open"
            return "nothing" if not at.pending else "same" if at.pending == state else state
        case Command.TAKE_BACK if state in UNDECIDED:
            return state if at.pending else "nothing"
        case Command.ANNOUNCE if state in UNDECIDED:
            return ProposalState(at.pending) if at.pending else "nothing"
        case Command.CONFIRM if state == ProposalState.ACCEPTED:
            return ProposalState.CONFIRMED
        case Command.DECLINE if state in (ProposalState.ACCEPTED, ProposalState.CONFIRMED):
            return ProposalState.DECLINED
    return refused


def test_every_act_in_every_state_and_situation():
    for state, command, at in product(ProposalState, Command, SITUATIONS):
        assert outcome(state, command, at) == expected(state, command, at), (state, command, at)


def test_every_move_of_the_decisions_is_in_the_table_of_states_and_the_other_way_round():
    moves = set()
    for state, command, at in product(ProposalState, Command, SITUATIONS):
        found = outcome(state, command, at)
        if isinstance(found, ProposalState) and found != state:
            is_lawful = PROPOSAL.allows(state, found)
            assert is_lawful or (command is Command.ANNOUNCE and found == state), (state, command, found)
            moves.add((state, found))
    drawn = {
        (before, after)
        for before in ProposalState
        for after in ProposalState
        if PROPOSAL.allows(before, after)
    }
    assert moves == drawn


def test_what_is_final_has_no_act():
    assert not [
        command
        for state, command in DECISIONS
        if state in (ProposalState.REJECTED, ProposalState.DECLINED, ProposalState.WITHDRAWN)
    ]


@pytest.mark.parametrize(
    ("state", "at", "phase"),
    [
        ("DRAFT", MIDDLE, Phase.HIDDEN),
        ("PUBLISHED", EARLY, Phase.SOON),
        ("PUBLISHED", OPENS, Phase.OPEN),
        ("PUBLISHED", MIDDLE, Phase.OPEN),
        ("PUBLISHED", CLOSES, Phase.CLOSED),
        ("CLOSED", MIDDLE, Phase.CLOSED),
        ("CLOSED", EARLY, Phase.CLOSED),
    ],
)
def test_a_call_in_time(state: str, at: datetime, phase: Phase):
    assert phase_of(state, OPENS, CLOSES, at) is phase


CONFLICTS = [frozenset[str](), *(frozenset({kind}) for kind in ConflictKind), frozenset(ConflictKind)]
STANDINGS = [
    Standing(is_organiser=o, is_reviewer=r, is_assigned=a, has_reviewed=a and g, conflicts=c)
    for o, r, a, g, c in product((True, False), (True, False), (True, False), (True, False), CONFLICTS)
]


def test_who_sees_what_in_every_combination():
    for who, state, is_blind in product(STANDINGS, ProposalState, (True, False)):
        found = sight(who, state, is_blind=is_blind)
        hides = who.conflicts & {ConflictKind.DECLARED, ConflictKind.ADDRESS}
        reviews = who.is_reviewer and who.is_assigned and not who.conflicts
        organises = who.is_organiser and not hides and state not in UNSEEN
        judges = reviews and not who.is_organiser and state not in (*UNSEEN, ProposalState.WITHDRAWN)
        assert found.proposal is (organises or judges)
        is_known = not is_blind or state in (ProposalState.ACCEPTED, ProposalState.CONFIRMED)
        assert found.identity is (organises or (judges and is_known))
        assert found.decisions is organises
        assert found.reviews is (organises or (judges and who.has_reviewed))
        open_to = state in UNDECIDED and (judges or (organises and reviews and not is_blind))
        assert found.may_review is open_to
        assert found.own_review is (judges or (organises and reviews))


def test_a_conflict_leaves_a_reviewer_nothing_at_all():
    for who, state, is_blind in product(STANDINGS, ProposalState, (True, False)):
        if who.conflicts and not who.is_organiser:
            assert sight(who, state, is_blind=is_blind) == NOTHING
            assert not counts_review(who.conflicts)
    assert counts_review(frozenset())


people, proposals = st.integers(1, 7), st.integers(0, 14)


@st.composite
def settings_of_calls(draw: st.DrawFn, *, empty: bool = False) -> Setting:
    reviewers, rows, wanted = range(draw(people)), range(draw(proposals)), draw(st.integers(1, 4))
    pairs = st.sets(st.tuples(st.sampled_from(list(rows) or [0]), st.sampled_from(list(reviewers))))
    conflicts = set() if empty else draw(pairs)
    held = set() if empty else draw(pairs) - conflicts
    assigned = {row: {person for one, person in held if one == row} for row in rows}
    return Setting(assigned=assigned, reviewers=reviewers, conflicts=conflicts, wanted=wanted)


def loads(at: Setting, added: list[tuple[int, int]]) -> Counter[int]:
    load = Counter(dict.fromkeys(at.reviewers, 0))
    load.update(person for held in at.assigned.values() for person in held)
    load.update(person for _row, person in added)
    return load


@settings(max_examples=often(25, 3000))
@given(settings_of_calls())
def test_reviews_are_spread_without_conflicts_and_as_many_as_can_be(at: Setting):
    added = spread(at)
    assert len(set(added)) == len(added) and not set(added) & at.conflicts
    for row, held in at.assigned.items():
        new = {person for one, person in added if one == row}
        possible = {person for person in at.reviewers if (row, person) not in at.conflicts} - set(held)
        assert not new & set(held) and new <= possible
        assert len(new) == min(max(at.wanted - len(held), 0), len(possible))
    load = loads(at, added)
    for row, giver in added:
        for taker in at.reviewers:
            if (
                (row, taker) not in at.conflicts
                and taker not in at.assigned[row]
                and (row, taker) not in added
            ):
                assert load[giver] - load[taker] <= 1, "nobody could give one to somebody with two fewer"


@settings(max_examples=often(25, 3000))
@given(settings_of_calls(empty=True))
def test_without_conflicts_the_loads_differ_by_one_at_most(at: Setting):
    load = loads(at, spread(at))
    assert max(load.values()) - min(load.values()) <= 1


def test_scores_are_weighted_and_averaged():
    weights = {"a": 3, "b": 1}
    assert weighted({"a": 5, "b": 1}, weights) == 4
    assert weighted({"a": 5, "gone": 1}, weights) == 5 and weighted({}, weights) is None
    assert mean([{"a": 5, "b": 1}, {"a": 2, "b": 3}, {}], weights) == Decimal("3.13")
    assert mean([], weights) is None
    assert is_complete({"a": 1, "b": 5}, weights)
    for wrong in (
        {"a": 1},
        {"a": 0, "b": 1},
        {"a": 6, "b": 1},
        {"a": True, "b": 1},
        {"a": 1, "b": 1, "c": 1},
    ):
        assert not is_complete(wrong, weights), wrong


def test_letters_have_known_fields_only_and_values_are_not_read_again():
    assert unknown_fields("{name}, {titel}") == ["titel"] and not unknown_fields("{name} {until}")
    assert filled("{name}: {title}", {"name": "{title}", "title": "Kopos"}) == "{title}: Kopos"


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Kaip kalbėtis su klase", False),
        ("Pasakoja Rūta Kalnienė", True),
        ("Rūtos Kalnienės pamoka", True),
        ("Kalnai ir upės, rūtos darže", False),
        ("Rašykite man: ruta@mokykla.example", True),
        ("Beržyno gimnazijos patirtis", False),
        ("Beržyno gimnazija kviečia", True),
    ],
)
def test_a_blind_text_must_not_name_its_author(text: str, is_named: bool):
    found = names_author(
        [text], name="Rūta Kalnienė", organisation="Beržyno gimnazija", address="ruta@mokykla.example"
    )
    assert found is is_named
