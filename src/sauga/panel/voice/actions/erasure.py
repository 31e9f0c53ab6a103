"""A member leaves: drafts are deleted, what was published stays without a pseudonym, pictures are deleted."""

from datetime import datetime

from django.db import transaction

from sauga.panel.members.models import Member
from sauga.panel.voice.actions.contributions import forget_picture
from sauga.panel.voice.models import (
    Amendment,
    AmendmentAccept,
    Author,
    Contribution,
    MeetingReply,
    News,
    Proposal,
    Support,
)
from sauga.panel.voice.rules.states import AmendmentState, ContributionState, ProposalState

UNREAD = (
    ContributionState.DRAFT,
    ContributionState.WAITING,
    ContributionState.RETURNED,
    ContributionState.WITHDRAWN,
)
DRAFTS = (ProposalState.IDEA, ProposalState.RETURNED, ProposalState.PRE_MODERATION, ProposalState.WITHDRAWN)


def held_by(member: Member) -> tuple[int, int, int]:
    """How many drafts, published texts and proposals of a member there are."""
    own = Contribution.objects.filter(member=member)
    proposals = Proposal.objects.filter(authors__member=member, authors__joined_at__isnull=False)
    drafts = own.filter(state__in=UNREAD).count() + proposals.filter(state__in=DRAFTS).count()
    return drafts, own.exclude(state__in=UNREAD).count(), proposals.exclude(state__in=DRAFTS).count()


def forget_member(member: Member, at: datetime) -> None:
    """Delete or cut loose everything of a member, in the transaction in which the member leaves."""
    with transaction.atomic():
        own = Contribution.objects.filter(member=member)
        for row in own.exclude(picture=""):
            forget_picture(row)
        own.filter(state__in=UNREAD).delete()
        own.update(member=None)
        Amendment.objects.filter(
            member=member, state__in=(AmendmentState.WAITING, AmendmentState.RETURNED)
        ).delete()
        Amendment.objects.filter(member=member).update(member=None)
        for kind in (AmendmentAccept, MeetingReply, News, Support):
            kind.objects.filter(member=member).delete()
        Author.objects.filter(member=member).delete()
        Proposal.objects.filter(state__in=DRAFTS, authors__isnull=True).delete()
