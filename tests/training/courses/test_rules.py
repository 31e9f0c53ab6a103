"""Rules of courses and learning without a database: completion trees, grading, places, notation.

A learner's random history never ends COMPLETED unless the frozen tree is true of what was done.
"""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauga.training.courses.markdown import html
from sauga.training.courses.rules import items, notation
from sauga.training.courses.rules.content import proves_something
from sauga.training.courses.rules.trees import (
    Facts,
    TreeUnreadable,
    can_become_true,
    check,
    explain,
    is_true,
    wanted,
)
from sauga.training.learning.rules import analysis, grades, progress, seats
from sauga.training.learning.rules.progress import Piece, Record
from sauga.training.states import ENROLMENT, EnrolmentState
from tests.repetition import often

pytestmark = pytest.mark.unit
CODES = ["a", "b", "c", "d", "e", "f"]


def random_tree(dice: random.Random, depth: int = 0):
    kind = dice.choice(["done", "score", "hours"] if depth > 2 else ["all", "any", "of", "done", "score"])
    if kind in ("all", "any"):
        return {kind: [random_tree(dice, depth + 1) for _ in range(dice.randint(1, 3))]}
    if kind == "of":
        parts = [random_tree(dice, depth + 1) for _ in range(dice.randint(1, 4))]
        return {"at_least": dice.randint(1, len(parts)), "of": parts}
    if kind == "done":
        return {"done": dice.choice(CODES)}
    if kind == "score":
        return {"score": dice.choice(CODES), "at_least": dice.choice([0, 50, 70, 100])}
    return {"hours": dice.choice([0.5, 1, 2])}


def reference(tree, done, scores, minutes):
    """The same question answered in another way: as a formula in Python."""
    if "all" in tree or "any" in tree:
        name = "all" if "all" in tree else "any"
        return {"all": all, "any": any}[name]([reference(t, done, scores, minutes) for t in tree[name]])
    if "of" in tree:
        return len([t for t in tree["of"] if reference(t, done, scores, minutes)]) >= tree["at_least"]
    if "done" in tree:
        return tree["done"] in done
    if "score" in tree:
        return tree["score"] in scores and scores[tree["score"]] >= tree["at_least"]
    return minutes >= tree["hours"] * 60


def played(dice: random.Random) -> None:
    """One enrolment with a random tree and a random history of answers, grades, tries and withdrawals."""
    tree, state = random_tree(dice), EnrolmentState.ACTIVE
    kinds = {code: dice.choice(["page", "quiz", "assignment", "session"]) for code in CODES}
    pieces = [Piece(code, kinds[code], dice.choice([10, 30, 60]), dice.choice([0, 1, 2])) for code in CODES]
    records: dict[str, Record] = {}
    check(tree, CODES)
    for _ in range(dice.randint(1, 30)):
        piece = dice.choice(pieces)
        held = records.get(piece.code, Record(is_started=True))
        act = dice.choice(["do", "score", "extra", "stall", "withdraw" if dice.random() < 0.05 else "do"])
        if act == "withdraw" and state in (EnrolmentState.ACTIVE, EnrolmentState.STALLED):
            state = EnrolmentState.WITHDRAWN
        elif act == "stall" and state == EnrolmentState.ACTIVE:
            state = EnrolmentState.STALLED
        elif act == "extra" and piece.kind == "quiz":
            records[piece.code] = Record(held.is_done, held.score, held.used, held.extra + 1)
        elif state in (EnrolmentState.ACTIVE, EnrolmentState.STALLED):
            if piece.kind == "quiz":
                if progress.attempts_left(piece, held) == 0:
                    continue
                score = dice.choice([0, 40, 60, 80, 100])
                done = held.is_done or score >= 60
                records[piece.code] = Record(done, max(score, held.score or 0), held.used + 1, held.extra)
            elif act == "score" and piece.kind == "assignment":
                score = max(dice.choice([30, 60, 90]), held.score or 0)
                records[piece.code] = Record(score >= 60, score, 0, 0)
            elif piece.kind != "assignment":
                records[piece.code] = Record(True)
        for to in progress.path(state, tree, pieces, records):
            assert ENROLMENT.allows(state, to), (state, to)
            state = to
        done = {code for code, record in records.items() if record.is_done}
        scores = {code: record.score for code, record in records.items() if record.score is not None}
        minutes = sum(piece.minutes for piece in pieces if piece.code in done)
        truth = reference(tree, done, scores, minutes)
        if state == EnrolmentState.COMPLETED:
            assert truth
        elif state in (EnrolmentState.ACTIVE, EnrolmentState.STALLED, EnrolmentState.FAILED):
            assert not truth


