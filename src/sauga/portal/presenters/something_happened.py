"""The pages of the guided choice “Something happened”: the tree of `rules` with its texts and links."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sauga.kernel import vocab
from sauga.portal.presenters.something_happened_texts import (
    ACTIONS,
    ANSWERS,
    ENDS,
    NOT_TAKEN,
    QUESTIONS,
    STEPS,
    TAKEN,
    Text,
)
from sauga.portal.queries.something_happened import CHILD_LINE, Destination, advice_in_general
from sauga.portal.rules.something_happened import (
    Answers,
    End,
    Goal,
    Question,
    Step,
    What,
    number_of,
    options,
)

TAKEN_BY_FORM, NOT_A_KIND = "report.choice", {"OTHER", "DONT_KNOW"}
"""The vocabulary of the report form; two of its choices say nothing about what is taken."""
ALWAYS_BESIDE = {Goal.EMERGENCY, Goal.POLICE, Goal.PICTURE}
"""Ends that “what else” does not repeat: 112 is on the page anyway, the picture where it is about one."""


def question(asked: Question, answers: Answers, offered: frozenset[Goal]) -> dict[str, Any]:
    """One question with its options and its place in the sequence."""
    title, lead = QUESTIONS[asked]
    number, total = number_of(asked, answers)
    rows = [(code, ANSWERS[asked][code]) for code in options(asked, answers, offered)]
    return {
        "asked": asked,
        "title": title,
        "lead": lead,
        "options": rows,
        "number": number,
        "total": total,
        "dots": ["past"] * (number - 1) + ["here"] + [""] * (total - number),
    }


def chosen(answers: Answers) -> list[str]:
    """What was answered, each in a few words."""
    found = [ANSWERS[name][value] for name, value in answers.items()]
    return [str(option.short) or _inside_a_line(str(option.label)) for option in found]


def _inside_a_line(label: str) -> str:
    return label[:1].lower() + label[1:]


def end(
    reached: End, places: Mapping[Goal, Destination], letter: str = "", *, is_heard: bool = True
) -> dict[str, Any]:
    """An end: what it says first, the button, the steps, and what else is possible. `letter` is the address
    of the letter builder; `is_heard`: our line talks with people now. While it does not, no step is to call
    it, and talking comes after what works now: last among what else is possible.

    A reader who feels bad is not met by the hardest name for it: there the link to advice has no title of its
    own.
    """
    title, lead = ENDS[reached.what]
    order = sorted(Goal, key=lambda goal: goal is Goal.TALK and not is_heard)
    return {
        "end": reached,
        "title": title,
        "lead": lead,
        "main": act(reached.goal, places[reached.goal]),
        "steps": [_step(step, places, letter) for step in reached.steps if is_heard or step is not Step.CALL],
        "others": [
            act(goal, replace(place, title="") if reached.what is What.LOW else place)
            for goal in order
            if goal not in {reached.goal, *ALWAYS_BESIDE} and (place := places.get(goal)) is not None
        ],
    }


def act(goal: Goal, place: Destination) -> dict[str, Any]:
    """One end as a link: its address, label, icon and note."""
    action = ACTIONS[goal]
    label: Text = action.call if place.is_call else action.label
    if goal is Goal.ADVICE and place.title:
        label = place.title
    return {
        "goal": goal,
        "href": place.href,
        "label": label,
        "icon": "phone" if place.is_call else action.icon,
        "note": action.note,
        "is_outside": place.is_outside,
    }


def _step(step: Step, places: Mapping[Goal, Destination], letter: str) -> dict[str, Any]:
    """A step with its link, where that leads somewhere here."""
    advice = STEPS[step]
    place = places.get(advice.goal) if advice.goal else None
    href = place.href if place else {Step.CALL: CHILD_LINE, Step.TELL_ADULT: letter}.get(step, "")
    return {"title": advice.title, "text": advice.text, "href": href, "link": advice.link or "116 111"}


def report_lists(places: Mapping[Goal, Destination]) -> dict[str, Any]:
    """What the hotline takes, and what it does not, with the link to where that belongs: advice where an end
    does not exist here.
    """
    advice = act(Goal.ADVICE, advice_in_general())
    return {
        "taken": _taken(),
        "not_taken": [
            (text, act(goal, places[goal]) if goal in places and goal is not Goal.ADVICE else advice)
            for text, goal in NOT_TAKEN
        ],
    }


def _taken() -> list[tuple[Text, Text]]:
    """Each kind with a hint: the choices of the form, where this installation has it."""
    try:
        terms = vocab.terms(TAKEN_BY_FORM)
    except vocab.UnknownVocabulary:
        return [(text, "") for text in TAKEN]
    return [
        (term.label, term.extra.get(f"hint_{term.language}", ""))
        for term in terms
        if term.code not in NOT_A_KIND
    ]
