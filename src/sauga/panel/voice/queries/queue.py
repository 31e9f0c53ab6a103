"""What waits to be read before publication: proposals, amendments, texts; the most urgent first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from sauga.kernel.identity import PersonActor
from sauga.panel.permissions import Permission
from sauga.panel.voice.models import Amendment, Contribution, ContributionKind, Proposal
from sauga.panel.voice.rules.states import AmendmentState, ContributionState, ProposalState

type Text = Proposal | Amendment | Contribution


@dataclass(frozen=True)
class Waiting:
    """One text in the queue; `kind` says what it is, `ref` leads to it."""

    kind: str
    ref: str
    read_by: datetime
    submitted_at: datetime
    is_flagged: bool
    title: str


def waiting() -> list[Waiting]:
    """The queue, by when each must have been read."""
    found = [
        *(
            Waiting("PROPOSAL", row.ref, _at(row.read_by), _at(row.submitted_at), bool(row.flag), "")
            for row in Proposal.objects.filter(state=ProposalState.PRE_MODERATION)
        ),
        *(
            Waiting("AMENDMENT", row.ref, row.read_by, row.submitted_at, bool(row.flag), "")
            for row in Amendment.objects.filter(state=AmendmentState.WAITING)
        ),
        *(
            Waiting(row.kind, row.ref, _at(row.read_by), _at(row.submitted_at), bool(row.flag), "")
            for row in Contribution.objects.filter(state=ContributionState.WAITING)
        ),
    ]
    return sorted(found, key=lambda one: (one.read_by, one.ref))


def count_waiting(_by: PersonActor, at: datetime) -> int:
    """How many texts wait."""
    return (
        Proposal.objects.filter(state=ProposalState.PRE_MODERATION).count()
        + Amendment.objects.filter(state=AmendmentState.WAITING).count()
        + Contribution.objects.filter(state=ContributionState.WAITING).count()
    )


def text_for(by: PersonActor, ref: str) -> Text:
    """A text that waits, was published or hidden, for the moderator. Raises Http404."""
    if not by.can(Permission.MODERATE):
        raise Http404
    proposal = Proposal.objects.filter(ref=ref, state=ProposalState.PRE_MODERATION).first()
    amendment = Amendment.objects.select_related("proposal", "member").filter(ref=ref).first()
    contribution = (
        Contribution.objects.select_related("proposal", "member")
        .filter(ref=ref)
        .exclude(state__in=(ContributionState.DRAFT, ContributionState.WITHDRAWN))
        .first()
    )
    found = proposal or amendment or contribution
    if found is None:
        raise Http404
    return found


PUBLISHED, HIDDEN, QUESTIONS = "published", "hidden", "questions"


def contributions(view: str) -> "QuerySet[Contribution]":
    """Texts of a view of the desk, the latest first; questions that wait for an expert by their date."""
    found = Contribution.objects.select_related("member", "proposal")
    if view == QUESTIONS:
        found = found.filter(
            kind=ContributionKind.QUESTION, state=ContributionState.PUBLISHED, replied_on__isnull=True
        )
        return found.order_by("reply_due", "pk")
    state = ContributionState.HIDDEN if view == HIDDEN else ContributionState.PUBLISHED
    return found.filter(state=state).order_by("-written_at", "-pk")


def contribution_counts() -> Mapping[str, int]:
    """How many texts each view has."""
    return {view: contributions(view).count() for view in (PUBLISHED, QUESTIONS, HIDDEN)}


def _at(at: datetime | None) -> datetime:
    if at is None:
        raise ValueError("a text in the queue was sent at some time")
    return at
