"""Proposals as organisers, reviewers and members see them."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404

from sauga.events.programme.models import said
from sauga.events.proposals.models import Call, Conflict, Proposal, ProposalSpeaker, Review
from sauga.events.proposals.queries.content import Details, Keys, Words, address_lookup, content_of
from sauga.events.proposals.queries.reviewers import conflicts, reviewers, sight_of, sights
from sauga.events.proposals.rules.decisions import Phase
from sauga.events.proposals.rules.visibility import ConflictKind, Sight
from sauga.events.states import UNDECIDED, UNSEEN, ProposalState
from sauga.kernel.i18n import fold
from sauga.kernel.i18n.normal import normal_address
from sauga.kernel.identity import PersonActor
from sauga.kernel.identity.models import Person
from sauga.kernel.members.models import Member

VIEWS: dict[str, Q] = {
    "undecided": Q(state__in=UNDECIDED, pending=""),
    "prepared": Q(state__in=UNDECIDED) & ~Q(pending=""),
    "hold": Q(state=ProposalState.ON_HOLD),
    "accepted": Q(state=ProposalState.ACCEPTED),
    "confirmed": Q(state=ProposalState.CONFIRMED),
    "ended": Q(state__in=(ProposalState.REJECTED, ProposalState.DECLINED, ProposalState.WITHDRAWN)),
}
HIDING = (ConflictKind.DECLARED, ConflictKind.ADDRESS)
"""Conflicts that hide a proposal from an organiser too."""


def of_call(by: PersonActor, call: Call, at: datetime) -> QuerySet[Proposal]:
    """Every proposal of a call that an organiser sees."""
    rows = Proposal.objects.filter(call=call).exclude(state__in=UNSEEN)
    hidden = [
        proposal
        for (proposal, _person), kinds in conflicts(list(rows), [by.person_id], at).items()
        if not kinds.isdisjoint(HIDING)
    ]
    return rows.exclude(pk__in=hidden).select_related("call__event", "track")


def listed(
    by: PersonActor, call: Call, view: str, at: datetime, *, words: str = "", kind: str = "", track: str = ""
) -> QuerySet[Proposal]:
    """The proposals of one view, the best score first."""
    rows = of_call(by, call, at).filter(VIEWS[view])
    if kind:
        rows = rows.filter(kind=kind)
    if track:
        rows = rows.filter(track__ref=track)
    if words:
        rows = _found(rows, words)
    return rows.order_by(F("score").desc(nulls_last=True), "pk")


def _found(rows: QuerySet[Proposal], words: str) -> QuerySet[Proposal]:
    """Those of this address, or whose title, abstract or speakers have the words. They are encrypted, so they
    are read one after the other."""
    if "@" in words:
        lookup = address_lookup(normal_address(words))
        return rows.filter(pk__in=ProposalSpeaker.objects.filter(address_lookup=lookup).values("proposal"))
    wanted, held = fold(words), list(rows)
    keys = Keys(held)
    people = speakers_by(held, keys)
    found = []
    for row in held:
        content = keys.content(row)
        names = " ".join(f"{one.name} {one.organisation}" for one in people.get(row.pk, ()))
        if wanted in fold(f"{content.title} {content.abstract} {names} {row.ref}"):
            found.append(row.pk)
    return rows.filter(pk__in=found)


def counts(by: PersonActor, call: Call, at: datetime) -> dict[str, int]:
    """How many proposals stand in each view."""
    rows = of_call(by, call, at)
    return {view: rows.filter(where).count() for view, where in VIEWS.items()}


def speakers_by(rows: Collection[Proposal], keys: Keys) -> Mapping[int, list[Details]]:
    """Who speaks, by the key of the proposal: the person who sent it first."""
    by_key = {row.pk: row for row in rows}
    found: dict[int, list[Details]] = {}
    for one in ProposalSpeaker.objects.filter(proposal__in=by_key, declined_at__isnull=True):
        one.proposal = by_key[one.proposal_id]
        found.setdefault(one.proposal_id, []).append(keys.details(one))
    return found


def proposal_for(by: PersonActor, ref: str, at: datetime) -> tuple[Proposal, Sight]:
    """One proposal and what this person sees of it. Raises Http404 for one that is not theirs to see."""
    rows = Proposal.objects.select_related("call__event", "track", "session")
    row = rows.filter(ref=ref).first()
    held = sight_of(by, row, at) if row is not None else Sight()
    if row is None or not held.proposal:
        raise Http404
    return row, held


def kept_proposal(by: PersonActor, ref: str) -> Proposal:
    """One proposal for an organiser. Raises Http404."""
    row, held = proposal_for(by, ref, by.at)
    if not held.decisions:
        raise Http404
    return row


def chosen(by: PersonActor, refs: Collection[str]) -> list[Proposal]:
    """The ticked proposals that this organiser sees."""
    rows = list(Proposal.objects.select_related("call__event").filter(ref__in=refs))
    held = sights(by, rows, by.at)
    return [row for row in rows if held[row.pk].decisions]


def to_review(by: PersonActor, view: str, at: datetime) -> list[tuple[Proposal, Review]]:
    """What is assigned to a reviewer and theirs to see: still to be given, given, or all."""
    rows = Review.objects.filter(person=by.person_id).select_related(
        "proposal__call__event", "proposal__track"
    )
    found = list(rows.filter(given_at__isnull=view != "given").order_by("assigned_at", "pk"))
    held = sights(by, [one.proposal for one in found], at)
    return [
        (one.proposal, one)
        for one in found
        if held[one.proposal_id].own_review and (view == "given" or held[one.proposal_id].may_review)
    ]


def waiting_for_review(by: PersonActor, at: datetime) -> int:
    """How many reviews a person still has to give; while a call is open, none of it."""
    return sum(row.call.phase(at) is Phase.CLOSED for row, _review in to_review(by, "open", at))


@dataclass(frozen=True)
class GivenReview:
    """A review as others of the committee read it: never the private note."""

    reviewer: str
    by_criterion: list[int | None]
    comment: str


def reviews_of(row: Proposal, held: Sight, at: datetime) -> list[GivenReview]:
    """The reviews of a proposal that count, if the person may see them: none before their own is given."""
    if not held.reviews:
        return []
    given = list(row.reviews.filter(given_at__isnull=False).select_related("person"))
    barred = conflicts([row], [one.person_id for one in given], at)
    keys, criteria = Keys([row]), list(row.call.criteria.values_list("ref", flat=True))
    found = []
    for one in given:
        if (row.pk, one.person_id) in barred:
            continue
        one.proposal = row
        scores = [one.scores.get(ref) for ref in criteria]
        found.append(GivenReview(one.person.name, scores, keys.words(one).comment))
    return found


def own_review(by: PersonActor, row: Proposal) -> tuple[Review | None, Words]:
    """One's own review of a proposal with its words."""
    found: Review | None = row.reviews.filter(person=by.person_id).first()
    if found is None:
        return None, Words()
    found.proposal = row
    return found, Keys([row]).words(found)


