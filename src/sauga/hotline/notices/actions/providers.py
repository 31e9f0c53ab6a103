"""Providers and their contacts, maintained by officers, who approve the contacts that notices go to."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.hotline.jobs import Job, defer
from sauga.hotline.notices.queries.notices import without_notice
from sauga.hotline.permissions import Permission
from sauga.hotline.tracing.models import Provider, ProviderContact, ProviderNetwork
from sauga.hotline.trail import Trail
from sauga.kernel import audit, live, sealed
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import lock

ZONE = sealed.Zone.HOTLINE
CHANGEABLE = (
    "name",
    "audience",
    "country",
    "language",
    "is_cdn",
    "memorandum_from",
    "memorandum_to",
    "promised_acknowledge",
    "promised_remove",
    "upstream",
)


class AlreadyKnown(ActionRefused):
    """The network, or the contact of this provider, is written down already."""

    message = _("This is already recorded.")


def approve_contact(*, by: PersonActor, contact: ProviderContact, at: datetime) -> ProviderContact:
    """A person checked the contact: notices may go to it, and those that waited for one go at once."""
    require(by, Permission.EDIT_PROVIDERS)
    with transaction.atomic():
        contact = lock(contact)
        contact.approved_by_id, contact.approved_at = by.person_id, at
        contact.valid_to, contact.bounced_at = None, None
        contact.save(update_fields=["approved_by", "approved_at", "valid_to", "bounced_at"])
        audit.record(by, Trail.CONTACT_APPROVED, contact, zone=ZONE, at=at)
        _send_what_waits(contact)
        return contact


def add_contact(
    *, by: PersonActor, provider: Provider, email: str, position: int, addresses_inline: bool, at: datetime
) -> ProviderContact:
    """Write down a contact that the person has checked. Raises AlreadyKnown."""
    require(by, Permission.EDIT_PROVIDERS)
    try:
        with transaction.atomic():
            contact = ProviderContact.objects.create(
                provider=provider,
                email=email,
                position=position,
                addresses_inline=addresses_inline,
                approved_by_id=by.person_id,
                approved_at=at,
            )
            audit.record(by, Trail.CONTACT_APPROVED, contact, zone=ZONE, at=at)
            _send_what_waits(contact)
            return contact
    except IntegrityError:
        raise AlreadyKnown from None


def _send_what_waits(contact: ProviderContact) -> None:
    for item in without_notice().filter(provider=contact.provider_id).order_by("priority", "pk")[:500]:
        defer(Job.PREPARE_NOTICE, item_id=item.pk)
    live.signal("hotline.worklist")


def retire_contact(*, by: PersonActor, contact: ProviderContact, at: datetime) -> ProviderContact:
    """Nothing more is sent to this contact. It stays readable; approving it again brings it back."""
    require(by, Permission.EDIT_PROVIDERS)
    with transaction.atomic():
        contact = lock(contact)
        contact.valid_to = at.astimezone(VILNIUS).date() - timedelta(days=1)
        contact.save(update_fields=["valid_to"])
        audit.record(by, Trail.PROVIDER_CHANGED, contact.provider, zone=ZONE, at=at)
        return contact


def change_provider(
    *, by: PersonActor, provider: Provider, values: Mapping[str, Any], at: datetime
) -> Provider:
    """Change what is known of a provider (CHANGEABLE)."""
    require(by, Permission.EDIT_PROVIDERS)
    with transaction.atomic():
        provider = lock(provider)
        given = {name: values[name] for name in CHANGEABLE if name in values}
        for name, value in given.items():
            setattr(provider, name, value)
        provider.save(update_fields=list(given))
        audit.record(by, Trail.PROVIDER_CHANGED, provider, zone=ZONE, at=at)
        return provider


def add_network(
    *, by: PersonActor, provider: Provider, kind: str, value: str, at: datetime
) -> ProviderNetwork:
    """Record how a trace recognises the provider: an AS number without letters, a network's name or a domain.

    Raises AlreadyKnown.
    """
    require(by, Permission.EDIT_PROVIDERS)
    value = value.strip().upper().removeprefix("AS") if kind == "ASN" else value.strip()
    try:
        with transaction.atomic():
            network = ProviderNetwork.objects.create(provider=provider, kind=kind, value=value)
            audit.record(by, Trail.PROVIDER_CHANGED, provider, zone=ZONE, at=at)
            return network
    except IntegrityError:
        raise AlreadyKnown from None
