"""Signed heads outside the database: a cut of all zones together is found against them, and
against nothing else.
"""

import json
import logging
import random
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from sauga.kernel import audit, clock
from sauga.kernel.audit import delivery
from sauga.kernel.audit.chain import Head
from sauga.kernel.audit.heads import LONGEST_LINE, OutsideHead
from sauga.kernel.audit.models import Anchor, SignedHead, TrailHead, TrailLink, WitnessedHead
from sauga.kernel.audit.seals import message, rotate, signer, trusted
from tests.repetition import often

AT = datetime(2026, 9, 14, 10, 41, 7, tzinfo=UTC)
CUTS = often(250, 1_000)
ROUNDS, ZONES = 5, ("north", "south", "west")
CUT = (
    "DELETE FROM audit_traillink WHERE line_id > %(last)s",
    "DELETE FROM audit_trailline WHERE id > %(last)s",
    (
        "DELETE FROM audit_signedhead s WHERE sequence > coalesce((SELECT max(sequence) FROM "
        "audit_traillink k WHERE k.zone = s.zone), 0)"
    ),
    "DELETE FROM audit_trailhead h WHERE NOT EXISTS (SELECT 1 FROM audit_traillink k WHERE k.zone = h.zone)",
    "UPDATE audit_trailhead h SET (sequence, hash) ="
    " (SELECT sequence, hash FROM audit_traillink k WHERE k.zone = h.zone ORDER BY sequence DESC LIMIT 1)",
)
"""What whoever owns the database can do: put all zones back to one earlier moment, with their links, heads
and signatures.
"""


@pytest.fixture
def at_once(db):
    """Lines are linked as they are written, as they would be at commit, so that a test needs no
    transaction of its own.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS audit_chain_line IMMEDIATE")


@pytest.fixture
def outside(settings, tmp_path):
    """The file on another disk."""
    settings.ENV = replace(settings.ENV, witness_file=str(tmp_path / "outside" / "heads"))
    (tmp_path / "outside").mkdir()
    return tmp_path / "outside" / "heads"


def heads_in(file):
    heads, forged = audit.read_heads(file.read_text().splitlines(), trusted())
    assert not forged
    return heads


@pytest.fixture
def busy(at_once, write, outside):
    """Three zones and the installation over an hour and a quarter, signed and delivered every quarter; a few
    lines after the last signature."""
    dice, first = random.Random(7), dict.fromkeys(ZONES, 1)
    for number in range(ROUNDS):
        for zone in ZONES:
            count = dice.randint(0, 4) + (number == 0)
            write(count, zone=zone, first=first[zone])
            first[zone] += count
        at = AT + timedelta(minutes=15 * number)
        audit.sign_heads(at, force=True)
        assert audit.deliver_heads(at)["file"] > 0
    write(3, zone="north", first=first["north"])
    return heads_in(outside)


@contextmanager
def past_the_triggers():
    """What the owner of the database can do."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = origin")


def cut(cursor, last):
    for statement in CUT:
        cursor.execute(statement, {"last": last} if "%" in statement else None)


@pytest.mark.prove
def test_every_cut_of_all_zones_is_found_against_a_witness_outside_and_only_there(busy):
    covered = {zone: max(head.sequence for head in busy if head.zone == zone) for zone in audit.zones()}
    links = list(TrailLink.objects.order_by("line_id").values_list("line_id", "zone", "sequence"))
    last_covered = max(line for line, zone, sequence in links if sequence <= covered[zone])
    assert all(audit.verify(zone, outside=busy).ok for zone in covered), "nothing has been cut"
    dice, found = random.Random(1), 0
    with past_the_triggers() as cursor:
        for number in range(CUTS):
            last = dice.randint(links[0][0] - 1, last_covered - 1)
            left = {
                zone: max((s for line, z, s in links if z == zone and line <= last), default=0)
                for zone in covered
            }
            damaged = next(zone for zone in sorted(covered) if left[zone] < covered[zone])
            with transaction.atomic():
                cut(cursor, last)
                if number < 25:
                    assert all(audit.verify(zone).ok for zone in audit.zones()), (
                        "without a witness outside the cut cannot be seen"
                    )
                verdict = audit.verify(damaged, outside=busy)
                transaction.set_rollback(True)
            found += (verdict.what, verdict.first_bad_sequence) == ("TRUNCATED", left[damaged] + 1)
    assert found == CUTS


