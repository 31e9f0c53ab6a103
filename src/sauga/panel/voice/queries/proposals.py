"""Proposals: what members see, what the desk sees, and how many support one."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from sauga.kernel.identity import PersonActor, home
from sauga.panel.members.models import Member
from sauga.panel.permissions import Permission
from sauga.panel.voice.models import (
    Amendment,
    Author,
    Contribution,
    ContributionKind,
    News,
    Proposal,
    ProposalVersion,
    Question,
    Support,
)
from sauga.panel.voice.rules.states import (
    ANSWERED,
    DISCUSSED,
    UNSEEN,
    WAITING,
    AmendmentState,
    ContributionState,
    ProposalState,
)

DISCUSSION, VOTE, ASKED, LATE = "discussion", "vote", "asked", "late"
RUNNING, ENDED, HIDDEN = "running", "ended", "hidden"
VIEWS = {
    DISCUSSION: (ProposalState.PUBLISHED, ProposalState.DISCUSSION),
    VOTE: (
        ProposalState.QUALIFIED,
        ProposalState.VOTE_OPEN,
        ProposalState.VOTE_CLOSED,
        ProposalState.NOT_QUALIFIED,
    ),
    ASKED: (*WAITING,),
    LATE: (ProposalState.OVERDUE,),
    RUNNING: (*ANSWERED, ProposalState.IN_PROGRESS, ProposalState.DONE, ProposalState.NOT_DONE),
    ENDED: (ProposalState.REPORTED_BACK, ProposalState.ARCHIVED),
    HIDDEN: (ProposalState.HIDDEN,),
}


def supporters(proposal: Proposal) -> int:
    """How many support the present version; those of older ones were asked again."""
    return Support.objects.filter(proposal=proposal, version=proposal.version, member__state="ACTIVE").count()


def text_of(proposal: Proposal, number: int | None = None) -> ProposalVersion | None:
    """The present text, or that of a version."""
    return ProposalVersion.objects.filter(proposal=proposal, number=number or proposal.version).first()


def with_titles(found: "QuerySet[Proposal]") -> "QuerySet[Proposal]":
    """Proposals with the title of their present text as `title`."""
    present = ProposalVersion.objects.filter(proposal=OuterRef("pk"), number=OuterRef("version"))
    return found.annotate(title=Subquery(present.values("title")[:1]))


def proposal_of(member: Member, ref: str) -> Proposal | None:
    """A proposal that the member may read: one that others see, or one they write or are asked to write."""
    row = Proposal.objects.select_related("cycle", "addressee").filter(ref=ref).first()
    if row is None or (row.state in UNSEEN and not author_of(member, row)):
        return None
    return row


def author_of(member: Member, proposal: Proposal) -> Author | None:
    """The member as an author, also one who has been asked only."""
    return Author.objects.filter(proposal=proposal, member=member).first()


def authors(proposal: Proposal) -> list[Author]:
    """Authors by pseudonym, asked ones included."""
    return list(proposal.authors.select_related("member").order_by("member__pseudonym"))


def mine(member: Member) -> list[Proposal]:
    """What the member writes or is asked to write, the latest first."""
    found = Proposal.objects.filter(authors__member=member).exclude(state=ProposalState.WITHDRAWN)
    return list(with_titles(found).select_related("addressee").order_by("-created_at", "-pk"))


def open_to_members(cycle_id: int | None = None) -> list[Proposal]:
    """Every proposal that members see, in the order of its number: never by how many support it."""
    found = Proposal.objects.exclude(state__in=UNSEEN).exclude(state=ProposalState.ARCHIVED)
    if cycle_id is not None:
        found = found.filter(cycle=cycle_id)
    return list(with_titles(found).select_related("addressee").order_by("number", "pk"))


def archived() -> list[Proposal]:
    """Proposals that have ended, the latest first."""
    found = Proposal.objects.filter(state=ProposalState.ARCHIVED)
    return list(with_titles(found).order_by("-number")[:100])


def supports(member: Member, proposal: Proposal) -> int:
    """The version that the member supports; 0 for none."""
    row = Support.objects.filter(proposal=proposal, member=member).first()
    return row.version if row is not None else 0


def amendments_shown(member: Member, proposal: Proposal) -> list[Amendment]:
    """Amendments that the member may read: those that were read already, and the member's own."""
    shown = Q(state__in=(AmendmentState.OFFERED, AmendmentState.ACCEPTED, AmendmentState.DECLINED))
    found = proposal.amendments.filter(shown | Q(member=member)).select_related("member")
    return list(found.prefetch_related("accepts__member").order_by("submitted_at", "pk"))


def amendment_of(member: Member, proposal: Proposal, ref: str) -> Amendment | None:
    """One of those."""
    return next((one for one in amendments_shown(member, proposal) if one.ref == ref), None)


