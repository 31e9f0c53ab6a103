"""Ed25519 signatures: the heads of the audit trail and messages between houses.

The private half is a file, never a row.
"""

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from sauga.kernel.sealed.files import folder, make_once

INSTALLATION = "house"
"""Name of the key file of this installation: what `sauga installation` publishes."""
SEED_BYTES = 32
PUBLIC_BYTES = 32
SIGNATURE_BYTES = 64


class SigningKeyUnreadable(Exception):
    """The key file exists but does not hold 32 bytes written as hexadecimal digits."""


@dataclass(frozen=True)
class Signer:
    """The holder of one of these can sign; `public` is what others check with."""

    seed: bytes = field(repr=False)

    @classmethod
    def from_file(cls, path: Path) -> "Signer":
        """The signer whose key is in `path`; the key is made (readable by its owner only) when there is no
        file yet.

        Raises SigningKeyUnreadable.
        """
        if not path.exists():
            make_once(path, secrets.token_bytes(SEED_BYTES))
        try:
            seed = bytes.fromhex(path.read_text(encoding="ascii").strip())
        except (OSError, ValueError):
            raise SigningKeyUnreadable(path.name) from None
        if len(seed) != SEED_BYTES:
            raise SigningKeyUnreadable(path.name)
        return cls(seed)

    @property
    def public(self) -> bytes:
        """The 32 public bytes."""
        return bytes(SigningKey(self.seed).verify_key)

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature of `message`."""
        return SigningKey(self.seed).sign(message).signature


def installation_signer() -> Signer:
    """The signer of this installation; its key file is made at first use.

    Others check with the public key that `sauga installation` prints.
    """
    return Signer.from_file(folder() / INSTALLATION)


def named_signer(name: str, *, is_new: bool = False) -> Signer | None:
    """The signer of the key file `name`; None where this host does not have the file. It is made only when it
    `is_new`: a key that others check with is never replaced by chance because its file is missing.

    Raises SigningKeyUnreadable.
    """
    path = folder() / name
    return Signer.from_file(path) if is_new or path.exists() else None


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` was made over `message` by the holder of `public`.

    Bytes of wrong length or form are simply not a signature.
    """
    if len(public) != PUBLIC_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    try:
        VerifyKey(public).verify(message, signature)
    except BadSignatureError:
        return False
    return True
