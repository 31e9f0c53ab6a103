"""What the newsletter holds about a member: the subscription of their address."""

from datetime import datetime
from typing import Any

from sauga.kernel import members
from sauga.kernel.members.models import Member
from sauga.newsletter.models import Subscription
from sauga.newsletter.queries.subscriptions import of_address


def subscription_of(member: Member) -> Subscription | None:
    """The subscription of the member's address."""
    return of_address(members.address_of(member))


def export(member: Member, _at: datetime) -> dict[str, Any]:
    """Its part of “my data”."""
    found = subscription_of(member)
    if found is None:
        return {}
    return {
        "language": found.language,
        "lists": list(found.lists),
        "consent_version": found.version,
        "confirmed_at": found.confirmed_at.isoformat(),
    }
