"""Which courses of Sauga count for which criteria, and which of their activities is the exam. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

AMBASSADOR, UPDATE = "ambassador", "ambassador-update"
HOURS, EXAM, ANNUAL = "training_hours", "exam", "annual_update"


def exams(tree: Any) -> Iterator[str]:
    """The activities whose score the completion of a course asks for, in the order of its rule tree."""
    if isinstance(tree, Mapping):
        if isinstance(tree.get("score"), str):
            yield tree["score"]
        for value in tree.values():
            yield from exams(value)
    elif isinstance(tree, list):
        for one in tree:
            yield from exams(one)


def counted(course: str, hours: float, tree: Any, scores: Mapping[str, int]) -> dict[str, int]:
    """What a completed course counts for: criteria with amounts. The exam is the last score that its
    completion asks for."""
    if course == UPDATE:
        return {ANNUAL: 1}
    if course != AMBASSADOR:
        return {}
    found = {HOURS: int(hours)}
    last = list(exams(tree))[-1:]
    if last and scores.get(last[0]):
        found[EXAM] = scores[last[0]]
    return found
