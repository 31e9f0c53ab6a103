"""Two checks before a role or vault is granted: may this organisation grant it, and does it need two people?

Every action that grants or changes a role asks `check_grant` first (invite, start, change, propose, confirm,
accept, key to a vault).
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sauga.kernel.identity import effect
from sauga.kernel.identity.models import Membership, Role
from sauga.kernel.identity.queries import offer_of, permissions_of
from sauga.kernel.identity.rules import Permission
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.permissions import allowed
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.sealed import Zone
from sauga.kernel.states import Actor


class RoleNotOffered(ActionRefused):
    """This organisation may not grant this role now: not its kind of organisation, or it does not operate the
    service."""

    message = _("This organisation may not grant this role.")
    field = "role"


class ZoneNotOffered(ActionRefused):
    """This organisation may not grant this vault now, for the same reasons."""

    message = _("This organisation may not grant this vault.")
    field = "zones"


class SecondPersonNeeded(ActionRefused):
    """The role takes part in acts of two people: it is proposed (`proposals.propose_role`) and confirmed by
    another person."""

    message = _(
        "This role takes two people: propose it, and a second person of the organisation confirms it."
    )


def check_grant(
    *, by: Actor, organisation: Organisation, role: Role, zones: Collection[str], at: datetime
) -> None:
    """Pass in silence when `by` alone may give the role and the vaults there.

    Raises RoleNotOffered, ZoneNotOffered, SecondPersonNeeded.
    """
    check_offered(organisation=organisation, role=role, zones=zones, at=at)
    if takes_two(role) and not allowed(by, Permission.GRANT_ALONE):
        raise SecondPersonNeeded


def check_offered(*, organisation: Organisation, role: Role, zones: Collection[str], at: datetime) -> None:
    """Whether the organisation may grant the role and the vaults at `at`.

    Raises RoleNotOffered, ZoneNotOffered.
    """
    offer = offer_of(organisation, at)
    if role.code not in offer.roles:
        raise RoleNotOffered
    if not offer.zones.issuperset(zones):
        raise ZoneNotOffered


def takes_two(role: Role) -> bool:
    """Whether the role is granted by two people, by what it permits today."""
    return effect.needs_two(permissions_of(role))


def gives_more(membership: Membership, role: Role, zones: Collection[str]) -> bool:
    """Whether a change to this role and these vaults gives anything that the membership does not give
    already."""
    return role != membership.role or not set(membership.zones).issuperset(zones)


def zone_codes(zones: Iterable[str]) -> list[str]:
    """Vaults as they are stored. Raises ValueError for one that does not exist."""
    return sorted({str(Zone(zone)) for zone in zones})
