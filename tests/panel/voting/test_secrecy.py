"""Nobody who has everything that an installation leaves behind names a member's vote more often than by
chance: while a ballot is open, and after it was counted, not even together with a facilitator.

The members vote on their pages. The same adversary names the votes of installations that leak on purpose.
"""

import json
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from nacl import bindings
from repetition import often

from sauga.kernel import clock, sealed
from sauga.kernel.sealed.primitives.envelopes import context, encrypt_to
from sauga.kernel.sealed.primitives.padding import pad
from sauga.panel.members.models import Member
from sauga.panel.voting.actions import ballots, counts, votes
from sauga.panel.voting.models import Ballot, Voter
from sauga.panel.voting.rules.ballots import digest_of
from sauga.panel.voting.rules.codes import Kind
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories import ballots as make
from tests.factories.ballots import OPENS, WRITES
from tests.panel.voting.adversary import Adversary, Evidence, Row

pytestmark = pytest.mark.django_db(transaction=True)
TOKENS = ["A,B,C", "B,C,A", "C,A,B"]
KEPT = ("panel_", "audit_", "procrastinate_", "members_", "sealed_")
VOTERS = 12

type Leak = Callable[[Voter, str], None]


@dataclass
class Played:
    """A ballot that was played: what is left of it, and how everybody voted."""

    evidence: Evidence
    truth: dict[int, str]
    ballot: Ballot
    at: Any
    keep: list[str] = field(default_factory=list)


def tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [name for (name,) in cursor.fetchall() if name.startswith((*KEPT, "leak_"))]


def snapshot() -> dict[str, list[Row]]:
    """All rows of the tables that voting could touch, as a copy of the files would show them."""
    made: dict[str, list[Row]] = {}
    with connection.cursor() as cursor:
        for name in tables():
            asked = f'SELECT xmin::text::bigint AS xmin, ctid::text AS ctid, t.* FROM "{name}" t'
            cursor.execute(asked)
            columns = [column.name for column in cursor.description]
            made[name] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return made


def wal_place() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn()::text")
        return str(cursor.fetchone()[0])


