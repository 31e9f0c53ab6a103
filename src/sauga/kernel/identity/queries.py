"""Questions about people, answered whole. Nobody sees people of organisations where the actor may not see them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q
from django.http import Http404

from sauga.kernel import sealed
from sauga.kernel.identity.actors import PersonActor
from sauga.kernel.identity.models import Grant, Invitation, Membership, Organisation, Person, Role
from sauga.kernel.identity.permissions import REGISTRY
from sauga.kernel.identity.rules import Permission
from sauga.kernel.sealed import Zone


class NotFound(Http404):
    """There is no such row, or not for this actor; which of the two is not told."""


def person_by_key(key: int) -> Person | None:
    """The row of somebody who may sign in, read anew: for the steps of signing in, where nobody is signed in yet."""
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
    """One line of the permission table."""

    service: str
    code: str
    roles: frozenset[str]


def people_for(by: PersonActor) -> list[PersonLine]:
    """Everyone who works or worked for an organisation that the actor may look into, by name. Three queries."""
    seen = by.organisations_for(Permission.SEE_PEOPLE)
    people = Person.objects.filter(memberships__organisation__in=seen).distinct().prefetch_related(_memberships(seen))
    return [_line(person) for person in sorted(people, key=lambda p: p.name)]


def person_for(by: PersonActor, ref: str) -> PersonLine:
    """One person. Raises NotFound."""
    seen = by.organisations_for(Permission.SEE_PEOPLE)
    people = Person.objects.filter(pseudonym=ref, memberships__organisation__in=seen).distinct().prefetch_related(_memberships(seen))
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
    return list(rows.select_related("organisation", "role").prefetch_related("organisation__names").order_by("created_at", "pk"))


def invitation_for(by: PersonActor, ref: str, at: datetime) -> Invitation:
    """One of them. Raises NotFound."""
    for invitation in invitations_for(by, at):
        if invitation.ref == ref:
            return invitation
    raise NotFound


def organisations_to_invite(by: PersonActor) -> list[Organisation]:
    """Organisations for which the actor may invite."""
    return list(Organisation.objects.filter(pk__in=by.organisations_for(Permission.INVITE)).prefetch_related("names").order_by("code"))


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


def permission_table() -> tuple[list[Role], list[PermissionRow]]:
    """Roles as columns, permissions as rows: what the database says today."""
    held: dict[str, set[str]] = {}
    for code, role in Grant.objects.filter(allowed=True).values_list("permission", "role__code"):
        held.setdefault(code, set()).add(role)
    rows = [PermissionRow(r.service, r.code, frozenset(held.get(r.code, ()))) for r in REGISTRY.permissions.values()]
    return roles(), sorted(rows, key=lambda row: (row.service, row.code))


def _memberships(seen: frozenset[int]) -> "Prefetch[Any, Any, Any]":
    rows = Membership.objects.filter(organisation__in=seen).select_related("role", "organisation")
    return Prefetch("memberships", rows.prefetch_related("organisation__names").order_by("-valid_from", "-pk"))


def _line(person: Person) -> PersonLine:
    return PersonLine(person, tuple(person.memberships.all()))


def begun_at(person_id: int, role: str, at: datetime) -> datetime:
    """Since when a person has held a role, counting from its first membership; `at` itself for someone who never did."""
    first = (
        Membership.objects.filter(person_id=person_id, role__code=role).order_by("valid_from").values_list("valid_from", flat=True).first()
    )
    return first or at


def names_of(pseudonyms: Collection[str]) -> dict[str, str]:
    """The names behind pseudonyms of the trail and the steps, for pages of the people's own zone; jobs and outsiders have none."""
    return dict(Person.objects.filter(pseudonym__in=pseudonyms).values_list("pseudonym", "name"))
