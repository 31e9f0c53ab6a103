"""Encrypts and decrypts the data of members; nothing else of this package touches a key, but for the
month of birth, which its row opens.

Each member has a data key of their own, sealed to the machine of the zone MEMBERS. Destroying it destroys the
name, the address and everything else that was sealed under it, in long-lived backups too.
"""

import json
from collections.abc import Buffer, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sauga.kernel import sealed
from sauga.kernel.members.models import Guardian, Member
from sauga.kernel.sealed import DataKey, Recipient, ServiceOpener, Zone

ZONE = Zone.MEMBERS
OPENER = ServiceOpener(ZONE)
LONGEST_ADDRESS, LONGEST_NAME = 254, 120


class Holding(Protocol):
    """A row that names the holder of a data key."""

    @property
    def holder(self) -> str: ...


class Referenced(Protocol):
    """A row with a reference that is known before it is stored."""

    @property
    def ref(self) -> str: ...


def prepare_key(holder: str) -> sealed.PreparedKey:
    """A fresh data key for a holder, not yet stored. The zone's own key is made the first time."""
    try:
        return sealed.prepare_data_key(zone=ZONE, holder=holder, recipients=[Recipient.SERVICE])
    except sealed.ZoneMissing:
        sealed.create_machine_zone(ZONE)
        return sealed.prepare_data_key(zone=ZONE, holder=holder, recipients=[Recipient.SERVICE])


def open_key(row: Holding) -> DataKey:
    """The data key of one holder. Raises KeyNotAvailable when it was destroyed."""
    return sealed.open_data_key(zone=ZONE, holder=row.holder, opener=OPENER)


def seal(key: DataKey, row: Referenced, field: str, text: str) -> bytes:
    """The envelope of one field of one row."""
    return sealed.seal(key, table=type(row).__name__.lower(), row=row.ref, field=field, text=text)


def unseal(key: DataKey, row: Referenced, field: str, envelope: Buffer) -> str:
    """The text of one field; empty for a field that was never filled."""
    held = bytes(envelope)
    if not held:
        return ""
    return sealed.unseal(key, table=type(row).__name__.lower(), row=row.ref, field=field, envelope=held)


def keys_of(members: Iterable[Holding]) -> Mapping[str, DataKey]:
    """The data keys of several members by holder, with one query; those that were destroyed are left out."""
    holders = {member.holder for member in members}
    return sealed.open_data_keys(ZONE, holders, OPENER) if holders else {}


def names_of(members: Iterable[Member]) -> Mapping[int, str]:
    """Names by primary key, with one query for all keys. Members whose key is gone are left out."""
    rows = list(members)
    keys = keys_of(rows)
    return {row.pk: unseal(keys[row.holder], row, "name", row.name) for row in rows if row.holder in keys}


def address_of(member: Member) -> str:
    """The address of a member."""
    return unseal(open_key(member), member, "address", member.address)


def seal_birth_month(key: DataKey, member: Member, month: date) -> None:
    """Fill the month of birth."""
    member.born = seal(key, member, "born", f"{month:%Y-%m}")
    member.birth_month = month.replace(day=1)


def open_months(members: Iterable[Member]) -> None:
    """Open the months of birth of several members with one query, for a page or a job that asks for all."""
    rows = [row for row in members if bytes(row.born)]
    keys = keys_of(rows)
    for row in rows:
        if row.holder in keys:
            row.birth_month = row.month_by(keys[row.holder])


@dataclass(frozen=True)
class Child:
    """Whom a guardian is asked for, without the name: its first letter, the year of birth, and who invited
    the child."""

    initial: str = ""
    inviter: str = ""
    year: int = 0


def seal_child(key: DataKey, guardian: Guardian, name: str, inviter: str) -> None:
    """Fill whom the guardian is asked for."""
    held = {"initial": name.strip()[:1].upper(), "inviter": inviter}
    guardian.child = seal(key, guardian, "child", json.dumps(held, ensure_ascii=False))


def child_of(guardian: Guardian) -> Child:
    """Whom a guardian is asked for; empty for one who was asked before this was kept."""
    text = unseal(open_key(guardian.member), guardian, "child", guardian.child)
    born = guardian.member.birth_month
    if not text or born is None:
        return Child()
    return Child(**json.loads(text), year=born.year)


def lookup_of(address: str) -> bytes:
    """The blind index of an address that `normal_address` made."""
    return sealed.blind(ZONE, "address", address)
