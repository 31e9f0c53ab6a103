"""Questions of the item bank: their kinds, drawing from the bank, and grading. Pure functions."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MOST_OPTIONS = 12


class ItemKind(StrEnum):
    """Kinds of questions."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUEFALSE = "truefalse"
    ORDER = "order"
    MATCH = "match"


CHOICES = (ItemKind.SINGLE, ItemKind.TRUEFALSE)
type Answer = Sequence[int]


@dataclass(frozen=True)
class Question:
    """A question as grading sees it: its kind and which options are right.

    Of ORDER the options are stored in their right order; of MATCH the n-th option belongs to the n-th pair.
    """

    code: str
    kind: str
    right: tuple[bool, ...]


def question(code: str, kind: str, options: Sequence[Mapping[str, Any]]) -> Question:
    """The question that a row of the bank holds."""
    return Question(code, kind, tuple(bool(option.get("right")) for option in options))


def problems(kind: str, options: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is wrong with a question, as codes: too few or too many options, too few or too many right."""
    right = sum(bool(option.get("right")) for option in options)
    found = []
    if kind == ItemKind.TRUEFALSE and len(options) != 2:
        found.append("two")
    elif not 2 <= len(options) <= MOST_OPTIONS:
        found.append("options")
    if kind in CHOICES and right != 1:
        found.append("one_right")
    if kind == ItemKind.MULTIPLE and not right:
        found.append("no_right")
    if kind == ItemKind.MATCH and any(not option.get("pair") for option in options):
        found.append("pair")
    return found


def share(one: Question, answer: Answer) -> float:
    """How much of a question an answer gets, 0 to 1.

    One choice is right or wrong. Of several, each right tick counts and each wrong one takes as much away,
    never below nothing. Order and match count the places that are right.
    """
    n = len(one.right)
    if any(not 0 <= index < n for index in answer) or len(set(answer)) != len(answer):
        return 0.0
    if one.kind in CHOICES:
        return float(len(answer) == 1 and one.right[answer[0]])
    if one.kind == ItemKind.MULTIPLE:
        right = sum(one.right)
        got = sum(1 if one.right[index] else -1 for index in answer)
        return max(0.0, got / right) if right else 0.0
    if len(answer) != n:
        return 0.0
    return sum(given == place for place, given in enumerate(answer)) / n


def score(questions: Sequence[Question], answers: Mapping[str, Answer]) -> int:
    """The result in whole percent, rounded down: no learner passes by rounding."""
    if not questions:
        return 0
    gained = sum(share(one, answers.get(one.code, ())) for one in questions)
    return int(gained * 100 / len(questions) + 1e-9)


def drawn(bank: Sequence[Any], tagged: Mapping[str, Sequence[str]], seed: int) -> list[str]:
    """The codes of the questions of one attempt: those named, and as many of each tag as the bank says.

    The same seed draws the same questions; no question comes twice.
    """
    dice = random.Random(seed)  # noqa: S311  which questions are asked, not a secret
    found = [part for part in bank if isinstance(part, str)]
    for part in bank:
        if isinstance(part, Mapping):
            pool = [code for code in tagged.get(part["tag"], ()) if code not in found]
            found += dice.sample(pool, min(int(part["draw"]), len(pool)))
    return found


def shuffled(one: Question, seed: int) -> list[int]:
    """In which order the options are shown; true or false keeps its own."""
    places = list(range(len(one.right)))
    if one.kind == ItemKind.TRUEFALSE:
        return places
    random.Random(f"{seed}:{one.code}").shuffle(places)  # noqa: S311  an order, not a secret
    if one.kind == ItemKind.ORDER and places == sorted(places):
        places = places[1:] + places[:1]
    return places
