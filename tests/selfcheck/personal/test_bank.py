"""The item bank that ships, and what answers lead to: no database.

The bank keeps to its schema, has everything in both languages, and is readable by the product's own scale;
no result has a number in it.
"""

import json
import re
from importlib.resources import files

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sauga.kernel.i18n import readability
from sauga.selfcheck.personal.rules import checks, notation
from sauga.selfcheck.personal.rules.bank import Audience, Leads, read
from sauga.selfcheck.personal.rules.outcome import FIRST, answers_in, outcome

pytestmark = pytest.mark.unit
CONTENT = json.loads(files("sauga.selfcheck.personal").joinpath("data", "bank.json").read_text("utf-8"))
BANK = read(CONTENT)
WORDS = {
    "type": "object",
    "properties": {"lt": {"type": "string", "minLength": 1}, "en": {"type": "string", "minLength": 1}},
    "required": ["lt", "en"],
    "additionalProperties": False,
}
CODE = {"type": "string", "pattern": "^[a-z0-9_-]+$"}
ITEM = {
    "type": "object",
    "required": ["code", "area", "topics", "urgency", "question", "options", "well", "step", "sources"],
    "additionalProperties": False,
    "properties": {
        "code": CODE,
        "area": CODE,
        "topics": {"type": "array", "items": CODE, "minItems": 1},
        "urgency": {"enum": [1, 2, 3]},
        "question": WORDS,
        "options": {
            "type": "array",
            "minItems": 2,
            "maxItems": 6,
            "items": {
                "type": "object",
                "required": ["text", "leads"],
                "additionalProperties": False,
                "properties": {
                    "text": WORDS,
                    "leads": {"enum": ["strength", "step", "none"]},
                    "talk": {"const": True},
                },
            },
        },
        "well": WORDS,
        "step": {
            "type": "object",
            "required": ["title", "text"],
            "additionalProperties": False,
            "properties": {"title": WORDS, "text": WORDS},
        },
        "sources": {"type": "array", "items": CODE, "minItems": 1},
        "hint": WORDS,
        "off": {"type": "boolean"},
    },
}
PART = {
    "type": "object",
    "required": ["level", "intro", "help", "items"],
    "additionalProperties": False,
    "properties": {
        "level": {"enum": ["child_8", "teen_12", "adult"]},
        "intro": WORDS,
        "help": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tel", "name", "note"],
                "additionalProperties": False,
                "properties": {
                    "tel": {"type": "string", "pattern": "^[0-9]{3,12}$"},
                    "name": WORDS,
                    "note": WORDS,
                },
            },
        },
        "items": {"type": "array", "minItems": 12, "maxItems": 15, "items": ITEM},
    },
}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["embedded_as", "audiences", "agreement", "sources"],
    "additionalProperties": False,
    "properties": {
        "embedded_as": CODE,
        "audiences": {
            "type": "object",
            "required": ["child", "teen", "adult"],
            "additionalProperties": False,
            "properties": {"child": PART, "teen": PART, "adult": PART},
        },
        "agreement": {
            "type": "array",
            "minItems": 8,
            "items": {
                "type": "object",
                "required": ["code", "who", "area", "text", "items"],
                "additionalProperties": False,
                "properties": {
                    "code": CODE,
                    "who": {"enum": ["child", "adult", "family"]},
                    "area": CODE,
                    "text": WORDS,
                    "items": {"type": "array", "items": CODE},
                },
            },
        },
        "sources": {"type": "object", "additionalProperties": {"type": "string", "minLength": 10}},
    },
}
PARTS = list(BANK.parts.values())
ANSWERS = st.dictionaries(
    st.sampled_from([one.code for part in PARTS for one in part.items] + ["nothing", ""]),
    st.integers(-2, 9),
)


def test_the_bank_that_ships_keeps_to_its_schema_and_could_be_published():
    jsonschema.validate(CONTENT, SCHEMA)
    assert checks.problems(BANK) == []


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.audience)
def test_every_audience_is_asked_about_every_area_with_its_own_codes(part):
    areas = {"accounts", "privacy", "scams", "strangers", "kindness", "truth", "time", "money", "help"}
    assert {one.area for one in part.items} == areas
    assert len({one.code for one in part.items}) == len(part.items)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.audience)
