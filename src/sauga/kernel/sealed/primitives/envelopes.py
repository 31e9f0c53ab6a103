"""The envelope: version byte, suite byte, key version, nonce, ciphertext; header and context are bound."""

import hashlib
import struct

from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.utils import random

from sauga.kernel.sealed.errors import ContextInvalid, EnvelopeDamaged, EnvelopeUnknown, WeakPublicKey

VERSION = 1
SUITE_XCHACHA = 1
"""XChaCha20-Poly1305 under a shared key (draft-irtf-cfrg-xchacha-03)."""
SUITE_SEALED_BOX = 2
"""libsodium's anonymous box to an X25519 public key.

It binds no context by itself, so a digest of it travels inside.
"""
KEY_BYTES = 32
NONCE_BYTES = 24
TAG_BYTES = 16
HEADER = struct.Struct(">BBH")
SEPARATOR = "|"


def digest(data: bytes, *, key: bytes = b"", person: bytes = b"", size: int = 32) -> bytes:
    """BLAKE2b (RFC 7693), raw. `person` keeps uses of one key apart, at most 16 bytes."""
    return hashlib.blake2b(data, digest_size=size, key=key, person=person).digest()


def context(*parts: str | int) -> bytes:
    """The bound context "v1|part|part|…".

    Raises ContextInvalid for an empty part or one with the separator: two contexts could be one.
    """
    texts = [str(part) for part in parts]
    if not all(texts) or any(SEPARATOR in text for text in texts):
        raise ContextInvalid("a part of the context is empty or holds the separator")
    try:
        return SEPARATOR.join([f"v{VERSION}", *texts]).encode()
    except UnicodeEncodeError:
        raise ContextInvalid("a part of the context has no UTF-8 form") from None


def encrypt(key: bytes, bound: bytes, plain: bytes, *, key_version: int = 1) -> bytes:
    """Seal under a shared 32-byte key with a fresh random nonce."""
    header = HEADER.pack(VERSION, SUITE_XCHACHA, key_version)
    nonce = random(NONCE_BYTES)
    return (
        header
        + nonce
        + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, header + bound, nonce, key)
    )


def decrypt(key: bytes, bound: bytes, envelope: bytes) -> bytes:
    """Open what `encrypt` made.

    Raises EnvelopeUnknown or EnvelopeDamaged, nothing else, whatever the bytes are.
    """
    header, body = _split(envelope, SUITE_XCHACHA, NONCE_BYTES + TAG_BYTES)
    nonce, ciphertext = body[:NONCE_BYTES], body[NONCE_BYTES:]
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(ciphertext, header + bound, nonce, key)
    except CryptoError:
        raise EnvelopeDamaged("the seal does not hold") from None


def encrypt_to(public: bytes, bound: bytes, secret: bytes, *, key_version: int) -> bytes:
    """Seal a short secret to a public key; anybody can. Raises WeakPublicKey."""
    if len(public) != KEY_BYTES:
        raise WeakPublicKey("a public key has 32 bytes")
    header = HEADER.pack(VERSION, SUITE_SEALED_BOX, key_version)
    try:
        return header + bindings.crypto_box_seal(digest(header + bound) + secret, public)
    except CryptoError:
        raise WeakPublicKey("a public key of low order") from None


def decrypt_with(private: bytes, bound: bytes, envelope: bytes) -> bytes:
    """Open what `encrypt_to` made. Raises EnvelopeUnknown or EnvelopeDamaged, nothing else."""
    header, body = _split(envelope, SUITE_SEALED_BOX, bindings.crypto_box_SEALBYTES + KEY_BYTES)
    try:
        inside = bindings.crypto_box_seal_open(body, public_half(private), private)
    except CryptoError:
        raise EnvelopeDamaged("the seal does not hold") from None
    if not bindings.sodium_memcmp(inside[:KEY_BYTES], digest(header + bound)):
        raise EnvelopeDamaged("sealed for another place")
    return inside[KEY_BYTES:]


def key_version(envelope: bytes) -> int:
    """The key version an envelope names, unverified: only good for choosing the key to try.

    Raises EnvelopeDamaged when too short.
    """
    if len(envelope) < HEADER.size:
        raise EnvelopeDamaged("too short")
    version: int = HEADER.unpack_from(envelope)[2]
    return version


def public_half(private: bytes) -> bytes:
    """The X25519 public key of a private one."""
    return bindings.crypto_scalarmult_base(private)


def _split(envelope: bytes, suite: int, least: int) -> tuple[bytes, bytes]:
    if len(envelope) < HEADER.size:
        raise EnvelopeDamaged("too short")
    version, found, _ = HEADER.unpack_from(envelope)
    if version != VERSION:
        raise EnvelopeUnknown("unknown envelope version")
    if found != suite:
        raise EnvelopeUnknown("unknown or unexpected suite")
    if len(envelope) < HEADER.size + least:
        raise EnvelopeDamaged("too short")
    return bytes(envelope[: HEADER.size]), bytes(envelope[HEADER.size :])
