"""Harvesting at the desk: sources, proposals by state, one proposal with its changes."""

from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from sauga.kernel.identity import PersonActor
from sauga.repository.permissions import Permission
from sauga.repository.states import ProposalState
from sauga.repository.syndication.models import HarvestSource, Proposal

COMPARED = (
    "title",
    "abstract",
    "keywords",
    "type_said",
    "licence",
    "creators",
    "publisher",
    "topics",
    "age_min",
    "age_max",
    "address",
)
"""What of a record is shown when it has changed."""


class View(StrEnum):
    """The tabs of the proposals."""

    NEW = "new"
    CHANGED = "changed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    GONE = "gone"


def sources() -> list[HarvestSource]:
    """All sources by name, with how many proposals wait (`waiting`)."""
    waiting = Count("proposals", filter=Q(proposals__state=ProposalState.NEW))
    return list(HarvestSource.objects.annotate(waiting=waiting).order_by("-is_active", "name", "pk"))


def active() -> list[int]:
    """Keys of the sources that the nightly job harvests."""
    return list(HarvestSource.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True))


def source_for(by: PersonActor, ref: str) -> HarvestSource:
    """One source. Raises Http404."""
    row = HarvestSource.objects.filter(ref=ref).first() if by.can(Permission.HARVEST) else None
    if row is None:
        raise Http404
    return row


def proposal_for(by: PersonActor, ref: str) -> Proposal:
    """One proposal. Raises Http404."""
    rows = Proposal.objects.select_related("source", "resource")
    row = rows.filter(ref=ref).first() if by.can(Permission.HARVEST) else None
    if row is None:
        raise Http404
    return row


def proposals(view: View, *, q: str = "", source: str = "", licence: str = "") -> QuerySet[Proposal]:
    """The proposals of a tab, newest first. `licence`: a code, or “unclear” for none that is open."""
    rows = _view(view)
    for word in q.split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(identifier__icontains=word) | Q(ref__iexact=word))
    if source:
        rows = rows.filter(source__ref=source)
    if licence:
        rows = (
            rows.exclude(record__licence_why="")
            if licence == "unclear"
            else rows.filter(licence=licence, record__licence_why="")
        )
    return rows.select_related("source").order_by("-seen_at", "pk")


def counts() -> dict[View, int]:
    """How many proposals are in each tab."""
    return {view: _view(view).count() for view in View}


def waiting(by: PersonActor, at: Any) -> int:
    """Proposals that are not decided."""
    return Proposal.objects.filter(state=ProposalState.NEW).count()


def differences(proposal: Proposal) -> list[tuple[str, Any, Any]]:
    """What changed in the record since the decision: field, then, now."""
    before, now = proposal.decided or {}, proposal.record
    if not before:
        return []
    return [(name, before.get(name), now.get(name)) for name in COMPARED if before.get(name) != now.get(name)]


def _view(view: View) -> QuerySet[Proposal]:
    rows = Proposal.objects.all()
    if view is View.CHANGED:
        changed = Q(changed_at__gt=F("decided_at")) | Q(gone_at__gt=F("decided_at"))
        return rows.filter(changed, state__in=(ProposalState.ACCEPTED, ProposalState.REFUSED))
    return rows.filter(state=ProposalState(view.value))
