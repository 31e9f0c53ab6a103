"""The recovery code: 128 bits on paper, shown once, with which a person who forgot the password keeps the key
pair."""

from dataclasses import dataclass, field
from typing import Self

from nacl import bindings

from sauga.kernel.sealed.errors import RecoveryCodeUnreadable
from sauga.kernel.sealed.primitives import crockford
from sauga.kernel.sealed.primitives.envelopes import digest

SECRET_BYTES = 16
LETTERS = 28
CHECK_BITS = 12


@dataclass(frozen=True, eq=False)
class RecoveryCode:
    """Show `text` once, then forget it."""

    secret: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """Twenty-eight letters in groups of four; the last twelve bits check the rest."""
        number = int.from_bytes(self.secret, "big") << CHECK_BITS | _check(self.secret)
        return crockford.spell(number, LETTERS, 4)

    @classmethod
    def new(cls) -> Self:
        """A code from chance."""
        return cls(bindings.randombytes(SECRET_BYTES))

    @classmethod
    def parse(cls, typed: str) -> Self:
        """Read what was typed, tolerant of case, spaces, hyphens, O and I. Raises RecoveryCodeUnreadable."""
        squeezed = crockford.squeeze(typed)
        number = crockford.value(squeezed)
        if len(squeezed) != LETTERS or number is None:
            raise RecoveryCodeUnreadable("a recovery code has 28 letters and digits")
        secret = (number >> CHECK_BITS).to_bytes(SECRET_BYTES, "big")
        if number & (1 << CHECK_BITS) - 1 != _check(secret):
            raise RecoveryCodeUnreadable("a letter of the recovery code is wrong")
        return cls(secret)


def _check(secret: bytes) -> int:
    return int.from_bytes(digest(secret, person=b"sauga.recovery", size=16), "big") >> 128 - CHECK_BITS
