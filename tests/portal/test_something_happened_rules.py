"""The tree of “Something happened”: every path of every installation ends, in four taps at most, at something
that exists there.
"""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from itertools import chain, combinations

import pytest

from sauga.portal.presenters import something_happened_texts as texts
from sauga.portal.rules.something_happened import (
    ALWAYS,
    BRANCHES,
    MOST_TAPS,
    PLATFORM_TOPIC,
    Danger,
    End,
    Goal,
    Question,
    Step,
    What,
    When,
    next_of,
    number_of,
    options,
    read,
)

pytestmark = pytest.mark.unit
OPTIONAL = (Goal.PICTURE, Goal.REPORT, Goal.PLATFORM)
SUBSETS = chain.from_iterable(combinations(OPTIONAL, size) for size in range(len(OPTIONAL) + 1))
INSTALLATIONS = [frozenset(subset) for subset in SUBSETS]
EVERYTHING = frozenset(OPTIONAL)


def paths(offered: frozenset[Goal], answers: dict[Question, str] | None = None) -> Iterator[tuple[dict, End]]:
    """Every path through the tree: the answers and the end."""
    answers = answers or {}
    reached = next_of(answers, offered)
    if isinstance(reached, End):
        yield answers, reached
        return
    for value in options(reached, answers, offered):
        yield from paths(offered, {**answers, reached: value})


@pytest.mark.parametrize("offered", INSTALLATIONS, ids=lambda offered: "+".join(sorted(offered)) or "none")
def test_every_path_ends_within_four_taps_at_something_that_exists(offered):
    found = list(paths(offered))
    assert {answers[Question.WHAT] for answers, _ in found} == set(What)
    for answers, end in found:
        assert 1 <= len(answers) <= MOST_TAPS, answers
        assert end.goal in ALWAYS | offered and end.what == answers[Question.WHAT], answers
        assert end.steps and len(set(end.steps)) == len(end.steps), answers


@pytest.mark.parametrize("offered", INSTALLATIONS, ids=lambda offered: "+".join(sorted(offered)) or "none")
def test_what_is_wanted_is_what_is_reached_and_each_question_leaves_a_choice(offered):
    for answers, end in paths(offered):
        if Question.WANT in answers:
            assert end.goal == answers[Question.WANT]
            assert len(options(Question.WANT, answers, offered)) >= 2
            assert Goal.TALK in options(Question.WANT, answers, offered), answers


def test_danger_ends_the_questions_and_puts_the_numbers_first():
    seen = 0
    for answers, end in paths(EVERYTHING):
        danger = answers.get(Question.DANGER)
        assert (end.goal is Goal.EMERGENCY) == (danger == Danger.YES), answers
        assert end.numbers_first == (danger in {Danger.YES, Danger.UNSURE}), answers
        assert Question.WANT not in answers or danger != Danger.YES
        seen += danger is not None
    assert seen > 40
    asked = {what for what in What if Question.DANGER in BRANCHES[what].questions}
    assert asked == set(What) - {What.PICTURE, What.ACCOUNT, What.MONEY, What.SCREEN}


def test_own_picture_is_one_tap_and_leads_to_a_person_where_nobody_removes_pictures():
    [(answers, end)] = [pair for pair in paths(EVERYTHING) if pair[1].what is What.PICTURE]
    assert list(answers) == [Question.WHAT] and end.goal is Goal.PICTURE and Step.REMOVAL in end.steps
    [(_, elsewhere)] = [pair for pair in paths(frozenset()) if pair[1].what is What.PICTURE]
    assert elsewhere.goal is Goal.TALK and Step.REMOVAL not in elsewhere.steps


def test_since_when_changes_what_comes_first():
    def first(what: What, when: When) -> Step:
        found = next_of({Question.WHAT: what, Question.WHEN: when, Question.WANT: Goal.TALK}, EVERYTHING)
        assert isinstance(found, End)
        return found.steps[0]

    assert first(What.MONEY, When.TODAY) is Step.BANK_NOW and first(What.MONEY, When.LONG) is Step.BANK_TOO
    assert first(What.ACCOUNT, When.TODAY) is Step.PASSWORD and first(What.ACCOUNT, When.DAYS) is Step.RECOVER
    for what in What:
        assert bool(BRANCHES[what].first) == (Question.WHEN in BRANCHES[what].questions), what


def test_a_form_that_was_tampered_with_is_asked_again_from_there():
    assert read({}, EVERYTHING) == {}
    assert read({"what": "<b>", "danger": "yes"}, EVERYTHING) == {}
    assert read({"what": "hurt", "danger": "maybe", "want": "talk"}, EVERYTHING) == {Question.WHAT: "hurt"}
    assert read({"what": "hurt", "when": "today", "want": "talk"}, EVERYTHING) == {Question.WHAT: "hurt"}
    whole = {"what": "seen", "danger": "no", "want": "report"}
    assert read(whole, EVERYTHING) == whole
    assert read(whole, frozenset()) == {"what": "seen", "danger": "no"}


def test_each_question_knows_its_place():
    assert number_of(Question.WHAT, {}) == (1, 4)
    assert number_of(Question.WANT, {Question.WHAT: What.BULLYING}) == (4, 4)
    assert number_of(Question.DANGER, {Question.WHAT: What.HURT}) == (2, 3)


def test_topics_are_those_that_the_site_ships_in_both_languages():
    texts_of = files("sauga.portal").joinpath("data/starter/topics")
    shipped = {
        language: {
            tomllib.loads(file.read_text(encoding="utf-8").split("+++")[1])["topic"]
            for file in texts_of.iterdir()
            if file.name.endswith(f".{language}.md")
        }
        for language in ("lt", "en")
    }
    wanted = {branch.topic for branch in BRANCHES.values()} - {""} | {PLATFORM_TOPIC}
    assert wanted <= shipped["lt"] & shipped["en"]


def test_who_is_hurt_is_led_to_help_at_home_and_from_there_to_help_with_sexual_abuse():
    hurt = BRANCHES[What.HURT]
    assert (hurt.topic, BRANCHES[What.SEEN].topic) == ("abuse_at_home", "violence")
    assert hurt.steps.index(Step.TELL_ADULT) < hurt.steps.index(Step.CALL), "a line may be closed"
    place = files("sauga.portal").joinpath("data/starter/topics")
    for language in ("lt", "en"):
        text = place.joinpath(f"abuse-at-home.{language}.md").read_text(encoding="utf-8")
        assert tomllib.loads(text.split("+++")[1])["related"][0] == "sexual_abuse"
        for name in ("abuse-at-home", "sexual-abuse"):
            text = place.joinpath(f"{name}.{language}.md").read_text(encoding="utf-8")
            helps = re.findall(r"### help\n- \{(\w+)\}", text)
            assert helps == ["112"] * 4 and "116 111" not in text, "a line may be closed"


def test_everything_has_words_and_no_step_or_want_is_unused():
    assert set(texts.QUESTIONS) == set(texts.ANSWERS) == set(Question)
    assert (set(texts.WHAT), set(texts.WHEN), set(texts.DANGER)) == (set(What), set(When), set(Danger))
    assert set(texts.WANT) == set(Goal) - {Goal.EMERGENCY} and set(texts.ACTIONS) == set(Goal)
    assert set(texts.ENDS) == set(BRANCHES) == set(What)
    used = {step for _, end in paths(EVERYTHING) for step in end.steps}
    assert used == set(texts.STEPS) == set(Step)
    assert {end.goal for _, end in paths(EVERYTHING)} == set(Goal)
