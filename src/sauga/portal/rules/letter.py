"""The letter builder: which sentences a child can choose from, and how they become a letter to an adult.

Pure: nothing is kept. Choices travel as numbers, the same in every language (decision 0127).
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TO = "to"
"""The question whose answer is the salutation, and decides how the letter addresses its reader."""


@dataclass(frozen=True)
class Choice:
    """One answer and its sentence; `polite` is the sentence for a reader who is addressed formally.

    `is_polite`: this reader is. `is_urgent`: a reader who chooses this is shown help before the letter.
    """

    label: str
    text: str
    polite: str = ""
    is_polite: bool = False
    is_urgent: bool = False


@dataclass(frozen=True)
class Question:
    """One question with its choices; with `many`, any number of them."""

    code: str
    title: str
    many: bool
    choices: Sequence[Choice]


@dataclass(frozen=True)
class Letter:
    """The letter as it is put together, and whether help comes before it."""

    text: str
    is_urgent: bool


type Answers = Mapping[str, frozenset[int]]
"""Question → the numbers of the chosen answers."""


@cache
def questions(language: str) -> tuple[Question, ...]:
    """The questions in a language, in the order of the letter."""
    text = files("sauga.portal").joinpath(f"data/letter/{language}.toml").read_text(encoding="utf-8")
    return tuple(
        Question(**{**row, "choices": tuple(Choice(**one) for one in row["choices"])})
        for row in tomllib.loads(text)["question"]
    )


def field_of(question: Question, number: int) -> str:
    """The name of the form field that holds a choice: one for each where several are allowed."""
    return f"{question.code}-{number}" if question.many else question.code


def read(fields: Mapping[str, str], asked: Sequence[Question]) -> dict[str, frozenset[int]]:
    """The answers of a form. What is not offered is no answer."""
    return {
        question.code: frozenset(
            number
            for number in range(len(question.choices))
            if fields.get(field_of(question, number)) == str(number)
        )
        for question in asked
    }


def fields_of(answers: Answers, asked: Sequence[Question]) -> dict[str, str]:
    """The answers as the fields of a form: what `read` reads."""
    return {
        field_of(question, number): str(number)
        for question in asked
        for number in sorted(answers[question.code])
    }


def compose(answers: Answers, asked: Sequence[Question]) -> Letter:
    """The salutation on a line of its own, then the chosen sentences; empty without any sentence."""
    chosen = {
        question.code: [question.choices[number] for number in sorted(answers[question.code])]
        for question in asked
    }
    is_polite = any(choice.is_polite for choice in chosen[TO])
    salutation = [choice.text for choice in chosen.pop(TO)]
    picked = [choice for choices in chosen.values() for choice in choices]
    sentences = [choice.polite if is_polite and choice.polite else choice.text for choice in picked]
    return Letter(
        text="\n".join([*salutation, " ".join(sentences)]) if sentences else "",
        is_urgent=any(choice.is_urgent for choice in picked),
    )
