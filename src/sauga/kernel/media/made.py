"""Files that a program of ours has made, such as the recording of a broadcast: stored piece by piece, however
large they are. They came from no upload, so no scanner is asked, and the size limits of uploads do not count.

A file that is stored here already goes to another owner by reference, whatever its size.
"""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from sauga.kernel import audit
from sauga.kernel.media import storage
from sauga.kernel.media.actions import enter, lock_bytes
from sauga.kernel.media.models import MediaFile
from sauga.kernel.media.refusals import FileRefused
from sauga.kernel.media.states import FileState
from sauga.kernel.media.trail import Trail
from sauga.kernel.media.upload_checks.inspection import clean_name
from sauga.kernel.media.upload_checks.kinds import ending_of, kind_of
from sauga.kernel.states import Actor

CHUNK = 1024 * 1024
MADE_HERE = "made-here"
"""What the record names as scanner of a file that the product itself made."""


def store_made(
    *,
    by: Actor,
    path: Path,
    name: str,
    mime: str,
    owner: str,
    zone: str = audit.INSTALLATION,
    width: int | None = None,
    height: int | None = None,
    at: datetime,
) -> MediaFile:
    """Store the file at `path`, READY at once, in the caller's transaction. The caller removes `path`."""
    with path.open("rb") as source:
        sha256, _size = _measured(source)
    stored = storage.served_name(sha256, ending_of(mime))
    with transaction.atomic():
        if not default_storage.exists(stored):
            with path.open("rb") as source:
                stored = default_storage.save(stored, File(source))
        row = MediaFile(
            kind=kind_of(mime),
            mime=mime,
            name=clean_name(name, mime),
            size=path.stat().st_size,
            sha256=sha256,
            owner=owner,
            zone=zone,
            state_since=at,
            received_at=at,
            scanned_at=at,
            scanner=MADE_HERE,
            width=width,
            height=height,
        )
        row.file.name = stored
        row.save(force_insert=True)
        facts: dict[str, str | int | bool] = {"kind": row.kind, "size": row.size, "owner": owner}
        audit.record(by, Trail.FILE_RECEIVED, row, zone=zone, at=at, facts=facts)
        enter(row, FileState.SCANNING, by=by, at=at)
        enter(row, FileState.READY, by=by, at=at, why="made_here")
    return row


def store_again(*, by: Actor, file: MediaFile, owner: str, zone: str, at: datetime) -> MediaFile:
    """The same bytes for another owner, as a row of its own: nothing is copied, and what the scanner said of
    them holds. They are read once more, in pieces, so that a file that was damaged on the disk is found here.
    Deleting one of the two leaves the other. Raises FileRefused: `unscanned` for one that is not READY,
    `damaged`.
    """
    with transaction.atomic():
        lock_bytes(file.sha256)
        held = MediaFile.objects.ready().filter(pk=file.pk).first()
        if held is None:
            raise FileRefused("unscanned")
        try:
            with storage.opened(held.stored) as source:
                found = _measured(source)
        except FileNotFoundError:
            raise FileRefused("damaged") from None
        if found != (held.sha256, held.size):
            raise FileRefused("damaged")
        names = ("kind", "mime", "name", "size", "sha256", "scanned_at", "scanner", "width", "height")
        row = MediaFile(
            **{name: getattr(held, name) for name in names},
            facts=dict(held.facts),
            alt=dict(held.alt),
            owner=owner,
            zone=zone,
            state_since=at,
            received_at=at,
        )
        row.file.name = held.stored
        row.save(force_insert=True)
        facts: dict[str, str | int | bool] = {"kind": row.kind, "size": row.size, "owner": owner}
        audit.record(by, Trail.FILE_RECEIVED, row, zone=zone, at=at, facts=facts)
        enter(row, FileState.SCANNING, by=by, at=at)
        enter(row, FileState.READY, by=by, at=at, why="stored_before")
    return row


def _measured(source: IO[bytes]) -> tuple[str, int]:
    """Checksum and size."""
    digest, size = hashlib.sha256(), 0
    while piece := source.read(CHUNK):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size
