"""A second reading of what may happen to credentials, in plain Python, and random histories that play the
real actions beside it.

It shares neither the table of states nor a query with the product: what stands, what is refused and what the
lists say is written down here from the documents.
"""

import base64
import gzip
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.test import Client

from sauga.kernel import credentials
from sauga.kernel.credentials import Credential, actions, verification
from sauga.kernel.credentials.integrity import proofs
from sauga.kernel.credentials.issuer import keys
from sauga.kernel.credentials.models import StatusList
from sauga.kernel.refusals import NothingChanged
from sauga.kernel.states import MoveNotAllowed
from tests.kernel.credentials.lessons import AT, KEEPER, issue, printed

SUBJECTS = tuple(f"lessons.enrolment:{letter * 4}" for letter in "ABCDEF")
NAMES = ("Daiva Šimkienė", "Rūta Girdenytė-Šėrienė", "Žygimantas Ąžuolas", "Daiva Šimkienė-Kaupaitė")
REFUSALS = (MoveNotAllowed, NothingChanged, credentials.CredentialRefused)
STANDING = ("VALID", "SUSPENDED")


@dataclass
class Known:
    """What there should be of one credential."""

    row: Credential
    holder: str
    until: datetime | None
    state: str = "VALID"
    revoked: bool = False
    suspended: bool = False
    moves: int = 0

    def becomes(self, state: str) -> None:
        """A move: what a list says stays as it was where the file itself says that the term is over."""
        self.state, self.moves = state, self.moves + 1
        if state != "EXPIRED":
            self.revoked, self.suspended = state in {"REVOKED", "REPLACED"}, state == "SUSPENDED"

    def is_over(self, at: datetime) -> bool:
        """Whether its term has ended."""
        return self.until is not None and self.until <= at


