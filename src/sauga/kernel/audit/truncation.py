"""Dropping the oldest part of a chain after its term, leaving a signed anchor from which the rest can still
be checked."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from sauga.kernel.audit.chain import Head
from sauga.kernel.audit.models import Anchor, SignedHead, TrailLink
from sauga.kernel.audit.recorder import record
from sauga.kernel.audit.seals import message, signer
from sauga.kernel.audit.trail import INSTALLATION, Trail
from sauga.kernel.audit.verification import zones
from sauga.kernel.states import SystemActor

KEEP = timedelta(days=5 * 366)
"""Five years, rounded up.

The database refuses to drop a line younger than five years whatever is asked here.
"""


def drop_old_lines(at: datetime, keep: timedelta) -> int:
    """What of every zone's chain is past its period; returns how many lines went."""
    return sum(drop_prefix(zone, at, keep=keep) for zone in zones())


def drop_prefix(zone: str, at: datetime, *, keep: timedelta = KEEP) -> int:
    """Drop the part of a zone's chain that ends with the latest signed head whose lines are all older than
    `keep` (at least five years).

    Returns how many lines went. Leaves an anchor and a line in the installation's zone.
    """
    with transaction.atomic():
        young = (
            TrailLink.objects.filter(zone=zone, line__hour__gte=at - max(keep, KEEP))
            .order_by("sequence")
            .first()
        )
        signed = SignedHead.objects.filter(zone=zone)
        if young is not None:
            signed = signed.filter(sequence__lt=young.sequence)
        upto = signed.order_by("-sequence").first()
        if upto is None or Anchor.objects.filter(zone=zone, sequence__gte=upto.sequence).exists():
            return 0
        head, key = Head(upto.sequence, bytes(upto.hash)), signer()
        signature = key.sign(message("anchor", zone, head, at))
        Anchor.objects.create(
            zone=zone,
            sequence=head.sequence,
            hash=head.hash,
            dropped_at=at,
            public=key.public,
            signature=signature,
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT audit_drop_prefix(%s, %s)", [zone, head.sequence])
            (gone,) = cursor.fetchone()
        facts: dict[str, str | int | bool] = {"sequence": head.sequence, "hash": head.hash.hex()}
        record(SystemActor("retention"), Trail.PREFIX_DROPPED, zone, zone=INSTALLATION, at=at, facts=facts)
        return int(gone)
