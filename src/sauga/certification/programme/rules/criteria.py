"""Criteria and evidence as plain values, and the one function that says which criteria are met on a day.

Nothing here asks a database, so random histories can be tried by the thousand.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

LEVELS = (1, 2, 3)


class Kind(TextChoices):
    """What counts as evidence."""

    SIGNATURE = "SIGNATURE", pgettext_lazy("evidence", "own signature under a version of the text")
    EMPLOYER = "EMPLOYER", pgettext_lazy("evidence", "confirmation by the employer's mailed link")
    REFERENCE = "REFERENCE", pgettext_lazy("evidence", "authority, reference and date, never the document")
    HOURS = "HOURS", pgettext_lazy("evidence", "hours of a completed course")
    SCORE = "SCORE", pgettext_lazy("evidence", "result of an exam in percent")
    OBSERVATION = "OBSERVATION", pgettext_lazy("evidence", "form of whoever observed a session")
    SESSIONS = "SESSIONS", pgettext_lazy("evidence", "sessions that their hosts confirmed")
    COURSE = "COURSE", pgettext_lazy("evidence", "completed course")
    MEETING = "MEETING", pgettext_lazy("evidence", "attendance at a community meeting")


class Phase(TextChoices):
    """When a criterion is asked for."""

    ENTRY = "ENTRY", pgettext_lazy("phase", "before the course")
    TRAINING = "TRAINING", pgettext_lazy("phase", "course and exam")
    SUPERVISION = "SUPERVISION", pgettext_lazy("phase", "supervised session")
    BOARD = "BOARD", pgettext_lazy("phase", "before the board")
    UPDATE = "UPDATE", pgettext_lazy("phase", "renewal, also after a lapse")
    RENEWAL = "RENEWAL", pgettext_lazy("phase", "renewal")


FOR_CERTIFICATION = frozenset({Phase.ENTRY, Phase.TRAINING, Phase.SUPERVISION, Phase.BOARD})


@dataclass(frozen=True)
class Criterion:
    """One criterion of a version. `minimums` says how much each level needs; a level that is missing does not
    need it. `valid_days`: how long evidence counts from its day; None: for ever.
    """

    code: str
    kind: str
    phase: str
    minimums: Mapping[int, int]
    valid_days: int | None = None


@dataclass(frozen=True)
class Evidence:
    """What was shown for a criterion: so much of it, on a day, until a day where the evidence itself ends."""

    code: str
    amount: int
    on: date
    until: date | None = None


class Why(StrEnum):
    """Why a criterion is not met."""

    MISSING = "MISSING"
    EXPIRED = "EXPIRED"
    TOO_LITTLE = "TOO_LITTLE"


@dataclass(frozen=True)
class Standing:
    """How a criterion stands on a day; `why` is empty where it is met. `ends` is the day from which the
    evidence no longer suffices, as far as it is known.
    """

    criterion: Criterion
    amount: int
    minimum: int
    why: str
    ends: date | None = None

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing."""
        return not self.why


def last_day(criterion: Criterion, one: Evidence) -> date | None:
    """The last day on which a piece of evidence counts."""
    own = one.on + timedelta(days=criterion.valid_days) if criterion.valid_days is not None else None
    return min((day for day in (own, one.until) if day is not None), default=None)


def counts_on(criterion: Criterion, one: Evidence, on: date) -> bool:
    """Whether evidence counts on a day: from its own day to its last one."""
    last = last_day(criterion, one)
    return one.on <= on and (last is None or on <= last)


def standing(criterion: Criterion, level: int, evidence: Iterable[Evidence], on: date) -> Standing:
    """How one criterion stands for a level on a day."""
    own = [one for one in evidence if one.code == criterion.code]
    counting = [one for one in own if counts_on(criterion, one, on)]
    minimum = criterion.minimums[level]
    amounts = [one.amount for one in counting]
    amount = max(amounts, default=0) if criterion.kind == Kind.SCORE else sum(amounts)
    if amount >= minimum:
        why = ""
    elif counting:
        why = Why.TOO_LITTLE
    else:
        why = Why.EXPIRED if any(one.on <= on for one in own) else Why.MISSING
    lasts = [last for one in counting if (last := last_day(criterion, one)) is not None]
    return Standing(criterion, amount, minimum, why, min(lasts, default=None))


def standings(
    criteria: Sequence[Criterion],
    level: int,
    evidence: Sequence[Evidence],
    on: date,
    phases: Iterable[str] = FOR_CERTIFICATION,
) -> list[Standing]:
    """How every criterion of these phases stands that the level needs, in the order of the version."""
    wanted = set(phases)
    return [
        standing(one, level, evidence, on)
        for one in criteria
        if one.phase in wanted and level in one.minimums
    ]


def missing(
    criteria: Sequence[Criterion],
    level: int,
    evidence: Sequence[Evidence],
    on: date,
    phases: Iterable[str] = FOR_CERTIFICATION,
) -> list[Standing]:
    """Those of them that are not met."""
    return [one for one in standings(criteria, level, evidence, on, phases) if not one.is_met]