def waiting_amendments(member: Member) -> list[Amendment]:
    """Amendments to the member's proposals that the member has not decided."""
    found = Amendment.objects.filter(
        state=AmendmentState.OFFERED,
        proposal__authors__member=member,
        proposal__authors__joined_at__isnull=False,
        proposal__state__in=DISCUSSED,
    )
    decided = Q(accepts__member=member) | Q(member=member)
    return list(found.exclude(decided).select_related("proposal").order_by("submitted_at", "pk"))


def invitations(member: Member) -> list[Proposal]:
    """Proposals that the member is asked to write along."""
    found = Proposal.objects.filter(authors__member=member, authors__joined_at__isnull=True)
    return list(with_titles(found).order_by("pk"))


def comments_shown(member: Member, proposal: Proposal) -> list[Contribution]:
    """Comments that are published, and the member's own, in the order in which they were written."""
    found = proposal.contributions.filter(kind=ContributionKind.COMMENT)
    return list(_shown(found, member).order_by("written_at", "pk"))


def contributions_shown(member: Member, kind: str, limit: int = 100) -> list[Contribution]:
    """Topics, posts or questions that are published, and the member's own, the latest first."""
    found = Contribution.objects.filter(kind=kind)
    return list(_shown(found, member).order_by("-written_at", "-pk")[:limit])


def contribution_of(member: Member, ref: str) -> Contribution | None:
    """A contribution that the member may see."""
    return _shown(Contribution.objects.filter(ref=ref), member).select_related("proposal").first()


def own_contributions(member: Member) -> list[Contribution]:
    """Drafts, what waits and what came back."""
    states = (ContributionState.DRAFT, ContributionState.WAITING, ContributionState.RETURNED)
    found = Contribution.objects.filter(member=member, state__in=states).select_related("proposal")
    return list(found.order_by("-written_at", "-pk"))


def written_by(member: Member) -> list[Contribution]:
    """Everything that the member wrote besides proposals, the first first."""
    return list(Contribution.objects.filter(member=member).order_by("written_at", "pk"))


def news_of(member: Member, limit: int = 20) -> list[News]:
    """What the member has not seen yet, the latest first; ballots wait on the home anyway."""
    found = News.objects.filter(member=member, seen_at__isnull=True, ballot="").select_related("proposal")
    return list(found.order_by("-at", "-pk")[:limit])


def proposal_for(by: PersonActor, ref: str) -> Proposal:
    """One proposal for the desk; a draft is its authors' own. Raises Http404."""
    found = Proposal.objects.select_related("cycle", "addressee").filter(ref=ref).first()
    hidden_from_desk = (ProposalState.IDEA, ProposalState.RETURNED, ProposalState.WITHDRAWN)
    if found is None or not by.can(Permission.SEE_VOICE) or found.state in hidden_from_desk:
        raise Http404
    return found


def rows(view: str, q: str = "") -> "QuerySet[Proposal]":
    """Proposals of a view by number; those that wait for an answer by its date."""
    found = with_titles(Proposal.objects.filter(state__in=VIEWS[view])).select_related("cycle", "addressee")
    if q:
        present = ProposalVersion.objects.filter(number=F("proposal__version"), title__icontains=q)
        found = found.filter(pk__in=present.values("proposal"))
    found = found.annotate(
        backing=Count("supports", filter=Q(supports__version=F("version"), supports__member__state="ACTIVE"))
    )
    return found.order_by("due_on", "pk") if view in (ASKED, LATE) else found.order_by("-number", "pk")


def counts() -> dict[str, int]:
    """How many proposals each view has."""
    held = dict(Proposal.objects.values_list("state").annotate(n=Count("pk")))
    return {code: sum(held.get(str(state), 0) for state in states) for code, states in VIEWS.items()}


def states_of(found: Iterable[Proposal]) -> dict[str, int]:
    """How many of them are in each state."""
    held: dict[str, int] = {}
    for one in found:
        held[one.state] = held.get(one.state, 0) + 1
    return held


def count_overdue(_by: PersonActor, at: datetime) -> int:
    """Proposals whose answer is late."""
    return home.count_of(Proposal.objects.filter(state__in=VIEWS[LATE]))


def open_question(proposal: Proposal) -> Question | None:
    """The addressee's first question without a reply."""
    return Question.objects.filter(proposal=proposal, replied_at__isnull=True).order_by("pk").first()


def question_of(proposal: Proposal) -> Question:
    """The same. Raises Http404 where there is none."""
    found = open_question(proposal)
    if found is None:
        raise Http404
    return found


def steps_of(proposal: Proposal) -> list[Any]:
    """Its moves, the first first."""
    return list(proposal.steps.order_by("pk"))


def _shown(found: "QuerySet[Contribution]", member: Member) -> "QuerySet[Contribution]":
    own = Q(member=member) & ~Q(state=ContributionState.WITHDRAWN)
    return found.filter(Q(state=ContributionState.PUBLISHED) | own).select_related("member")
