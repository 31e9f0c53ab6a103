"""Zone keys as the rest of the package sees them: making one, trusting one, and the process-wide cache of the
public halves."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import connection, transaction
from nacl import bindings

from sauga.kernel.sealed import files
from sauga.kernel.sealed.errors import RogueZoneKey, ZoneMissing
from sauga.kernel.sealed.models import ZoneKey
from sauga.kernel.sealed.primitives.envelopes import KEY_BYTES, context, digest, encrypt_to, public_half
from sauga.kernel.sealed.zones import WITH_MEMBERS, Recipient, Zone

FRESH_SECONDS = 3.0
"""How long a process may go on sealing to a key without asking the database.

A key rotated meanwhile is found by `reseal`.
"""


@dataclass(frozen=True)
class PublicKey:
    """What sealing needs of a zone key."""

    kind: Recipient
    version: int
    public: bytes


type Keyset = Mapping[Recipient, PublicKey]
_cache: dict[Zone, tuple[float, Keyset]] = {}


def public_keys(zone: Zone) -> Keyset:
    """The newest public key of each kind. Raises ZoneMissing, RogueZoneKey.

    Outside a transaction it asks the database at most every FRESH_SECONDS. Inside one it always asks and
    remembers nothing: a rotation that is rolled back must not leave behind a key without a holder.
    """
    if connection.in_atomic_block:
        return _read(zone)
    held = _cache.get(zone)
    if held is None or time.monotonic() - held[0] > FRESH_SECONDS:
        held = _cache[zone] = (time.monotonic(), _read(zone))
    return held[1]


def forget(zone: Zone) -> None:
    """Drop the zone from this process's cache now and again once the change is committed."""
    _cache.pop(zone, None)
    transaction.on_commit(lambda: _cache.pop(zone, None))


def _read(zone: Zone) -> Keyset:
    newest: dict[Recipient, PublicKey] = {}
    for row in ZoneKey.objects.filter(zone=zone).order_by("version"):
        check_mark(row)
        newest[Recipient(row.kind)] = PublicKey(Recipient(row.kind), row.version, bytes(row.public))
    if not newest:
        raise ZoneMissing(f"the zone {zone} has no keys yet")
    return MappingProxyType(newest)


def current(zone: Zone, kind: Recipient) -> ZoneKey:
    """The newest row, locked until the transaction ends, its mark checked.

    Raises ZoneMissing, RogueZoneKey.
    """
    row = ZoneKey.objects.select_for_update().filter(zone=zone, kind=kind).order_by("-version").first()
    if row is None:
        raise ZoneMissing(f"the zone {zone} has no keys yet")
    check_mark(row)
    return row


def make(zone: Zone, kind: Recipient, version: int, *, escrow_public: bytes) -> tuple[ZoneKey, bytes]:
    """Make, store and return a TEAM or CUSTODIAN pair: the row and the private half, which is also sealed to
    the escrow key."""
    private = bindings.randombytes(KEY_BYTES)
    row = ZoneKey(
        zone=zone, kind=kind, version=version, public=public_half(private), verify=verify_half(private)
    )
    row.escrowed = encrypt_to(escrow_public, escrow_context(row), private, key_version=version)
    store(row)
    return row, private


def store(row: ZoneKey) -> None:
    """Mark and save a row."""
    row.mark = _mark(row)
    row.save()


def check_mark(row: ZoneKey) -> None:
    """Raises RogueZoneKey unless this installation wrote the row."""
    if not bindings.sodium_memcmp(bytes(row.mark).ljust(KEY_BYTES, b"\0"), _mark(row)):
        raise RogueZoneKey(
            f"{row.zone} {row.kind} {row.version}: written elsewhere, or keys/index is not the file it "
            f"was written with"
        )


def escrow_context(row: ZoneKey) -> bytes:
    """What the escrowed private half of a zone key is bound to."""
    return context("escrowed", row.zone, row.kind, row.version)


def signing_key(private: bytes) -> bytes:
    """The Ed25519 seed that every holder of a team's private half can derive, and no others."""
    return digest(b"", key=private, person=b"sauga.sign")


def verify_half(private: bytes) -> bytes:
    """The public key that checks what holders of `private` sign."""
    return bindings.crypto_sign_seed_keypair(signing_key(private))[0]


def _mark(row: ZoneKey) -> bytes:
    said = context("zonekey", row.zone, row.kind, row.version)
    fields = [said, bytes(row.public), bytes(row.verify), bytes(row.escrowed)]
    framed = b"".join(len(part).to_bytes(4, "big") + part for part in fields)
    return digest(framed, key=files.subkey(files.INDEX, "sauga.mark"))


def check_kind(kind: Recipient) -> Recipient:
    """Raises ValueError for a kind that has no members."""
    if kind not in WITH_MEMBERS:
        raise ValueError(f"{kind} has no members")
    return Recipient(kind)
