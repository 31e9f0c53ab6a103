"""The rules of the school label: levels by integers against a second implementation, differences between
rounds, new versions, terms, the plan, and publications that tell nothing of a few."""

import json
from datetime import date
from fractions import Fraction
from importlib.resources import files
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from repetition import often

from sauga.selfcheck.school.actions.questionnaires import shipped
from sauga.selfcheck.school.rules import terms
from sauga.selfcheck.school.rules.codes import LEVELS, Level, rank
from sauga.selfcheck.school.rules.comparison import COUNTRY, LEAST, next_publication
from sauga.selfcheck.school.rules.help_links import HELPS
from sauga.selfcheck.school.rules.metadata import tells_of_people
from sauga.selfcheck.school.rules.plans import LEAST as FEWEST_TASKS
from sauga.selfcheck.school.rules.plans import MOST, OWNERS, plan
from sauga.selfcheck.school.rules.questionnaire import Questionnaire, QuestionnaireRefused, parsed, resolved
from sauga.selfcheck.school.rules.reviews import concluded, is_conflict, reviewed_aspects, without_review
from sauga.selfcheck.school.rules.score_changes import Cause, carry, differences, rescored
from sauga.selfcheck.school.rules.scores import AnswersMissing, score
from tests.factories.labels import pdf