def test_a_cut_after_the_last_delivery_is_not_found(busy):
    """What the page on the audit log says is not covered."""
    with past_the_triggers() as cursor:
        cut(cursor, TrailLink.objects.order_by("-line_id")[1].line_id)
    assert all(audit.verify(zone, outside=busy).ok for zone in audit.zones(busy))


def test_everything_removed_is_missed(busy):
    with past_the_triggers() as cursor:
        cut(cursor, 0)
    assert audit.zones() == [] and audit.zones(busy) == sorted({*ZONES, "house"})
    assert {
        (v.what, v.first_bad_sequence)
        for v in (audit.verify(zone, outside=busy) for zone in audit.zones(busy))
    } == {("TRUNCATED", 1)}


def test_lines_put_in_the_place_of_what_was_cut_are_found(busy, write):
    with past_the_triggers() as cursor:
        cut(cursor, TrailLink.objects.get(zone="north", sequence=1).line_id)
    write(60, zone="north", first=500)
    assert audit.verify("north").ok
    assert audit.verify("north", outside=busy).what == "NOT_AS_WITNESSED_OUTSIDE"


def test_a_forged_anchor_hides_nothing_young(busy):
    """Whoever has the signing key as well could declare everything pruned after its term."""
    last = TrailHead.objects.get(zone="north")
    head, at, key = Head(last.sequence, bytes(last.hash)), clock.now(), signer()
    anchor = Anchor(zone="north", sequence=head.sequence, hash=head.hash, dropped_at=at, public=key.public)
    anchor.signature = key.sign(message("anchor", "north", head, at))
    anchor.save()
    with past_the_triggers() as cursor:
        for table in ("audit_trailline", "audit_traillink", "audit_signedhead"):
            cursor.execute(f"DELETE FROM {table} WHERE zone = 'north'")
    assert audit.verify("north").ok
    verdict = audit.verify("north", outside=busy)
    assert (verdict.what, verdict.first_bad_sequence) == (
        "DROPPED_TOO_EARLY",
        min(h.sequence for h in busy if h.zone == "north"),
    )


def test_old_heads_before_an_honest_anchor_are_no_complaint(busy):
    old = [replace(head, signed_at=clock.now() - timedelta(days=6 * 366)) for head in busy]
    from sauga.kernel.audit.verification import _dropped_early

    assert (
        _dropped_early(Head(10**6, b""), old) is None and _dropped_early(Head(10**6, b""), busy) is not None
    )


# The lines
# ------------------------------------------------------------------------------------------------------------
def test_a_line_is_read_back_and_names_nobody(busy, outside):
    first = json.loads(outside.read_text().splitlines()[0])
    assert set(first) == {"zone", "sequence", "hash", "signed_at", "public", "signature"}
    assert [OutsideHead.read(json.loads(head.line())) for head in busy] == busy
    assert {(h.zone, h.sequence) for h in busy} == set(SignedHead.objects.values_list("zone", "sequence"))


def test_the_log_is_a_witness_too(busy):
    from sauga.project.logs import JsonFormatter

    records = []

    class Handler(logging.Handler):
        def emit(self, record):
            records.append(JsonFormatter().format(record))

    log = logging.getLogger("sauga.kernel.audit.signatures")
    handler = Handler()
    log.addHandler(handler)
    level = log.level
    log.setLevel("INFO")
    try:
        signed = audit.sign_heads(AT + timedelta(days=2), force=True)
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
    heads, forged = audit.read_heads(['{"event":"something else"}', "no JSON", *records], trusted())
    assert not forged and heads == [OutsideHead.of(row) for row in signed]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"zone": "North!"},
        {"zone": 1},
        {"sequence": 0},
        {"sequence": True},
        {"sequence": "4"},
        {"sequence": 2**63},
        {"sequence": 4},
        {"hash": "00" * 31},
        {"hash": "zz" * 32},
        {"hash": None},
        {"signed_at": "yesterday"},
        {"signed_at": "2026-09-14T10:41:07"},
        {"signed_at": "0001-01-01T00:00:00+23:59"},
        {"public": "00" * 32},
        {"signature": "00" * 64},
    ],
)
def test_a_line_that_was_changed_counts_for_nothing_and_is_named(at_once, write, change):
    write(3)
    (row,) = audit.sign_heads(AT)
    fields = OutsideHead.of(row).fields()
    assert audit.read_heads([json.dumps(fields | change)], trusted()) == ([], [1])
    assert audit.read_heads([json.dumps(fields)], trusted())[0] and audit.read_heads(
        [json.dumps(fields)], {b"x" * 32}
    ) == ([], [1])


