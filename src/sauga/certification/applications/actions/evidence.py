"""Deciding whether evidence counts: by staff, by the employer's link, by a completed course."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.certification.applications.actions.transitions import lacking, record, step
from sauga.certification.applications.models import Ambassador, CriterionRecord, EmployerAsk
from sauga.certification.applications.queries import ambassadors, protection
from sauga.certification.applications.rules.codes import Source
from sauga.certification.permissions import Permission
from sauga.certification.programme.queries import versions
from sauga.certification.programme.rules.criteria import Criterion, Evidence, Kind, counts_on
from sauga.certification.states import OPEN, WAS_CERTIFIED, AmbassadorState
from sauga.certification.trail import Trail
from sauga.kernel.clock import local_day
from sauga.kernel.i18n import typed_text
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, SystemActor, lock

AT_THE_DESK = (Kind.REFERENCE, Kind.HOURS, Kind.SCORE, Kind.OBSERVATION, Kind.COURSE, Kind.MEETING)
"""What staff record. A signature is the applicant's, the employer answers by its link, and sessions count
when their hosts confirm them."""
MOST_PERCENT, MOST_AMOUNT = 100, 1000


@dataclass(frozen=True)
class Shown:
    """What was shown for a criterion. `reference` is the number of a document that is not kept."""

    code: str
    amount: int
    on: date
    until: date | None = None
    authority: str = ""
    reference: str = ""


class EvidenceRefused(ActionRefused):
    """The evidence does not count."""

    messages = {
        "kind": _("This criterion is not decided at the desk."),
        "future": _("The day is in the future."),
        "expired": _("This evidence has expired: it counted until an earlier day."),
        "amount": _("Please check the number."),
        "reference": _("Write the authority and the reference. The document itself is not kept."),
        "over": _("This application is decided."),
        "withdrawn": _("This was withdrawn already."),
    }
    fields = {"future": "on", "expired": "on", "amount": "amount", "reference": "reference"}


class LinkOver(ActionRefused):
    """The employer has answered, or the link is over."""

    message = _("This link has expired, or the answer was given already.")


def record_evidence(*, by: Actor, ambassador: Ambassador, shown: Shown, at: datetime) -> CriterionRecord:
    """Decide that evidence counts for a criterion of the ambassador's version.

    Raises PermissionRefused, EvidenceRefused.
    """
    require(by, Permission.DECIDE_CRITERIA)
    with transaction.atomic():
        row = lock(ambassador)
        criterion = next((one for one in versions.criteria_of(row.programme) if one.code == shown.code), None)
        if criterion is None or criterion.kind not in AT_THE_DESK:
            raise EvidenceRefused("kind")
        if criterion.kind == Kind.REFERENCE and not (shown.authority.strip() and shown.reference.strip()):
            raise EvidenceRefused("reference")
        most = MOST_PERCENT if criterion.kind == Kind.SCORE else MOST_AMOUNT
        if not 1 <= shown.amount <= most:
            raise EvidenceRefused("amount")
        return _keep(by, row, criterion.rule, shown, Source.DESK, at=at)


def withdraw_evidence(*, by: Actor, evidence: CriterionRecord, at: datetime) -> CriterionRecord:
    """A decision about evidence was wrong; it stays with who withdrew it. Raises PermissionRefused,
    EvidenceRefused.
    """
    require(by, Permission.DECIDE_CRITERIA)
    with transaction.atomic():
        lock(evidence.ambassador)
        row = lock(evidence)
        if row.withdrawn_at is not None:
            raise EvidenceRefused("withdrawn")
        row.withdrawn_by, row.withdrawn_at = by.pseudonym, at
        row.save(update_fields=["withdrawn_by", "withdrawn_at"])
        record(by, Trail.CRITERION_WITHDRAWN, row.ambassador, at, code=row.code)
        return row


def answer_as_employer(*, by: Actor, ask: EmployerAsk, agrees: bool, at: datetime) -> EmployerAsk:
    """The employer answers by its link, once. Raises PermissionRefused, LinkOver."""
    require(by, Permission.CONFIRM_EMPLOYER)
    with transaction.atomic():
        row = lock(ask.ambassador)
        held = lock(ask)
        if held.answered_at is not None or at >= held.expires_at or row.state not in OPEN:
            raise LinkOver
        held.answered_at, held.agrees = at, agrees
        held.save(update_fields=["answered_at", "agrees"])
        if agrees:
            for one in versions.criteria_of(row.programme):
                if one.kind == Kind.EMPLOYER:
                    shown = Shown(code=one.code, amount=1, on=local_day(at))
                    _keep(by, row, one.rule, shown, Source.LINK, at=at)
        return held


def course_completed(*, member_id: int, code: str, amount: int, on: date, at: datetime) -> int:
    """A member completed a course of Sauga that counts for a criterion; returns for how many applications."""
    by, kept = SystemActor("certification"), 0
    with transaction.atomic():
        rows = Ambassador.objects.select_for_update().filter(
            member=member_id, state__in=(*OPEN, *WAS_CERTIFIED)
        )
        for row in rows.order_by("pk"):
            for one in versions.criteria_of(row.programme):
                if one.code != code or one.kind not in (Kind.HOURS, Kind.SCORE, Kind.COURSE):
                    continue
                if CriterionRecord.objects.filter(
                    ambassador=row, code=code, source=Source.COURSE, on=on, withdrawn_at__isnull=True
                ).exists():
                    continue
                _keep(by, row, one.rule, Shown(code=code, amount=amount, on=on), Source.COURSE, at=at)
                kept += 1
    return kept


def _keep(
    by: Actor, row: Ambassador, criterion: Criterion, shown: Shown, source: str, *, at: datetime
) -> CriterionRecord:
    today = local_day(at)
    if row.state not in (*OPEN, *WAS_CERTIFIED) and not ambassadors.is_under_appeal(row):
        raise EvidenceRefused("over")
    if shown.on > today:
        raise EvidenceRefused("future")
    if not counts_on(criterion, Evidence(shown.code, shown.amount, shown.on, shown.until), today):
        raise EvidenceRefused("expired")
    kept = CriterionRecord(
        ambassador=row,
        code=shown.code,
        amount=shown.amount,
        on=shown.on,
        until=shown.until,
        source=source,
        authority=" ".join(typed_text(shown.authority).split()),
        decided_by=by.pseudonym,
        decided_at=at,
    )
    if shown.reference:
        text = " ".join(typed_text(shown.reference).split())
        kept.reference = protection.seal(protection.open_key(row), kept, "reference", text)
    kept.save()
    record(by, Trail.CRITERION, row, at, code=shown.code, amount=shown.amount)
    if row.state == AmbassadorState.IN_TRAINING and not lacking(row, AmbassadorState.EXAM_PASSED, at):
        step(by, row, AmbassadorState.EXAM_PASSED, at)
    return kept
