"""Signed heads outside this database: how a head is written as one line of JSON, and how such lines are read
back.

A line has zone, sequence, hash, signed_at, public and signature. The structured log writes the same fields,
so a log file can be read as well. No line names a person, a case or an action.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from sauga.kernel.audit.chain import Checkpoint, Head
from sauga.kernel.audit.models import SignedHead
from sauga.kernel.audit.recorder import ZONE
from sauga.kernel.audit.seals import message
from sauga.kernel.sealed.signatures.ed25519 import verify as is_signed

FIELDS = ("zone", "sequence", "hash", "signed_at", "public", "signature")
LONGEST_LINE = 4_000
SIZES = {"hash": 32, "public": 32, "signature": 64}
HEXADECIMAL = re.compile(r"[0-9a-f]*")


@dataclass(frozen=True)
class OutsideHead:
    """A signed head as it is remembered outside."""

    zone: str
    sequence: int
    hash: bytes
    signed_at: datetime
    public: bytes
    signature: bytes

    @classmethod
    def of(cls, row: SignedHead) -> Self:
        """The same as a row of this installation."""
        return cls(
            row.zone, row.sequence, bytes(row.hash), row.signed_at, bytes(row.public), bytes(row.signature)
        )

    @classmethod
    def read(cls, fields: Mapping[str, Any]) -> Self:
        """From the fields of a line.

        Raises ValueError for anything that is not of the right form, KeyError for a field that is missing.
        """
        zone, sequence, at = (
            fields["zone"],
            fields["sequence"],
            datetime.fromisoformat(_text(fields["signed_at"])),
        )
        if (
            not ZONE.fullmatch(_text(zone))
            or type(sequence) is not int
            or not 0 < sequence < 2**63
            or at.tzinfo is None
            or not 2000 < at.year < 9000
        ):
            raise ValueError("not a signed head")
        hash_, public, signature = (_bytes(fields[name], size) for name, size in SIZES.items())
        return cls(zone, sequence, hash_, at, public, signature)

    def fields(self) -> dict[str, Any]:
        """As a line, a message and the log write it."""
        at = self.signed_at.astimezone(UTC).isoformat()
        sealed = {name: getattr(self, name).hex() for name in SIZES}
        return {"zone": self.zone, "sequence": self.sequence, "signed_at": at, **sealed}

    def line(self) -> str:
        """One line of a witness file."""
        return json.dumps(self.fields(), sort_keys=True, separators=(",", ":"))

    def is_signed_by(self, keys: Collection[bytes]) -> bool:
        """Whether one of these public keys signed it."""
        signed = message("head", self.zone, Head(self.sequence, self.hash), self.signed_at)
        return self.public in keys and is_signed(self.public, signed, self.signature)

    def checkpoint(self) -> Checkpoint:
        """What the chain is compared with."""
        return Checkpoint(self.sequence, self.hash, "WITNESSED_OUTSIDE")


def read_heads(lines: Iterable[str], keys: Collection[bytes]) -> tuple[list[OutsideHead], list[int]]:
    """The genuine heads in these lines, and the numbers of lines that look like a head and are not signed by
    any of `keys`.

    Other lines (of a log) are passed over.
    """
    heads, forged = [], []
    for number, line in enumerate(lines, 1):
        fields = _object(line)
        if not set(FIELDS) <= fields.keys():
            continue
        try:
            head = OutsideHead.read(fields)
        except ValueError:
            forged.append(number)
            continue
        if head.is_signed_by(keys):
            heads.append(head)
        else:
            forged.append(number)
    return heads, forged


def _object(line: str) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        return {}
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _bytes(value: Any, size: int) -> bytes:
    if len(_text(value)) != 2 * size or not HEXADECIMAL.fullmatch(value):
        raise ValueError("not hexadecimal")
    return bytes.fromhex(value)
