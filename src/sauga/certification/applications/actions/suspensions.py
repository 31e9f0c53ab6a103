"""After certification: suspension at once, renewal, and what the daily job does."""

from datetime import datetime

from django.db import transaction

from sauga.certification.applications.actions.board import open_case
from sauga.certification.applications.actions.certifications import certify
from sauga.certification.applications.actions.credentials import suspend as suspend_credential
from sauga.certification.applications.actions.transitions import send_mail, step
from sauga.certification.applications.models import Ambassador, Case
from sauga.certification.applications.queries import ambassadors
from sauga.certification.applications.queries.ambassadors import latest_certification
from sauga.certification.applications.rules.codes import CaseKind, CertificationKind, SuspendReason
from sauga.certification.applications.rules.guards import due_step
from sauga.certification.permissions import Permission
from sauga.certification.states import CERTIFIED, AmbassadorState
from sauga.kernel.clock import local_day
from sauga.kernel.identity import require
from sauga.kernel.states import Actor, MoveNotAllowed, lock


def suspend(*, by: Actor, ambassador: Ambassador, why: str, at: datetime) -> Case:
    """Suspend at once: the register drops the entry and the credential says so. The board decides what comes
    of it. Raises PermissionRefused, MoveNotAllowed.
    """
    require(by, Permission.SUSPEND)
    with transaction.atomic():
        row = lock(ambassador)
        step(by, row, AmbassadorState.SUSPENDED, at, SuspendReason(why))
        suspend_credential(row, at)
        send_mail(row, "suspended")
        return open_case(by, row, CaseKind.SUSPENSION, at, why=SuspendReason(why))


def renew(*, by: Actor, ambassador: Ambassador, at: datetime) -> Ambassador:
    """Certify again: every criterion of the renewal is met. The lapsed return with the update course.

    Raises PermissionRefused, CriteriaMissing, MoveNotAllowed.
    """
    require(by, Permission.DECIDE_CRITERIA)
    with transaction.atomic():
        row = lock(ambassador)
        if row.state not in (AmbassadorState.RENEWAL_DUE, AmbassadorState.LAPSED):
            raise MoveNotAllowed(row.state, AmbassadorState.ACTIVE)
        kind = (
            CertificationKind.RETURNED if row.state == AmbassadorState.LAPSED else CertificationKind.RENEWED
        )
        step(by, row, AmbassadorState.ACTIVE, at)
        certify(by, row, kind, at)
        send_mail(row, "renewed")
        return row


def advance_all(*, by: Actor, at: datetime) -> dict[str, int]:
    """Announce renewals and let certifications lapse whose end has passed. Returns how many of each; a second
    run on the same day does nothing.
    """
    require(by, Permission.ADVANCE)
    done: dict[str, int] = {}
    for key in ambassadors.may_step(local_day(at)):
        if to := _advance(by, key, at):
            done[to] = done.get(to, 0) + 1
    return done


def _advance(by: Actor, key: int, at: datetime) -> str:
    with transaction.atomic():
        rows = Ambassador.objects.select_for_update(skip_locked=True, of=("self",))
        row = rows.filter(pk=key, state__in=CERTIFIED).first()
        held = latest_certification(row) if row is not None else None
        if row is None or held is None or held.ended_at is not None:
            return ""
        to = due_step(row.state, held.until, row.programme.forecast_days, local_day(at))
        if to:
            step(by, row, to, at)
            if to == AmbassadorState.LAPSED:
                row.ended_at = at
                row.save(update_fields=["ended_at"])
            send_mail(row, "renewal_due" if to == AmbassadorState.RENEWAL_DUE else "lapsed")
        return to
