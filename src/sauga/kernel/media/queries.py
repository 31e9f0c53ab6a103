"""Reads about uploaded files: what may be sent, what waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO

from sauga.kernel.media import storage
from sauga.kernel.media.models import MediaFile, Preview

LARGEST = 10_000
OVERDUE = timedelta(minutes=10)


@dataclass(frozen=True)
class Waiting:
    """How many files wait for the scanner, and since when the first of them does."""

    files: int
    since: datetime


def overdue(at: datetime) -> Waiting | None:
    """Files that have been waiting for so long that the scanner should be looked at; None when there are
    none."""
    rows = MediaFile.objects.waiting().filter(received_at__lt=at - OVERDUE)
    first = rows.order_by("received_at").values_list("received_at", flat=True).first()
    return Waiting(rows.count(), first) if first is not None else None


def opened(file: MediaFile | None) -> IO[bytes]:
    """The bytes of a file, open for reading. Raises FileNotFoundError, also without a file."""
    if file is None:
        raise FileNotFoundError
    return storage.opened(file.stored)


def read(file: MediaFile) -> bytes:
    """The bytes of a file, whatever its state, for a program that looks at them; empty when they are gone."""
    try:
        with storage.opened(file.stored) as source:
            return source.read()
    except FileNotFoundError:
        return b""


def preview_of(file: MediaFile, page: int, width: int) -> Preview | None:
    """One preview of a ready file; None for sizes that there are not, however large."""
    if not file.is_ready or max(page, width) > LARGEST:
        return None
    found: Preview | None = file.previews.filter(page=page, width=width).first()
    return found
