"""Encrypts and decrypts text: padded, under a key of its own row, bound to zone, table, holder, row and
field."""

from sauga.kernel.sealed.datakeys import DataKey
from sauga.kernel.sealed.errors import EnvelopeDamaged, TextNotSealable
from sauga.kernel.sealed.primitives.envelopes import context, decrypt, digest, encrypt
from sauga.kernel.sealed.primitives.padding import pad, unpad


def seal(key: DataKey, *, table: str, row: str | int, field: str, text: str) -> bytes:
    """The envelope of one field. `row` must be known before the row is stored, so it is a random reference,
    not a primary key.

    Raises TextNotSealable for half a surrogate pair, ContextInvalid for a name with "|". Every other text
    comes back exactly as it was.
    """
    try:
        plain = text.encode("utf-8")
    except UnicodeEncodeError:
        raise TextNotSealable("the text holds half a surrogate pair") from None
    bound = _context(key, table, row, field)
    return encrypt(_row_key(key, row), bound, pad(plain))


def unseal(key: DataKey, *, table: str, row: str | int, field: str, envelope: bytes) -> str:
    """The text of one field.

    Raises EnvelopeUnknown or EnvelopeDamaged when it was changed, swapped, or sealed under another key.
    """
    plain = unpad(decrypt(_row_key(key, row), _context(key, table, row, field), bytes(envelope)))
    try:
        return plain.decode("utf-8")
    except UnicodeDecodeError:
        raise EnvelopeDamaged("no text inside") from None


def _context(key: DataKey, table: str, row: str | int, field: str) -> bytes:
    return context(key.zone, table, key.holder, row, field)


def _row_key(key: DataKey, row: str | int) -> bytes:
    """BLAKE2b(data key, row), so that no two rows share a key and a nonce could repeat only
    within one row.
    """
    return digest(str(row).encode("utf-8", "surrogatepass"), key=key.secret, person=b"sauga.row")