@dataclass(frozen=True)
class Load:
    """How much a member of the committee has to review in a call."""

    person: Person
    assigned: int
    given: int
    conflicts: int


def loads(call: Call, at: datetime) -> list[Load]:
    """What each member of the committee has to do for a call."""
    people = reviewers(call.event, at)
    rows = list(Proposal.objects.filter(call=call, state__in=UNDECIDED))
    barred = Counter(person for _proposal, person in conflicts(rows, [one.pk for one in people], at))
    held = Review.objects.filter(proposal__call=call)
    assigned = Counter(held.values_list("person", flat=True))
    given = Counter(held.filter(given_at__isnull=False).values_list("person", flat=True))
    return [Load(one, assigned[one.pk], given[one.pk], barred[one.pk]) for one in people]


@dataclass(frozen=True)
class Assigned:
    """Who is asked to review a proposal."""

    person: Person
    is_given: bool
    is_barred: bool


def assigned_of(row: Proposal, at: datetime) -> list[Assigned]:
    """Who is asked to review a proposal; a conflict of interest that was found later is marked."""
    held = list(row.reviews.select_related("person"))
    barred = conflicts([row], [one.person_id for one in held], at)
    return [Assigned(one.person, one.given_at is not None, (row.pk, one.person_id) in barred) for one in held]


def conflicts_of(row: Proposal, at: datetime) -> list[tuple[Person, str]]:
    """Who of the committee has which conflict with a proposal."""
    people = {one.pk: one for one in reviewers(row.call.event, at)}
    declared = Conflict.objects.filter(proposal=row).select_related("person")
    people |= {one.person_id: one.person for one in declared}
    found = conflicts([row], list(people), at)
    return [(people[person], kind) for (_row, person), kinds in found.items() for kind in sorted(kinds)]


def prepared(call: Call) -> dict[str, list[Proposal]]:
    """Proposals with a prepared decision, by that decision."""
    rows = Proposal.objects.filter(call=call, state__in=UNDECIDED).exclude(pending="")
    found: dict[str, list[Proposal]] = {}
    for row in rows.select_related("call__event").order_by("pk"):
        found.setdefault(row.pending, []).append(row)
    return found


def of_member(member_id: int) -> list[Proposal]:
    """A member's proposals, the newest first."""
    rows = Proposal.objects.filter(member=member_id, is_cleared=False).select_related("call__event", "track")
    return list(rows.order_by("-pk"))


def of_member_by_ref(member_id: int, ref: str) -> Proposal:
    """One of a member's own. Raises Http404."""
    rows = Proposal.objects.select_related("call__event", "track")
    found = rows.filter(member=member_id, ref=ref, is_cleared=False).first()
    if found is None:
        raise Http404
    return found


def export(member: Member, _at: datetime) -> list[dict[str, Any]]:
    """The part of “my data” about proposals: everything that the member wrote."""
    made = []
    for row in of_member(member.pk):
        content = content_of(row)
        made.append(
            {
                "event": str(said(row.call.event.title)),
                "state": row.state,
                "title": content.title,
                "abstract": content.abstract,
                "message": content.message,
                "answers": list(content.answers.values()) + list(content.later.values()),
                "created_at": row.created_at.isoformat(),
                "submitted_at": row.submitted_at.isoformat() if row.submitted_at else None,
            }
        )
    return made
