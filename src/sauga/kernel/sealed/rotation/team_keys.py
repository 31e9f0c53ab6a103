"""Key rotation of a team: after its version rose, keys wrapped for older versions are wrapped for the newest,
in batches."""

from dataclasses import dataclass

from django.db import transaction

from sauga.kernel.sealed import zonekeys
from sauga.kernel.sealed.datakeys import wrap_context
from sauga.kernel.sealed.errors import EnvelopeError, KeyNotAvailable
from sauga.kernel.sealed.models import Member, WrappedKey
from sauga.kernel.sealed.people.vault import Vault
from sauga.kernel.sealed.primitives.envelopes import decrypt_with, encrypt_to
from sauga.kernel.sealed.zones import Recipient, Zone

BATCH = 100


@dataclass(frozen=True)
class Progress:
    """How far a reseal came: wraps moved now, wraps still on an older version, and among those the ones this
    vault could not open."""

    done: int
    left: int
    unreadable: int


def reseal(zone: Zone, by_vault: Vault, *, kind: Recipient = Recipient.TEAM, limit: int = 1000) -> Progress:
    """Move up to `limit` wraps of older versions to the newest. Call again until `left` is 0; safe to
    interrupt, safe twice at once.

    Each batch is one transaction. What remains to be done is read from the rows themselves, so there is no
    position to lose.
    """
    zonekeys.check_kind(kind)
    done = unreadable = last = 0
    while done + unreadable < limit:
        moved, failed, last = _batch(zone, by_vault, kind, last, min(BATCH, limit - done - unreadable))
        done, unreadable = done + moved, unreadable + failed
        if not moved + failed:
            break
    left = waiting(zone, kind)
    if not left:
        _retire(zone, kind)
    return Progress(done, left, unreadable)


def waiting(zone: Zone, kind: Recipient = Recipient.TEAM) -> int:
    """How many wraps are still sealed to an older version."""
    newest = zonekeys.public_keys(zone)[kind].version
    return WrappedKey.objects.filter(zone=zone, recipient=kind, version__lt=newest).count()


@transaction.atomic
def _batch(zone: Zone, by_vault: Vault, kind: Recipient, after: int, size: int) -> tuple[int, int, int]:
    newest = zonekeys.public_keys(zone)[kind]
    rows = list(
        WrappedKey.objects.select_for_update(skip_locked=True)
        .filter(zone=zone, recipient=kind, version__lt=newest.version, pk__gt=after)
        .order_by("pk")[:size]
    )
    moved = []
    for row in rows:
        try:
            private = by_vault.team_private(zone, kind, row.version)
            secret = decrypt_with(private, wrap_context(row), bytes(row.envelope))
        except (EnvelopeError, KeyNotAvailable):
            continue
        row.version = newest.version
        row.envelope = encrypt_to(newest.public, wrap_context(row), secret, key_version=newest.version)
        moved.append(row)
    WrappedKey.objects.bulk_update(moved, ["version", "envelope"])
    return len(moved), len(rows) - len(moved), rows[-1].pk if rows else after


def _retire(zone: Zone, kind: Recipient) -> None:
    """Drop membership rows of versions that nothing is sealed to any more.

    The last but one stays: another process may still seal to it for a few seconds. Escrow keeps them all.
    """
    newest = zonekeys.public_keys(zone)[kind].version
    Member.objects.filter(zone_key__zone=zone, zone_key__kind=kind, zone_key__version__lt=newest - 1).delete()
