"""`verify`: checks the chain of one zone against itself, its head, its signatures and its witnesses."""

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta

from django.db import connection, transaction

from sauga.kernel import clock
from sauga.kernel.audit.chain import NOWHERE, Checkpoint, Content, Head, Row, Verdict, check_rows
from sauga.kernel.audit.heads import OutsideHead
from sauga.kernel.audit.models import Anchor, SignedHead, TrailHead, TrailLine
from sauga.kernel.audit.seals import message, trusted
from sauga.kernel.audit.trail import Trail
from sauga.kernel.sealed.signatures.ed25519 import verify as is_signed

ROWS_AT_A_TIME = 5_000
FIVE_YEARS = timedelta(days=5 * 365)
"""A few days less than `pruning.KEEP`: a head is signed a little after its lines."""
ROWS = """
    SELECT k.sequence, k.hash, l.zone, l.hour, l.actor, l.action, l.kind, l.ref, l.facts::text, l.digest
    FROM audit_traillink k LEFT JOIN audit_trailline l ON l.id = k.line_id
    WHERE k.zone = %s AND k.sequence > %s AND k.sequence <= %s ORDER BY k.sequence
"""
END = """
    SELECT h.sequence, h.hash, (SELECT max(sequence) FROM audit_traillink WHERE zone = %s)
    FROM (SELECT 1) one LEFT JOIN audit_trailhead h ON h.zone = %s
"""
LOOSE = (
    "SELECT min(l.id) FROM audit_trailline l LEFT JOIN audit_traillink k ON k.line_id = l.id WHERE l.zone "
    "= %s AND k.line_id IS NULL"
)
PLACE = "SELECT min(sequence) FROM audit_traillink WHERE zone = %s AND line_id > %s"


def zones(outside: Iterable[OutsideHead] = ()) -> list[str]:
    """Every zone that has a chain, or of which anybody remembers one, here or `outside`: a chain that was
    removed whole is missed, too."""
    witnessed = TrailLine.objects.filter(action=Trail.HEAD_WITNESSED).values_list("ref", flat=True)
    named = (TrailHead, TrailLine, SignedHead, Anchor)
    remembered = {*witnessed.distinct(), *(head.zone for head in outside)}
    return sorted(
        {
            *remembered,
            *(zone for model in named for zone in model.objects.values_list("zone", flat=True).distinct()),
        }
    )


def verify(
    zone: str, *, keys: Collection[bytes] | None = None, outside: Collection[OutsideHead] = ()
) -> Verdict:
    """Check the whole chain of a zone as of now, streaming; writers are not held up.

    `keys` are the public keys whose signatures count; by default those of this installation. `outside` are
    genuine heads that are remembered outside this database (`heads.read_heads`): with them a cut of all
    zones together is found. What is found first, from the beginning of the chain, is reported. `what` is one
    of LINE_CHANGED, LINE_MISSING, LINK_CHANGED, LINK_MISSING, LINK_DOUBLED, TRUNCATED, HEAD_CHANGED,
    NOT_AS_SIGNED, NOT_AS_WITNESSED, NOT_AS_WITNESSED_OUTSIDE, DROPPED_TOO_EARLY, SIGNATURE_INVALID,
    ANCHOR_INVALID, LINE_UNCHAINED.
    """
    keys = trusted() if keys is None else keys
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS audit_chain_line IMMEDIATE"
        )  # this transaction's own lines, if it has any
        cursor.execute("SET CONSTRAINTS audit_chain_line DEFERRED")
        start = _start(zone, keys)
        if start is None:
            return Verdict(False, 0, None, "ANCHOR_INVALID")
        # What others remember is read before the chain's end: whatever is written in the meantime can only
        # come later.
        points, forged = _remembered(zone, keys)
        own = [head for head in outside if head.zone == zone]
        points += [head.checkpoint() for head in own]
        head, last = _end(zone)
        found = check_rows(
            zone, _rows(zone, start.sequence, last), start=start, head=head, checkpoints=points
        )
        places = [
            v
            for v in (found, forged, _loose(zone, last), _dropped_early(start, own))
            if v is not None and not v.ok
        ]
        worst = min(places, key=lambda v: v.first_bad_sequence or 0, default=found)
        return Verdict(worst.ok, found.rows, worst.first_bad_sequence, worst.what)


def _dropped_early(start: Head, outside: Collection[OutsideHead]) -> Verdict | None:
    """An anchor that hides a head which was seen signed outside less than five years ago: no honest
    pruning leaves one."""
    young = [
        head.sequence
        for head in outside
        if head.sequence <= start.sequence and clock.now() - head.signed_at < FIVE_YEARS
    ]
    return Verdict(False, 0, min(young), "DROPPED_TOO_EARLY") if young else None


def _start(zone: str, keys: Collection[bytes]) -> Head | None:
    """Where the chain begins; None when the anchor is not one of ours."""
    anchor = Anchor.objects.filter(zone=zone).order_by("-sequence").first()
    if anchor is None:
        return NOWHERE
    head = Head(anchor.sequence, bytes(anchor.hash))
    public = bytes(anchor.public)
    genuine = public in keys and is_signed(
        public, message("anchor", zone, head, anchor.dropped_at), bytes(anchor.signature)
    )
    return head if genuine else None


def _remembered(zone: str, keys: Collection[bytes]) -> tuple[list[Checkpoint], Verdict | None]:
    """What signatures and witnesses say, and the first signature that is none."""
    points, forged = [], None
    for row in SignedHead.objects.filter(zone=zone).order_by("sequence").iterator(ROWS_AT_A_TIME):
        head, public = Head(row.sequence, bytes(row.hash)), bytes(row.public)
        if public in keys and is_signed(
            public, message("head", zone, head, row.signed_at), bytes(row.signature)
        ):
            points.append(Checkpoint(*head, "SIGNED"))
        else:
            forged = forged or Verdict(False, 0, row.sequence, "SIGNATURE_INVALID")
    lines = TrailLine.objects.filter(kind="", ref=zone, action=Trail.HEAD_WITNESSED).exclude(zone=zone)
    for facts in lines.values_list("facts", flat=True).iterator(ROWS_AT_A_TIME):
        points.append(Checkpoint(facts["sequence"], bytes.fromhex(facts["hash"]), "WITNESSED"))
    return points, forged


def _end(zone: str) -> tuple[Head | None, int]:
    """The head row and the last link there is, from one snapshot."""
    with connection.cursor() as cursor:
        cursor.execute(END, [zone, zone])
        sequence, hash_, last = cursor.fetchone()
    return (None if sequence is None else Head(sequence, bytes(hash_))), last or 0


def _rows(zone: str, after: int, last: int) -> Iterator[Row]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(ROWS, [zone, after, last])
        while rows := cursor.fetchmany(ROWS_AT_A_TIME):
            for sequence, hash_, line_zone, hour, actor, action, kind, ref, facts, digest in rows:
                gone = line_zone is None
                content = (
                    None if gone else Content(line_zone, hour, actor, action, kind, ref, json.loads(facts))
                )
                yield Row(sequence, content, b"" if gone else bytes(digest), bytes(hash_))


def _loose(zone: str, last: int) -> Verdict | None:
    """A line outside the chain was put in past the trigger; its place is before the first link of a later
    line."""
    with connection.cursor() as cursor:
        cursor.execute(LOOSE, [zone])
        (line,) = cursor.fetchone()
        if line is None:
            return None
        cursor.execute(PLACE, [zone, line])
        (place,) = cursor.fetchone()
    return Verdict(False, 0, place or last + 1, "LINE_UNCHAINED")
