"""Whose signatures under a chain count, and over which bytes they are made."""

import secrets
from datetime import UTC, datetime
from pathlib import Path

from sauga.kernel.audit.chain import Head
from sauga.kernel.sealed import files
from sauga.kernel.sealed.signatures.ed25519 import SEED_BYTES, Signer

KEY = "audit"
RETIRED = "audit-retired"
"""Optional file beside the key: public keys of former signing keys, one a line, hexadecimal."""


def signer() -> Signer:
    """The signer of this installation; its key file `<SAUGA_DATA>/keys/audit` is made at first use."""
    return Signer.from_file(files.folder() / KEY)


def rotate() -> bytes:
    """Make a new signing key; the former one is listed as retired first, so that what it signed stays good.

    Returns the new public key.
    """
    held = signer().public
    if held not in trusted_retired():
        path = files.folder() / RETIRED
        lines = path.read_text(encoding="ascii") if path.exists() else ""
        files.place(path, f"{lines}{held.hex()}\n".encode())
    files.place(files.folder() / KEY, (secrets.token_hex(SEED_BYTES) + "\n").encode())
    return signer().public


def trusted_retired() -> frozenset[bytes]:
    """The public keys of former signing keys. Raises ValueError for a damaged list."""
    retired: Path = files.folder() / RETIRED
    return frozenset(
        map(bytes.fromhex, retired.read_text(encoding="ascii").split() if retired.exists() else [])
    )


def trusted() -> frozenset[bytes]:
    """The public keys whose signatures count: the present one and those listed as retired.

    Raises ValueError for a damaged list.
    """
    return trusted_retired() | {signer().public}


def message(purpose: str, zone: str, head: Head, at: datetime) -> bytes:
    """What is signed: `purpose` is "head" or "anchor", so that neither passes for the other."""
    return (
        f"sauga v1|{purpose}|{zone}|{head.sequence}|{head.hash.hex()}|{at.astimezone(UTC).isoformat()}"
    ).encode()
