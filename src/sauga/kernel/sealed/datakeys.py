"""Data keys: one for every case or contact, wrapped for each recipient.

Destroying the wraps destroys the content.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import NoReturn

from django.db.models import QuerySet
from nacl import bindings

from sauga.kernel import statements
from sauga.kernel.sealed import zonekeys
from sauga.kernel.sealed.errors import EnvelopeError, KeyNotAvailable
from sauga.kernel.sealed.models import WrappedKey
from sauga.kernel.sealed.openers import Opener
from sauga.kernel.sealed.primitives.envelopes import KEY_BYTES, context, encrypt, encrypt_to
from sauga.kernel.sealed.visitors.receipts import ReceiptKeys
from sauga.kernel.sealed.zones import Recipient, Zone

RECEIPT_VERSION = 1


@dataclass(frozen=True, eq=False)
class DataKey:
    """An open data key.

    `holder` is the opaque reference of what it belongs to, for example "report:K7Q4-M2".
    """

    zone: Zone
    holder: str
    secret: bytes = field(repr=False)

    def __reduce__(self) -> NoReturn:
        raise TypeError("an open data key is never pickled")


@dataclass(frozen=True, eq=False)
class PreparedKey:
    """A new data key whose wraps are made but not yet stored."""

    key: DataKey
    _rows: tuple[WrappedKey, ...] = field(repr=False)

    def store(self) -> DataKey:
        """Insert the wraps (one INSERT) and return the key. IntegrityError: the holder has a key already."""
        WrappedKey.objects.bulk_create(self._rows)
        return self.key


def prepare_data_key(
    *, zone: Zone, holder: str, recipients: Iterable[Recipient], receipt: ReceiptKeys | None = None
) -> PreparedKey:
    """Make a data key and wrap it for every recipient, before the transaction; about 0.1 ms for each
    recipient.

    Touches the database at most once every few seconds for the zone's public keys (`zonekeys.public_keys`). A
    receipt given is a recipient too. Raises ZoneMissing, RogueZoneKey, WeakPublicKey; ValueError for ESCROW,
    for no recipient, or RECEIPT without a receipt.
    """
    key = DataKey(Zone(zone), holder, bindings.randombytes(KEY_BYTES))
    return PreparedKey(key, _wraps(key, recipients, receipt))


def store_keys(prepared: Iterable[PreparedKey]) -> None:
    """Insert the wraps of several prepared keys with one INSERT.

    IntegrityError: one of the holders has a key already.
    """
    WrappedKey.objects.bulk_create(row for key in prepared for row in key._rows)


def new_data_key(
    *, zone: Zone, holder: str, recipients: Iterable[Recipient], receipt: ReceiptKeys | None = None
) -> DataKey:
    """`prepare_data_key` and store in the caller's transaction."""
    return prepare_data_key(zone=zone, holder=holder, recipients=recipients, receipt=receipt).store()


def share_data_key(
    key: DataKey, *, recipients: Iterable[Recipient] = (), receipt: ReceiptKeys | None = None
) -> None:
    """Wrap an open key for further recipients, for example a receipt made at the end of a conversation.

    IntegrityError: it had one.
    """
    WrappedKey.objects.bulk_create(_wraps(key, recipients, receipt))


def open_data_key(*, zone: Zone, holder: str, opener: Opener) -> DataKey:
    """Open a holder's key. Raises KeyNotAvailable when it was destroyed, never given to this opener, or does
    not open with it.

    A receipt that fits nothing costs the same query and one decryption too; call it with the holder "none"
    after a look-up that missed.
    """
    for row in _rows(Zone(zone), [holder], opener) or [_decoy(Zone(zone), holder, opener)]:
        found = _try(row, opener)
        if found is not None:
            return found
    raise KeyNotAvailable("no key for this holder and opener")


def open_data_keys(zone: Zone, holders: Collection[str], opener: Opener) -> dict[str, DataKey]:
    """Open many holders' keys with one query. Holders whose key this opener cannot have are left out."""
    found: dict[str, DataKey] = {}
    for row in _rows(Zone(zone), holders, opener):
        if row.holder not in found and (key := _try(row, opener)) is not None:
            found[row.holder] = key
    return found


def destroy_keys(holders: Collection[str]) -> int:
    """Delete every wrap of these holders: what was sealed under their keys is gone for good.

    Returns the number of wraps deleted.
    """
    return WrappedKey.objects.filter(holder__in=holders).delete()[0]


def wrap_context(row: WrappedKey) -> bytes:
    """What a wrap is bound to: it opens nothing for another holder, recipient, zone or version."""
    return context("wrap", row.zone, row.holder, row.recipient, row.version)


def _wraps(
    key: DataKey, recipients: Iterable[Recipient], receipt: ReceiptKeys | None
) -> tuple[WrappedKey, ...]:
    wanted = dict.fromkeys(map(Recipient, recipients))
    if receipt is not None:
        wanted[Recipient.RECEIPT] = None
    if not wanted or Recipient.ESCROW in wanted or (Recipient.RECEIPT in wanted and receipt is None):
        raise ValueError("a data key needs at least one recipient, never ESCROW, and RECEIPT with its keys")
    if receipt is not None and receipt.zone is not key.zone:
        raise ValueError("the receipt's keys are of another zone")
    publics = zonekeys.public_keys(key.zone) if wanted.keys() - {Recipient.RECEIPT} else {}
    wraps = []
    for recipient in wanted:
        version = publics[recipient].version if recipient is not Recipient.RECEIPT else RECEIPT_VERSION
        row = WrappedKey(zone=key.zone, holder=key.holder, recipient=recipient, version=version)
        if recipient is Recipient.RECEIPT and receipt is not None:
            row.envelope = encrypt(receipt.key, wrap_context(row), key.secret, key_version=version)
        else:
            row.envelope = encrypt_to(
                publics[recipient].public, wrap_context(row), key.secret, key_version=version
            )
        wraps.append(row)
    return tuple(wraps)


def _rows(zone: Zone, holders: Collection[str], opener: Opener) -> list[WrappedKey]:
    order = list(opener.recipients)
    found = _held(zone=str(zone), holders=list(holders), recipients=[str(one) for one in order])
    return sorted(found, key=lambda row: order.index(Recipient(row.recipient)))


@statements.fetched
def _held(*, zone: str, holders: list[str], recipients: list[str]) -> QuerySet[WrappedKey]:
    return WrappedKey.objects.filter(zone=zone, holder__any_of=holders, recipient__any_of=recipients)


def _try(row: WrappedKey, opener: Opener) -> DataKey | None:
    zone = Zone(row.zone)
    try:
        secret = opener.unwrap(
            zone, Recipient(row.recipient), row.version, wrap_context(row), bytes(row.envelope)
        )
    except (EnvelopeError, KeyNotAvailable):
        return None
    return DataKey(zone, row.holder, secret)


def _decoy(zone: Zone, holder: str, opener: Opener) -> WrappedKey:
    """A wrap that cannot be opened, so that a miss does the work of a hit."""
    recipient = next(iter(opener.recipients))
    row = WrappedKey(zone=zone, holder=holder, recipient=recipient, version=RECEIPT_VERSION)
    row.envelope = encrypt(
        bindings.randombytes(KEY_BYTES), wrap_context(row), bytes(KEY_BYTES), key_version=RECEIPT_VERSION
    )
    return row
