"""Forgets a member who deletes the account: applications go; a certification ends and loses its name."""

from datetime import datetime

from sauga.certification.applications.actions.certifications import end
from sauga.certification.applications.models import Ambassador, Case
from sauga.certification.states import CaseState
from sauga.kernel import sealed
from sauga.kernel.credentials import Why
from sauga.kernel.members.models import Member
from sauga.kernel.states import SystemActor, move


def close_cases(row: Ambassador, at: datetime) -> None:
    """There is nothing left to decide: a case without a decision ends."""
    for case in Case.objects.select_for_update().filter(ambassador=row, state=CaseState.OPEN):
        move(case, to=CaseState.DECIDED, by=SystemActor("certification"), at=at, why="LEFT")
        case.decided_at = at
        case.save(update_fields=["decided_at"])


def forget_member(member: Member, at: datetime) -> None:
    """Destroy what names the member, in the transaction of the deletion."""
    rows = list(Ambassador.objects.select_for_update().filter(member=member))
    for row in rows:
        if row.was_certified:
            end(row, Why.REQUEST, at)
        close_cases(row, at)
    sealed.destroy_keys([row.holder for row in rows])
    keys = [row.pk for row in rows]
    Ambassador.objects.filter(pk__in=keys, was_certified=False).delete()
    kept = Ambassador.objects.filter(pk__in=keys)
    kept.filter(ended_at__isnull=True).update(ended_at=at)
    kept.update(member=None, name=b"")
