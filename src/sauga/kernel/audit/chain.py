"""The hash chain without a database: what is hashed, how links follow each other, and where a chain breaks.

An entry's digest is BLAKE2b over its canonical JSON. A link's hash is SHA-256 over the previous link's hash,
the sequence number, the zone and the digest. Links are hashed inside PostgreSQL at commit, which has SHA-256
but not BLAKE2b.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

BEGINNING = bytes(32)
"""What the first link of a zone takes for its predecessor's hash."""


class Content(NamedTuple):
    """What a line says. `hour` is the hour of the act; `kind` and `ref` name its object."""

    zone: str
    hour: datetime
    actor: str
    action: str
    kind: str
    ref: str
    facts: Mapping[str, Any]

    def canonical(self) -> bytes:
        """The one way to write this line down as bytes: JSON, keys sorted, no spaces, ASCII,
        the hour in UTC.
        """
        hour = self.hour.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return json.dumps(
            {**self._asdict(), "hour": hour}, sort_keys=True, separators=(",", ":"), ensure_ascii=True
        ).encode()

    def digest(self) -> bytes:
        """32 bytes that stand for the whole line."""
        return hashlib.blake2b(self.canonical(), digest_size=32, person=b"sauga-trail").digest()


class Row(NamedTuple):
    """A link with its line, as read back. `content` is None when the link's line is gone."""

    sequence: int
    content: Content | None
    digest: bytes
    hash: bytes


class Head(NamedTuple):
    """Where a chain stood: its last sequence number and that link's hash."""

    sequence: int
    hash: bytes


NOWHERE = Head(0, BEGINNING)
"""Where a chain stands that has no link yet."""


class Checkpoint(NamedTuple):
    """What is remembered of the chain elsewhere: a signature or a line in another zone. `source` says who."""

    sequence: int
    hash: bytes
    source: str


@dataclass(frozen=True)
class Verdict:
    """What a check found.

    `first_bad_sequence` is the place, `what` the kind of damage as a code, None and "" when all is well.
    """

    ok: bool
    rows: int
    first_bad_sequence: int | None = None
    what: str = ""


def link_hash(previous: bytes, sequence: int, zone: str, digest: bytes) -> bytes:
    """The hash of one link.

    The database computes the same in `audit_link_line()`; a test holds the two together.
    """
    return hashlib.sha256(
        previous + sequence.to_bytes(8, "big", signed=True) + zone.encode() + digest
    ).digest()


def check_rows(
    zone: str,
    rows: Iterable[Row],
    *,
    start: Head = NOWHERE,
    head: Head | None,
    checkpoints: Iterable[Checkpoint] = (),
) -> Verdict:
    """Walk the rows in the order of their sequence and say whether they are the chain that was written.

    `start` is the anchor left by a dropped prefix, `head` where the zone's head row says the chain ends,
    `checkpoints` what signatures and witnesses remember. Holds one row at a time, so a million rows cost no
    memory.
    """
    remembered: dict[int, list[Checkpoint]] = {}
    for point in checkpoints:
        remembered.setdefault(point.sequence, []).append(point)
    last, count = start, 0
    if what := _against(last, remembered):
        return Verdict(False, 0, start.sequence, what)
    for row in rows:
        if what := _row_fault(zone, row, last):
            return Verdict(False, count, last.sequence + 1, what)
        last, count = Head(row.sequence, row.hash), count + 1
        if what := _against(last, remembered):
            return Verdict(False, count, row.sequence, what)
    return _end(last, count, head, remembered)


def _row_fault(zone: str, row: Row, last: Head) -> str:
    if row.sequence != last.sequence + 1:
        return "LINK_MISSING" if row.sequence > last.sequence else "LINK_DOUBLED"
    if row.content is None:
        return "LINE_MISSING"
    if row.content.zone != zone or row.content.digest() != row.digest:
        return "LINE_CHANGED"
    if link_hash(last.hash, row.sequence, zone, row.digest) != row.hash:
        return "LINK_CHANGED"
    return ""


def _against(last: Head, remembered: Mapping[int, list[Checkpoint]]) -> str:
    differing = [point.source for point in remembered.get(last.sequence, ()) if point.hash != last.hash]
    return f"NOT_AS_{differing[0]}" if differing else ""


def _end(last: Head, count: int, head: Head | None, remembered: Mapping[int, list[Checkpoint]]) -> Verdict:
    """The chain itself holds; what was cut off its end shows only in what others remember."""
    ends = [sequence for sequence in remembered if sequence > last.sequence]
    if ends or (head is None and last.sequence) or (head is not None and head.sequence > last.sequence):
        return Verdict(False, count, last.sequence + 1, "TRUNCATED")
    if head is not None and head != last:
        return Verdict(False, count, last.sequence, "HEAD_CHANGED")
    return Verdict(True, count)
