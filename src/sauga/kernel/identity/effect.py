"""What a membership gives, and what an organisation may grant: pure functions, used wherever this is decided.

A role is held at an organisation, and the organisation operates some services at that time. A permission of a
service counts only at its operator; a permission declared `everywhere` counts in whatever organisation the
role is held; a vault opens only to the operator of the service it belongs to. Nothing here reads the database
or a clock.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sauga.kernel import permissions


@dataclass(frozen=True)
class Offer:
    """The roles (codes) and vaults that one organisation may grant at one instant."""

    roles: frozenset[str]
    zones: frozenset[str]

    def __or__(self, other: "Offer") -> "Offer":
        return Offer(self.roles | other.roles, self.zones | other.zones)


NOTHING = Offer(frozenset(), frozenset())


def counts(permission: str, services: Collection[str]) -> bool:
    """Whether the permission counts for members of an organisation that operates these services."""
    declared = permissions.REGISTRY.permissions.get(permission)
    if declared is not None and declared.everywhere:
        return True
    return service_of(permission) in services


def service_of(permission: str) -> str:
    """The service that a permission belongs to."""
    return permission.partition(".")[0]


def zones_open(zones: Collection[str], services: Collection[str]) -> frozenset[str]:
    """Those of the vaults that belong to one of these services.

    A vault that no service declared cannot be opened.
    """
    owner = permissions.REGISTRY.zones
    return frozenset(zone for zone in zones if owner.get(zone) in services)


def needs_two(granted: Collection[str]) -> bool:
    """Whether a role with these permissions is granted by two people."""
    declared = permissions.REGISTRY.permissions
    return any(code in declared and declared[code].two_people for code in granted)


def offer(
    kinds: Collection[str],
    services: Collection[str],
    *,
    roles_of_kind: Mapping[str, Collection[str]],
    zones_of_kind: Mapping[str, Collection[str]],
    granted: Mapping[str, Collection[str]],
) -> Offer:
    """What an organisation of these kinds that operates these services may grant.

    `granted` maps each role to its permissions. A role that permits nothing there is not offered, although
    its kind may grant it.
    """
    named = {role for kind in kinds for role in roles_of_kind.get(kind, ())}
    roles = frozenset(
        role
        for role in named
        if not granted.get(role) or any(counts(code, services) for code in granted[role])
    )
    return Offer(
        roles, zones_open({zone for kind in kinds for zone in zones_of_kind.get(kind, ())}, services)
    )
