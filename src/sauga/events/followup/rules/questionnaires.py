"""A questionnaire: kinds of questions, which answers fit, what they add up to, and when numbers are shown.
Pure.

An answer is, by kind, a number from 1 to 5, the place of a choice from 0, several of them, or a text.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.kernel.figures.suppression import suppress

LEAST = 10
"""So many answers make a number that is shown."""
STEPS = (1, 2, 3, 4, 5)
LONGEST_ANSWER = 600
MOST_QUESTIONS, MOST_CHOICES = 20, 10

type Answer = int | list[int] | str
type Answers = Mapping[str, Any]


class QuestionKind(StrEnum):
    """What is answered."""

    SCALE = "SCALE"
    CHOICE = "CHOICE"
    SEVERAL = "SEVERAL"
    TEXT = "TEXT"


KINDS: Mapping[str, Any] = {
    QuestionKind.SCALE: _("A number from 1 to 5"),
    QuestionKind.CHOICE: _("One of several answers"),
    QuestionKind.SEVERAL: _("Several answers"),
    QuestionKind.TEXT: _("A text"),
}
WITH_CHOICES = frozenset({QuestionKind.CHOICE, QuestionKind.SEVERAL})


def fits(kind: str, choices: int, answer: object) -> bool:
    """Whether an answer is one that a question of this kind, with so many choices, can have."""
    if kind == QuestionKind.SCALE:
        return type(answer) is int and answer in STEPS
    if kind == QuestionKind.CHOICE:
        return type(answer) is int and 0 <= answer < choices
    if kind == QuestionKind.SEVERAL:
        return (
            isinstance(answer, list)
            and bool(answer)
            and len(set(answer)) == len(answer)
            and all(type(one) is int and 0 <= one < choices for one in answer)
        )
    return isinstance(answer, str) and 0 < len(answer.strip()) <= LONGEST_ANSWER


@dataclass(frozen=True)
class Tally:
    """What the answers to one question add up to: how many answered, how often each value, the mean of a
    scale."""

    answered: int
    counts: Mapping[int, int]
    mean: float | None
    texts: Sequence[str] = ()

    @property
    def is_shown(self) -> bool:
        """Whether there are enough answers."""
        return self.answered >= LEAST


def tally(kind: str, answers: Iterable[Any]) -> Tally:
    """Count the answers to one question; participants who left it out are not among them."""
    held = list(answers)
    if kind == QuestionKind.TEXT:
        return Tally(len(held), {}, None, tuple(held))
    counts: Counter[int] = Counter()
    for one in held:
        counts.update(one if isinstance(one, list) else [one])
    mean = sum(held) / len(held) if kind == QuestionKind.SCALE and held else None
    return Tally(len(held), dict(counts), mean)


def hidden_groups(sizes: Mapping[str, int]) -> frozenset[str]:
    """The groups whose numbers are not shown: small ones, and so many others that nobody can work out a small
    one from the whole."""
    cells: dict[tuple[str | None, str | None], int] = {(code, None): n for code, n in sizes.items()}
    cells[None, None] = sum(sizes.values())
    found = suppress(cells, LEAST)
    return frozenset(code for code, _total in found if code is not None)


class Breakdown(StrEnum):
    """What is kept beside an answer."""

    NONE = ""
    TICKET = "TICKET"
    LANGUAGE = "LANGUAGE"
    BOTH = "BOTH"


def breakdown_for(people: Mapping[tuple[str, str], int]) -> Breakdown:
    """What may be kept beside each answer, decided once for everybody: ticket and language together only if
    so many people came with each pair that none can be recognised by it; else one of the two, or neither.

    `people` says how many came by (ticket, language).
    """
    tickets: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    for (ticket, language), n in people.items():
        tickets[ticket] += n
        languages[language] += n
    if people and min(people.values()) >= LEAST:
        return Breakdown.BOTH
    if len(tickets) > 1 and min(tickets.values()) >= LEAST:
        return Breakdown.TICKET
    if len(languages) > 1 and min(languages.values()) >= LEAST:
        return Breakdown.LANGUAGE
    return Breakdown.NONE