@pytest.mark.prove
def test_an_enrolment_is_completed_exactly_when_its_frozen_tree_is_true():
    for seed in range(often(400, 10_000)):
        played(random.Random(seed))


def test_what_can_never_become_true_is_known_and_nothing_else():
    dice = random.Random(7)
    minutes = dict.fromkeys(CODES, 30)
    for _ in range(300):
        tree = random_tree(dice)
        lost = set(dice.sample(CODES, dice.randint(0, 4)))
        best = Facts(
            frozenset(set(CODES) - lost), {c: 100 for c in CODES if c not in lost}, 30 * (6 - len(lost))
        )
        assert can_become_true(tree, Facts(), lost, minutes=minutes) == is_true(tree, best)
        assert explain(tree, best).is_met == is_true(tree, best)
        assert wanted(tree) <= set(CODES)


PARTS = {"page": ("page", 60), "game": ("package", 30), "test": ("quiz", 15), "tool": ("lti", 15)}


@pytest.mark.parametrize(
    ("tree", "proves"),
    [
        ({"all": [{"done": "page"}, {"score": "game", "at_least": 80}]}, False),
        ({"all": [{"score": "game", "at_least": 100}, {"score": "test", "at_least": 80}]}, True),
        ({"any": [{"score": "game", "at_least": 100}, {"score": "test", "at_least": 80}]}, False),
        ({"at_least": 2, "of": [{"done": "page"}, {"done": "game"}, {"done": "test"}]}, False),
        ({"at_least": 2, "of": [{"done": "page"}, {"done": "tool"}, {"done": "test"}]}, True),
        ({"hours": 1.5}, False),
        ({"hours": 2}, True),
    ],
)
def test_what_the_learners_browser_says_is_never_enough_for_a_certificate(tree, proves):
    assert proves_something(tree, PARTS) is proves


@pytest.mark.parametrize(
    "tree",
    [
        {},
        [],
        "done",
        {"done": "x"},
        {"done": ["a"]},
        {"all": []},
        {"all": {"done": "a"}},
        {"at_least": 3, "of": [{"done": "a"}]},
        {"at_least": True, "of": [{"done": "a"}]},
        {"score": "a", "at_least": 101},
        {"hours": 0},
        {"hours": float("nan")},
        {"done": "a", "hours": 1},
    ],
)
def test_a_tree_of_another_form_is_refused(tree):
    with pytest.raises(TreeUnreadable):
        check(tree, CODES)


def test_a_tree_that_is_too_deep_or_too_large_is_refused():
    deep = {"done": "a"}
    for _ in range(5000):
        deep = {"all": [deep]}
    for tree in (deep, {"all": [{"done": "a"}] * 5000}):
        with pytest.raises(TreeUnreadable):
            check(tree, CODES)


def test_questions_are_graded_by_their_kind():
    single = items.Question("q", "single", (True, False, False))
    assert [items.share(single, answer) for answer in ([0], [1], [], [0, 1], [7])] == [1, 0, 0, 0, 0]
    multiple = items.Question("q", "multiple", (True, True, False))
    assert [items.share(multiple, answer) for answer in ([0, 1], [0], [0, 2], [2])] == [1, 0.5, 0, 0]
    order = items.Question("q", "order", (True, True, True, True))
    assert [items.share(order, answer) for answer in ([0, 1, 2, 3], [1, 0, 2, 3], [0, 1])] == [1, 0.5, 0]
    assert items.score([single, multiple], {"q": [0]}) == 75


@given(st.integers(0, 10**6))
def test_the_same_seed_draws_the_same_questions_and_none_twice(seed: int):
    bank, tagged = ["a", {"tag": "t", "draw": 3}], {"t": ["a", "b", "c", "d", "e"]}
    drawn = items.drawn(bank, tagged, seed)
    assert drawn == items.drawn(bank, tagged, seed)
    assert len(set(drawn)) == len(drawn) == 4 and drawn[0] == "a"
    asked = items.Question("q", "order", (True,) * 4)
    assert sorted(items.shuffled(asked, seed)) == [0, 1, 2, 3] != items.shuffled(asked, seed)


