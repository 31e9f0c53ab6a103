"""How people stand to proposals: who is assigned, who reviewed, and which conflicts of interest are declared
or found (the address of a speaker, the organisation of a speaker).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.proposals.models import Conflict, Proposal, ProposalSpeaker, Review
from sauga.events.proposals.queries.content import address_lookup, organisation_lookup
from sauga.events.proposals.rules.assignments import Pair
from sauga.events.proposals.rules.visibility import ConflictKind, Sight, Standing, sight
from sauga.kernel.i18n.normal import normal_address
from sauga.kernel.identity import PersonActor
from sauga.kernel.identity.models import Membership, Person
from sauga.kernel.organisations.models import OrganisationName

type Kinds = Mapping[Pair, frozenset[str]]
"""The conflicts of a proposal and a person; a pair without any is missing."""


def reviewers(event: Event, at: datetime) -> list[Person]:
    """Who may review: members of the programme committee on the team of the event, in the order of their
    names."""
    rows = Membership.objects.serving("events", at).filter(
        role__grants__permission=Permission.REVIEW_PROPOSALS, role__grants__allowed=True
    )
    people = Person.objects.filter(pk__in=rows.values("person"), is_active=True).filter(
        pk__in=event.team.filter(role="PROGRAMME_COMMITTEE").values("person")
    )
    return list(people.order_by("name", "pk"))


def conflicts(rows: Collection[Proposal], people: Collection[int], at: datetime) -> Kinds:
    """Every conflict between these proposals and these people, declared or found."""
    found: dict[Pair, set[str]] = defaultdict(set)
    declared = Conflict.objects.filter(proposal__in=rows, person__in=people)
    for proposal, person, kind in declared.values_list("proposal", "person", "kind"):
        found[proposal, person].add(kind)
    addresses = {
        address_lookup(normal_address(email)): key
        for key, email in Person.objects.filter(pk__in=people).values_list("pk", "email")
    }
    at_work = _organisations(people, at)
    speakers = ProposalSpeaker.objects.filter(proposal__in=rows, declined_at__isnull=True)
    for proposal, address, organisation in speakers.values_list(
        "proposal", "address_lookup", "organisation_lookup"
    ):
        if (own := addresses.get(bytes(address))) is not None:
            found[proposal, own].add(ConflictKind.ADDRESS)
        for person in at_work.get(bytes(organisation), ()) if organisation else ():
            found[proposal, person].add(ConflictKind.ORGANISATION)
    return {pair: frozenset(kinds) for pair, kinds in found.items()}


def _organisations(people: Collection[int], at: datetime) -> Mapping[bytes, set[int]]:
    """Who works for the organisation that is called so, by the blind index of the name."""
    works: dict[int, set[int]] = defaultdict(set)
    rows = Membership.objects.current(at).filter(person__in=people)
    for person, organisation in rows.values_list("person", "organisation"):
        works[organisation].add(person)
    found: dict[bytes, set[int]] = defaultdict(set)
    names = OrganisationName.objects.filter(organisation__in=works.keys())
    for organisation, *called in names.values_list("organisation", "name", "short"):
        for name in filter(None, called):
            found[organisation_lookup(name)] |= works[organisation]
    return found


def standings(by: PersonActor, rows: Collection[Proposal], at: datetime) -> Mapping[int, Standing]:
    """How one person stands to proposals, by key."""
    held = conflicts(rows, [by.person_id], at) if rows else {}
    reviews = Review.objects.filter(proposal__in=rows, person=by.person_id)
    given = dict(reviews.values_list("proposal", "given_at"))
    kept, reviewed = (
        _events(by, one, rows) for one in (Permission.KEEP_PROPOSALS, Permission.REVIEW_PROPOSALS)
    )
    return {
        row.pk: Standing(
            is_organiser=row.call.event_id in kept,
            is_reviewer=row.call.event_id in reviewed,
            is_assigned=row.pk in given,
            has_reviewed=given.get(row.pk) is not None,
            conflicts=held.get((row.pk, by.person_id), frozenset()),
        )
        for row in rows
    }


def _events(by: PersonActor, permission: Permission, rows: Collection[Proposal]) -> set[int]:
    """The events of these proposals at which the person may do this, by key."""
    events = {row.call.event_id for row in rows} if by.can(permission) else set()
    if not events or by.can(Permission.ALL_EVENTS):
        return events
    return set(Event.objects.visible_to(by, permission).filter(pk__in=events).values_list("pk", flat=True))


def sights(by: PersonActor, rows: Collection[Proposal], at: datetime) -> Mapping[int, Sight]:
    """What one person sees of proposals, by key; the call is read with each."""
    held = standings(by, rows, at)
    return {row.pk: sight(held[row.pk], row.state, is_blind=row.call.is_blind) for row in rows}


def sight_of(by: PersonActor, row: Proposal, at: datetime) -> Sight:
    """What one person sees of one proposal."""
    return sights(by, [row], at)[row.pk]
