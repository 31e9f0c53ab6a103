"""Reads about staff. An actor sees no people of organisations outside their own permission."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext, ngettext

from sauga.kernel import sealed
from sauga.kernel.i18n import sort_key
from sauga.kernel.identity import effect
from sauga.kernel.identity.actors import PersonActor
from sauga.kernel.identity.models import (
    Grant,
    Invitation,
    KindRole,
    KindZone,
    Membership,
    Person,
    Role,
    RoleProposal,
)
from sauga.kernel.identity.rules import Permission
from sauga.kernel.identity.states import ProposalState
from sauga.kernel.organisations.models import Organisation, OrganisationKind, ServiceOperator, valid_at
from sauga.kernel.permissions import REGISTRY, allowed, permission_words, service_title
from sauga.kernel.sealed import Zone

LATELY = timedelta(days=30)


class NotFound(Http404):
    """There is no such row, or not for this actor; the caller does not learn which of the two."""


def person_by_key(key: int) -> Person | None:
    """The row of a person who may sign in, read anew: for the steps of signing in, where no person is signed
    in yet."""
    return Person.objects.filter(pk=key, is_active=True).first()


@dataclass(frozen=True)
class PersonLine:
    """A person in the list, with the memberships that the asker may see, newest first."""

    person: Person
    memberships: tuple[Membership, ...]

    @property
    def current(self) -> tuple[Membership, ...]:
        """Those that last."""
        return tuple(m for m in self.memberships if m.valid_to is None)

    @property
    def past(self) -> tuple[Membership, ...]:
        """Those that are over."""
        return tuple(m for m in self.memberships if m.valid_to is not None)


@dataclass(frozen=True)
class KeyLine:
    """One zone of one membership: whether the person holds its key, and whether that is right."""

    membership: Membership
    zone: Zone
    held: bool
    wanted: bool


@dataclass(frozen=True)
class PermissionRow:
    """One permission: what it lets people do, by which code the program knows it, and the roles that hold it
    now."""

    code: str
    words: str
    roles: tuple[Role, ...]


def people_for(by: PersonActor) -> list[PersonLine]:
    """Everyone who works or worked for an organisation that the actor may look into, by name.

    Three queries.
    """
    seen = by.organisations_for(Permission.SEE_PEOPLE)
    people = (
        Person.objects.filter(memberships__organisation__in=seen)
        .distinct()
        .prefetch_related(_memberships(seen))
    )
    return [_line(person) for person in sorted(people, key=lambda p: p.name)]


def person_for(by: PersonActor, ref: str) -> PersonLine:
    """One person. Raises NotFound."""
    seen = by.organisations_for(Permission.SEE_PEOPLE)
    people = (
        Person.objects.filter(pseudonym=ref, memberships__organisation__in=seen)
        .distinct()
        .prefetch_related(_memberships(seen))
    )
    person = people.first()
    if person is None:
        raise NotFound
    return _line(person)


def membership_for(by: PersonActor, ref: str, membership_id: int) -> Membership:
    """One membership of that person. Raises NotFound."""
    for membership in person_for(by, ref).memberships:
        if membership.pk == membership_id:
            return membership
    raise NotFound


def invitations_for(by: PersonActor, at: datetime) -> list[Invitation]:
    """Open invitations to join, to the organisations for which the actor may invite."""
    rows = Invitation.objects.filter(
        Q(purpose=Invitation.Purpose.JOIN, used_at=None, withdrawn_at=None, expires_at__gt=at),
        organisation__in=by.organisations_for(Permission.INVITE),
    )
    return list(
        rows.select_related("organisation", "role")
        .prefetch_related("organisation__names")
        .order_by("created_at", "pk")
    )


def invitation_for(by: PersonActor, ref: str, at: datetime) -> Invitation:
    """One of them. Raises NotFound."""
    for invitation in invitations_for(by, at):
        if invitation.ref == ref:
            return invitation
    raise NotFound


def permissions_of(role: Role) -> frozenset[str]:
    """What a role permits today."""
    return frozenset(Grant.objects.filter(role=role, allowed=True).values_list("permission", flat=True))


def offer_of(organisation: Organisation, at: datetime) -> effect.Offer:
    """Which roles and vaults the organisation may grant at `at`. Four queries."""
    granted: dict[str, set[str]] = {}
    for code, permission in Grant.objects.filter(allowed=True).values_list("role__code", "permission"):
        granted.setdefault(code, set()).add(permission)
    roles: dict[str, set[str]] = {}
    for kind, code in KindRole.objects.filter(allowed=True, kind__code__in=organisation.kinds).values_list(
        "kind__code", "role__code"
    ):
        roles.setdefault(kind, set()).add(code)
    zones: dict[str, set[str]] = {}
    for kind, zone in KindZone.objects.filter(allowed=True, kind__code__in=organisation.kinds).values_list(
        "kind__code", "zone"
    ):
        zones.setdefault(kind, set()).add(zone)
    services = ServiceOperator.objects.filter(valid_at(at), organisation=organisation).values_list(
        "service", flat=True
    )
    return effect.offer(
        organisation.kinds, set(services), roles_of_kind=roles, zones_of_kind=zones, granted=granted
    )


def offer_of_all(organisations: Iterable[Organisation], at: datetime) -> effect.Offer:
    """What any of these organisations may grant: for a form in which the organisation is chosen together with
    the role."""
    return reduce(or_, (offer_of(one, at) for one in organisations), effect.NOTHING)


def roles_of_two() -> frozenset[str]:
    """The codes of roles that are granted by two people."""
    granted: dict[str, set[str]] = {}
    for code, permission in Grant.objects.filter(allowed=True).values_list("role__code", "permission"):
        granted.setdefault(code, set()).add(permission)
    return frozenset(code for code, held in granted.items() if effect.needs_two(held))


def use_of(organisation: Organisation, at: datetime) -> str:
    """How many people have roles there, in words; empty where none has. The register asks before it closes
    an organisation."""
    count = (
        Membership.objects.current(at).filter(organisation=organisation).values("person").distinct().count()
    )
    said = ngettext("%(n)s person has a role there", "%(n)s people have roles there", count)
    return said % {"n": count} if count else ""


def organisations_to_staff(by: PersonActor) -> list[Organisation]:
    """Organisations in which the actor may give roles to people who have an account."""
    own = by.organisations_for(Permission.CHANGE_MEMBERSHIP)
    return list(Organisation.objects.filter(pk__in=own).prefetch_related("names").order_by("code"))


def count_to_confirm(by: PersonActor, at: datetime) -> int:
    """How many proposed roles wait for this person."""
    return len(proposals_to_confirm(by, at))


def proposals_to_confirm(by: PersonActor, at: datetime) -> list[RoleProposal]:
    """Proposed roles that this person may confirm or refuse now, oldest first."""
    own = by.organisations_for(Permission.CONFIRM_ROLE)
    rows = _proposals().filter(organisation__in=own, state=ProposalState.OPEN, expires_at__gt=at)
    return [row for row in rows.order_by("proposed_at", "pk") if allowed(by, Permission.CONFIRM_ROLE, row)]


def confirmers(proposal: RoleProposal, at: datetime) -> list[Person]:
    """Who may confirm or refuse a proposal at `at`: people of its organisation, neither the proposer nor the
    one meant. By name."""
    people = who_confirm_roles(proposal.organisation, at).exclude(pseudonym=proposal.proposed_by)
    return list(people.exclude(pk=proposal.person_id or 0).order_by("name", "pk"))


def who_confirm_roles(organisation: Organisation, at: datetime) -> "QuerySet[Person]":
    """The people of an organisation who may be the second one where a role takes two."""
    may = Grant.objects.filter(permission=Permission.CONFIRM_ROLE, allowed=True).values("role")
    held = Membership.objects.current(at).filter(organisation=organisation, role__in=may)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True)


def proposals_seen(by: PersonActor, at: datetime) -> list[RoleProposal]:
    """Proposed roles of the organisations that the actor looks into: those that wait, and those decided
    lately; newest first."""
    own = by.organisations_for(Permission.SEE_PEOPLE) | by.organisations_for(Permission.CONFIRM_ROLE)
    rows = _proposals().filter(
        Q(state=ProposalState.OPEN) | Q(decided_at__gt=at - LATELY), organisation__in=own
    )
    return list(rows.order_by("-proposed_at", "-pk"))


def proposal_for(by: PersonActor, ref: str, at: datetime) -> RoleProposal:
    """One of them. Raises NotFound."""
    for row in proposals_seen(by, at):
        if row.ref == ref:
            return row
    raise NotFound


def _proposals() -> "QuerySet[RoleProposal]":
    return RoleProposal.objects.select_related(
        "organisation", "role", "person", "replaces__role"
    ).prefetch_related("organisation__names")


@dataclass(frozen=True)
class KindLine:
    """One kind of organisation with what it may grant."""

    kind: OrganisationKind
    roles: tuple[Role, ...]
    zones: tuple[str, ...]


def kinds() -> list[KindLine]:
    """Every kind with the roles and vaults that such an organisation may grant; three queries."""
    offered = Prefetch(
        "roles",
        KindRole.objects.filter(allowed=True).select_related("role").order_by("role__code"),
        to_attr="offered",
    )
    vaults = Prefetch("zones", KindZone.objects.filter(allowed=True).order_by("zone"), to_attr="vaults")
    rows: Any = OrganisationKind.objects.prefetch_related(offered, vaults).order_by("code")
    return [
        KindLine(row, tuple(one.role for one in row.offered), tuple(one.zone for one in row.vaults))
        for row in rows
    ]


def kind_for(code: str) -> KindLine:
    """One of them. Raises NotFound."""
    for line in kinds():
        if line.kind.code == code:
            return line
    raise NotFound


def operators(at: datetime) -> list[ServiceOperator]:
    """Who operates which service at `at` or will later, by service."""
    rows = ServiceOperator.objects.filter(Q(valid_to=None) | Q(valid_to__gt=at)).select_related(
        "organisation"
    )
    return list(rows.prefetch_related("organisation__names").order_by("service", "valid_from"))


def organisations_at_work() -> list[Organisation]:
    """Organisations where a person works or worked, that operate or operated a service, or that may."""
    privileged = OrganisationKind.objects.filter(is_privileged=True).values_list("code", flat=True)
    at_work = (
        Q(pk__in=Membership.objects.values("organisation"))
        | Q(pk__in=ServiceOperator.objects.values("organisation"))
        | Q(kinds__overlap=list(privileged))
    )
    return list(Organisation.objects.filter(at_work).order_by("code"))


def organisations_to_invite(by: PersonActor) -> list[Organisation]:
    """Organisations for which the actor may invite."""
    return list(
        Organisation.objects.filter(pk__in=by.organisations_for(Permission.INVITE))
        .prefetch_related("names")
        .order_by("code")
    )


def roles() -> list[Role]:
    """Every role."""
    return list(Role.objects.order_by("code"))


def keys_of(line: PersonLine) -> list[KeyLine]:
    """Which zones' keys the person's memberships want and which the person holds; one query a zone."""
    found = []
    named = sorted({zone for m in line.memberships for zone in m.zones})
    for zone in map(Zone, named):
        wanting = [m for m in line.current if zone in m.zones]
        membership = (wanting or [m for m in line.memberships if zone in m.zones])[0]
        held = line.person.pk in sealed.members(zone)
        if held or wanting:
            found.append(KeyLine(membership, zone, held, bool(wanting)))
    return found


def permissions_held(role: Role | None = None) -> list[tuple[str, list[PermissionRow]]]:
    """The permissions of each service, as the database says today: those of one role, or all. One query.

    Services by name, the installation itself last; what only jobs may do is left out.
    """
    held: dict[str, list[Role]] = {}
    for grant in Grant.objects.filter(allowed=True).select_related("role").order_by("role__code"):
        held.setdefault(grant.permission, []).append(grant.role)
    groups: dict[str, list[PermissionRow]] = {}
    for one in REGISTRY.permissions.values():
        holders = held.get(one.code, [])
        if role in holders if role else one.roles or holders:
            service = one.service if one.service in REGISTRY.titles else ""
            row = PermissionRow(one.code, permission_words(one.code), tuple(holders))
            groups.setdefault(service, []).append(row)
    named = [(service_title(service), rows) for service, rows in groups.items() if service]
    found = sorted(named, key=lambda group: sort_key(group[0]))
    if "" in groups:
        found.append((gettext("The installation"), groups[""]))
    return [(title, sorted(rows, key=lambda row: sort_key(row.words))) for title, rows in found]


def _memberships(seen: frozenset[int]) -> "Prefetch[Any, Any, Any]":
    rows = Membership.objects.filter(organisation__in=seen).select_related("role", "organisation")
    return Prefetch(
        "memberships", rows.prefetch_related("organisation__names").order_by("-valid_from", "-pk")
    )


def _line(person: Person) -> PersonLine:
    return PersonLine(person, tuple(person.memberships.all()))


def begun_at(person_id: int, role: str, at: datetime) -> datetime:
    """Since when a person has held a role, counting from its first membership; `at` itself for someone who
    never did."""
    first = (
        Membership.objects.filter(person_id=person_id, role__code=role)
        .order_by("valid_from")
        .values_list("valid_from", flat=True)
        .first()
    )
    return first or at


def names_of(pseudonyms: Collection[str]) -> dict[str, str]:
    """The names behind pseudonyms of the audit log and the steps, for pages of the people's own zone; jobs
    and outsiders have none."""
    return dict(Person.objects.filter(pseudonym__in=pseudonyms).values_list("pseudonym", "name"))


def holders_of(role: str, service: str, at: datetime) -> list[Person]:
    """Who holds a role in which something of the service counts: its operator's people, and partners for what
    counts everywhere.

    A service that declares no permissions asks for the role alone.
    """
    grants = Prefetch(
        "role__grants",
        Grant.objects.filter(allowed=True, permission__startswith=f"{service}."),
        to_attr="of_service",
    )
    rows: Any = (
        Membership.objects.current(at)
        .with_services(at)
        .filter(role__code=role)
        .select_related("role")
        .prefetch_related(grants)
    )
    bound = any(one.service == service for one in REGISTRY.permissions.values())
    found = {
        row.person_id
        for row in rows
        if not bound or any(effect.counts(one.permission, row.services) for one in row.role.of_service)
    }
    return list(Person.objects.filter(pk__in=found, is_active=True).order_by("pk"))
