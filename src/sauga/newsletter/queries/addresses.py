"""Encrypts, decrypts and looks up addresses; nothing else of this package touches a key.

Each sign-up and each subscription has a data key of its own, sealed to the machine of the zone MEMBERS.
Destroying the key destroys the address, in old backups too.
"""

from collections.abc import Collection

from sauga.kernel import sealed
from sauga.kernel.sealed import PreparedKey, Recipient, ServiceOpener, Zone
from sauga.newsletter.models import SignUp, Subscription

ZONE = Zone.MEMBERS
OPENER = ServiceOpener(ZONE)
LONGEST_ADDRESS = 254

type Holder = SignUp | Subscription


def lookup_of(address: str) -> bytes:
    """The blind index of an address that `normal_address` made. It differs from that of a member's account:
    the tables cannot be joined by it."""
    return sealed.blind(ZONE, "newsletter.address", address)


def seal_address(row: Holder, address: str) -> PreparedKey:
    """Put an address into a row that is not stored yet, under a fresh key, which the caller stores with
    it."""
    try:
        prepared = _prepare(row)
    except sealed.ZoneMissing:
        sealed.create_machine_zone(ZONE)
        prepared = _prepare(row)
    row.address = sealed.seal(prepared.key, table=_table(row), row=row.ref, field="address", text=address)
    return prepared


def address_of(row: Holder) -> str:
    """The address of one row. Raises KeyNotAvailable when its key was destroyed."""
    return _unseal(row, sealed.open_data_key(zone=ZONE, holder=row.holder, opener=OPENER))


def addresses_of(rows: Collection[Subscription]) -> dict[int, str]:
    """Addresses by primary key, with one query; those whose key is gone are left out."""
    keys = sealed.open_data_keys(ZONE, {row.holder for row in rows}, OPENER) if rows else {}
    return {row.pk: _unseal(row, keys[row.holder]) for row in rows if row.holder in keys}


def _prepare(row: Holder) -> PreparedKey:
    return sealed.prepare_data_key(zone=ZONE, holder=row.holder, recipients=[Recipient.SERVICE])


def _unseal(row: Holder, key: sealed.DataKey) -> str:
    return sealed.unseal(key, table=_table(row), row=row.ref, field="address", envelope=bytes(row.address))


def _table(row: Holder) -> str:
    return f"newsletter_{type(row).__name__.lower()}"
