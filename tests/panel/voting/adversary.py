"""Somebody who has everything that an installation leaves behind, and tries to name how each member voted.

Given are copies of all tables with `xmin` and `ctid` (backups, one after each vote), the write-ahead log,
every statement with its values, the logs of the application, and the files that a backup holds. Each attack
answers with guesses; what it cannot tell it leaves out. The same script is given installations that leak on
purpose, and must name their votes: an adversary that never succeeds proves nothing.
"""

import hashlib
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from nacl import bindings

type Row = Mapping[str, Any]
type Snapshot = Mapping[str, list[Row]]
"""Rows by table; each has "xmin" and "ctid" beside its columns."""
type Guesses = dict[int, str]
"""The vote of each member, by the member's key."""
NEAR = 600
"""Bytes of the write-ahead log within which two things may have been written together."""


@dataclass
class Evidence:
    """What was left behind. `marks`: by the member's key all that names the member. `tokens`: what a vote may
    be."""

    marks: dict[int, list[str]]
    tokens: list[str]
    ballot: str = ""
    public_key: bytes = b""
    snapshots: list[Snapshot] = field(default_factory=list)
    wal: bytes = b""
    statements: list[str] = field(default_factory=list)
    logs: list[str] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)


def texts_of(value: Any) -> Iterator[str]:
    """A value of a column as all texts in it."""
    if isinstance(value, Mapping):
        for key, inside in value.items():
            yield str(key)
            yield from texts_of(inside)
    elif isinstance(value, list | tuple):
        yield ",".join(map(str, value))
        for inside in value:
            yield from texts_of(inside)
    elif isinstance(value, bytes | memoryview):
        yield bytes(value).rstrip(b"\x00\x80").decode("latin-1")
    elif value is not None:
        yield str(value)


