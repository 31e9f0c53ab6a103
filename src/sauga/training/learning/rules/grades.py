"""Grades by rubric: a level chosen for each criterion, by a tutor or by other learners. Pure functions."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

type Rubric = Sequence[Mapping[str, Any]]
PASSES = 60
"""From so many percent an assignment is accepted, unless the activity says otherwise."""


def problems(rubric: Rubric, points: Mapping[str, int]) -> list[str]:
    """The criteria for which no level, or none of theirs, is chosen."""
    return [
        str(row["code"])
        for row in rubric
        if points.get(row["code"]) not in {level["points"] for level in row["levels"]}
    ]


def percent(rubric: Rubric, points: Mapping[str, int]) -> int:
    """The grade in whole percent of the most points, rounded down."""
    most = sum(max(level["points"] for level in row["levels"]) for row in rubric)
    return int(sum(points.get(row["code"], 0) for row in rubric) * 100 / most) if most else 0


def suggested(rubric: Rubric, reviews: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """What the reviews of others suggest to the tutor: the lower median of each criterion."""
    if not reviews:
        return {}
    return {
        str(row["code"]): _level(row, median([one.get(row["code"], 0) for one in reviews])) for row in rubric
    }


def _level(row: Mapping[str, Any], value: float) -> int:
    below = [level["points"] for level in row["levels"] if level["points"] <= value]
    return int(max(below) if below else min(level["points"] for level in row["levels"]))


def assigned(own: int, submissions: Sequence[tuple[int, int, int]], most: int) -> list[int]:
    """Which submissions a learner is asked to review: of others, those with the fewest reviews first, then
    the oldest. Each submission is (its key, its author's key, reviews it has or is promised)."""
    others = sorted((reviews, key) for key, author, reviews in submissions if author != own)
    return [key for _reviews, key in others[:most]]
