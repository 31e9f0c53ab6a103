"""Certifications and their credentials: the first one, its renewal, its end.

The only place that writes a certification. `step` has checked every criterion before any of these is called.
"""

from datetime import date, datetime, timedelta

from sauga.certification.applications.actions.credentials import issue, revoke
from sauga.certification.applications.actions.transitions import record
from sauga.certification.applications.models import Ambassador, Certification
from sauga.certification.applications.queries.ambassadors import latest_certification
from sauga.certification.applications.rules.codes import CertificationKind
from sauga.certification.applications.rules.guards import valid_until
from sauga.certification.trail import Trail
from sauga.kernel.clock import local_day
from sauga.kernel.states import Actor


def certify(by: Actor, row: Ambassador, kind: CertificationKind, at: datetime) -> Certification:
    """A new certification of an ambassador who has just become active."""
    today, former = local_day(at), latest_certification(row)
    since = _begins(kind, former, today)
    made = Certification(
        ambassador=row,
        level=row.level,
        kind=kind,
        since=since,
        until=valid_until(since, row.programme.months),
        issued_at=at,
    )
    made.credential = issue(row, made, at).ref
    made.save()
    row.was_certified, row.ended_at = True, None
    row.save(update_fields=["was_certified", "ended_at"])
    record(by, Trail.CERTIFIED, row, at, level=row.level, kind=str(kind))
    return made


def _begins(kind: CertificationKind, former: Certification | None, today: date) -> date:
    """A renewal begins when the former certification ends, everything else today."""
    if kind == CertificationKind.RENEWED and former is not None:
        return max(today, former.until + timedelta(days=1))
    return today


def end(row: Ambassador, why: str, at: datetime) -> None:
    """A certification ends before its time; its credential is revoked."""
    revoke(row, why, at)
    for one in Certification.objects.filter(ambassador=row, ended_at__isnull=True):
        one.ended_at = at
        one.save(update_fields=["ended_at"])
