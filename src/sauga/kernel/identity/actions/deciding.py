"""The end of a proposed role, whoever brings it about; the hourly job needs no more than this."""

from datetime import datetime

from django.db import transaction

from sauga.kernel import audit
from sauga.kernel.identity.models import RoleProposal
from sauga.kernel.identity.permissions import require
from sauga.kernel.identity.rules import Permission
from sauga.kernel.identity.states import ProposalState
from sauga.kernel.identity.trail import ZONE, Trail
from sauga.kernel.states import Actor, move


def decide(by: Actor, row: RoleProposal, state: ProposalState, act: Trail, at: datetime) -> None:
    """Move a locked proposal out of the open, for an action that checked it, with its audit line."""
    row.decided_by, row.decided_at = by.pseudonym, at
    row.save(update_fields=["decided_by", "decided_at", "reason"])
    move(row, to=state, by=by, at=at)
    audit.record(by, act, row.person or row, zone=ZONE, at=at, facts=facts_of(row))


def expire_proposals(*, by: Actor, at: datetime) -> int:
    """Close what nobody decided in time. Returns how many."""
    require(by, Permission.EXPIRE_PROPOSALS)
    with transaction.atomic():
        rows = list(RoleProposal.objects.select_for_update().filter(state=ProposalState.OPEN, expires_at__lte=at))
        for row in rows:
            decide(by, row, ProposalState.EXPIRED, Trail.ROLE_EXPIRED, at)
    return len(rows)


def facts_of(row: RoleProposal) -> dict[str, str]:
    """What the audit line of a proposal carries."""
    return {"role": row.role.code, "organisation": row.organisation.code}
