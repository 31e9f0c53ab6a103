"""The vault: a person's private half, unlocked, and through it the team keys sealed to that person."""

import base64
import binascii
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NoReturn, Self

from sauga.kernel.sealed.errors import EnvelopeError, KeyNotAvailable, VaultClosed
from sauga.kernel.sealed.models import Member
from sauga.kernel.sealed.people import membership
from sauga.kernel.sealed.primitives.envelopes import (
    KEY_BYTES,
    context,
    decrypt,
    decrypt_with,
    encrypt,
    public_half,
)
from sauga.kernel.sealed.zones import WITH_MEMBERS, Recipient, Zone

_SESSION = context("session")
_ID_BYTES = 8
type RingKey = tuple[Zone, Recipient, int]


@dataclass(frozen=True, eq=False)
class Vault:
    """An unlocked member. It reads its membership rows when first asked for a key, so a leaver's vault opens
    nothing from then on.

    Locking is forgetting the object and what `to_session` returned. It shows no secret in its repr and cannot
    be pickled.
    """

    person_id: int
    _private: bytes = field(repr=False)
    _rows: dict[RingKey, Member] = field(default_factory=dict, repr=False)
    _opened: dict[RingKey, bytes] = field(default_factory=dict, repr=False)
    _only: frozenset[Zone] | None = field(default=None, repr=False)

    def limited_to(self, zones: Collection[str]) -> Self:
        """The same vault, which opens these zones at most, whatever else the person holds keys to."""
        return type(self)(self.person_id, self._private, _only=frozenset(map(Zone, zones)))

    @property
    def public(self) -> bytes:
        """The person's public key."""
        return public_half(self._private)

    @property
    def zones(self) -> frozenset[Zone]:
        """The zones whose team the person belongs to, as the database says now."""
        self._load()
        return frozenset(zone for zone, kind, _ in self._rows if kind is Recipient.TEAM)

    def versions(self, zone: Zone, kind: Recipient) -> list[int]:
        """The versions of a team key that the person holds, ascending."""
        self._load()
        return sorted(version for z, k, version in self._rows if (z, k) == (zone, kind))

    def team_private(self, zone: Zone, kind: Recipient, version: int) -> bytes:
        """The private half of one version of a team key.

        Raises KeyNotAvailable, or RogueMembership for a row that is not signed right.
        """
        key = (Zone(zone), Recipient(kind), version)
        if key not in self._rows:
            self._load()
        if key not in self._rows:
            raise KeyNotAvailable(f"this person does not hold {zone} {kind} {version}")
        if key not in self._opened:
            self._opened[key] = membership.open_row(self._rows[key], self._private)
        return self._opened[key]

    # As an opener of data keys
    recipients = WITH_MEMBERS

    def unwrap(self, zone: Zone, recipient: Recipient, version: int, bound: bytes, envelope: bytes) -> bytes:
        """See `openers.Opener`."""
        return decrypt_with(self.team_private(zone, recipient, version), bound, envelope)

    def to_session(self, secret: bytes) -> str:
        """The vault for the session store, encrypted under 32 bytes that only the person's cookie holds."""
        if len(secret) != KEY_BYTES:
            raise ValueError("the cookie's secret has 32 bytes")
        plain = self.person_id.to_bytes(_ID_BYTES, "big", signed=True) + self._private
        return base64.urlsafe_b64encode(encrypt(secret, _SESSION, plain)).decode()

    @classmethod
    def from_session(cls, kept: str, secret: bytes) -> Self:
        """Open what `to_session` returned. Raises VaultClosed for a wrong secret or anything else."""
        try:
            plain = decrypt(secret, _SESSION, base64.urlsafe_b64decode(kept.encode("ascii")))
        except (EnvelopeError, ValueError, TypeError, binascii.Error):
            raise VaultClosed("the vault does not open under this secret") from None
        return cls(int.from_bytes(plain[:_ID_BYTES], "big", signed=True), plain[_ID_BYTES:])

    def _load(self) -> None:
        rows = Member.objects.filter(person_id=self.person_id, person_public=self.public).select_related(
            "zone_key"
        )
        held = {
            (Zone(row.zone_key.zone), Recipient(row.zone_key.kind), row.zone_key.version): row for row in rows
        }
        fresh = {key: row for key, row in held.items() if self._only is None or key[0] in self._only}
        self._rows.clear()
        self._rows.update(fresh)
        for gone in self._opened.keys() - fresh.keys():
            del self._opened[gone]

    def __reduce__(self) -> NoReturn:
        raise TypeError("an unlocked vault is never pickled; use to_session")