def wal_since(start: str) -> bytes:
    """What was written ahead since, as the files hold it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_switch_wal()")
        cursor.execute(
            "SELECT name, size FROM pg_ls_waldir() WHERE name >= (pg_walfile_name(%s)) "
            "AND name ~ '^[0-9A-F]{24}$' AND name <= pg_walfile_name(pg_current_wal_lsn()) "
            "ORDER BY name LIMIT 4",
            [start],
        )
        found = b""
        for name, _size in cursor.fetchall():
            cursor.execute("SELECT pg_read_binary_file('pg_wal/' || %s)", [name])
            found += bytes(cursor.fetchone()[0])
    return found


def marks_of(member: Member) -> list[str]:
    account = member.account
    assert account is not None
    return [str(member.pk), member.ref, account.ref, account.pseudonym]


def play(
    centre: Centre, members: list[Member], dice: Random, caplog: Any, leak: Leak | None = None
) -> Played:
    """A ballot is opened, and everybody votes: on the page, or by the action where an installation leaks."""
    at = clock.now()
    ends = at + timedelta(days=7)
    start = wal_place()
    caplog.clear()
    all_of_them: deque[dict[str, str]] = deque()  # Django itself keeps the last 9,000 only
    with (
        patch.object(connection, "queries_log", all_of_them),
        CaptureQueriesContext(connection),
    ):
        row = ballots.write_ballot(
            by=centre.actor(WRITES, at), given=make.given(Kind.RANKED, ends_at=ends), at=at
        )
        row = ballots.hand_in(by=centre.actor(WRITES, at), ballot=row, at=at)
        row = ballots.open_ballot(by=centre.actor(OPENS, at), ballot=row, at=at)
        voters = {one.member_id: one for one in Voter.objects.filter(ballot=row)}
        found = Evidence(
            marks={one.pk: [*marks_of(one), voters[one.pk].slot] for one in members},
            tokens=TOKENS,
            ballot=row.ref,
            public_key=bytes(row.public_key),
            snapshots=[snapshot()],
        )
        truth = {}
        for member in dice.sample(members, len(members)):
            token = truth[member.pk] = dice.choice(TOKENS)
            if leak is None:
                on_the_page(member, row, token, at)
            else:
                with transaction.atomic():
                    votes.cast_vote(by=make.acting(member, at), ballot=row, vote=token.split(","), at=at)
                    leak(voters[member.pk], token)
            found.snapshots.append(snapshot())
    found.statements = [str(one["sql"]) for one in all_of_them]
    found.logs = [record.getMessage() for record in caplog.records]
    found.files = [path.read_bytes() for path in (settings.ENV.data / "keys").glob("*") if path.is_file()]
    found.wal = wal_since(start)
    return Played(found, truth, row, at)


def on_the_page(member: Member, ballot: Ballot, token: str, at: Any) -> None:
    client = make.browser(member, at)
    address = f"/lt/jaunimas/balsavimai/{ballot.ref}/"
    places = {f"place-{code}": str(number) for number, code in enumerate(token.split(","), 1)}
    looked = client.post(address, {**places, "do": "look"})
    assert looked.status_code == 200 and f'value="{token}"' in looked.text
    sent = client.post(address, {"vote": token, "do": "send"})
    assert sent.status_code == 302 and token not in sent.url


def best(played: Played) -> tuple[str, float]:
    """The attack that names most votes, and which part of them."""
    adversary, scores = Adversary(played.evidence), {}
    for name, attack in adversary.attacks().items():
        guesses = attack()
        scores[name] = sum(played.truth[who] == said for who, said in guesses.items()) / len(played.truth)
    return max(scores.items(), key=lambda one: one[1])


def chance(n: int) -> float:
    """The part of n votes that guessing names in all but one of 30,000 trials: four deviations."""
    return 1 / 3 + 4 * (2 / 9 / n) ** 0.5


def together(all_played: list[Played]) -> tuple[str, float]:
    """The attack that is best over several ballots."""
    hits: dict[str, int] = {}
    for played in all_played:
        for name, attack in Adversary(played.evidence).attacks().items():
            hits[name] = hits.get(name, 0) + sum(played.truth[who] == one for who, one in attack().items())
    n = sum(len(one.truth) for one in all_played)
    name = max(hits, key=lambda one: hits[one])
    return name, hits[name] / n


@pytest.mark.slow("everybody votes on the pages, and all tables are copied after each vote")
@pytest.mark.prove
def test_what_an_installation_leaves_names_nobodys_vote(centre: Centre, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    members, dice = make.voters(VOTERS, at=clock.now()), Random(1)
    played = [play(centre, members, dice, caplog) for _ in range(often(2, 20))]
    for one in played:
        vault = centre.actor(OPENS, one.at).vault
        assert vault is not None
        key = sealed.open_data_key(zone=sealed.Zone.PANEL, holder=f"ballot:{one.ballot.ref}", opener=vault)
        one.evidence.files.append(key.secret)  # a facilitator helps
    n = len(played) * VOTERS
    name, part = together(played)
    assert part <= chance(n), f"while ballots are open, “{name}” names {part:.0%}"
    for one in played:
        one.evidence.snapshots.append(snapshot())
        start = wal_place()
        later = one.ballot.ends_at + timedelta(seconds=1)
        done = counts.count_ballot(by=centre.actor(OPENS, later), ballot=one.ballot, at=later)
        one.evidence.snapshots.append(snapshot())
        one.evidence.wal += wal_since(start)
        assert done.result is not None and done.result["votes"] == VOTERS
        left = settings.ENV.data / "ballots" / one.ballot.ref
        assert not left.exists()
    name, part = together(played)
    assert part <= chance(n), f"after the count, “{name}” names {part:.0%}"


# Installations that leak on purpose
def _sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def in_one_transaction(voter: Voter, token: str) -> None:
    """Two tables, a random key, no time: and the same transaction."""
    Voter.objects.filter(pk=voter.pk).update(has_voted=True)
    _sql("INSERT INTO leak_vote VALUES (gen_random_uuid(), %s, 0)", token)


def in_order(voter: Voter, token: str) -> None:
    """Written by a transaction of its own after each vote, without anything that joins them."""
    transaction.on_commit(lambda: _sql("INSERT INTO leak_vote VALUES (gen_random_uuid(), %s, 0)", token))


def in_a_column(voter: Voter, token: str) -> None:
    """A column that should not be there."""
    _sql("INSERT INTO leak_vote VALUES (gen_random_uuid(), %s, 0)", json.dumps([voter.slot, token]))
    _sql("UPDATE leak_row SET said = %s WHERE slot = %s", token, voter.slot)


def as_a_number(voter: Voter, token: str) -> None:
    """A running count, kept up to date in a later transaction."""
    transaction.on_commit(lambda: _sql("UPDATE leak_count SET n = n + 1 WHERE said = %s", token))


def as_a_digest(voter: Voter, token: str) -> None:
    """Hashed with the voter's slot, and padded, instead of encrypted."""
    import hashlib

    told = hashlib.sha256(f"{voter.slot}|{token}".encode()).digest().ljust(300, b"\x00")
    Voter.objects.filter(pk=voter.pk).update(sealed_vote=told)


