"""Which members there are, and which member a request comes from."""

from django.db.models import QuerySet
from django.http import HttpRequest

from sauga.kernel.members import member_or_none
from sauga.panel.members.models import Member
from sauga.panel.members.rules.ages import age_layer
from sauga.panel.states import MemberState

__all__ = ["acting_member", "active_members", "age_layer", "member_of"]


def member_of(account_id: int) -> Member | None:
    """The member of the panel whose account this is (the primary key of a `kernel.members` account)."""
    return Member.objects.filter(account_id=account_id).first()


def acting_member(request: HttpRequest) -> Member | None:
    """The signed-in person's active member: who may take part now. None for everybody else."""
    who = member_or_none(request)
    found = member_of(who.member_id) if who is not None else None
    return found if found is not None and found.state == MemberState.ACTIVE else None


def active_members() -> QuerySet[Member]:
    """Who takes part now, by pseudonym."""
    return Member.objects.filter(state=MemberState.ACTIVE).order_by("pseudonym")
