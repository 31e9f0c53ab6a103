"""What the desk's templates ask about the person and the vault."""

from datetime import datetime
from typing import Any

from django import template
from django.template.context import Context

from sauga.kernel import clock
from sauga.kernel.identity.actors import actor_or_none
from sauga.kernel.identity.forms import ZONES
from sauga.kernel.identity.models import RoleProposal
from sauga.kernel.identity.signin import vaults
from sauga.kernel.identity.states import ProposalState
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.permissions import service_title
from sauga.kernel.sealed import Zone

register = template.Library()


@register.simple_tag(takes_context=True)
def vault_state(context: Context) -> vaults.VaultState:
    """`{% vault_state as vault %}`: open or not, zones, minutes left."""
    by = actor_or_none(context["request"])
    return vaults.state(context["request"], by.open_zones if by and by.vault else None, clock.now())


@register.filter
def service_label(service: str) -> str:
    """„hotline“ → „Karštoji linija“."""
    return service_title(service)


@register.filter
def zone_label(zone: str) -> Any:
    """„hotline“ → „Karštosios linijos seifas“."""
    return ZONES[Zone(zone)]


@register.filter
def name_on(organisation: Organisation, at: datetime) -> str:
    """The organisation's name at that time, in the page's language."""
    return organisation.name_at(at)


@register.simple_tag
def proposal_state(row: RoleProposal, at: datetime) -> Any:
    """What became of a proposed role; one not decided in time lapses before the
    job has closed it.
    """
    state = ProposalState(row.state)
    return (ProposalState.EXPIRED if state == ProposalState.OPEN and not row.is_open(at) else state).label


@register.simple_tag(takes_context=True)
def key_missing(context: Context, zone: str) -> bool:
    """`{% key_missing "helpline" as keyless %}`: the vault is open and the person was never given this zone's
    key (or no longer has it).

    What is hidden then is not destroyed, and the page must not say that it is.
    """
    by = actor_or_none(context["request"])
    return by is not None and by.vault is not None and Zone(zone) not in by.open_zones
