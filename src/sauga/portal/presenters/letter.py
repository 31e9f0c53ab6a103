"""The pages of the letter builder: its questions as form fields, and the steps between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sauga.portal.rules.letter import Answers, Question, compose, field_of, fields_of

LONGEST = 5000
"""Signs of a letter: two pages of paper."""


class Step(StrEnum):
    """What the page shows: the questions, the letter to change, the letter to print and copy."""

    CHOOSE = "choose"
    WRITE = "write"
    EDIT = "edit"
    SHEET = "sheet"


@dataclass(frozen=True)
class Option:
    """A choice as a field of the form."""

    name: str
    value: str
    label: str
    sentence: str
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """A question with its options. What the reader has chosen is not kept (`drawn_once`)."""

    code: str
    title: str
    kind: str
    options: list[Option]

    @property
    def is_of_one_visitor(self) -> bool:
        """Whether an option is chosen here."""
        return any(option.is_chosen for option in self.options)


def groups(asked: tuple[Question, ...], answers: Answers) -> list[Group]:
    """The questions as groups of radio buttons and checkboxes."""
    return [
        Group(
            question.code,
            question.title,
            "checkbox" if question.many else "radio",
            [
                Option(
                    field_of(question, number),
                    str(number),
                    choice.label,
                    choice.text,
                    number in answers.get(question.code, ()),
                )
                for number, choice in enumerate(question.choices)
            ],
        )
        for question in asked
    ]


def page_after(
    step: str, fields: Mapping[str, str], answers: Answers, asked: tuple[Question, ...]
) -> dict[str, Any]:
    """What the page shows after a form was sent. Without a sentence the questions come again and say so."""
    letter = compose(answers, asked)
    text = fields.get("letter", "").replace("\r\n", "\n").strip()
    shown = Step(step) if step in set(Step) else Step.WRITE
    if shown is Step.WRITE:
        text = letter.text
    is_too_long = len(text) > LONGEST
    if shown is not Step.CHOOSE and not text:
        shown = Step.CHOOSE
    elif shown is Step.SHEET and is_too_long:
        shown = Step.EDIT
    return {
        "stage": shown,
        "groups": groups(asked, answers),
        "answered": fields_of(answers, asked),
        "text": text,
        "longest": LONGEST,
        "is_empty": shown is Step.CHOOSE and step != Step.CHOOSE,
        "is_too_long": is_too_long,
        "is_urgent": letter.is_urgent,
    }
