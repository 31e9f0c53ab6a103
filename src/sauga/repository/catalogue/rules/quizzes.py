"""What can be played of a text, and what the answers amount to.

A part of a text that begins with a heading and holds questions between paragraphs is a quiz, if its questions
have right answers, or a self-check, if their answers have points. Nothing of it is stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

type Block = dict[str, Any]

BESIDE_QUESTIONS = frozenset({"heading", "paragraph", "question", "result"})
"""A part with anything else, such as a task of a lesson, is read and not played."""


@dataclass(frozen=True)
class Question:
    """A question, its place from 1, and how its answers count."""

    place: int
    text: str
    answers: list[str]
    right: frozenset[int]
    points: tuple[int, ...]
    explanation: str

    @property
    def is_many(self) -> bool:
        """Whether several answers are right."""
        return len(self.right) > 1

    @property
    def choices(self) -> list[tuple[int, str, bool, int]]:
        """Place, text, whether right, points."""
        points = self.points or (0,) * len(self.answers)
        return [(n, text, n in self.right, points[n]) for n, text in enumerate(self.answers)]


@dataclass(frozen=True)
class Quiz:
    """A quiz or a self-check: its `place` from 1, what is read before it, the results from the highest, what
    is read after it.
    """

    place: int
    title: str
    intro: list[str]
    questions: list[Question]
    results: list[tuple[int, str]] = field(default_factory=list)
    end: list[str] = field(default_factory=list)

    @property
    def is_check(self) -> bool:
        """Whether points lead to advice, and no answer is wrong."""
        return bool(self.questions[0].points)


@dataclass(frozen=True)
class Answered:
    """A question with what was chosen."""

    question: Question
    chosen: frozenset[int]

    @property
    def is_right(self) -> bool:
        """Whether exactly the right answers were chosen."""
        return self.chosen == self.question.right

    @property
    def points(self) -> int:
        """The points of what was chosen."""
        return sum(self.question.points[n] for n in self.chosen)

    @property
    def needs_advice(self) -> bool:
        """Whether another answer would have had more points; a question without an answer has no advice."""
        return bool(self.chosen) and self.points < max(self.question.points)

    @property
    def said(self) -> list[str]:
        """The chosen answers in words."""
        return [text for n, text in enumerate(self.question.answers) if n in self.chosen]

    @property
    def wanted(self) -> list[str]:
        """The right answers in words."""
        return [text for n, text in enumerate(self.question.answers) if n in self.question.right]


def split(body: Sequence[Block]) -> tuple[list[Block], list[Quiz]]:
    """The blocks to read, and the quizzes to play."""
    parts: list[list[Block]] = []
    for block in body:
        if block["kind"] in {"heading", "slot"} or not parts:
            parts.append([])
        parts[-1].append(block)
    read: list[Block] = []
    played: list[Quiz] = []
    for part in parts:
        if _is_played(part):
            played.append(_quiz(len(played) + 1, part))
        else:
            read += part
    return read, played


def _is_played(part: Sequence[Block]) -> bool:
    asked = [block for block in part if block["kind"] == "question"]
    counted = [block for block in asked if block.get("points")]
    marked = [block for block in asked if block.get("right")]
    return (
        part[0]["kind"] == "heading"
        and bool(asked)
        and len(asked) in {len(counted), len(marked)}
        and {block["kind"] for block in part} <= BESIDE_QUESTIONS
    )


def _quiz(place: int, part: Sequence[Block]) -> Quiz:
    kinds = [block["kind"] for block in part]
    first = kinds.index("question")
    last = len(kinds) - 1 - kinds[::-1].index("question")
    questions = [_question(n, block) for n, block in enumerate(_of(part, "question"), 1)]
    results = sorted(((block["least"], block["text"]) for block in _of(part, "result")), reverse=True)
    return Quiz(
        place,
        part[0]["text"],
        [block["text"] for block in _of(part[:first], "paragraph")],
        questions,
        results,
        [block["text"] for block in _of(part[last:], "paragraph")],
    )


def _of(part: Sequence[Block], kind: str) -> list[Block]:
    return [block for block in part if block["kind"] == kind]


def _question(place: int, block: Block) -> Question:
    return Question(
        place,
        block["text"],
        list(block["answers"]),
        frozenset(block.get("right") or ()),
        tuple(block.get("points") or ()),
        block.get("explanation", ""),
    )


def answered(quiz: Quiz, fields: Mapping[str, str]) -> list[Answered]:
    """Each question with the answers in these fields: `q2` = the place of the answer, or `q2-0`, `q2-1` for
    each of several. Anything else is ignored.
    """
    return [Answered(question, _chosen(question, fields)) for question in quiz.questions]


def _chosen(question: Question, fields: Mapping[str, str]) -> frozenset[int]:
    name, places = f"q{question.place}", range(len(question.answers))
    if question.is_many:
        return frozenset(n for n in places if fields.get(f"{name}-{n}"))
    return frozenset(n for n in places if fields.get(name) == str(n))


def result(quiz: Quiz, given: Sequence[Answered]) -> str:
    """The result for these answers; empty without an answer."""
    if not any(one.chosen for one in given):
        return ""
    total = sum(one.points for one in given)
    return next((text for least, text in quiz.results if total >= least), "")
