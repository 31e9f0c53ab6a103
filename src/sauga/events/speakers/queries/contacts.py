"""Encrypts and decrypts the addresses of speakers; nothing else of this package touches a key."""

from sauga.events.programme.models import Speaker
from sauga.events.speakers.models import SpeakerContact
from sauga.kernel import sealed
from sauga.kernel.sealed import PreparedKey, Recipient, ServiceOpener, Zone

ZONE = Zone.MEMBERS
OPENER = ServiceOpener(ZONE)
TABLE = "events_speakercontact"


def new_contact(speaker: Speaker, address: str, language: str) -> tuple[SpeakerContact, PreparedKey]:
    """A contact that is not stored yet, under a fresh key, which the caller stores with it."""
    row = SpeakerContact(speaker=speaker, language=language, ends_at=speaker.event.ends)
    try:
        prepared = _prepare(row)
    except sealed.ZoneMissing:
        sealed.create_machine_zone(ZONE)
        prepared = _prepare(row)
    row.address = sealed.seal(prepared.key, table=TABLE, row=speaker.ref, field="address", text=address)
    return row, prepared


def contact_of(speaker: Speaker) -> SpeakerContact | None:
    """The contact of a speaker; None before the first link, and once it was deleted."""
    return SpeakerContact.objects.select_related("speaker").filter(speaker=speaker).first()


def address_of(contact: SpeakerContact) -> str:
    """The address; empty once its key was destroyed."""
    try:
        key = sealed.open_data_key(zone=ZONE, holder=contact.holder, opener=OPENER)
    except sealed.KeyNotAvailable:
        return ""
    ref = contact.speaker.ref
    return sealed.unseal(key, table=TABLE, row=ref, field="address", envelope=bytes(contact.address))


def _prepare(row: SpeakerContact) -> PreparedKey:
    return sealed.prepare_data_key(zone=ZONE, holder=row.holder, recipients=[Recipient.SERVICE])
