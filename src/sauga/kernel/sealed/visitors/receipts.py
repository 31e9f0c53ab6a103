"""Receipts: how a person returns without an account. Eight words and a check word, or the same as twenty
letters."""

from dataclasses import dataclass, field

from nacl import bindings
from nacl.pwhash import argon2id

from sauga.kernel.sealed.primitives.costs import receipt_cost
from sauga.kernel.sealed.primitives.crockford import spell
from sauga.kernel.sealed.primitives.envelopes import context, digest
from sauga.kernel.sealed.visitors.wordlists import words
from sauga.kernel.sealed.zones import Zone

SECRET_BYTES = 11
"""88 bits: eight words of 2,048, or the first 88 of the code's 100 bits."""
WORD_COUNT = 9
WORD_BITS = 11
CODE_LETTERS = 20
CODE_CHECK_BITS = 12


@dataclass(frozen=True)
class Receipt:
    """What the person is shown once, after the commit. Two receipts are equal when their secrets are."""

    secret: bytes = field(repr=False)
    language: str = field(compare=False, default="en")

    def __post_init__(self) -> None:
        if len(self.secret) != SECRET_BYTES:
            raise ValueError(f"a receipt's secret has {SECRET_BYTES} bytes")

    @property
    def words(self) -> tuple[str, ...]:
        """Eight words and a check word, in the receipt's language."""
        number = int.from_bytes(self.secret, "big") << WORD_BITS | check_bits(self.secret, WORD_BITS)
        listed = words(self.language)
        return tuple(listed[number >> WORD_BITS * place & 2047] for place in reversed(range(WORD_COUNT)))

    @property
    def code(self) -> str:
        """The same secret as XXXXX-XXXXX-XXXXX-XXXXX."""
        number = int.from_bytes(self.secret, "big") << CODE_CHECK_BITS | check_bits(
            self.secret, CODE_CHECK_BITS
        )
        return spell(number, CODE_LETTERS, 5)


@dataclass(frozen=True, eq=False)
class ReceiptKeys:
    """What a receipt becomes in one zone: `lookup` is stored (through `blind`) to find the case, `key` opens
    it and is never stored."""

    zone: Zone
    lookup: bytes = field(repr=False)
    key: bytes = field(repr=False)


def new_receipt(entropy: bytes | None, language: str) -> Receipt:
    """A receipt from 11 bytes (a ticket's `receipt_entropy`, so that a double click gives the same one) or,
    with None, from chance."""
    return Receipt(bindings.randombytes(SECRET_BYTES) if entropy is None else entropy, language)


def receipt_keys(receipt: Receipt, zone: Zone) -> ReceiptKeys:
    """One Argon2id run, outside any transaction.

    The zone is in the salt, so that a receipt of one zone finds nothing in another.
    """
    zone = Zone(zone)
    salt = digest(context("receipt", zone), size=argon2id.SALTBYTES)
    cost = receipt_cost()
    both = argon2id.kdf(64, receipt.secret, salt, opslimit=cost.operations, memlimit=cost.memory)
    return ReceiptKeys(zone, lookup=both[:32], key=both[32:])


def check_bits(secret: bytes, bits: int) -> int:
    """The first `bits` of the secret's check digest: typing errors and swapped words show."""
    return int.from_bytes(digest(secret, person=b"sauga.check", size=16), "big") >> 128 - bits
