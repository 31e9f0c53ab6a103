"""Signing the heads: every 15 minutes in which something happened, and every 1,000 rows; each signature is
remembered in another zone."""

import logging
from datetime import datetime, timedelta

from django.db import connection, transaction

from sauga.kernel.audit.chain import Head
from sauga.kernel.audit.heads import OutsideHead
from sauga.kernel.audit.models import SignedHead, TrailHead, TrailLink
from sauga.kernel.audit.recorder import record
from sauga.kernel.audit.seals import message, signer
from sauga.kernel.audit.trail import INSTALLATION, Trail
from sauga.kernel.states import SystemActor

EVERY_ROWS = 1_000
EVERY = timedelta(minutes=15)
EVERY_QUIET = timedelta(days=1)
"""A chain that only grew by remembering others is signed once a day; otherwise zones would sign each other
without end."""

ONE_SIGNER_AT_A_TIME = 0x5A06A_A0D17
log = logging.getLogger(__name__)


def sign_heads(at: datetime, *, force: bool = False) -> list[SignedHead]:
    """Sign the head of every zone that is due (with `force`: that has grown at all) and hand it to the next
    zone as a witness.

    Also writes each signed head to the log, with its signature: a log kept elsewhere is a witness
    (`heads.read_heads`).
    """
    signed = []
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_SIGNER_AT_A_TIME])
        heads = {row.zone: Head(row.sequence, bytes(row.hash)) for row in TrailHead.objects.all()}
        for zone, head in sorted(heads.items()):
            if _is_due(zone, head, at, force=force):
                signed.append(_sign(zone, head, witness_of(zone, set(heads)), at))
    for row in signed:
        log.info("trail head signed", extra=OutsideHead.of(row).fields())
    return signed


def witness_of(zone: str, zones: set[str]) -> str:
    """The next zone in the ring of all zones and the installation; "" where there is no other."""
    ring = sorted(zones | {INSTALLATION})
    witness = ring[(ring.index(zone) + 1) % len(ring)]
    return "" if witness == zone else witness


def _is_due(zone: str, head: Head, at: datetime, *, force: bool) -> bool:
    last = SignedHead.objects.filter(zone=zone).order_by("-sequence").first()
    grown = head.sequence - (last.sequence if last else 0)
    if grown <= 0:
        return False
    if force or grown >= EVERY_ROWS or (last and at - last.signed_at >= EVERY_QUIET):
        return True
    if last and at - last.signed_at < EVERY:
        return False
    since = TrailLink.objects.filter(zone=zone, sequence__gt=last.sequence if last else 0)
    return since.exclude(line__action=Trail.HEAD_WITNESSED).exists()


def _sign(zone: str, head: Head, witness: str, at: datetime) -> SignedHead:
    key = signer()
    row = SignedHead.objects.create(
        zone=zone,
        sequence=head.sequence,
        hash=head.hash,
        signed_at=at,
        public=key.public,
        signature=key.sign(message("head", zone, head, at)),
        witness=witness,
    )
    if witness:
        facts: dict[str, str | int | bool] = {"sequence": head.sequence, "hash": head.hash.hex()}
        record(SystemActor("audit"), Trail.HEAD_WITNESSED, zone, zone=witness, at=at, facts=facts)
    return row