pytestmark = pytest.mark.unit
VERSIONS = [parsed(one) for one in shipped()]
FIRST, NEWEST = VERSIONS[0], VERSIONS[-1]
TEXT = {
    "type": "object",
    "required": ["lt", "en"],
    "properties": {"lt": {"type": "string", "minLength": 2}, "en": {"type": "string", "minLength": 2}},
    "additionalProperties": False,
}
MINIMUM = {
    "type": "object",
    "required": ["total", "area", "essential"],
    "properties": {
        "total": {"type": "integer", "minimum": 10, "maximum": 50},
        "area": {"type": "integer", "minimum": 10, "maximum": 50},
        "essential": {"type": "integer", "minimum": 1, "maximum": 5},
    },
    "additionalProperties": False,
}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["version", "valid_from", "status", "note", "levels", "sources", "areas", "based_on"],
    "additionalProperties": False,
    "properties": {
        "version": {"type": "integer", "minimum": 1},
        "valid_from": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "status": {"enum": ["provisional", "approved"]},
        "based_on": {"type": ["integer", "null"]},
        "note": TEXT,
        "levels": {
            "type": "object",
            "required": ["BRONZE", "SILVER", "GOLD"],
            "properties": {"BRONZE": MINIMUM, "SILVER": MINIMUM, "GOLD": MINIMUM},
            "additionalProperties": False,
        },
        "sources": {
            "type": "array",
            "minItems": 3,
            "items": {
                "type": "object",
                "required": ["code", "lt", "en", "address"],
                "properties": {
                    "code": {"type": "string"},
                    "lt": {"type": "string"},
                    "en": {"type": "string"},
                    "address": {"type": "string", "pattern": "^https://"},
                },
                "additionalProperties": False,
            },
        },
        "areas": {
            "type": "array",
            "minItems": 3,
            "maxItems": 3,
            "items": {
                "type": "object",
                "required": ["code", "name", "aspects"],
                "additionalProperties": False,
                "properties": {
                    "code": {"type": "string", "pattern": "^[A-Z]+$"},
                    "name": TEXT,
                    "aspects": {
                        "type": "array",
                        "minItems": 10,
                        "maxItems": 10,
                        "items": {
                            "type": "object",
                            "required": [
                                "code",
                                "weight",
                                "is_essential",
                                "name",
                                "question",
                                "statements",
                                "task",
                                "helps",
                                "sources",
                            ],
                            "additionalProperties": False,
                            "properties": {
                                "code": {"type": "string", "pattern": "^[a-z]{2,24}$"},
                                "weight": {"enum": [1, 2]},
                                "is_essential": {"type": "boolean"},
                                "name": TEXT,
                                "question": TEXT,
                                "task": TEXT,
                                "why": TEXT,
                                "helps": {"enum": sorted(HELPS)},
                                "sources": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                                "statements": {"type": "array", "minItems": 5, "maxItems": 5, "items": TEXT},
                                "earlier": {
                                    "type": "object",
                                    "required": ["aspect", "levels"],
                                    "properties": {
                                        "aspect": {"type": "string"},
                                        "levels": {
                                            "type": "object",
                                            "patternProperties": {
                                                "^[1-5]$": {"type": "integer", "minimum": 1, "maximum": 5}
                                            },
                                            "additionalProperties": False,
                                            "minProperties": 5,
                                        },
                                    },
                                    "additionalProperties": False,
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


def reference_level(form: Questionnaire, answers: dict[str, int]) -> str:
    """A second implementation, by fractions and lists instead of integer sums."""
    raw = [one for area in form.areas for one in area.aspects]

    def mean(of):
        expanded = [Fraction(answers[one.code]) for one in of for _ in range(one.weight)]
        return sum(expanded, Fraction(0)) / len(expanded)

    def holds(name):
        bound = form.minimums[name]
        return all(
            [
                mean(raw) >= Fraction(bound.total, 10),
                *[mean(area.aspects) >= Fraction(bound.area, 10) for area in form.areas],
                *[answers[one.code] >= bound.essential for one in raw if one.is_essential],
            ]
        )

    reached = "IRON"
    if holds("BRONZE"):
        reached = "BRONZE"
        if holds("SILVER"):
            reached = "GOLD" if holds("GOLD") else "SILVER"
    return reached


ANSWERS = st.one_of(
    st.fixed_dictionaries({code: st.integers(1, 5) for code in FIRST.aspects}),
    st.integers(1, 4).flatmap(
        lambda low: st.fixed_dictionaries({code: st.integers(low, low + 1) for code in FIRST.aspects})
    ),
)


@settings(max_examples=often(200, 10_000))
@given(ANSWERS, st.sampled_from(VERSIONS))
def test_levels_equal_a_second_implementation(answers, form):
    assert score(form, answers).level == reference_level(form, answers)


@settings(max_examples=often(60, 2_000))
@given(ANSWERS, st.sampled_from(sorted(FIRST.aspects)))
def test_a_better_answer_never_lowers_the_level_and_the_missing_aspects_can_be_raised(answers, code):
    before = score(NEWEST, answers)
    better = {**answers, code: min(5, answers[code] + 1)}
    assert rank(score(NEWEST, better).level) >= rank(before.level)
    if before.level != Level.GOLD:
        assert before.missing and all(answers[one] < 5 for one in before.missing)
        raised = {one: 5 if one in before.missing else level for one, level in answers.items()}
        assert rank(score(NEWEST, raised).level) > rank(before.level)


def test_every_shipped_version_is_whole_in_both_languages_and_names_its_sources():
    checker = Draft202012Validator(SCHEMA)
    for content in shipped():
        assert not list(checker.iter_errors(content)), content["version"]
        form = parsed(content)
        assert len(form.aspects) == 30
        named = {one.code for one in form.sources}
        assert all(set(one.sources) <= named for one in form.aspects.values())
        assert {one.helps for one in form.aspects.values()} <= set(OWNERS)
        texts = [tuple(text["lt"] for text in one.texts["statements"]) for one in form.aspects.values()]
        assert all(len(set(one)) == 5 for one in texts)


def test_a_version_that_lacks_something_is_refused():
    folder = files("sauga.selfcheck.school").joinpath("data")
    second = json.loads(folder.joinpath("questionnaire-2.json").read_text("utf-8"))
    first = shipped()[0]
    with pytest.raises(QuestionnaireRefused):
        resolved(second, None)
    with pytest.raises(QuestionnaireRefused):
        resolved({**second, "changes": [{"code": "nothing"}]}, first)
    short = json.loads(json.dumps(first))
    short["areas"][0]["aspects"][0]["statements"].pop()
    with pytest.raises(QuestionnaireRefused):
        parsed(short)


def test_answers_that_are_missing_or_out_of_range_have_no_level():
    whole = dict.fromkeys(FIRST.aspects, 3)
    with pytest.raises(AnswersMissing) as refused:
        score(FIRST, {code: level for code, level in whole.items() if code != "data"})
    assert refused.value.codes == ("data",)
    with pytest.raises(ValueError, match="between 1 and 5"):
        score(FIRST, {**whole, "data": 6})


@pytest.mark.parametrize(
    ("level", "reached"), [(1, "IRON"), (2, "BRONZE"), (3, "SILVER"), (4, "GOLD"), (5, "GOLD")]
)
def test_the_same_answer_everywhere_reaches_its_level(level: int, reached: str):
    assert score(NEWEST, dict.fromkeys(NEWEST.aspects, level)).level == reached


def test_one_neglected_essential_aspect_holds_the_level_back():
    answers = {**dict.fromkeys(NEWEST.aspects, 5), "bullying": 1}
    found = score(NEWEST, answers)
    assert found.level == Level.IRON and found.missing[0] == "bullying"


def test_older_answers_under_a_new_version_say_which_aspects_moved():
    answers = dict.fromkeys(FIRST.aspects, 3)
    found, carried = rescored(answers, 1, VERSIONS, 2)
    assert carried.answers["ai"] == 2 and carried.answers["council"] == 2 and carried.answers["network"] == 3
    assert set(carried.moved) == {"ai", "council"} and not carried.new
    assert found.level == Level.SILVER
    assert carry(answers, 2, VERSIONS, 2).moved == ()
    with pytest.raises(LookupError):
        carry(answers, 0, VERSIONS, 2)


def test_an_aspect_that_is_new_counts_for_nothing_until_it_is_answered():
    data = shipped()[-1]
    wider = {**data, "version": 3, "based_on": 2, "areas": json.loads(json.dumps(data["areas"]))}
    fresh = wider["areas"][0]["aspects"][0]
    fresh["earlier"] = {"aspect": "unknown", "levels": {str(n): n for n in range(1, 6)}}
    third = parsed(wider)
    found, carried = rescored(dict.fromkeys(NEWEST.aspects, 3), 2, [*VERSIONS, third], 3)
    assert (
        carried.new == ("phones",)
        and found.total.weight == score(NEWEST, dict.fromkeys(NEWEST.aspects, 3)).total.weight - 1
    )


def test_differences_tell_work_from_changed_requirements():
    before = dict.fromkeys(FIRST.aspects, 3)
    now = {**dict.fromkeys(NEWEST.aspects, 3), "council": 2, "bullying": 4, "ai": 4}
    found = {one.aspect: one for one in differences(before, 1, now, VERSIONS, 2)}
    assert set(found) == {"bullying", "council", "ai"}
    assert (found["bullying"].cause, found["bullying"].change) == (Cause.WORK, 1)
    assert (found["council"].cause, found["council"].change) == (Cause.VERSION, -1)
    assert (found["ai"].cause, found["ai"].carried) == (Cause.BOTH, 2)


@pytest.mark.parametrize(
    ("since", "until", "renewable"),
    [
        (date(2026, 11, 28), date(2028, 5, 28), date(2027, 11, 28)),
        (date(2026, 8, 31), date(2028, 2, 29), date(2027, 8, 31)),
        (date(2024, 2, 29), date(2025, 8, 29), date(2025, 2, 28)),
    ],
)
def test_a_label_lasts_eighteen_months_and_can_be_renewed_from_the_twelfth(since, until, renewable):
    assert (terms.valid_to(since), terms.renewable_from(since)) == (until, renewable)
    assert terms.is_valid(since, until, since) and not terms.is_valid(since, until, until)


@settings(max_examples=often(40, 1_000))
@given(ANSWERS)
def test_the_plan_is_short_begins_with_what_is_urgent_and_falls_on_working_days(answers):
    found = plan(NEWEST, answers, score(NEWEST, answers), date(2026, 11, 28))
    assert FEWEST_TASKS <= len(found) <= MOST or set(answers.values()) == {5}
    assert len({one.aspect for one in found}) == len(found)
    assert all(one.due.weekday() < 5 and one.due > date(2026, 11, 28) for one in found)


def test_gold_needs_every_reviewed_aspect_accepted():
    answers = dict.fromkeys(NEWEST.aspects, 5)
    wanted = reviewed_aspects(NEWEST)
    assert {"bullying", "data", "help", "support", "contact", "training", "evaluation"} <= set(wanted)
    assert concluded(NEWEST, answers, dict.fromkeys(wanted, True)) == Level.GOLD
    for code in wanted:
        assert concluded(NEWEST, answers, {**dict.fromkeys(wanted, True), code: False}) != Level.GOLD
    with pytest.raises(LookupError):
        concluded(NEWEST, answers, {})
    assert [without_review(one) for one in LEVELS] == ["IRON", "BRONZE", "SILVER", "SILVER"]
    assert is_conflict({1, 2}, {2}) and not is_conflict({1}, {2})


def test_a_pdf_that_names_its_author_is_noticed():
    assert not tells_of_people(pdf()) and tells_of_people(pdf("Vardenė Pavardenė"))
    assert not tells_of_people(b"/Author ()") and tells_of_people(b"<dc:creator><rdf:Seq><rdf:li>Rima")


def adversary(history: list[dict[str, frozenset[int]]]) -> list[int]:
    """How many schools each difference that can be formed tells of: the country less its municipalities at
    one time, each cell against itself between two times, and the country's change less what municipalities
    explain."""
    told = []
    for cells in history:
        country = cells.get(COUNTRY, frozenset())
        if country:
            told.append(len(country ^ {one for code, held in cells.items() if code for one in held}))
        told += [len(held) for held in cells.values()]
    for before, now in pairwise(history):
        told += [len(before[code] ^ now[code]) for code in before.keys() & now.keys()]
        if COUNTRY in before and COUNTRY in now:
            explained = {
                one
                for code in before.keys() | now.keys()
                if code
                for one in before.get(code, frozenset()) ^ now.get(code, frozenset())
            }
            told.append(len((before[COUNTRY] ^ now[COUNTRY]) - explained))
    return told


@pytest.mark.parametrize("seed", range(often(12, 400)))
def test_no_difference_of_publications_tells_of_fewer_than_ten_schools(seed: int):
    dice = Random(seed)
    places = [f"LT-{n:02}" for n in range(1, dice.choice((4, 9)))]
    now: dict[str, set[int]] = {code: set() for code in places}
    held: dict[str, frozenset[int]] = {}
    history, key = [], 0
    for _ in range(14):
        for code in places:
            for _ in range(dice.choice((0, 0, 1, 3, 12))):
                key += 1
                now[code].add(key)
            if now[code] and dice.random() < 0.3:  # a school's next round replaces its last
                now[code].discard(dice.choice(sorted(now[code])))
        held = next_publication(held, now)
        history.append(held)
    small = [n for n in adversary(history) if 0 < n < LEAST]
    assert not small
