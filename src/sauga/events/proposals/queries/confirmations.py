"""Accepted proposals that wait for their speakers' answer."""

from datetime import datetime

from django.db.models import Q, QuerySet

from sauga.events.proposals.models import Proposal
from sauga.events.proposals.rules.reminders import BEFORE, remind_from
from sauga.events.states import EventState, ProposalState

WAITING = Q(state=ProposalState.ACCEPTED, is_cleared=False, call__event__state=EventState.PUBLISHED)


def to_remind(at: datetime) -> list[int]:
    """Those whose speaker is to be reminded now, by primary key."""
    rows = Proposal.objects.filter(WAITING, reminded_at=None, answer_by__gt=at, answer_by__lte=at + BEFORE)
    held = rows.order_by("pk").values_list("pk", "decided_at", "answer_by")
    return [key for key, decided, due in held if decided and due and remind_from(decided, due) <= at]


def lapsed(at: datetime) -> QuerySet[Proposal]:
    """Those whose answer is overdue and whose organisers have not been told."""
    return Proposal.objects.filter(WAITING, lapse_told_at=None, answer_by__lte=at)
