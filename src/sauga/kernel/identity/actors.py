"""Who asks: the signed-in person as one frozen value that actions, queries and templates share."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import cast

from django.db.models import Prefetch
from django.http import HttpRequest

from sauga.kernel import clock
from sauga.kernel.identity import effect, vaults
from sauga.kernel.identity.models import Grant, Membership, Person
from sauga.kernel.sealed import Vault

SECOND = "identity.second"
CACHE = "_identity_actor"


class NobodySignedIn(Exception):
    """`actor` was asked outside the desk, or before signing in."""


@dataclass(frozen=True)
class PersonActor:
    """A person at the desk at one instant, with what the memberships of that instant give.

    `roles`, `zones` and `grants` hold only what counts where the role is held (`effect.py`): a service's permissions and vaults at the
    organisation that operates the service. `vault` is the person's unlocked vault, limited to `zones`, or None. Two actors are equal
    when they are the same person.
    """

    pseudonym: str
    person_id: int
    name: str = field(compare=False)
    language: str = field(compare=False, default="lt")
    organisations: frozenset[int] = field(compare=False, default=frozenset())
    roles: frozenset[str] = field(compare=False, default=frozenset())
    zones: frozenset[str] = field(compare=False, default=frozenset())
    services: frozenset[str] = field(compare=False, default=frozenset())
    at: datetime = field(compare=False, default=datetime.min)
    grants: Mapping[str, frozenset[int]] = field(compare=False, default_factory=lambda: MappingProxyType({}), repr=False)
    vault: Vault | None = field(compare=False, default=None, repr=False)

    def can(self, permission: StrEnum | str) -> bool:
        """Whether one of the person's roles holds the permission now. For a rule about an object ask `permissions.allowed`."""
        return str(permission) in self.grants

    def organisations_for(self, permission: StrEnum | str) -> frozenset[int]:
        """The organisations (primary keys) for which the person holds the permission."""
        return self.grants.get(str(permission), frozenset())

    @property
    def person(self) -> Person:
        """The row behind, read fresh."""
        return Person.objects.get(pk=self.person_id)


def actor(request: HttpRequest) -> PersonActor:
    """The actor of this request, the same object each time. Raises NobodySignedIn where no one has signed in with a second factor."""
    held: PersonActor | None = getattr(request, CACHE, None)
    if held is None:
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated or not request.session.get(SECOND):
            raise NobodySignedIn
        at = clock.now()
        held = person_actor(cast(Person, user), at, vault=vaults.open_vault(request, at))
        setattr(request, CACHE, held)
    return held


def actor_or_none(request: HttpRequest) -> PersonActor | None:
    """The actor, or None where no one has signed in: for pages that serve both."""
    try:
        return actor(request)
    except NobodySignedIn:
        return None


def person_actor(person: Person, at: datetime, *, vault: Vault | None = None) -> PersonActor:
    """The actor that `person` is at `at`; two queries. Used by the desk for requests and by the demo, which has none."""
    grants = Prefetch("role__grants", Grant.objects.filter(allowed=True))
    current = Membership.objects.current(at).with_services(at).filter(person=person)
    rows = list(current.select_related("role").prefetch_related(grants))
    zones = frozenset(zone for row in rows for zone in effect.zones_open(row.zones, services_of(row)))
    return PersonActor(
        pseudonym=person.pseudonym,
        person_id=person.pk,
        name=person.name,
        language=person.language,
        organisations=frozenset(row.organisation_id for row in rows),
        roles=frozenset(row.role.code for row in rows if _permits(row) or not row.role.grants.all()),
        zones=zones,
        services=frozenset(service for row in rows for service in services_of(row)),
        at=at,
        grants=_grants(rows),
        vault=vault.limited_to(zones) if vault else None,
    )


def services_of(row: Membership) -> Collection[str]:
    """What the organisation of a row of `with_services` operates."""
    services: Collection[str] = row.services  # type: ignore[attr-defined]  # annotated
    return services


def _permits(row: Membership) -> list[str]:
    """The permissions of the role that count at the membership's organisation."""
    return [grant.permission for grant in row.role.grants.all() if effect.counts(grant.permission, services_of(row))]


def _grants(rows: Iterable[Membership]) -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for row in rows:
        for permission in _permits(row):
            found.setdefault(permission, set()).add(row.organisation_id)
    return MappingProxyType({permission: frozenset(places) for permission, places in found.items()})


def forget_actor(request: HttpRequest) -> None:
    """After an act that changes what the actor is (vault opened or locked, language) the next question reads again."""
    if hasattr(request, CACHE):
        delattr(request, CACHE)
