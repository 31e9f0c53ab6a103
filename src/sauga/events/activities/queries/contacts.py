"""Encrypts, decrypts and looks up the addresses behind activities; nothing else of this package touches a
key.

Each activity has a data key of its own, sealed to the machine of the zone MEMBERS. Destroying the key
destroys the address, in old backups too.
"""

from sauga.events.activities.models import Activity, ActivityContact
from sauga.events.activities.rules.editions import end_of_day
from sauga.kernel import sealed
from sauga.kernel.sealed import PreparedKey, Recipient, ServiceOpener, Zone

ZONE = Zone.MEMBERS
OPENER = ServiceOpener(ZONE)
TABLE = "events_activitycontact"


def lookup_of(address: str) -> bytes:
    """The blind index of an address that `normal_address` made. It differs from those of other services: the
    tables cannot be joined by it."""
    return sealed.blind(ZONE, "events.activity_contact", address)


def new_contact(activity: Activity, address: str) -> tuple[ActivityContact, PreparedKey]:
    """The contact of an activity that is not stored yet, under a fresh key, which the caller stores with
    it."""
    try:
        prepared = _prepare(activity)
    except sealed.ZoneMissing:
        sealed.create_machine_zone(ZONE)
        prepared = _prepare(activity)
    text = sealed.seal(prepared.key, table=TABLE, row=activity.ref, field="address", text=address)
    ends_at = end_of_day(activity.day)
    return ActivityContact(lookup=lookup_of(address), address=text, ends_at=ends_at), prepared


def contact_of(activity: Activity) -> ActivityContact | None:
    """The contact of an activity; None once it was deleted."""
    return ActivityContact.objects.filter(activity=activity).first()


def address_of(contact: ActivityContact) -> str:
    """The address. Raises KeyNotAvailable when its key was destroyed."""
    activity = contact.activity
    key = sealed.open_data_key(zone=ZONE, holder=activity.holder, opener=OPENER)
    return sealed.unseal(key, table=TABLE, row=activity.ref, field="address", envelope=bytes(contact.address))


def _prepare(activity: Activity) -> PreparedKey:
    return sealed.prepare_data_key(zone=ZONE, holder=activity.holder, recipients=[Recipient.SERVICE])
