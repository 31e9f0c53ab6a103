"""What older answers are worth under a new version, and what moved between two rounds. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sauga.selfcheck.school.rules.questionnaire import Questionnaire
from sauga.selfcheck.school.rules.scores import Score, score


class Cause(StrEnum):
    """Why the level of an aspect differs."""

    WORK = "WORK"
    VERSION = "VERSION"
    BOTH = "BOTH"
    NEW = "NEW"


@dataclass(frozen=True)
class Moved:
    """An aspect whose level differs. `before` is what was chosen then, `carried` what that is worth now."""

    aspect: str
    before: int | None
    carried: int | None
    now: int
    cause: Cause

    @property
    def change(self) -> int:
        """How many steps it rose (or fell) since then; 0 for an aspect that is new."""
        return self.now - self.before if self.before is not None else 0


@dataclass(frozen=True)
class Carried:
    """Older answers under another version: what they are worth, which aspects are new, and which moved."""

    answers: Mapping[str, int]
    new: tuple[str, ...]
    moved: tuple[str, ...]


def carry(answers: Mapping[str, int], since: int, versions: Sequence[Questionnaire], to: int) -> Carried:
    """Answers given under version `since`, as worth under version `to`, step by step through those between.

    Raises LookupError where a version between is not known.
    """
    by_version = {one.version: one for one in versions}
    chain: list[Questionnaire] = []
    version = to
    while version > since:
        form = by_version[version]
        chain.insert(0, form)
        if form.based_on is None:
            raise LookupError(f"version {version} is not based on an earlier one")
        version = form.based_on
    held = dict(answers)
    for form in chain:
        held = {
            one.code: value
            for one in form.aspects.values()
            if (value := _worth(held, form, one.code)) is not None
        }
    new = tuple(code for code in by_version[to].aspects if code not in held)
    moved = tuple(code for code, value in held.items() if code in answers and answers[code] != value)
    return Carried(held, new, moved)


def _worth(held: Mapping[str, int], form: Questionnaire, code: str) -> int | None:
    earlier = form.aspects[code].earlier
    if earlier is None:
        return held.get(code)
    before = held.get(earlier.aspect)
    return earlier.levels[before] if before is not None else None


def rescored(
    answers: Mapping[str, int], since: int, versions: Sequence[Questionnaire], to: int
) -> tuple[Score, Carried]:
    """The score of older answers under another version."""
    carried = carry(answers, since, versions, to)
    form = next(one for one in versions if one.version == to)
    return score(form, carried.answers, skip=carried.new), carried


def differences(
    before: Mapping[str, int],
    since: int,
    now: Mapping[str, int],
    versions: Sequence[Questionnaire],
    to: int,
) -> list[Moved]:
    """What differs between two rounds, in the order of aspects: aspects that the school raised or let fall,
    those whose requirements changed, and new ones."""
    carried = carry(before, since, versions, to)
    form = next(one for one in versions if one.version == to)
    found = []
    for code in form.aspects:
        if code not in now:
            continue
        was, worth, level = before.get(code), carried.answers.get(code), now[code]
        if worth is None:
            found.append(Moved(code, was, None, level, Cause.NEW))
            continue
        was = worth if was is None else was
        if was == level and worth == level:
            continue
        by_version, by_work = worth != was, level != worth
        cause = Cause.BOTH if by_version and by_work else Cause.VERSION if by_version else Cause.WORK
        found.append(Moved(code, was, worth, level, cause))
    return found
