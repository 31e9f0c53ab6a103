"""A new version of a zone's machine key: the file first, then the row, then the wraps, a batch at a time. No
person is needed.

Old versions still open what was sealed to them until nothing is. Every step can be interrupted and done
again.
"""

from dataclasses import dataclass

from django.db import transaction

from sauga.kernel.sealed import files, zonekeys
from sauga.kernel.sealed.datakeys import wrap_context
from sauga.kernel.sealed.errors import EnvelopeError, KeyNotAvailable
from sauga.kernel.sealed.models import WrappedKey, ZoneKey
from sauga.kernel.sealed.primitives.envelopes import decrypt_with, encrypt_to, public_half
from sauga.kernel.sealed.zones import Recipient, Zone

SERVICE = Recipient.SERVICE
BATCH = 100


@dataclass(frozen=True)
class Resealed:
    """Wraps moved to the newest version, wraps still on an older one, and among those the ones that no file
    here opens."""

    done: int
    left: int
    unreadable: int


def prepare(zone: Zone) -> str:
    """Make the file of the next version, without using it; returns its name.

    Other hosts need it before `rotate_service`.
    """
    with transaction.atomic():
        version = zonekeys.current(zone, SERVICE).version + 1
    files.keep_service_private(zone, version)
    return f"{zone}-service-{version}"


def rotate_service(zone: Zone) -> int:
    """Seal to the next version from now on; its file is made when `prepare` did not.

    Returns the version. Raises ZoneMissing.
    """
    with transaction.atomic():
        held = zonekeys.current(zone, SERVICE)
        version = held.version + 1
        public = public_half(files.keep_service_private(zone, version))
        zonekeys.store(ZoneKey(zone=zone, kind=SERVICE, version=version, public=public))
        zonekeys.forget(zone)
    return version


def waiting(zone: Zone) -> int:
    """How many wraps are still sealed to an older version: above 0 a rotation is not finished."""
    newest = (
        ZoneKey.objects.filter(zone=zone, kind=SERVICE)
        .order_by("-version")
        .values_list("version", flat=True)[:1]
    )
    return WrappedKey.objects.filter(zone=zone, recipient=SERVICE, version__lt=newest).count()


def reseal_service(zone: Zone, *, limit: int | None = None) -> Resealed:
    """Move wraps of older versions to the newest, each batch in a transaction; what is left to do is read
    from the rows themselves."""
    done = unreadable = last = 0
    while limit is None or done + unreadable < limit:
        size = BATCH if limit is None else min(BATCH, limit - done - unreadable)
        moved, failed, last = _batch(zone, last, size)
        done, unreadable = done + moved, unreadable + failed
        if not moved + failed:
            break
    return Resealed(done, waiting(zone), unreadable)


@transaction.atomic
def _batch(zone: Zone, after: int, size: int) -> tuple[int, int, int]:
    newest = zonekeys.public_keys(zone)[SERVICE]
    rows = list(
        WrappedKey.objects.select_for_update(skip_locked=True)
        .filter(zone=zone, recipient=SERVICE, version__lt=newest.version, pk__gt=after)
        .order_by("pk")[:size]
    )
    moved = []
    for row in rows:
        try:
            secret = decrypt_with(
                files.service_private(zone, row.version), wrap_context(row), bytes(row.envelope)
            )
        except (EnvelopeError, KeyNotAvailable):
            continue
        row.version = newest.version
        row.envelope = encrypt_to(newest.public, wrap_context(row), secret, key_version=newest.version)
        moved.append(row)
    WrappedKey.objects.bulk_update(moved, ["version", "envelope"])
    return len(moved), len(rows) - len(moved), rows[-1].pk if rows else after


def retire(zone: Zone) -> list[int]:
    """Remove the files of older versions; returns which. Raises KeyNotAvailable while anything is sealed to
    them.

    A backup from before the rotation is then opened by members only, no longer by the machine.
    """
    if left := waiting(zone):
        raise KeyNotAvailable(f"{left} keys of {zone} are still sealed to an older version")
    versions = list(
        ZoneKey.objects.filter(zone=zone, kind=SERVICE).order_by("version").values_list("version", flat=True)
    )
    return [version for version in versions[:-1] if files.drop_service_private(zone, version)]
