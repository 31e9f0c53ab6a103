"""Consents of people in pictures: their personal links, and the addresses beside them, which only this module
encrypts and decrypts.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from sauga.events.photos.models import PhotoConsent
from sauga.kernel import sealed
from sauga.kernel.sealed import PreparedKey, Recipient, ServiceOpener, Zone

ZONE = Zone.MEMBERS
OPENER = ServiceOpener(ZONE)
TABLE, SALT = "events_photoconsent", "events.photo"


def token_of(row: PhotoConsent) -> str:
    """What leads to the pictures that show the person."""
    return signing.Signer(salt=SALT).sign(row.ref)


def address_of_page(row: PhotoConsent) -> str:
    """The whole address of that page, in the language of the person."""
    with override(row.language):
        return f"{settings.ENV.base_url.rstrip('/')}{reverse('events-pictures-own', args=[token_of(row)])}"


def consent_by(token: str) -> PhotoConsent | None:
    """The consent that a link leads to; None for a link that was not made here, or one that is gone."""
    try:
        ref = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    return PhotoConsent.objects.select_related("event").filter(ref=ref).first()


def seal_address(row: PhotoConsent, address: str) -> PreparedKey:
    """Put an address into a row that is not stored yet, under a fresh key, which the caller stores."""
    key = sealed.prepare_data_key(zone=ZONE, holder=row.holder, recipients=[Recipient.SERVICE])
    row.address = sealed.seal(key.key, table=TABLE, row=row.ref, field="address", text=address)
    return key


def address_of(row: PhotoConsent) -> str:
    """The address; empty once its key was destroyed."""
    try:
        key = sealed.open_data_key(zone=ZONE, holder=row.holder, opener=OPENER)
    except sealed.KeyNotAvailable:
        return ""
    return sealed.unseal(key, table=TABLE, row=row.ref, field="address", envelope=bytes(row.address))