def test_children_are_spoken_to_as_tu_and_adults_as_jus(part):
    formal = ("Jūs", "Jūsų", "Jums")
    said = " ".join(
        f"{one.question['lt']} {one.well['lt']} {one.title['lt']} {one.text['lt']}" for one in part.items
    )
    words = set(
        readability.words(re.sub("„[^“]*“", "", said))
    )  # what one may say to a child stands in quotes
    if part.audience == Audience.ADULT:
        assert not words & {"tavo", "tu", "tau", "tave", "žinai", "moki"}
        assert words & set(formal)
    else:
        assert not words & set(formal)


@settings(max_examples=150)
@given(st.sampled_from(PARTS), ANSWERS)
def test_an_outcome_names_each_answered_question_once_and_counts_nothing(part, answers):
    found = outcome(part, answers)
    steps = [*found.steps, *found.later]
    given_ = {
        one.code: one.options[answers[one.code]]
        for one in part.items
        if 0 <= answers.get(one.code, -1) < len(one.options)
    }
    assert {one.code for one in steps} == {c for c, o in given_.items() if o.leads == Leads.STEP}
    assert {one.code for one in found.well} == {c for c, o in given_.items() if o.leads == Leads.STRENGTH}
    assert [one.urgency for one in steps] == sorted(one.urgency for one in steps)
    assert len(found.steps) <= FIRST
    assert not (found.later and len(found.steps) < FIRST)
    assert found.talk == any(one.talk for one in given_.values())
    assert found.is_empty == (not given_)
    assert not any(
        isinstance(value, int | float) and not isinstance(value, bool) for value in vars(found).values()
    )


@settings(max_examples=150)
@given(st.sampled_from(PARTS), st.dictionaries(st.text(max_size=12), st.text(max_size=8)))
def test_whatever_is_posted_is_an_answer_or_nothing(part, fields):
    for code, place in answers_in(part, fields).items():
        item = next(one for one in part.items if one.code == code)
        assert 0 <= place < len(item.options)


def test_what_an_editor_writes_is_read_as_it_was_written():
    for part in CONTENT["audiences"].values():
        for one in part["items"]:
            assert notation.options(notation.written(one["options"])) == one["options"]
    assert (
        notation.promises(notation.promises_written(CONTENT["agreement"]), CONTENT["agreement"])
        == (CONTENT["agreement"])
    )
    assert notation.sources(notation.sources_written(CONTENT["sources"])) == CONTENT["sources"]


@pytest.mark.parametrize("line", ["Taip | Yes", "+ Taip", "+ | Yes", "* Taip | Yes"])
def test_an_answer_that_cannot_be_read_is_refused_with_its_line(line):
    with pytest.raises(notation.Unreadable) as refused:
        notation.options(f"+ Taip | Yes\n\n{line}")
    assert refused.value.line == 3


@pytest.mark.parametrize(
    "change, why",
    [
        (lambda part: part["items"][0]["step"]["text"].update(en=""), "language"),
        (lambda part: part["items"][0].update(options=part["items"][0]["options"][:1]), "options"),
        (lambda part: part["items"][0].update(sources=["unknown"]), "source"),
        (lambda part: part["items"][0].update(topics=[]), "topic"),
        (lambda part: part["items"][0].update(hint={}), "hint"),
        (lambda part: part.update(items=part["items"][:5]), "number"),
        (lambda part: part.update(help=[]), "help"),
        (
            lambda part: part["items"][0]["question"].update(
                lt="Ar slaptažodį, kurį sugalvojai vasarą, žino dar kas nors be tavęs ir mamos?"
            ),
            "reading",
        ),
    ],
)
def test_a_version_that_lacks_something_or_is_too_hard_is_not_ready(change, why):
    content = json.loads(json.dumps(CONTENT))
    change(content["audiences"]["child"])
    assert why in {one.why for one in checks.problems(read(content))}


@pytest.mark.parametrize("audience", list(Audience))
def test_the_best_answer_is_not_the_first_each_time(audience):
    items = BANK.parts[audience].items
    first = [one.options[one.shown_order[0]].leads for one in items]
    good = first.count(Leads.STRENGTH)
    assert len(items) / 4 <= good <= len(items) * 3 / 4, "ticking the first everywhere is no result"
    for one in items:
        assert sorted(one.shown_order) == list(range(len(one.options))), "each answer once"
        tails = [one.options[place].leads is Leads.NONE for place in one.shown_order]
        assert tails == sorted(tails), "“That never happened” stays at the end"