def in_a_log(voter: Voter, token: str) -> None:
    """A line meant for finding errors."""
    logging.getLogger("sauga.panel").debug("vote of %s: %s", voter.slot, token)


LEAKS = {
    "in one transaction": (in_one_transaction, {"same transaction"}),
    "in order": (in_order, {"order of rows", "what a backup has more"}),
    "in a column": (in_a_column, {"same row", "near in the write-ahead log"}),
    "as a number": (as_a_number, {"what a backup has more"}),
    "as a digest": (as_a_digest, {"digest"}),
    "in a log": (in_a_log, {"line of a log"}),
}


@pytest.fixture
def leaky(centre: Centre):  # type: ignore[no-untyped-def]
    _sql("CREATE TABLE leak_vote (id uuid, said text, n int)")
    _sql("CREATE TABLE leak_row (id bigserial, slot text, said text)")
    _sql("CREATE TABLE leak_count (said text, n int)")
    _sql("CREATE TABLE leak_key (half bytea)")
    for token in TOKENS:
        _sql("INSERT INTO leak_count VALUES (%s, 0)", token)
    yield centre
    for name in ("leak_vote", "leak_row", "leak_count", "leak_key"):
        _sql(f"DROP TABLE {name}")


@pytest.mark.parametrize("name", LEAKS)
def test_the_adversary_names_the_votes_of_a_leaky_installation(
    leaky: Centre, caplog: pytest.LogCaptureFixture, name: str
):
    caplog.set_level(logging.DEBUG)
    leak, attacks = LEAKS[name]

    def prepared(voter: Voter, token: str) -> None:
        if name == "in a column":
            _sql("INSERT INTO leak_row (slot, said) VALUES (%s, '')", voter.slot)
        leak(voter, token)

    played = play(leaky, make.voters(9, at=clock.now()), Random(2), caplog, prepared)
    adversary = Adversary(played.evidence)
    for attack in attacks:
        guesses = adversary.attacks()[attack]()
        right = sum(played.truth[who] == said for who, said in guesses.items())
        assert right >= 0.9 * len(played.truth), f"“{attack}” names only {right} of {len(played.truth)}"
    assert best(played)[1] >= 0.9


def swap_key(ballot: Ballot) -> bytes:
    """Whoever writes to the database puts a key of their own in place, and makes the digest fit."""
    private, row = bytes(range(1, 33)), Ballot.objects.get(pk=ballot.pk)
    row.public_key = bindings.crypto_scalarmult_base(private)
    row.digest = digest_of(row.frozen)
    row.save(update_fields=["public_key", "digest"])
    return private


