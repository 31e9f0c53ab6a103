"""Delivers signed heads to destinations outside this machine, as the operator has chosen in the settings.

The position of each destination is stored separately, so one that fails delays no other and receives
everything later. A witness in the same database proves nothing against the owner of that database: only a
copy elsewhere reveals that all zones were truncated together (docs/develop/audit.md).
"""

import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from sauga.kernel.audit.heads import OutsideHead
from sauga.kernel.audit.models import HeadDelivery, SignedHead, WitnessedHead

log = logging.getLogger(__name__)
LATE = timedelta(hours=1)
"""How long after its time a delivery counts as overdue."""


@dataclass(frozen=True)
class Destination:
    """Where heads go.

    `send` raises when they were not taken. Delivered at most every `every`, at most `most` heads at a time.
    """

    name: str
    is_chosen: Callable[[], bool]
    send: Callable[[Sequence[OutsideHead], datetime], None]
    every: timedelta = timedelta(0)
    most: int = 10_000


_destinations: dict[str, Destination] = {}


def register_destination(destination: Destination) -> None:
    """Add a destination, from an AppConfig's `ready`. Registering the same name again replaces it."""
    _destinations[destination.name] = destination


def chosen() -> list[Destination]:
    """The destinations that the settings name."""
    return [one for one in _destinations.values() if one.is_chosen()]


def deliver_heads(at: datetime) -> dict[str, int]:
    """Hand every signed head to every chosen destination that lacks it; returns how many each has taken.

    A destination that fails is tried again the next time. A head may come twice, never not at all.
    """
    taken = {}
    for one in chosen():
        try:
            taken[one.name] = _deliver(one, at)
        except Exception as error:
            # one destination that fails, for whatever reason, must not keep the heads from the others
            log.warning(
                "signed heads not delivered",
                extra={"destination": one.name, "error_type": type(error).__name__},
            )
    return taken


def _deliver(destination: Destination, at: datetime) -> int:
    HeadDelivery.objects.get_or_create(destination=destination.name)
    with transaction.atomic():
        place = HeadDelivery.objects.select_for_update().get(destination=destination.name)
        if place.delivered_at is not None and at - place.delivered_at < destination.every:
            return 0
        rows = list(SignedHead.objects.filter(pk__gt=place.last_head).order_by("pk")[: destination.most])
        if rows:
            destination.send([OutsideHead.of(row) for row in rows], at)
            place.last_head, place.delivered_at = rows[-1].pk, at
            place.save(update_fields=["last_head", "delivered_at"])
    return len(rows)


def overdue(at: datetime) -> list[str]:
    """The chosen destinations that have lacked a head for too long."""
    late = []
    for one in chosen():
        place = HeadDelivery.objects.filter(destination=one.name).first()
        waiting = SignedHead.objects.filter(pk__gt=place.last_head if place else 0).order_by("pk").first()
        if waiting is not None and at - waiting.signed_at > one.every + LATE:
            late.append(one.name)
    return late


def write_file(heads: Sequence[OutsideHead], at: datetime) -> None:
    """Append to the file of SAUGA_WITNESS_FILE and wait for its disk. Raises OSError."""
    lines = "".join(f"{head.line()}\n" for head in heads)
    held = os.open(settings.ENV.witness_file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(held, "a", encoding="ascii") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())


def keep_witnessed(*, installation: str, heads: Sequence[OutsideHead], at: datetime) -> int:
    """Remember the heads of another installation; returns how many. What is known already is left as it is.

    Writes no line into the audit log: two installations that witness each other would otherwise give each
    other something to sign without end.
    """
    rows = [
        WitnessedHead(
            installation=installation,
            zone=head.zone,
            sequence=head.sequence,
            hash=head.hash,
            signed_at=head.signed_at,
            public=head.public,
            signature=head.signature,
            received_at=at,
        )
        for head in heads
    ]
    WitnessedHead.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def witnessed_heads(installation: str) -> list[OutsideHead]:
    """What this installation remembers of another one, oldest first: the content of a witness file for it."""
    rows = WitnessedHead.objects.filter(installation=installation).order_by("pk")
    return [
        OutsideHead(r.zone, r.sequence, bytes(r.hash), r.signed_at, bytes(r.public), bytes(r.signature))
        for r in rows
    ]


FILE = Destination("file", lambda: bool(settings.ENV.witness_file), write_file)
