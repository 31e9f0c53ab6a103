"""Item analysis of a quiz: how difficult each question is, and whether it tells those who know from those who
do not. Pure functions.

Difficulty is the mean share of the points (the proportion correct, p). Discrimination is the corrected
item-total correlation: Pearson's correlation of the question's points with the points of the rest of the
quiz. Source: Crocker & Algina, Introduction to Classical and Modern Test Theory (1986), chapter 14; the
correction avoids counting the question in its own total (Henrysson 1963, Psychometrika 28, 211-218).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

FEWEST = 10
"""With fewer answers no value is shown: it would say nothing."""
EASY, HARD, WEAK = 0.95, 0.3, 0.1


@dataclass(frozen=True)
class ItemFigures:
    """One question: answers, mean share of points, discrimination (None where it is not defined)."""

    code: str
    answers: int
    difficulty: float | None
    discrimination: float | None

    @property
    def flags(self) -> tuple[str, ...]:
        """What a tutor should look at, as codes."""
        found = []
        if self.difficulty is not None and self.difficulty > EASY:
            found.append("easy")
        if self.difficulty is not None and self.difficulty < HARD:
            found.append("hard")
        if self.discrimination is not None and self.discrimination < WEAK:
            found.append("weak")
        return tuple(found)


def analysed(attempts: Sequence[Mapping[str, float]]) -> list[ItemFigures]:
    """The questions of the first attempts of many people; each attempt has the share of points by question.

    Attempts may hold different questions, as they are drawn: the rest score is then the mean of the others.
    """
    codes = sorted({code for attempt in attempts for code in attempt})
    found = []
    for code in codes:
        own = [attempt[code] for attempt in attempts if code in attempt]
        pairs = [
            (attempt[code], sum(v for k, v in attempt.items() if k != code) / (len(attempt) - 1))
            for attempt in attempts
            if code in attempt and len(attempt) > 1
        ]
        enough = len(own) >= FEWEST
        found.append(
            ItemFigures(
                code,
                len(own),
                sum(own) / len(own) if enough else None,
                correlation(pairs) if enough else None,
            )
        )
    return found


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's r; None where one of the two does not vary."""
    n = len(pairs)
    if n < 2:
        return None
    mean_x, mean_y = sum(x for x, _ in pairs) / n, sum(y for _, y in pairs) / n
    var_x = sum((x - mean_x) ** 2 for x, _ in pairs)
    var_y = sum((y - mean_y) ** 2 for _, y in pairs)
    if var_x < 1e-12 or var_y < 1e-12:
        return None
    return sum((x - mean_x) * (y - mean_y) for x, y in pairs) / sqrt(var_x * var_y)