def test_whoever_writes_to_the_database_neither_reads_a_vote_nor_puts_one_there(centre: Centre):
    at = clock.now()
    members = make.voters(6, at=at)
    true = make.opened(centre, at=at, ends_at=at + timedelta(days=2))
    kept = Ballot.objects.filter(pk=true.pk).values("public_key", "digest", "key_mark").get()
    assert bytes(kept["public_key"]).hex() == true.frozen.key  # the seal that voters see is over the key, too
    private = swap_key(true)
    page = f"/lt/jaunimas/balsavimai/{true.ref}/"
    assert make.browser(members[0], at).post(page, {"vote": "YES", "do": "send"}).status_code == 422
    with pytest.raises(votes.VoteRefused, match="changed"):
        make.vote(members[0], true, "YES", at=at)
    other = make.opened(centre, at=at, ends_at=at + timedelta(days=2))
    mark = Ballot.objects.get(pk=other.pk).key_mark  # a mark that was made here, for another ballot
    Ballot.objects.filter(pk=true.pk).update(key_mark=mark)
    with pytest.raises(votes.VoteRefused):
        make.vote(members[0], true, "YES", at=at)
    assert not Voter.objects.filter(ballot=true, has_voted=True).exists() and private
    Ballot.objects.filter(pk=true.pk).update(**kept)
    for member in members:
        make.vote(member, true, "NO", at=at)
    one = Voter.objects.filter(ballot=true).latest("pk")
    bound = context(sealed.Zone.PANEL, "ballot", true.ref, one.slot)
    known = encrypt_to(bytes(kept["public_key"]), bound, pad(b"YES"), key_version=1)
    for forged in (known, known + bytes(one.sealed_vote)[-32:], known + bytes(32)):
        Voter.objects.filter(pk=one.pk).update(sealed_vote=forged)  # known votes would tell the others apart
        later = at + timedelta(days=2, seconds=1)
        with pytest.raises(counts.CannotCount, match="damaged"):
            counts.count_ballot(by=centre.actor(OPENS, later), ballot=true, at=later)
    Voter.objects.filter(pk=one.pk).update(sealed_vote=one.sealed_vote)
    swap_key(true)
    with pytest.raises(counts.CannotCount, match="changed"):
        counts.count_ballot(by=centre.actor(OPENS, later), ballot=true, at=later)
    Ballot.objects.filter(pk=true.pk).update(**kept)
    done = counts.count_ballot(by=centre.actor(OPENS, later), ballot=true, at=later)
    assert done.result is not None and done.result["votes"] == 6


def test_the_adversary_finds_a_key_that_was_left_behind(leaky: Centre, caplog: pytest.LogCaptureFixture):
    """Both halves in one place: a backup of the folder that backups leave out, and a facilitator."""
    played = play(leaky, make.voters(7, at=clock.now()), Random(3), caplog, lambda voter, token: None)
    vault = leaky.actor(OPENS, played.at).vault
    assert vault is not None
    team = sealed.open_data_key(zone=sealed.Zone.PANEL, holder=f"ballot:{played.ballot.ref}", opener=vault)
    machine = (settings.ENV.data / "ballots" / played.ballot.ref).read_bytes()
    assert Adversary(played.evidence).keys() == {}
    played.evidence.files.append(machine)
    assert Adversary(played.evidence).keys() == {}, "one half opens nothing"
    played.evidence.files.append(team.secret)
    assert Adversary(played.evidence).keys() == played.truth


def test_the_adversary_sees_lengths(leaky: Centre, caplog: pytest.LogCaptureFixture):
    """Votes that are not padded to one length."""

    played = play(leaky, make.voters(7, at=clock.now()), Random(4), caplog, lambda voter, token: None)
    short = {token: token[: 1 + 2 * number] for number, token in enumerate(TOKENS)}
    for who, token in played.truth.items():
        told = Voter.objects.filter(ballot=played.ballot, member_id=who)
        told.update(sealed_vote=b"\x01" * (80 + len(short[token])))
    played.evidence.tokens = list(short.values())
    played.evidence.snapshots.append(snapshot())
    assert set(played.truth.values()) == set(TOKENS)
    expected = {who: short[token] for who, token in played.truth.items()}
    assert Adversary(played.evidence).lengths() == expected


def test_a_backup_leaves_the_halves_of_ballots_out(centre: Centre):
    from sauga.project.postgresql import archive

    make.voters(at=clock.now())
    at = clock.now()
    row = make.proposed(centre, at=at, ends_at=at + timedelta(days=2))
    row = ballots.open_ballot(by=centre.actor(OPENS, at), ballot=row, at=at)
    half = (settings.ENV.data / "ballots" / row.ref).read_bytes().strip()
    packed = archive._key_files()
    assert packed and half not in packed and bytes.fromhex(half.decode()) not in packed