@dataclass
class History:
    """One history: the real rows and what there should be, over some months."""

    dice: Random
    at: datetime = AT
    known: list[Known] = field(default_factory=list)
    done: int = 0
    refused: int = 0
    key_count: int = 1

    def step(self) -> None:
        """One act drawn by chance; the product does it or refuses it as it should."""
        act = self.dice.choice((self.give, self.move, self.move, self.move, self.put_right, self.wait))
        act()
        self.done += 1

    def give(self) -> None:
        """Somebody is given one, or another one because the term was renewed."""
        subject, until = self.dice.choice(SUBJECTS), self.term()
        held = [one for one in self.known if one.row.subject == subject and one.state in STANDING]
        former = self.dice.choice(held) if held and self.dice.random() < 0.5 else None
        may = not held or (former is not None and former.state == "VALID")
        name = self.dice.choice(NAMES)
        more: dict[str, Any] = {"replaces": former.row} if former else {}
        made = self.attempt(
            may,
            lambda: issue(subject, printed=printed(name), at=self.at, valid_until=until, by=KEEPER, **more),
        )
        if made is not None:
            if former is not None:
                former.becomes("REPLACED")
            self.known.append(Known(made, name, until))

    def move(self) -> None:
        """Somebody suspends, restores or revokes."""
        if not self.known:
            return
        one = self.dice.choice(self.known[-8:])
        act, before, after = self.dice.choice(
            (
                (credentials.suspend, {"VALID"}, "SUSPENDED"),
                (credentials.restore, {"SUSPENDED"}, "VALID"),
                (credentials.revoke, {"VALID", "SUSPENDED"}, "REVOKED"),
            )
        )
        may = one.state in before and not (after == "VALID" and one.is_over(self.at))
        why = {"SUSPENDED": "REVIEW", "VALID": "SETTLED", "REVOKED": "MISTAKE"}[after]
        moved = self.attempt(may, lambda: act(by=KEEPER, credential=one.row, why=why, at=self.at))
        if moved is not None:
            one.becomes(after)

    def put_right(self) -> None:
        """Somebody corrects a name or another field."""
        if not self.known:
            return
        one, name = self.dice.choice(self.known[-8:]), self.dice.choice(NAMES)
        if self.dice.random() < 0.5:
            may = one.state == "VALID" and not one.is_over(self.at) and name != one.holder
            made = self.attempt(
                may, lambda: credentials.correct_name(by=KEEPER, credential=one.row, holder=name, at=self.at)
            )
            until = one.until
        else:
            until = self.term() or one.until
            may = one.state == "VALID" and not (until is not None and until <= self.at)
            made = self.attempt(
                may,
                lambda: credentials.replace(
                    by=KEEPER,
                    credential=one.row,
                    why="CONTENT",
                    printed=printed(name),
                    at=self.at,
                    valid_until=until,
                ),
            )
        if made is not None:
            one.becomes("REPLACED")
            self.known.append(Known(made, name, until))

    def wait(self) -> None:
        """Time passes; jobs run, and now and then somebody changes the key."""
        self.at += timedelta(hours=self.dice.choice((1, 9, 30, 24 * 12)))
        if self.dice.random() < 0.6:
            over = [one for one in self.known if one.state in STANDING and one.is_over(self.at)]
            assert actions.expire_due(at=self.at) == len(over)
            for one in over:
                one.becomes("EXPIRED")
        if self.dice.random() < 0.5:
            actions.renew_lists(at=self.at)
        if self.dice.random() < 0.1 and self.known:
            keys.rotate(by=KEEPER, at=self.at)
            self.key_count += 1

    def term(self) -> datetime | None:
        """A last day, often none."""
        return self.dice.choice((None, None, self.at + timedelta(days=self.dice.randint(1, 40))))

    def attempt(self, may: bool, act: Any) -> Any:
        """What the act made; None where it was refused. Either must be as it should."""
        try:
            made = act()
        except REFUSALS as refused:
            assert not may, f"refused, although it may be done: {refused!r}"
            self.refused += 1
            return None
        assert may, "done, although it should have been refused"
        return made

    def check(self) -> None:
        """Rows, lists, files and keys are as they should be; of each subject at most one stands."""
        said = {one.purpose: (one.index.number, bits_of(one)) for one in lists()}
        rows = {row.pk: row for row in Credential.objects.all()}
        assert len(rows) == len(self.known)
        for one in self.known:
            row = rows[one.row.pk]
            assert row.state == one.state and row.steps.count() == one.moves
            for purpose, expected in (("revocation", one.revoked), ("suspension", one.suspended)):
                assert bit(said[purpose][1], row.place) is expected, (purpose, one.state)
        for subject in SUBJECTS:
            assert sum(one.row.subject == subject and one.state in STANDING for one in self.known) <= 1
        assert len(keys.public_keys()) == self.key_count or not self.known

    def look(self) -> None:
        """Files are what was issued, and the check page says where each stands: some of them, by chance."""
        for one in self.dice.sample(self.known, min(3, len(self.known))):
            row = Credential.objects.get(pk=one.row.pk)
            content = credentials.content_of(row)
            file = json.dumps(credentials.document_of(row)).encode()
            found = verification.check_file(file)
            assert found.finding is verification.Finding.GENUINE and found.credential == row
            assert content.printed.holder == one.holder
            expected = "EXPIRED" if one.state in STANDING and one.is_over(self.at) else one.state
            assert credentials.status_of(row, self.at).state == expected
            page = Client().get(f"/en/certificate/{content.code}/").text
            assert "data-state=" in page and one.holder in page


def lists() -> list[StatusList]:
    """The published lists."""
    return list(StatusList.objects.select_related("index"))


def bits_of(row: StatusList) -> bytes:
    """The bits of a list as a stranger reads them, once its signature has been verified."""
    document = json.loads(row.document)
    assert proofs.is_signed(document, keys.public_keys())
    packed = document["credentialSubject"]["encodedList"].removeprefix("u")
    return gzip.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))


def bit(bits: bytes, place: int) -> bool:
    """The bit of a place, counted from the left."""
    return f"{bits[place // 8]:08b}"[place % 8] == "1"
