"""Whoever changes the trail in any way is found, and the place is named."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from sauga.kernel.audit.chain import Checkpoint, Content, Head, check_rows, link_hash

pytestmark = pytest.mark.unit
AT = datetime(2026, 9, 14, 10, 0, tzinfo=UTC)


def test_a_whole_chain_is_found_whole(chain_of):
    rows, head = chain_of(50)
    verdict = check_rows("north", rows, head=head, checkpoints=[Checkpoint(20, rows[19].hash, "SIGNED")])
    assert (verdict.ok, verdict.rows, verdict.first_bad_sequence, verdict.what) == (True, 50, None, "")


def test_an_empty_chain_is_whole():
    assert check_rows("north", [], head=None).ok


def test_a_chain_may_begin_after_an_anchor(chain_of):
    rows, head = chain_of(30)
    anchor = Head(10, rows[9].hash)
    assert check_rows("north", rows[10:], start=anchor, head=head).rows == 20


def test_a_false_anchor_is_found(chain_of):
    rows, head = chain_of(30)
    found = check_rows("north", rows[10:], start=Head(10, b"x" * 32), head=head)
    assert (found.first_bad_sequence, found.what) == (11, "LINK_CHANGED")
    found = check_rows(
        "north",
        rows[10:],
        start=Head(10, b"x" * 32),
        head=head,
        checkpoints=[Checkpoint(10, rows[9].hash, "SIGNED")],
    )
    assert (found.first_bad_sequence, found.what) == (10, "NOT_AS_SIGNED")


def flip_line(rows, dice):
    at = dice.randrange(len(rows))
    line = rows[at].content
    changed = dice.choice(
        [
            {"actor": line.actor + "x"},
            {"action": "thing:opened"},
            {"ref": line.ref[:-1] + "X"},
            {"kind": "other"},
            {"hour": line.hour + timedelta(hours=1)},
            {"facts": {"count": line.facts["count"] + 1}},
            {"facts": {}},
            {"zone": "south"},
        ]
    )
    rows[at] = rows[at]._replace(content=line._replace(**changed))
    return at


def flip_line_and_its_digest(rows, dice):
    at = dice.randrange(len(rows))
    content = rows[at].content._replace(actor="intruder")
    rows[at] = rows[at]._replace(content=content, digest=content.digest())
    return at


def flip_bit_of_hash(rows, dice):
    at = dice.randrange(len(rows))
    bit = dice.randrange(256)
    changed = int.from_bytes(rows[at].hash, "big") ^ (1 << bit)
    rows[at] = rows[at]._replace(hash=changed.to_bytes(32, "big"))
    return at


def drop(rows, dice):
    at = dice.randrange(len(rows) - 1)
    del rows[at]
    return at


def drop_and_renumber(rows, dice):
    at = drop(rows, dice)
    rows[at:] = [row._replace(sequence=row.sequence - 1) for row in rows[at:]]
    return at


def drop_line_only(rows, dice):
    at = dice.randrange(len(rows))
    rows[at] = rows[at]._replace(content=None, digest=b"")
    return at


def swap(rows, dice):
    first, second = sorted(dice.sample(range(len(rows)), 2))
    rows[first], rows[second] = rows[second], rows[first]
    return first


def swap_contents(rows, dice):
    first, second = sorted(dice.sample(range(len(rows)), 2))
    one, other = rows[first], rows[second]
    rows[first] = one._replace(content=other.content, digest=other.digest)
    rows[second] = other._replace(content=one.content, digest=one.digest)
    return first


def double(rows, dice):
    at = dice.randrange(len(rows))
    rows.insert(at + 1, rows[at])
    return at + 1


def insert_and_renumber(rows, dice):
    at = dice.randrange(len(rows))
    content = rows[at].content._replace(actor="intruder")
    before = rows[at - 1].hash if at else bytes(32)
    forged = rows[at]._replace(
        content=content, digest=content.digest(), hash=link_hash(before, at + 1, "north", content.digest())
    )
    rows[at:] = [forged, *(row._replace(sequence=row.sequence + 1) for row in rows[at:])]
    return at + 1  # the forged row itself fits; the row after it no longer does


def truncate(rows, dice):
    at = dice.randrange(len(rows))
    del rows[at:]
    return at


def rewrite_from_here(rows, dice):
    """The best a thief without the signing key can do: everything from a place on, hashed afresh.

    The next signature shows it.
    """
    at = dice.randrange(len(rows))
    last = rows[at - 1].hash if at else bytes(32)
    for number in range(at, len(rows)):
        content = rows[number].content._replace(actor="intruder")
        last = link_hash(last, number + 1, "north", content.digest())
        rows[number] = rows[number]._replace(content=content, digest=content.digest(), hash=last)
    return None


WAYS = [
    flip_line,
    flip_line_and_its_digest,
    flip_bit_of_hash,
    drop,
    drop_and_renumber,
    drop_line_only,
    swap,
    swap_contents,
    double,
    insert_and_renumber,
    truncate,
]


def test_ten_thousand_tamperings_of_ten_thousand_are_found_at_the_right_place(chain_of):
    dice = random.Random(7)
    chains = {length: chain_of(length) for length in range(3, 40)}
    found = 0
    for turn in range(10_000):
        whole, head = chains[dice.randrange(3, 40)]
        rows = list(whole)
        place = WAYS[turn % len(WAYS)](rows, dice)
        verdict = check_rows("north", rows, head=head)
        found += (not verdict.ok) and verdict.first_bad_sequence == place + 1
    assert found == 10_000


@pytest.mark.parametrize("witness", ["SIGNED", "WITNESSED"])
def test_a_chain_hashed_afresh_differs_from_what_others_remember(witness, chain_of):
    dice = random.Random(8)
    for _ in range(200):
        rows, _ = chain_of(40)
        points = [Checkpoint(n, rows[n - 1].hash, witness) for n in (10, 20, 30, 40)]
        rewrite_from_here(rows, dice)
        first = next(n for n in range(40) if rows[n].content.actor == "intruder")
        verdict = check_rows("north", rows, head=Head(40, rows[-1].hash), checkpoints=points)
        assert verdict.what == f"NOT_AS_{witness}"
        assert verdict.first_bad_sequence == (first // 10 + 1) * 10


def test_a_truncation_with_its_head_row_put_back_is_found_by_the_witness(chain_of):
    rows, _ = chain_of(40)
    points = [Checkpoint(35, rows[34].hash, "WITNESSED")]
    verdict = check_rows("north", rows[:25], head=Head(25, rows[24].hash), checkpoints=points)
    assert (verdict.first_bad_sequence, verdict.what) == (26, "TRUNCATED")


def test_a_missing_or_changed_head_row_is_found(chain_of):
    rows, head = chain_of(5)
    assert check_rows("north", rows, head=None).what == "TRUNCATED"
    assert check_rows("north", rows, head=Head(4, rows[3].hash)).what == "HEAD_CHANGED"
    assert check_rows("north", rows, head=head._replace(hash=bytes(32))).what == "HEAD_CHANGED"


def test_the_canonical_form_is_stable():
    content = Content("north", AT, "p1", "thing:judged", "thing", "T1", {"b": True, "a": "ž"})
    assert content.canonical() == (
        b'{"action":"thing:judged","actor":"p1","facts":{"a":"\\u017e","b":true},'
        b'"hour":"2026-09-14T10:00:00Z",'
        b'"kind":"thing","ref":"T1","zone":"north"}'
    )
