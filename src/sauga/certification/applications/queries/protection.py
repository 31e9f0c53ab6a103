"""Encrypts and decrypts what certification holds about people; nothing else of the service touches a key.

Each ambassador and each session has a data key of its own, sealed to the machine of the zone MEMBERS.
Destroying the key destroys names, addresses and words, in old backups too.
"""

from collections.abc import Buffer, Iterable
from typing import Any, Protocol

from sauga.kernel import sealed
from sauga.kernel.sealed import DataKey, PreparedKey, Recipient, ServiceOpener, Zone

ZONE = Zone.MEMBERS
OPENER = ServiceOpener(ZONE)


class Holding(Protocol):
    """A row that names the holder of a data key."""

    @property
    def holder(self) -> str: ...


def prepare_key(row: Holding) -> PreparedKey:
    """A fresh data key, which the caller stores with the row."""
    try:
        return _prepare(row)
    except sealed.ZoneMissing:
        sealed.create_machine_zone(ZONE)
        return _prepare(row)


def _prepare(row: Holding) -> PreparedKey:
    return sealed.prepare_data_key(zone=ZONE, holder=row.holder, recipients=[Recipient.SERVICE])


def open_key(row: Holding) -> DataKey:
    """The data key of a row. Raises KeyNotAvailable when it was destroyed."""
    return sealed.open_data_key(zone=ZONE, holder=row.holder, opener=OPENER)


def seal(key: DataKey, row: Any, field: str, text: str) -> bytes:
    """The envelope of one field of one row; empty for an empty text."""
    if not text:
        return b""
    return sealed.seal(key, table=row._meta.db_table, row=str(row.ref), field=field, text=text)


def unseal(key: DataKey, row: Any, field: str, envelope: Buffer) -> str:
    """The text of one field; empty for a field that was never filled."""
    held = bytes(envelope)
    if not held:
        return ""
    return sealed.unseal(key, table=row._meta.db_table, row=str(row.ref), field=field, envelope=held)


def text_of(holder: Holding, row: Any, field: str) -> str:
    """The text of a field of a row that belongs to a holder; empty where its key was destroyed."""
    try:
        return unseal(open_key(holder), row, field, getattr(row, field))
    except sealed.KeyNotAvailable:
        return ""


def names_of(rows: Iterable[Any]) -> dict[int, str]:
    """The names of ambassadors by key, with one query for all keys; those whose key is gone have none."""
    held = list(rows)
    keys = sealed.open_data_keys(ZONE, {row.holder for row in held}, OPENER) if held else {}
    return {
        row.pk: unseal(keys[row.holder], row, "name", row.name) if row.holder in keys else "" for row in held
    }


def lookup_of(purpose: str, address: str) -> bytes:
    """The blind index of an address that `normal_address` made."""
    return sealed.blind(ZONE, f"certification.{purpose}", address)
