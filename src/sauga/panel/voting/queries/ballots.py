"""Ballots as the desk and members see them. While a ballot is open nothing here counts votes."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from sauga.kernel.identity import PersonActor, home
from sauga.panel.members.models import Member
from sauga.panel.permissions import Permission
from sauga.panel.states import BallotState
from sauga.panel.voting.models import Ballot, Voter

DRAFTS, OPEN, DUE, CLOSED = "drafts", "open", "due", "closed"


def rows(view: str, at: datetime, words: str = "") -> QuerySet[Ballot]:
    """The ballots of a view of the desk."""
    found = Ballot.objects.filter(_of(view, at))
    if words:
        found = found.filter(Q(question__icontains=words) | Q(text__icontains=words))
    return found


def counts(at: datetime) -> dict[str, int]:
    """How many ballots each view has."""
    return Ballot.objects.aggregate(
        **{view: Count("pk", filter=_of(view, at)) for view in (DRAFTS, OPEN, DUE, CLOSED)}
    )


def _of(view: str, at: datetime) -> Q:
    return {
        DRAFTS: Q(state__in=(BallotState.DRAFT, BallotState.PROPOSED)),
        OPEN: Q(state=BallotState.OPEN, ends_at__gt=at),
        DUE: Q(state=BallotState.OPEN, ends_at__lte=at),
        CLOSED: Q(state__in=(BallotState.CLOSED, BallotState.CANCELLED)),
    }[view]


def count_due(_by: PersonActor, at: datetime) -> int:
    """How many ballots wait to be counted."""
    return home.count_of(rows(DUE, at))


def uncalled(at: datetime) -> QuerySet[Ballot]:
    """Ballots that wait to be counted and of which no facilitator was told."""
    return Ballot.objects.filter(_of(DUE, at), called_at__isnull=True)


def turnout_between(begin: datetime, end: datetime) -> tuple[int, int, int]:
    """Of the ballots counted in a time: how many, how many voted in them, how many could."""
    results = Ballot.objects.filter(state=BallotState.CLOSED, ended_at__gte=begin, ended_at__lt=end)
    found: list[dict[str, int]] = [one.result for one in results.only("result") if one.result]
    return len(found), sum(one["votes"] for one in found), sum(one["eligible"] for one in found)


def ballot_for(by: PersonActor, ref: str) -> Ballot:
    """One ballot for the desk. Raises Http404 where there is none, and where the actor may not see it."""
    found = Ballot.objects.filter(ref=ref).first() if by.can(Permission.SEE_BALLOTS) else None
    if found is None:
        raise Http404
    return found


def eligible(ballot: Ballot) -> int:
    """How many may vote: known to everybody from the opening on."""
    return Voter.objects.filter(ballot=ballot).count()


def place_of(member: Member, ref: str) -> Voter | None:
    """The member's place in a ballot that was opened."""
    opened = (BallotState.OPEN, BallotState.CLOSED, BallotState.CANCELLED)
    found = Voter.objects.select_related("ballot").filter(member=member, ballot__ref=ref)
    return found.filter(ballot__state__in=opened).first()


def opened_for_all(ref: str) -> Ballot:
    """An opened ballot, for members who cannot vote in it. Raises Http404."""
    found = Ballot.objects.filter(ref=ref, state__in=(BallotState.OPEN, BallotState.CLOSED)).first()
    if found is None:
        raise Http404
    return found


def of_member(member: Member) -> QuerySet[Voter]:
    """The member's places, the ballots that end soonest first."""
    return Voter.objects.select_related("ballot").filter(member=member).order_by("ballot__ends_at", "pk")


def to_vote(member: Member, at: datetime) -> list[Voter]:
    """Ballots in which the member may still vote."""
    return list(
        of_member(member).filter(ballot__state=BallotState.OPEN, ballot__ends_at__gt=at, has_voted=False)
    )


def running_of(member: Member) -> int:
    """In how many ballots that are not counted yet the member has voted."""
    return of_member(member).filter(ballot__state=BallotState.OPEN, has_voted=True).count()


def counted() -> QuerySet[Ballot]:
    """All counted ballots, the latest first."""
    return Ballot.objects.filter(state=BallotState.CLOSED).order_by("-ended_at", "-pk")


def results_of_proposals(refs: Collection[str]) -> dict[str, list[Ballot]]:
    """The opened and counted ballots about proposals, by the reference of the proposal: for the pages of
    proposals. Of an open one nothing but that it is open can be read from it."""
    found: dict[str, list[Ballot]] = {}
    asked = Ballot.objects.filter(proposal_ref__in=refs, state__in=(BallotState.OPEN, BallotState.CLOSED))
    for ballot in asked.order_by("opened_at", "pk"):
        found.setdefault(ballot.proposal_ref, []).append(ballot)
    return found


def open_refs() -> set[str]:
    """The references of the ballots that may still be counted."""
    return set(Ballot.objects.filter(state=BallotState.OPEN).values_list("ref", flat=True))
