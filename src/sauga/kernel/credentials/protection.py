"""Encrypts and decrypts what a credential holds; nothing else of this package touches a data key.

Each credential has a key of its own in the zone MEMBERS, opened by the machine only. Destroying it destroys
what is printed and the file, in old backups too.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sauga.kernel import sealed
from sauga.kernel.credentials.declarations.printed import PrintedFields
from sauga.kernel.credentials.integrity.proofs import Document
from sauga.kernel.credentials.models import Credential
from sauga.kernel.i18n import fold
from sauga.kernel.ids import normalise_reference
from sauga.kernel.sealed import PreparedKey, Recipient, ServiceOpener, Zone

ZONE = Zone.MEMBERS
OPENER = ServiceOpener(ZONE)
TABLE = "credentials_credential"
LONGEST_CODE = 40


@dataclass(frozen=True)
class Content:
    """What is sealed of a credential: its code, what is printed, and the heading under which."""

    code: str = field(repr=False)
    printed: PrintedFields = field(repr=False)


def code_lookup(typed: str) -> bytes:
    """The blind index of a code as a person or a camera gives it."""
    return sealed.blind(ZONE, "credentials.code", normalise_reference(typed[:LONGEST_CODE]))


def word_lookups(name: str) -> set[bytes]:
    """The blind indexes of the words of a name, without accents and capitals."""
    return {sealed.blind(ZONE, "credentials.word", word) for word in fold(name).replace("-", " ").split()}


def prepared(row: Credential) -> PreparedKey:
    """A fresh key for a row that is not stored yet, made before the transaction that stores both."""
    try:
        return sealed.prepare_data_key(zone=ZONE, holder=row.holder, recipients=[Recipient.SERVICE])
    except sealed.ZoneMissing:
        sealed.create_machine_zone(ZONE)
        return sealed.prepare_data_key(zone=ZONE, holder=row.holder, recipients=[Recipient.SERVICE])


def put(row: Credential, key: sealed.DataKey, content: Content, document: Document) -> None:
    """Put content and file into a row that is not stored yet, under its own key."""
    row.lookup = code_lookup(content.code)
    stored = json.dumps({"code": content.code, "printed": content.printed.stored()}, ensure_ascii=False)
    row.printed = sealed.seal(key, table=TABLE, row=row.ref, field="printed", text=stored)
    text = json.dumps(document, ensure_ascii=False)
    row.document = sealed.seal(key, table=TABLE, row=row.ref, field="document", text=text)


def contents(rows: Collection[Credential]) -> dict[int, Content]:
    """What is printed on many, by primary key, with one query for all keys."""
    keys = sealed.open_data_keys(ZONE, {row.holder for row in rows}, OPENER) if rows else {}
    return {row.pk: _content(row, keys[row.holder]) for row in rows if row.holder in keys}


def content_of(row: Credential) -> Content:
    """What is printed on one. Raises KeyNotAvailable once its key was destroyed."""
    return _content(row, _key(row))


def document_of(row: Credential) -> Document:
    """The signed file of one. Raises KeyNotAvailable once its key was destroyed."""
    text = sealed.unseal(_key(row), table=TABLE, row=row.ref, field="document", envelope=bytes(row.document))
    document: Document = json.loads(text)
    return document


def destroy(rows: Iterable[Credential]) -> int:
    """Destroy the keys of these credentials."""
    return sealed.destroy_keys([row.holder for row in rows])


def _key(row: Credential) -> sealed.DataKey:
    return sealed.open_data_key(zone=ZONE, holder=row.holder, opener=OPENER)


def _content(row: Credential, key: sealed.DataKey) -> Content:
    text = sealed.unseal(key, table=TABLE, row=row.ref, field="printed", envelope=bytes(row.printed))
    held = json.loads(text)
    return Content(held["code"], PrintedFields.read(held["printed"]))
