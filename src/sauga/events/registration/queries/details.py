"""Encrypts and decrypts who registers and what they need; nothing else of this package touches a key.

Details and access needs of a registration have a data key each, sealed to the machine of the zone MEMBERS.
Destroying a key destroys what it opens, in old backups too.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field

from sauga.events.registration.models import Registration
from sauga.kernel import sealed
from sauga.kernel.i18n import fold
from sauga.kernel.sealed import PreparedKey, Recipient, ServiceOpener, Zone

ZONE = Zone.MEMBERS
OPENER = ServiceOpener(ZONE)
TABLE = "events_registration"


@dataclass(frozen=True)
class Details:
    """Who registers: of a class its teacher, its school and what it is called. `answers` are those to the
    organisers' questions, by the question's reference."""

    name: str = field(repr=False)
    address: str = field(repr=False)
    school: str = field(default="", repr=False)
    class_name: str = field(default="", repr=False)
    guardian: str = field(default="", repr=False)
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)


GONE = Details("", "")
"""Of a registration whose key was destroyed."""


def address_lookup(address: str) -> bytes:
    """The blind index of an address that `normal_address` made, of this table only."""
    return sealed.blind(ZONE, "events.address", address)


def person_lookup(details: Details) -> bytes:
    """The blind index of who comes: the address with the name, or with the school and the class."""
    who = fold(f"{details.school} {details.class_name}" if details.class_name else details.name)
    return sealed.blind(ZONE, "events.person", f"{details.address}\n{' '.join(who.split())}")


@dataclass(frozen=True)
class SealedDetails:
    """Details and needs of one registration as its row holds them. `keys` open them and are stored in the
    transaction that stores the row."""

    ref: str
    details: bytes
    needs: bytes
    address_lookup: bytes
    person: bytes
    keys: tuple[PreparedKey, ...] = field(repr=False)

    def store_keys(self) -> None:
        """Store the keys; the row is stored by the caller."""
        for key in self.keys:
            key.store()


def seal_details(details: Details, needs: str) -> SealedDetails:
    """Encrypt details and needs under fresh keys, for a registration with a new reference."""
    row = Registration()  # for its new reference and the names of its keys
    prepared = prepared_key(row.holder)
    if details.address:
        address, person = address_lookup(details.address), person_lookup(details)
    else:  # a visitor at the entrance: two of the same name are two people
        address = person = sealed.blind(ZONE, "events.person", row.ref)
    keys, envelope = [prepared], b""
    if needs:
        own = prepared_key(row.needs_holder)
        keys.append(own)
        envelope = sealed.seal(own.key, table=TABLE, row=row.ref, field="needs", text=needs)
    return SealedDetails(
        ref=row.ref,
        details=_sealed(row, prepared, "details", details),
        needs=envelope,
        address_lookup=address,
        person=person,
        keys=tuple(keys),
    )


def replace_answers(row: Registration, answers: Mapping[str, str]) -> None:
    """Put other answers into a row under the key that it has."""
    key = sealed.open_data_key(zone=ZONE, holder=row.holder, opener=OPENER)
    held = _details(row, key)
    text = _text(Details(**{**asdict(held), "answers": dict(answers)}))
    row.details = sealed.seal(key, table=TABLE, row=row.ref, field="details", text=text)


def details_of(row: Registration) -> Details:
    """Who registered; empty once the key is destroyed."""
    try:
        return _details(row, sealed.open_data_key(zone=ZONE, holder=row.holder, opener=OPENER))
    except sealed.KeyNotAvailable:
        return GONE


def details_by(rows: Collection[Registration]) -> dict[int, Details]:
    """Who registered, by primary key, with one query for all keys."""
    keys = sealed.open_data_keys(ZONE, {row.holder for row in rows}, OPENER) if rows else {}
    return {row.pk: _details(row, keys[row.holder]) if row.holder in keys else GONE for row in rows}


def needs_by(rows: Collection[Registration]) -> dict[int, str]:
    """The access needs of those who have any, by primary key."""
    wanted = [row for row in rows if row.needs]
    keys = sealed.open_data_keys(ZONE, {row.needs_holder for row in wanted}, OPENER) if wanted else {}
    return {
        row.pk: sealed.unseal(
            keys[row.needs_holder], table=TABLE, row=row.ref, field="needs", envelope=bytes(row.needs)
        )
        for row in wanted
        if row.needs_holder in keys
    }


def prepared_key(holder: str) -> PreparedKey:
    """A fresh key for a holder, which the caller stores with the row; a missing zone is made."""
    try:
        return sealed.prepare_data_key(zone=ZONE, holder=holder, recipients=[Recipient.SERVICE])
    except sealed.ZoneMissing:
        sealed.create_machine_zone(ZONE)
        return sealed.prepare_data_key(zone=ZONE, holder=holder, recipients=[Recipient.SERVICE])


def _sealed(row: Registration, prepared: PreparedKey, name: str, details: Details) -> bytes:
    return sealed.seal(prepared.key, table=TABLE, row=row.ref, field=name, text=_text(details))


def _text(details: Details) -> str:
    return json.dumps(asdict(details), ensure_ascii=False)


def _details(row: Registration, key: sealed.DataKey) -> Details:
    text = sealed.unseal(key, table=TABLE, row=row.ref, field="details", envelope=bytes(row.details))
    return Details(**json.loads(text))
