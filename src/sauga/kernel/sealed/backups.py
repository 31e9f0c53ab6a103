"""Backups are encrypted for a zone's escrow key: any host can write one, only two shares can read it."""

import struct
from typing import BinaryIO

from nacl import bindings
from nacl.exceptions import CryptoError

from sauga.kernel.sealed import zonekeys
from sauga.kernel.sealed.errors import EnvelopeDamaged
from sauga.kernel.sealed.escrow import EscrowKey
from sauga.kernel.sealed.primitives.envelopes import KEY_BYTES, context, decrypt_with, encrypt_to
from sauga.kernel.sealed.zones import Recipient, Zone

CHUNK = 1024 * 1024
_LENGTH = struct.Struct(">I")
_TAG_MESSAGE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_TAG_FINAL = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_HEADER_BYTES = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_EXTRA = bindings.crypto_secretstream_xchacha20poly1305_ABYTES


def seal_backup(zone: Zone, source: BinaryIO, target: BinaryIO) -> None:
    """Copy `source` to `target`, sealed: envelope of the stream key, then libsodium's secretstream in chunks,
    the last one marked final."""
    escrow = zonekeys.public_keys(Zone(zone))[Recipient.ESCROW]
    key = bindings.randombytes(KEY_BYTES)
    _write(target, encrypt_to(escrow.public, context("backup", zone), key, key_version=escrow.version))
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    target.write(bindings.crypto_secretstream_xchacha20poly1305_init_push(state, key))
    chunk = source.read(CHUNK)
    while True:
        following = source.read(CHUNK)
        tag = _TAG_MESSAGE if following else _TAG_FINAL
        _write(target, bindings.crypto_secretstream_xchacha20poly1305_push(state, chunk, tag=tag))
        if not following:
            return
        chunk = following


def open_backup(key: EscrowKey, source: BinaryIO, target: BinaryIO) -> None:
    """Undo `seal_backup`.

    Raises EnvelopeError for anything changed, cut short or lengthened; throw away what was written until
    then.
    """
    stream_key = decrypt_with(key.private, context("backup", key.zone), _read(source))
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    try:
        bindings.crypto_secretstream_xchacha20poly1305_init_pull(
            state, source.read(_HEADER_BYTES), stream_key
        )
        tag = _TAG_MESSAGE
        while tag != _TAG_FINAL:
            chunk, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, _read(source))
            target.write(chunk)
    except (CryptoError, ValueError):
        raise EnvelopeDamaged("the backup was changed or cut short") from None
    if source.read(1):
        raise EnvelopeDamaged("something follows the end of the backup")


def _write(target: BinaryIO, part: bytes) -> None:
    target.write(_LENGTH.pack(len(part)) + part)


def _read(source: BinaryIO) -> bytes:
    head = source.read(_LENGTH.size)
    length = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else 0
    if not 0 < length <= CHUNK + _EXTRA + KEY_BYTES:
        raise EnvelopeDamaged("the backup was changed or cut short")
    return source.read(length)
