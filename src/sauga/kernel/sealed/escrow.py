"""The escrow key on paper: three shares of which two restore it. Its private half exists only while shares
are made or combined."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from nacl import bindings

from sauga.kernel.sealed.errors import SharesRefused
from sauga.kernel.sealed.primitives import crockford, shares
from sauga.kernel.sealed.primitives.envelopes import KEY_BYTES, digest, public_half
from sauga.kernel.sealed.zones import Zone

COUNT, NEEDED = 3, 2
FORMAT = 1
LETTERS = 72
GROUP = 4
SET_BYTES, CHECK_BYTES = 4, 7
_BYTES = 1 + 1 + SET_BYTES + KEY_BYTES + CHECK_BYTES


@dataclass(frozen=True, eq=False)
class Escrow:
    """A fresh escrow key: the public half to keep, and the printed shares, which are shown once."""

    public: bytes
    shares: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, eq=False)
class EscrowKey:
    """The escrow's private half, restored. Use it and forget it."""

    zone: Zone
    private: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        """The public half, to be compared with the zone's."""
        return public_half(self.private)


def split_new(zone: Zone) -> Escrow:
    """Make an escrow pair, split its private half and forget it."""
    private = bindings.randombytes(KEY_BYTES)
    public = public_half(private)
    parts = shares.split(private, count=COUNT, needed=NEEDED)
    return Escrow(public, tuple(_write(zone, public, x, part) for x, part in parts.items()))


def join(zone: Zone, typed: Sequence[str]) -> EscrowKey:
    """The private half from at least two typed shares.

    Raises SharesRefused, naming the share at fault where it can.
    """
    parts: dict[int, bytes] = {}
    sets = set()
    for number, text in enumerate(typed, 1):
        made_for, x, part = read_share(zone, text, number)
        parts[x] = part
        sets.add(made_for)
    if len(sets) > 1:
        raise SharesRefused("the shares belong to different sets")
    if len(parts) < NEEDED:
        raise SharesRefused(f"{NEEDED} different shares are needed")
    key = EscrowKey(zone, shares.join(parts))
    if _set_of(key.public) not in sets:
        raise SharesRefused("the shares do not fit together")
    return key


def _write(zone: Zone, public: bytes, x: int, part: bytes) -> str:
    body = bytes([FORMAT, x]) + _set_of(public) + part
    return crockford.spell(int.from_bytes(body + _check(zone, body), "big"), LETTERS, GROUP)


def read_share(zone: Zone, text: str, number: int = 0) -> tuple[bytes, int, bytes]:
    """Set, number and bytes of one typed share. Raises SharesRefused."""
    squeezed = crockford.squeeze(text)
    value = crockford.value(squeezed)
    if len(squeezed) != LETTERS or value is None:
        raise SharesRefused(f"a share has {LETTERS} letters and digits", number)
    raw = value.to_bytes(_BYTES, "big")
    body, check = raw[:-CHECK_BYTES], raw[-CHECK_BYTES:]
    if check != _check(zone, body):
        raise SharesRefused("a letter is wrong, or the share is of another zone", number)
    if body[0] != FORMAT or not 1 <= body[1] <= COUNT:
        raise SharesRefused("a share of an unknown kind", number)
    return body[2 : 2 + SET_BYTES], body[1], body[2 + SET_BYTES :]


def _set_of(public: bytes) -> bytes:
    return digest(public, person=b"sauga.shares", size=SET_BYTES)


def _check(zone: Zone, body: bytes) -> bytes:
    return digest(zone.encode() + b"|" + body, person=b"sauga.share", size=CHECK_BYTES)
