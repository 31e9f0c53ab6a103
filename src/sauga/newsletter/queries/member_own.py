"""What the newsletter holds about a member: the subscription of their address."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext

from sauga.kernel import members
from sauga.kernel.i18n import languages, long_date
from sauga.kernel.members.models import Member
from sauga.newsletter.models import Subscription
from sauga.newsletter.queries.subscriptions import of_address
from sauga.newsletter.rules import list_names


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


def lines(member: Member, _at: datetime) -> list[tuple[str, str]]:
    """The same in words."""
    found = subscription_of(member)
    if found is None:
        return []
    language = languages.row(found.language)
    return [
        (pgettext("newsletter", "Lists"), " · ".join(str(name) for name in list_names(found.lists))),
        (pgettext("newsletter", "Language"), language.name if language else found.language),
        (gettext("Since"), long_date(localtime(found.confirmed_at))),
    ]
