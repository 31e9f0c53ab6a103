"""Where the bytes are: first under `incoming/`, which nothing serves, then under `files/` by checksum.

Any Django storage will do; names are made here and never contain what a user typed.
"""

from contextlib import suppress
from datetime import datetime
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

INCOMING, SERVED = "incoming", "files"


def put_incoming(ref: str, content: bytes) -> str:
    """Store an upload that has not been scanned; returns its name."""
    return default_storage.save(f"{INCOMING}/{ref}", ContentFile(content))


def served_name(sha256: str, ending: str) -> str:
    """The name of a scanned file."""
    return f"{SERVED}/{sha256[:2]}/{sha256}{ending}"


def release(incoming: str, *, sha256: str, ending: str) -> str:
    """Copy a scanned file to where it is served from; equal bytes are stored once. Returns its name. The
    incoming copy is deleted by the caller, after its transaction."""
    name = served_name(sha256, ending)
    if default_storage.exists(name):
        return name
    with default_storage.open(incoming) as source:
        return default_storage.save(name, File(source))


def put_preview(sha256: str, page: int, width: int, content: bytes) -> str:
    """Store a preview; made again, it is stored once. Returns its name."""
    name = f"{SERVED}/{sha256[:2]}/{sha256}/{page}-{width}.webp"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(content))


def opened(name: str) -> IO[bytes]:
    """A stored file, open for reading. Raises FileNotFoundError."""
    return default_storage.open(name)


def stored_at(name: str) -> datetime:
    """When a file was stored."""
    return default_storage.get_modified_time(name)


def delete(name: str) -> None:
    """Remove a stored file; one that is gone already is no fault."""
    with suppress(FileNotFoundError):
        default_storage.delete(name)


def incoming_names() -> list[str]:
    """Every name under `incoming/`."""
    with suppress(FileNotFoundError):
        return [f"{INCOMING}/{name}" for name in default_storage.listdir(INCOMING)[1]]
    return []
