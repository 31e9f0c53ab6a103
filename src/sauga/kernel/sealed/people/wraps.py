"""Wrapping keys: derived from a password, a recovery code or a passkey, to encrypt a person's private key."""

import hashlib
import hmac

from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id

from sauga.kernel.i18n import normalised
from sauga.kernel.sealed.errors import ParametersRefused, UnlockRefused
from sauga.kernel.sealed.models import KeyWrap, PersonKey, WrapKind
from sauga.kernel.sealed.people.recovery_codes import RecoveryCode
from sauga.kernel.sealed.primitives.costs import password_cost
from sauga.kernel.sealed.primitives.envelopes import context, decrypt, digest, encrypt

CEILING = 16
"""A row may ask for so many times the cost and no more: otherwise it could stop the server."""
PRF_BYTES = 32


def new_salt() -> bytes:
    """Sixteen random bytes."""
    return bindings.randombytes(argon2id.SALTBYTES)


def key_from_password(
    password: str, salt: bytes, operations: int | None = None, memory: int | None = None
) -> bytes:
    """Argon2id; about 0.1 s. Parameters left out are today's.

    Raises ParametersRefused for a stored row that is weaker than this code writes, or absurd.
    """
    today = password_cost()
    operations = today.operations if operations is None else operations
    memory = today.memory if memory is None else memory
    is_allowed = (
        today.operations <= operations <= today.operations * CEILING
        and today.memory <= memory <= today.memory * CEILING
    )
    if not is_allowed or len(salt) != argon2id.SALTBYTES:
        raise ParametersRefused("the stored parameters of a password wrap were changed")
    typed = normalised(password, "NFKC").encode("utf-8", "surrogatepass")
    try:
        return argon2id.kdf(32, typed, salt, opslimit=operations, memlimit=memory)
    except CryptoError:
        raise ParametersRefused("the machine has not enough memory for the derivation") from None


def key_from_code(code: RecoveryCode, salt: bytes) -> bytes:
    """A keyed digest is enough: 128 bits from chance cannot be tried out."""
    return digest(salt, key=code.secret, person=b"sauga.code")


def key_from_prf(output: bytes, salt: bytes) -> bytes:
    """HKDF-SHA-256 (RFC 5869) of a passkey's PRF output (WebAuthn level 3 §10.1.4), 32 bytes.

    Raises ValueError for another length.
    """
    if len(output) != PRF_BYTES:
        raise ValueError("a PRF output has 32 bytes")
    extracted = hmac.digest(salt, output, hashlib.sha256)
    return hmac.digest(extracted, context("passkey") + b"\x01", hashlib.sha256)


def wrap(key: bytes, person: PersonKey, private: bytes, row: KeyWrap) -> KeyWrap:
    """Seal the private half under `key` into the row, bound to person, public key, kind, passkey and
    parameters."""
    row.person_key = person
    row.envelope = encrypt(key, _context(person, row), private)
    return row


def unwrap(key: bytes, person: PersonKey, row: KeyWrap) -> bytes:
    """The private half.

    Raises EnvelopeError; UnlockRefused when it is not the half of the person's public key.
    """
    private = decrypt(key, _context(person, row), bytes(row.envelope))
    if bindings.crypto_scalarmult_base(private) != bytes(person.public):
        raise UnlockRefused("the wrap holds another key than the person's")
    return private


def password_row(salt: bytes) -> KeyWrap:
    """An empty password wrap with today's parameters."""
    today = password_cost()
    return KeyWrap(kind=WrapKind.PASSWORD, salt=salt, operations=today.operations, memory=today.memory)


def _context(person: PersonKey, row: KeyWrap) -> bytes:
    public, credential = bytes(person.public).hex(), bytes(row.credential).hex() or "-"
    return context("person", person.person_id, public, row.kind, credential, row.operations, row.memory)