def test_item_analysis_agrees_with_a_statistics_library():
    from scipy.stats import pearsonr

    dice = random.Random(3)
    attempts = []
    for _ in range(60):
        skill = dice.random()
        attempts.append({f"q{n}": float(dice.random() < skill) for n in range(5)} | {"easy": 1.0})
    found = {one.code: one for one in analysis.analysed(attempts)}
    rest = [sum(v for k, v in one.items() if k != "q0") / 5 for one in attempts]
    expected = pearsonr([one["q0"] for one in attempts], rest).statistic
    assert found["q0"].discrimination == pytest.approx(expected)
    assert found["easy"].discrimination is None and found["easy"].flags == ("easy",)
    assert analysis.analysed(attempts[:5])[0].difficulty is None


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_nobody_passes_the_line_and_nobody_gets_a_place_that_is_taken(places: int, taken: int, waiting: int):
    room = seats.Room(places, min(taken, places), waiting)
    assert (seats.first_state(room) == EnrolmentState.ACTIVE) == (room.free > 0 and not waiting)
    assert seats.promoted(room) <= min(room.free, waiting)


def test_reviews_are_shared_out_evenly_and_never_of_own_work():
    handed = [(1, 10, 0), (2, 20, 2), (3, 30, 0)]
    assert grades.assigned(10, handed, 2) == [3, 2]
    rubric = [{"code": "c", "levels": [{"points": n} for n in (0, 2, 4)]}]
    assert grades.suggested(rubric, [{"c": 4}, {"c": 2}]) == {"c": 2}
    assert grades.percent(rubric, {"c": 2}) == 50 and grades.problems(rubric, {"c": 3}) == ["c"]


@pytest.mark.parametrize("kind", ["single", "order", "match"])
def test_answers_that_are_typed_come_back_as_they_were(kind: str):
    text = {"single": "+ taip :: gerai\n- ne", "order": "pirma\nantra", "match": "katė = miau\nšuo = au"}[
        kind
    ]
    rows = notation.options(kind, {"lt": text, "en": text})
    assert notation.options_text(kind, rows, "lt") == text
    assert not items.problems(kind, rows)


def test_typed_lists_that_cannot_be_read_name_the_line():
    with pytest.raises(notation.LineUnfit) as found:
        notation.options("single", {"lt": "taip\n+ taip\nne", "en": "+ yes\n- yes\n- no"})
    assert found.value.lines == {"lt": [1, 3], "en": [2]}, "all of them, in each language"
    with pytest.raises(notation.LineUnfit) as found:
        notation.rubric({"lt": "2 | Puikiai\n# aisku | Aišku\nNe", "en": "# aisku | Clear\n2 | Very"})
    assert found.value.lines == {"lt": [1, 3]}
    rubric = "# aisku | Aišku\n2 | Puikiai\n0 | Ne"
    assert notation.rubric_text(notation.rubric({"lt": rubric}), "lt") == rubric
    assert notation.moments("1:20 b\n5 a") == [{"at": 5, "item": "a"}, {"at": 80, "item": "b"}]
    assert notation.simple_rule(notation.rule_of({"a": 0, "b": 70})) == {"a": 0, "b": 70}
    assert notation.simple_rule({"any": [{"done": "a"}]}) is None


def test_a_page_of_a_course_can_hold_no_markup_of_its_own():
    made = html("## A\n<script>x</script>\n[a](javascript:x) [b](/lt/)\n\n::: try\nDo **it**\n:::", "en")
    assert "<script" not in made and "javascript:" not in str(made).replace("[a](javascript:x)", "")
    assert '<a href="/lt/">' in made and '<div class="box try">' in made and "<strong>it</strong>" in made
    assert html("::: example\nopen", "lt").count("<div") == html("::: example\nopen", "lt").count("</div>")
    assert 'aria-label="A &quot;lesson&quot;"' in html('![A "lesson"](drawing:lesson)', "en")


@given(st.integers(1, 6))
def test_planned_days_end_with_the_group(n: int):
    from datetime import date

    days = progress.planned_days(date(2027, 1, 1), date(2027, 3, 1), [60] * n)
    assert days == sorted(days) and days[-1] == date(2027, 3, 1)
