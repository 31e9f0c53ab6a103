"""Puzzles: what a form asks of a visitor while too much arrives at once. Stateless, made under the file
`keys/tickets`.

A puzzle belongs to one ticket of one form. It is answered by work (a proof of `PARTS` numbers, found by
trying) or by patience (it is old enough). Neither tells anything about the visitor.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from nacl import bindings

from sauga.kernel.sealed import files
from sauga.kernel.sealed.errors import TicketInvalid
from sauga.kernel.sealed.primitives.envelopes import context, digest
from sauga.kernel.sealed.visitors.tickets import TIME_BYTES, check_age, parse, write

PARTS = 16
"""Sixteen small searches instead of a large one: their sum varies by a quarter only, so that nobody is
unlucky for long."""
SALT_BYTES, MAC_BYTES = 8, 16
PART_DIGITS = 8
USE = "sauga.puzzle"


@dataclass(frozen=True)
class Puzzle:
    """A puzzle: `text` travels in the form, `seed` is what the search begins with, `wait` are the seconds of
    patience that do instead."""

    text: str
    seed: str
    bits: int
    wait: int
    made_at: datetime

    @property
    def ripe_at(self) -> datetime:
        """When patience is answer enough."""
        return self.made_at + timedelta(seconds=self.wait)


def new_puzzle(ticket: str, purpose: str, *, bits: int, wait: int, at: datetime) -> Puzzle:
    """A puzzle for the form that holds `ticket`: each of its parts takes 2**bits tries on average, or `wait`
    seconds pass."""
    body = (
        int(at.timestamp()).to_bytes(TIME_BYTES, "big")
        + bindings.randombytes(SALT_BYTES)
        + bytes([bits, wait])
    )
    return _puzzle(body, write(body + _mac(body, ticket, purpose, files.subkey(files.TICKETS, USE))))


def read_puzzle(text: str, ticket: str, purpose: str, at: datetime, max_age: timedelta) -> Puzzle:
    """Check a puzzle.

    Raises TicketInvalid (forged, of another ticket or form, from the future) or TicketExpired.
    """
    raw = parse(text)
    body, mac = raw[:-MAC_BYTES], raw[-MAC_BYTES:]
    if len(body) != TIME_BYTES + SALT_BYTES + 2 or not any(
        bindings.sodium_memcmp(mac, _mac(body, ticket, purpose, key))
        for key in files.subkeys(files.TICKETS, USE)
    ):
        raise TicketInvalid("not a puzzle of this form")
    check_age(int.from_bytes(body[:TIME_BYTES], "big"), at, max_age)
    return _puzzle(body, text)


def is_solved(puzzle: Puzzle, proof: str) -> bool:
    """Whether `proof` holds a right number for each part."""
    if len(proof) != PARTS * PART_DIGITS or not proof.isascii():
        return False
    numbers = (proof[place * PART_DIGITS :][:PART_DIGITS] for place in range(PARTS))
    return all(_fits(puzzle, part, number) for part, number in enumerate(numbers))


def solve(puzzle: Puzzle) -> str:
    """The proof, found as a browser finds it: for tests, and for programs of our own that fill in forms."""

    def found(part: int) -> str:
        return next(number for tried in count() if _fits(puzzle, part, number := f"{tried:0{PART_DIGITS}x}"))

    return "".join(found(part) for part in range(PARTS))


def _fits(puzzle: Puzzle, part: int, number: str) -> bool:
    """The first bits of SHA-256 over seed, part and number are zero.

    The message fills one block of the hash.
    """
    begun = int.from_bytes(hashlib.sha256(f"{puzzle.seed}{part:x}{number}".encode()).digest()[:4], "big")
    return begun >> (32 - puzzle.bits) == 0


def _puzzle(body: bytes, text: str) -> Puzzle:
    made = datetime.fromtimestamp(int.from_bytes(body[:TIME_BYTES], "big"), UTC)
    seed = digest(text.encode(), person=b"sauga.seed", size=16).hex()
    return Puzzle(text, seed, bits=body[-2], wait=body[-1], made_at=made)


def _mac(body: bytes, ticket: str, purpose: str, key: bytes) -> bytes:
    said = context("puzzle", purpose, digest(ticket.encode("utf-8", "replace"), person=b"sauga.puzzle").hex())
    return digest(said + body, key=key, size=MAC_BYTES)
