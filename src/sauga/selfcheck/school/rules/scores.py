"""From answers to a level, by integers only. Pure: whatever asks twice gets the same.

A mean of levels is never divided: `10 × sum of level × weight` is compared with `minimum × sum of weights`,
where minimums are tenths of a step. A level is reached when all aspects together, each area, and every
essential aspect reach its minimum. Without an answer to every aspect there is no level, except where an
aspect is new in a version under which older answers are scored again: it counts for nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sauga.selfcheck.school.rules.codes import LEVELS, Level, rank
from sauga.selfcheck.school.rules.questionnaire import Aspect, Minimum, Questionnaire

TENTHS = 10
HIGHEST = 5


@dataclass(frozen=True)
class Sum:
    """The levels of some aspects, each times its weight, and the weights."""

    points: int
    weight: int

    def reaches(self, tenths: int) -> bool:
        """Whether the weighted mean is at least so many tenths."""
        return TENTHS * self.points >= tenths * self.weight

    @property
    def tenths(self) -> int:
        """The weighted mean in tenths, rounded down; for showing only."""
        return TENTHS * self.points // self.weight if self.weight else 0


@dataclass(frozen=True)
class Score:
    """What answers are worth: the level that they reach, the sums by area, and what stands before the next
    level: the codes of aspects, the most urgent first."""

    level: Level
    total: Sum
    areas: Mapping[str, Sum]
    missing: tuple[str, ...] = ()


class AnswersMissing(ValueError):
    """Aspects without an answer."""

    def __init__(self, codes: Collection[str]) -> None:
        super().__init__(f"{len(codes)} aspects have no answer")
        self.codes = tuple(codes)


def score(form: Questionnaire, answers: Mapping[str, int], skip: Collection[str] = ()) -> Score:
    """The level of a whole set of answers; `skip`: aspects that are new to them.

    Raises AnswersMissing, ValueError for a level outside 1 to 5.
    """
    counted = [one for one in form.aspects.values() if one.code not in skip]
    if missing := [one.code for one in counted if one.code not in answers]:
        raise AnswersMissing(missing)
    if any(not 1 <= answers[one.code] <= HIGHEST for one in counted):
        raise ValueError("a level is between 1 and 5")
    total = _sum(counted, answers)
    areas = {
        area.code: _sum([one for one in counted if one.area == area.code], answers) for area in form.areas
    }
    reached = Level.IRON
    for level in LEVELS[1:]:
        if not _reaches(form.minimums[level], counted, answers, total, areas):
            break
        reached = level
    return Score(reached, total, areas, _missing(form, counted, answers, reached, total=total, areas=areas))


def _sum(aspects: Sequence[Aspect], answers: Mapping[str, int]) -> Sum:
    return Sum(sum(answers[one.code] * one.weight for one in aspects), sum(one.weight for one in aspects))


def _reaches(
    minimum: Minimum,
    aspects: Sequence[Aspect],
    answers: Mapping[str, int],
    total: Sum,
    areas: Mapping[str, Sum],
) -> bool:
    return (
        total.reaches(minimum.total)
        and all(one.reaches(minimum.area) for one in areas.values())
        and all(answers[one.code] >= minimum.essential for one in aspects if one.is_essential)
    )


def _missing(
    form: Questionnaire,
    aspects: Sequence[Aspect],
    answers: Mapping[str, int],
    reached: Level,
    *,
    total: Sum,
    areas: Mapping[str, Sum],
) -> tuple[str, ...]:
    """The aspects to raise for the next level: essential ones below its minimum, then the lowest of areas
    that lack, then the lowest of all while the whole lacks."""
    if reached == LEVELS[-1]:
        return ()
    minimum = form.minimums[LEVELS[rank(reached) + 1]]
    order = sorted(aspects, key=lambda one: (answers[one.code], -one.weight, one.area, one.number))
    found = [one.code for one in order if one.is_essential and answers[one.code] < minimum.essential]
    lacking = {code for code, held in areas.items() if not held.reaches(minimum.area)}
    found += [one.code for one in order if one.area in lacking and TENTHS * answers[one.code] < minimum.area]
    if not total.reaches(minimum.total):
        found += [one.code for one in order if TENTHS * answers[one.code] < minimum.total]
    return tuple(dict.fromkeys(found))
