"""A superuser who switches the triggers off and edits the tables is found, and the place is named."""

import random
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from sauga.kernel import audit
from sauga.kernel.audit.models import TrailHead, TrailLine, TrailLink

AT = datetime(2026, 9, 14, 10, 41, 7, tzinfo=UTC)
LENGTH = 24
TABLES = ("audit_trailline", "audit_traillink", "audit_trailhead", "audit_signedhead")


@pytest.fixture
def whole(transactional_db, write):
    """A chain of 24 lines in `north`, signed at 12 and witnessed by the installation, with another zone's
    lines among them.
    """
    write(12)
    write(3, zone="south")
    audit.sign_heads(AT)
    write(12, first=13)
    assert audit.verify("north").ok


def run(cursor, text, *values):
    cursor.execute(text, values)
    assert cursor.rowcount > 0


def line_of(sequence):
    return TrailLink.objects.get(zone="north", sequence=sequence).line_id


def flip_line(cursor, dice):
    place = dice.randint(1, LENGTH)
    change = dice.choice(
        [
            "actor = 'intruder'",
            "ref = 'T9999'",
            "hour = hour + interval '1 hour'",
            "facts = '{}'",
            "zone = 'south'",
        ]
    )
    run(cursor, f"UPDATE audit_trailline SET {change} WHERE id = %s", line_of(place))
    return place


def flip_digest(cursor, dice):
    place = dice.randint(1, LENGTH)
    run(
        cursor,
        "UPDATE audit_trailline SET digest = set_byte(digest, 3, get_byte(digest, 3) # 1) WHERE id = %s",
        line_of(place),
    )
    return place


def flip_link(cursor, dice):
    place = dice.randint(1, LENGTH)
    run(
        cursor,
        "UPDATE audit_traillink SET hash = set_bit(hash, 77, 1 - get_bit(hash, 77)) WHERE zone = "
        "'north' AND sequence = %s",
        place,
    )
    return place


def drop_line(cursor, dice):
    place = dice.randint(1, LENGTH)
    run(cursor, "DELETE FROM audit_trailline WHERE id = %s", line_of(place))
    return place


def drop_both(cursor, dice):
    place = dice.randint(1, LENGTH)
    run(cursor, "DELETE FROM audit_trailline WHERE id = %s", line_of(place))
    run(cursor, "DELETE FROM audit_traillink WHERE zone = 'north' AND sequence = %s", place)
    return place


def drop_link(cursor, dice):
    place = dice.randint(1, LENGTH)
    run(cursor, "DELETE FROM audit_traillink WHERE zone = 'north' AND sequence = %s", place)
    return place


def swap(cursor, dice):
    first, second = sorted(dice.sample(range(1, LENGTH + 1), 2))
    one, other = line_of(first), line_of(second)
    run(cursor, "UPDATE audit_traillink SET line_id = -1 WHERE line_id = %s", one)
    run(cursor, "UPDATE audit_traillink SET line_id = %s WHERE line_id = %s", one, other)
    run(cursor, "UPDATE audit_traillink SET line_id = %s WHERE line_id = -1", other)
    return first


def insert_loose(cursor, dice):
    place = dice.randint(2, LENGTH)
    copy = "zone, hour, actor, action, kind, ref, facts, digest"
    run(
        cursor,
        "UPDATE audit_traillink SET line_id = line_id + 1000 WHERE zone = 'north' AND sequence >= %s",
        place,
    )
    run(
        cursor,
        f"INSERT INTO audit_trailline (id, {copy}) SELECT id + 1000, {copy} FROM audit_trailline WHERE "
        f"id >= %s AND zone = 'north'",
        line_of(place) - 1000,
    )
    return place


def truncate(cursor, dice):
    place = dice.randint(1, LENGTH)
    run(
        cursor,
        "DELETE FROM audit_trailline WHERE id IN (SELECT line_id FROM audit_traillink WHERE zone = "
        "'north' AND sequence >= %s)",
        place,
    )
    run(cursor, "DELETE FROM audit_traillink WHERE zone = 'north' AND sequence >= %s", place)
    return place


def truncate_and_put_the_head_back(cursor, dice):
    place = dice.randint(2, 12)
    truncate(cursor, type("Fixed", (), {"randint": lambda self, a, b: place})())
    run(
        cursor,
        "UPDATE audit_trailhead SET (sequence, hash) ="
        " (SELECT sequence, hash FROM audit_traillink WHERE zone = 'north' ORDER BY sequence DESC LIMIT 1)"
        " WHERE zone = 'north'",
    )
    if dice.random() < 0.5:  # even with its signature gone, the witness remembers
        run(cursor, "DELETE FROM audit_signedhead WHERE zone = 'north'")
    return place


def lower_the_head(cursor, dice):
    place = dice.randint(1, LENGTH - 1)
    run(
        cursor,
        "UPDATE audit_trailhead SET (sequence, hash) = (SELECT sequence, hash FROM audit_traillink "
        "WHERE zone = 'north' AND sequence = %s)"
        " WHERE zone = 'north'",
        place,
    )
    return LENGTH


def forge_signature(cursor, dice):
    run(
        cursor,
        "UPDATE audit_signedhead SET signature = set_byte(signature, 5, 255 - get_byte(signature, 5)) "
        "WHERE zone = 'north'",
    )
    return 12


WAYS = [
    flip_line,
    flip_digest,
    flip_link,
    drop_line,
    drop_both,
    drop_link,
    swap,
    insert_loose,
    truncate,
    truncate_and_put_the_head_back,
    lower_the_head,
    forge_signature,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_tampering_is_found_at_its_place(whole, way):
    dice = random.Random(way.__name__)
    for _ in range(6):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            place = way(cursor, dice)
            verdict = audit.verify("north")
            assert not verdict.ok
            assert verdict.first_bad_sequence == place, verdict
            transaction.set_rollback(True)
    assert audit.verify("north").ok


def test_an_extra_line_past_the_trigger_is_found(whole):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        line = TrailLine.objects.filter(zone="north").last()
        line.pk = None
        line.save()
    verdict = audit.verify("north")
    assert (verdict.what, verdict.first_bad_sequence) == ("LINE_UNCHAINED", LENGTH + 1)


def test_a_loose_line_is_placed_among_its_neighbours(whole):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE audit_trailline SET zone = 'north' WHERE zone = 'south'")
        cursor.execute("DELETE FROM audit_traillink WHERE zone = 'south'")
    verdict = audit.verify("north")
    assert (verdict.what, verdict.first_bad_sequence) == ("LINE_UNCHAINED", 13)


def test_damage_in_one_zone_leaves_the_others_whole(whole):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        flip_line(cursor, random.Random(1))
    assert not audit.verify("north").ok
    assert audit.verify("south").ok
    assert audit.verify("house").ok
    assert TrailHead.objects.count() == 3
