"""The evidence of an ambassador, and how the criteria stand with it on a day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sauga.certification import effects
from sauga.certification.applications.models import Ambassador, CriterionRecord
from sauga.certification.programme.models import Criterion
from sauga.certification.programme.queries import versions
from sauga.certification.programme.rules.criteria import (
    FOR_CERTIFICATION,
    Evidence,
    Kind,
    Standing,
    standings,
)


@dataclass(frozen=True)
class Line:
    """A criterion in words with how it stands and what was shown for it."""

    criterion: Criterion
    standing: Standing
    records: list[CriterionRecord]


def records_of(ambassador: Ambassador) -> list[CriterionRecord]:
    """What was decided about evidence, in the order of time; withdrawn decisions too."""
    return list(CriterionRecord.objects.filter(ambassador=ambassador).order_by("decided_at", "pk"))


def evidence_of(ambassador: Ambassador, criteria: Iterable[Criterion]) -> list[Evidence]:
    """What counts as evidence: decisions that stand, and sessions that hosts confirmed."""
    held = [
        Evidence(one.code, one.amount, one.on, one.until)
        for one in CriterionRecord.objects.filter(ambassador=ambassador, withdrawn_at__isnull=True)
    ]
    codes = [one.code for one in criteria if one.kind == Kind.SESSIONS]
    sessions = effects.confirmed_sessions(ambassador) if codes else []
    return held + [replace(one, code=code) for code in codes for one in sessions]


def lines(ambassador: Ambassador, on: date, phases: Iterable[str] = FOR_CERTIFICATION) -> list[Line]:
    """Every criterion of these phases with how it stands on a day."""
    criteria = versions.criteria_of(ambassador.programme)
    by_code = {one.code: one for one in criteria}
    records = [one for one in records_of(ambassador) if one.withdrawn_at is None]
    found = standings(
        [one.rule for one in criteria], ambassador.level, evidence_of(ambassador, criteria), on, phases
    )
    return [
        Line(by_code[one.criterion.code], one, [r for r in records if r.code == one.criterion.code])
        for one in found
    ]
