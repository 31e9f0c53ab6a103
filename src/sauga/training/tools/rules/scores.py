"""Scores that a tool sends (1EdTech Assignment and Grade Services 2.0, section 3.4): what is read of them,
and what follows. Pure functions."""

import json
import math
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

LONGEST_BODY = 16 * 1024
PROGRESS = ("Initialized", "Started", "InProgress", "Submitted", "Completed")
GRADING = ("FullyGraded", "Pending", "PendingManual", "Failed", "NotReady")
FINISHED = ("Submitted", "Completed")


class ScoreUnfit(ValueError):
    """What was sent is no score. The message is a code: form, time, user, progress, number."""


class Finish(StrEnum):
    """When an activity with a tool is done: by a result, by the tool's word, or by the learner's own."""

    SCORE = "score"
    COMPLETED = "completed"
    SELF = "self"


@dataclass(frozen=True)
class Score:
    """One score. `percent` is None while the tool gives no final result."""

    user: str
    at: datetime
    progress: str
    grading: str
    percent: int | None


def read_score(body: bytes) -> Score:
    """A score as a tool sends it. Raises ScoreUnfit."""
    if len(body) > LONGEST_BODY:
        raise ScoreUnfit("form")
    try:
        held = json.loads(body)
    except (ValueError, RecursionError):
        raise ScoreUnfit("form") from None
    if not isinstance(held, dict):
        raise ScoreUnfit("form")
    user, progress, grading = (held.get(name) for name in ("userId", "activityProgress", "gradingProgress"))
    if not isinstance(user, str) or not 0 < len(user) <= 255:
        raise ScoreUnfit("user")
    if progress not in PROGRESS or grading not in GRADING:
        raise ScoreUnfit("progress")
    return Score(user, _time(held.get("timestamp")), str(progress), str(grading), _percent(held, grading))


def _time(value: Any) -> datetime:
    """When the tool made it; a time without a zone is none."""
    if not isinstance(value, str) or not 10 < len(value) <= 40:
        raise ScoreUnfit("time")
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise ScoreUnfit("time") from None
    if found.tzinfo is None or not 2000 < found.year < 9000:
        raise ScoreUnfit("time")
    return found


def _percent(held: dict[str, Any], grading: str) -> int | None:
    """The result in whole percent, rounded down, at most 100: rounding and extra points pass no one."""
    given, most = held.get("scoreGiven"), held.get("scoreMaximum")
    if given is None:
        return None
    for value in (given, most):
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ScoreUnfit("number")
        if not (0 <= value <= 1e9) or not math.isfinite(value):
            raise ScoreUnfit("number")
    assert isinstance(given, int | float) and isinstance(most, int | float)
    if most <= 0:
        raise ScoreUnfit("number")
    return min(100, int(given * 100 / most + 1e-9)) if grading == "FullyGraded" else None


class Verdict(StrEnum):
    """What becomes of a score: it counts, it was sent before, or a later one is there already."""

    NEW = "new"
    REPEATED = "repeated"
    OLDER = "older"


def verdict(last: datetime | None, score: Score) -> Verdict:
    """Scores count in the order of the times that the tool gives them, whatever order they arrive in."""
    if last is None or score.at > last:
        return Verdict.NEW
    return Verdict.REPEATED if score.at == last else Verdict.OLDER


def is_done(finish: str, pass_mark: int, score: Score) -> bool:
    """Whether a score finishes the activity."""
    if finish == Finish.SCORE:
        return score.percent is not None and score.percent >= pass_mark
    return finish == Finish.COMPLETED and score.progress in FINISHED


def best(before: int | None, score: Score) -> int | None:
    """The result that counts: the best so far. More done never takes away (`courses.rules.trees`)."""
    known = [value for value in (before, score.percent) if value is not None]
    return max(known) if known else None