@pytest.mark.unit
def test_foreign_lines_are_passed_over():
    lines = [
        "",
        "x" * 10 * LONGEST_LINE,
        "[" * (LONGEST_LINE - 1),
        "[]",
        "7",
        '{"zone": "north"}',
        '{"zone":' * 400,
    ]
    assert audit.read_heads(lines, set()) == ([], [])


# Destinations
# ------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
class TestDelivery:
    @pytest.fixture(autouse=True)
    def destinations(self, at_once, monkeypatch):
        monkeypatch.setattr(delivery, "_destinations", {"file": delivery.FILE})

    def test_each_head_is_delivered_once_and_the_file_is_private(self, write, outside):
        write(3)
        audit.sign_heads(AT)
        assert audit.deliver_heads(AT) == {"file": 1} and audit.deliver_heads(AT) == {"file": 0}
        write(1, first=4)
        audit.sign_heads(AT + timedelta(minutes=15))
        assert audit.deliver_heads(AT + timedelta(minutes=15)) == {"file": 1}
        assert [head.sequence for head in heads_in(outside)] == [3, 4]
        assert outside.stat().st_mode & 0o077 == 0

    def test_a_disk_that_is_away_is_told_and_gets_everything_later(self, write, outside, caplog):
        outside.parent.rmdir()
        write(3)
        audit.sign_heads(AT)
        assert audit.deliver_heads(AT) == {} and "signed heads not delivered" in caplog.text
        assert audit.overdue(AT + timedelta(minutes=59)) == [] and audit.overdue(
            AT + timedelta(minutes=61)
        ) == ["file"]
        outside.parent.mkdir()
        assert (
            audit.deliver_heads(AT + timedelta(hours=2)) == {"file": 1}
            and audit.overdue(AT + timedelta(days=9)) == []
        )

    def test_one_that_fails_holds_up_no_other(self, write, outside):
        def refuse(heads, at):
            raise OSError

        audit.register_destination(audit.Destination("away", lambda: True, refuse))
        write(3)
        audit.sign_heads(AT)
        assert audit.deliver_heads(AT) == {"file": 1}

    def test_a_destination_is_served_as_often_as_it_wants_and_in_parts(self, write):
        got = []
        audit.register_destination(
            audit.Destination(
                "slow",
                lambda: True,
                lambda heads, at: got.append(len(heads)),
                every=timedelta(days=1),
                most=2,
            )
        )
        write(1)
        write(1, zone="south")
        write(1, zone="west")
        audit.sign_heads(AT)
        for hours in (0, 1, 25):
            audit.deliver_heads(AT + timedelta(hours=hours))
        assert got == [2, 1]

    def test_nothing_chosen_nothing_delivered(self, write):
        write(3)
        audit.sign_heads(AT)
        assert audit.deliver_heads(AT) == {} and audit.overdue(AT + timedelta(days=9)) == []

    def test_the_periodic_job_delivers(self, write, outside):
        from sauga.kernel.audit.tasks import deliver_heads_that_wait

        write(2)
        audit.sign_heads(AT)
        deliver_heads_that_wait(0)
        assert len(heads_in(outside)) == 1

    def test_heads_of_another_installation_are_written_once(self, write):
        write(3)
        heads = [OutsideHead.of(row) for row in audit.sign_heads(AT)]
        for _ in range(2):
            audit.keep_witnessed(installation="hotline-lt", heads=heads, at=AT)
        assert audit.witnessed_heads("hotline-lt") == heads and audit.witnessed_heads("other") == []
        for act in (WitnessedHead.objects.all().delete, lambda: WitnessedHead.objects.update(zone="x")):
            with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
                act()


@pytest.mark.django_db
def test_a_replaced_key_keeps_earlier_heads_good(at_once, write, outside):
    write(3)
    audit.sign_heads(AT)
    audit.deliver_heads(AT)
    rotate()
    assert audit.verify("north", outside=heads_in(outside)).ok
