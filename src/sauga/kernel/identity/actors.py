"""The signed-in person as one frozen value that actions, queries and templates share."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import HttpRequest

from sauga.kernel import clock, statements
from sauga.kernel.identity import effect
from sauga.kernel.identity.models import Grant, Membership, Person
from sauga.kernel.identity.signin import vaults
from sauga.kernel.sealed import Vault, Zone

SECOND = "identity.second"
CACHE = "_identity_actor"


class NobodySignedIn(Exception):
    """`actor` was asked outside the desk, or before signing in."""


@dataclass(frozen=True)
class PersonActor:
    """A person at the desk at one instant, with what the memberships of that instant give.

    `roles`, `zones` and `grants` hold only what counts where the role is held (`effect.py`): a service's
    permissions and vaults at the organisation that operates the service. `operated` names the services of
    each organisation that the person works for. `vault` is the person's unlocked vault, limited to `zones`,
    or None. Two actors are equal when they are the same person.
    """

    pseudonym: str
    person_id: int
    name: str = field(compare=False)
    language: str = field(compare=False, default="lt")
    organisations: frozenset[int] = field(compare=False, default=frozenset())
    roles: frozenset[str] = field(compare=False, default=frozenset())
    zones: frozenset[str] = field(compare=False, default=frozenset())
    at: datetime = field(compare=False, default=datetime.min)
    grants: Mapping[str, frozenset[int]] = field(
        compare=False, default_factory=lambda: MappingProxyType({}), repr=False
    )
    operated: Mapping[int, frozenset[str]] = field(
        compare=False, default_factory=lambda: MappingProxyType({}), repr=False
    )
    vault: Vault | None = field(compare=False, default=None, repr=False)

    def can(self, permission: StrEnum | str) -> bool:
        """Whether one of the person's roles holds the permission now.

        For a rule about an object ask `permissions.allowed`.
        """
        return str(permission) in self.grants

    def organisations_for(self, permission: StrEnum | str) -> frozenset[int]:
        """The organisations (primary keys) for which the person holds the permission."""
        return self.grants.get(str(permission), frozenset())

    def services_for(self, permission: StrEnum | str) -> frozenset[str]:
        """The services operated by the organisations for which the person holds the permission."""
        held = (self.operated.get(one, frozenset()) for one in self.organisations_for(permission))
        return frozenset().union(*held)

    @cached_property
    def open_zones(self) -> frozenset[Zone]:
        """The zones that the unlocked vault has keys to, read once for this actor, and so once a request;
        none while it is locked."""
        return self.vault.zones if self.vault else frozenset()

    @property
    def person(self) -> Person:
        """The row behind, read fresh."""
        return Person.objects.get(pk=self.person_id)


def actor(request: HttpRequest) -> PersonActor:
    """The actor of this request, the same object each time.

    Raises NobodySignedIn where no one has signed in with a second factor.
    """
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
    """The actor that `person` is at `at`; one query.

    Used by the desk for requests and by the demo, which has none.
    """
    rows = [_Held(*row) for row in _held(person_id=person.pk, at=at)]
    zones = frozenset(zone for row in rows for zone in effect.zones_open(row.zones, row.services))
    return PersonActor(
        pseudonym=person.pseudonym,
        person_id=person.pk,
        name=person.name,
        language=person.language,
        organisations=frozenset(row.organisation for row in rows),
        roles=frozenset(row.role for row in rows if row.counting or not row.permissions),
        zones=zones,
        at=at,
        grants=_grants(rows),
        operated=MappingProxyType({row.organisation: frozenset(row.services) for row in rows}),
        vault=vault.limited_to(zones) if vault else None,
    )


@statements.prepared
def _held(*, person_id: int, at: datetime) -> Any:
    """The memberships in force, each with its role, vaults, the services of its organisation and the
    permissions of its role."""
    permitted = (
        Grant.objects.filter(role=OuterRef("role"), allowed=True).order_by("permission").values("permission")
    )
    current: Any = Membership.objects.current(at).with_services(at).filter(person_id=person_id)
    rows = current.annotate(permissions=ArraySubquery(permitted))
    return rows.values_list("organisation_id", "role__code", "zones", "services", "permissions")


@dataclass(frozen=True)
class _Held:
    """One membership as the database has it."""

    organisation: int
    role: str
    zones: Collection[str]
    services: Collection[str]
    permissions: Collection[str]

    @cached_property
    def counting(self) -> list[str]:
        """The permissions of the role that count at the membership's organisation."""
        return [permission for permission in self.permissions if effect.counts(permission, self.services)]


def _grants(rows: Iterable[_Held]) -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for row in rows:
        for permission in row.counting:
            found.setdefault(permission, set()).add(row.organisation)
    return MappingProxyType({permission: frozenset(places) for permission, places in found.items()})


def forget_actor(request: HttpRequest) -> None:
    """After an act that changes what the actor is (vault opened or locked, language) the next question reads
    again."""
    if hasattr(request, CACHE):
        delattr(request, CACHE)
