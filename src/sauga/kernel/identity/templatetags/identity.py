"""What the desk's templates ask about the person and the vault."""

from datetime import datetime
from typing import Any

from django import template
from django.template.context import Context

from sauga.kernel import clock
from sauga.kernel.identity import vaults
from sauga.kernel.identity.actors import actor_or_none
from sauga.kernel.identity.forms import ZONES
from sauga.kernel.identity.models import Organisation
from sauga.kernel.sealed import Zone

register = template.Library()


@register.simple_tag(takes_context=True)
def vault_state(context: Context) -> vaults.VaultState:
    """`{% vault_state as vault %}`: open or not, zones, minutes left."""
    by = actor_or_none(context["request"])
    return vaults.state(context["request"], by.vault if by else None, clock.now())


@register.filter
def zone_label(zone: str) -> Any:
    """„hotline“ → „Karštosios linijos seifas“."""
    return ZONES[Zone(zone)]


@register.filter
def name_on(organisation: Organisation, at: datetime) -> str:
    """The organisation's name at that time, in the page's language."""
    return organisation.name_at(at)