class Adversary:
    """Reads the evidence once; every attack is a method."""

    def __init__(self, found: Evidence) -> None:
        self.found = found
        self.tokens = set(found.tokens)
        self.who = {mark: key for key, marks in found.marks.items() for mark in marks}

    def attacks(self) -> dict[str, Callable[[], Guesses]]:
        """All of them by name."""
        return {
            "same row": self.same_row,
            "same transaction": self.same_transaction,
            "order of rows": self.order_of_rows,
            "what a backup has more": self.differences,
            "line of a log": self.lines,
            "near in the write-ahead log": self.near_in_wal,
            "digest": self.digests,
            "length": self.lengths,
            "key": self.keys,
        }

    def members_in(self, row: Row) -> set[int]:
        """Whom a row names: by a reference anywhere, by a key in a column that is called so."""
        found = {self.who[text] for text in self._texts(row) if text in self.who}
        for name, value in row.items():
            if name in ("member_id", "member", "account_id") and str(value) in self.who:
                found.add(self.who[str(value)])
        return found

    def tokens_in(self, row: Row) -> set[str]:
        """The votes that can be read in a row."""
        return {text for text in self._texts(row) if text in self.tokens}

    def _texts(self, row: Row) -> Iterator[str]:
        for name, value in row.items():
            if name not in ("xmin", "ctid") and not isinstance(value, int | float):
                yield from texts_of(value)

    @property
    def last(self) -> Snapshot:
        return self.found.snapshots[-1]

    # Rows

    def same_row(self) -> Guesses:
        made: Guesses = {}
        for shot in self.found.snapshots:
            for rows in shot.values():
                for row in rows:
                    members, tokens = self.members_in(row), self.tokens_in(row)
                    if len(members) == len(tokens) == 1:
                        made[members.pop()] = tokens.pop()
        return made

    def same_transaction(self) -> Guesses:
        """Rows of one transaction have the same `xmin`."""
        members, tokens = defaultdict(set), defaultdict(set)
        for shot in self.found.snapshots:
            for rows in shot.values():
                for row in rows:
                    members[row["xmin"]] |= self.members_in(row)
                    tokens[row["xmin"]] |= self.tokens_in(row)
        return {
            next(iter(who)): next(iter(tokens[xmin]))
            for xmin, who in members.items()
            if len(who) == len(tokens[xmin]) == 1
        }

    def order_of_rows(self) -> Guesses:
        """Who voted first has the first vote: by `xmin`, by `ctid`, by the first column of numbers."""
        order = self.order_of_voters()
        for rows in self.last.values():
            votes = [(row, self.tokens_in(row)) for row in rows]
            votes = [(row, tokens) for row, tokens in votes if len(tokens) == 1]
            if len(votes) != len(order) or not order:
                continue
            votes.sort(key=lambda one: (one[0]["xmin"], one[0]["ctid"]))
            return {who: next(iter(tokens)) for who, (_row, tokens) in zip(order, votes, strict=True)}
        return {}

    def order_of_voters(self) -> list[int]:
        """In which backup each member's place first looked different."""
        seen: dict[int, str] = {}
        order: list[int] = []
        for shot in self.found.snapshots:
            for row in shot.get("panel_voter", []):
                for who in self.members_in(row):
                    looks = str(row["has_voted"])
                    if looks != seen.setdefault(who, looks):
                        seen[who] = looks
                        order.append(who)
        return order

    def differences(self) -> Guesses:
        """Between two backups one member voted, and one number grew or one vote came."""
        made: Guesses = {}
        for before, after in zip(self.found.snapshots, self.found.snapshots[1:], strict=False):
            voted = {
                who
                for old, new in self._pairs(before.get("panel_voter", []), after.get("panel_voter", []))
                if old["has_voted"] != new["has_voted"]
                for who in self.members_in(new)
            }
            grown = set()
            for table in after:
                was, now = self._counts(before.get(table, [])), self._counts(after[table])
                grown |= {token for token in self.tokens if now[token] > was[token]}
            if len(voted) == len(grown) == 1:
                made[voted.pop()] = grown.pop()
        return made

    @staticmethod
    def _pairs(before: Sequence[Row], after: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
        old = {row["id"]: row for row in before}
        for row in after:
            if row["id"] in old:
                yield old[row["id"]], row

    def _counts(self, rows: Iterable[Row]) -> Counter[str]:
        """How often each vote stands there, and the numbers beside it."""
        made: Counter[str] = Counter()
        for row in rows:
            numbers = [value for name, value in row.items() if name in ("n", "votes", "total")]
            for token in self.tokens_in(row):
                made[token] += 1 + sum(int(value or 0) for value in numbers)
        return made

    # Texts

    def lines(self) -> Guesses:
        """A line of a log or a statement that names a member and a vote, or the next line does."""
        made: Guesses = {}
        for lines in (self.found.logs, self.found.statements):
            last: set[int] = set()
            for line in lines:
                members = {key for mark, key in self.who.items() if len(mark) > 6 and mark in line}
                tokens = {token for token in self.tokens if token in line}
                if len(tokens) == 1 and len(members or last) == 1:
                    made[next(iter(members or last))] = next(iter(tokens))
                last = members or last
        return made

    def near_in_wal(self) -> Guesses:
        """The vote that stands nearest to a member's mark in the write-ahead log, fewer than `NEAR` bytes
        away."""
        places = sorted(
            (hit.start(), token)
            for token in self.tokens
            for hit in re.finditer(re.escape(token.encode()), self.found.wal)
        )
        made: Guesses = {}
        for mark, key in self.who.items():
            if len(mark) <= 6:
                continue
            for hit in re.finditer(re.escape(mark.encode()), self.found.wal):
                first, end = (bisect_left(places, (hit.start() + far, "")) for far in (1 - NEAR, NEAR))
                near = [(abs(at - hit.start()), token) for at, token in places[first:end]]
                if near:
                    made[key] = min(near)[1]
        return made

    # Sealed votes

    def sealed_votes(self) -> dict[int, tuple[bytes, str]]:
        """The sealed vote and the slot of each member, from the last backup that has it."""
        made: dict[int, tuple[bytes, str]] = {}
        for shot in self.found.snapshots:
            for row in shot.get("panel_voter", []):
                if row.get("sealed_vote"):
                    for who in self.members_in(row):
                        made[who] = bytes(row["sealed_vote"]), str(row["slot"])
        return made

    def digests(self) -> Guesses:
        """The vote is not encrypted but hashed, alone or with what everybody knows."""
        made: Guesses = {}
        ways = [hashlib.sha256, hashlib.md5, hashlib.blake2b]
        for who, (sealed, slot) in self.sealed_votes().items():
            salts = ["", self.found.ballot, slot, *self.found.marks[who]]
            for token, salt, way, bar in product(self.tokens, salts, ways, ("", "|", ":")):
                for text in (f"{token}{bar}{salt}", f"{salt}{bar}{token}"):
                    if way(text.encode()).digest()[:16] in sealed:
                        made[who] = token
        return made

    def lengths(self) -> Guesses:
        """Longer votes have longer envelopes."""
        held = {who: sealed for who, (sealed, _slot) in self.sealed_votes().items()}
        by_length = sorted({len(one) for one in held.values()})
        by_token = sorted({len(token) for token in self.tokens})
        if len(by_length) < 2 or len(by_length) != len(by_token):
            return {}
        of = {len(token): token for token in self.tokens}
        return {who: of[by_token[by_length.index(len(one))]] for who, one in held.items()}

    def keys(self) -> Guesses:
        """Every 32 bytes that could be a private key, and every two that could be halves of one."""
        candidates = self._candidates()
        halves = [
            hashlib.blake2b(one, digest_size=32, key=other, person=b"ballot-key").digest()
            for one, other in product(candidates, repeat=2)
        ]
        for private in (*candidates, *halves):
            if bindings.crypto_scalarmult_base(private) == self.found.public_key:
                return self._opened(private)
        return {}

    def _candidates(self) -> list[bytes]:
        """What is 32 bytes long or written as 64 digits: files first, the newest before others, then the log
        around the ballot, then tables."""
        texts = [
            *reversed(self.found.files),
            *(
                self.found.wal[max(hit.start() - 200, 0) : hit.end() + 400]
                for hit in re.finditer(re.escape(self.found.ballot.encode()), self.found.wal)
            ),
            *(
                line.encode()
                for line in (*self.found.logs, *self.found.statements)
                if self.found.ballot in line
            ),
        ]
        for shot in (self.found.snapshots[0], self.last):
            for name, rows in shot.items():
                if name.startswith(("panel_", "sealed_", "leak_")):
                    texts += [text.encode("latin-1", "ignore") for row in rows for text in self._texts(row)]
        written = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
        made: dict[bytes, None] = {}
        for text in texts:
            made |= dict.fromkeys([text] if len(text) == 32 else [])
            made |= dict.fromkeys(bytes.fromhex(one.decode()) for one in written.findall(text))
        return list(made)[:90]

    def _opened(self, private: bytes) -> Guesses:
        public, made = bindings.crypto_scalarmult_base(private), {}
        for who, (sealed, _slot) in self.sealed_votes().items():
            inside = bindings.crypto_box_seal_open(sealed[4:-32], public, private)
            made[who] = inside[32:].rstrip(b"\x00")[:-1].decode()
        return made
