"""Which criteria each move of an ambassador needs: pure functions of version, evidence and day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sauga.certification.programme.rules.criteria import (
    FOR_CERTIFICATION,
    Criterion,
    Evidence,
    Phase,
    Standing,
)
from sauga.certification.programme.rules.criteria import missing as missing_of
from sauga.certification.states import CERTIFIED, AmbassadorState

NEEDS: Mapping[tuple[str, str], frozenset[str]] = {
    (AmbassadorState.APPLIED, AmbassadorState.ELIGIBLE): frozenset({Phase.ENTRY}),
    (AmbassadorState.ELIGIBLE, AmbassadorState.IN_TRAINING): frozenset({Phase.ENTRY}),
    (AmbassadorState.IN_TRAINING, AmbassadorState.EXAM_PASSED): frozenset({Phase.ENTRY, Phase.TRAINING}),
    (AmbassadorState.EXAM_PASSED, AmbassadorState.SUPERVISED): frozenset(
        {Phase.ENTRY, Phase.TRAINING, Phase.SUPERVISION}
    ),
    (AmbassadorState.EXAM_PASSED, AmbassadorState.BOARD_DECISION): FOR_CERTIFICATION,
    (AmbassadorState.SUPERVISED, AmbassadorState.BOARD_DECISION): FOR_CERTIFICATION,
    (AmbassadorState.BOARD_DECISION, AmbassadorState.ACTIVE): FOR_CERTIFICATION,
    (AmbassadorState.RENEWAL_DUE, AmbassadorState.ACTIVE): frozenset(
        {Phase.ENTRY, Phase.UPDATE, Phase.RENEWAL}
    ),
    (AmbassadorState.LAPSED, AmbassadorState.ACTIVE): frozenset({Phase.ENTRY, Phase.UPDATE}),
    (AmbassadorState.SUSPENDED, AmbassadorState.ACTIVE): frozenset({Phase.ENTRY}),
}
FIRST_LEVEL = 1
RENEWAL = NEEDS[(AmbassadorState.RENEWAL_DUE, AmbassadorState.ACTIVE)]


def is_for_level(before: str, to: str, level: int) -> bool:
    """Supervised sessions are for levels 2 and 3; level 1 goes to the board from the exam."""
    if (before, to) == (AmbassadorState.EXAM_PASSED, AmbassadorState.SUPERVISED):
        return level > FIRST_LEVEL
    if (before, to) == (AmbassadorState.EXAM_PASSED, AmbassadorState.BOARD_DECISION):
        return level == FIRST_LEVEL
    return True


def lacking(
    before: str, to: str, level: int, criteria: Sequence[Criterion], *, evidence: Sequence[Evidence], on: date
) -> list[Standing]:
    """The criteria that this move needs and that are not met on the day."""
    phases: Iterable[str] = NEEDS.get((before, to), frozenset())
    return missing_of(criteria, level, evidence, on, phases)


class Bar(StrEnum):
    """Why another file of the same person, or the end of this one, stands against a move."""

    SUSPENDED = "SUSPENDED"
    CERTIFIED = "CERTIFIED"
    REVOKED = "REVOKED"
    ENDED = "ENDED"


@dataclass(frozen=True)
class Other:
    """Another file of the same person: where it stands, and when it ended."""

    state: str
    ended_at: datetime | None = None

    @property
    def is_certified(self) -> bool:
        """Whether the person is certified by it now."""
        return self.state in CERTIFIED and self.ended_at is None


def barred(
    before: str,
    to: str,
    *,
    ended_at: datetime | None,
    certified_at: datetime | None,
    others: Collection[Other],
) -> str:
    """Why the move is not possible for this person; empty where nothing stands against it.

    A suspended ambassador is certified by no other file meanwhile. A certification that another one replaced
    neither comes back nor is suspended, and none is renewed beside another or past a later revocation:
    `certified_at` is when this file was certified last.
    """
    if before in CERTIFIED and ended_at is not None:
        return Bar.ENDED
    if (
        to not in (AmbassadorState.BOARD_DECISION, AmbassadorState.ACTIVE)
        or before == AmbassadorState.SUSPENDED
    ):
        return ""
    if any(one.state == AmbassadorState.SUSPENDED and one.ended_at is None for one in others):
        return Bar.SUSPENDED
    if before not in (AmbassadorState.RENEWAL_DUE, AmbassadorState.LAPSED):
        return ""
    if any(one.is_certified for one in others):
        return Bar.CERTIFIED
    revoked = [
        one.ended_at for one in others if one.state == AmbassadorState.REVOKED and one.ended_at is not None
    ]
    is_past = certified_at is not None and any(certified_at <= ended for ended in revoked)
    return Bar.REVOKED if is_past else ""


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    number = day.year * 12 + day.month - 1 + months
    first = date(number // 12, number % 12 + 1, 1)
    following = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def valid_until(since: date, months: int) -> date:
    """The last day of a certification that begins on a day."""
    return add_months(since, months) - timedelta(days=1)


def due_step(state: str, valid_to: date, forecast_days: int, today: date) -> str:
    """What the daily job does with a certified ambassador: announce the renewal, let it lapse, or nothing."""
    if state == AmbassadorState.ACTIVE and today > valid_to - timedelta(days=forecast_days):
        return AmbassadorState.RENEWAL_DUE
    if state == AmbassadorState.RENEWAL_DUE and today > valid_to:
        return AmbassadorState.LAPSED
    return ""


FULL_AGE = 18


def is_of_age(born: date, today: date) -> bool:
    """Whether the person is 18 or older on a day."""
    return add_months(born, FULL_AGE * 12) <= today
