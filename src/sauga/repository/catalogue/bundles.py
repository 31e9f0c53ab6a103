"""All files of a resource in one ZIP archive: built once and cached, so that repeated downloads cost one file
read.

The name of an archive is the checksum of its contents. The least recently used are evicted.
"""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from django.conf import settings

from sauga.kernel import media
from sauga.repository.resources.models import Rendition

CHUNK = 256 * 1024
MOST_KEPT = 1024 * 1024 * 1024
"""Bytes of all archives together; one that is larger by itself is kept until the next one is made."""
SHEET = "README.txt"
type Named = tuple[str, Rendition]

_making = Lock()  # one at a time in a process: who asks for a second one waits, and finds the first one made


def digest(sheet: str, files: Sequence[Named]) -> str:
    """The identity of an archive: its sheet, and each file's name and checksum."""
    made = hashlib.sha256(sheet.encode())
    for name, row in files:
        made.update(f"\0{name}\0{row.sha256}".encode())
    return made.hexdigest()


def opened(sheet: str, files: Sequence[Named]) -> BinaryIO:
    """The archive of these files with `sheet` as its README, open for reading; built now unless cached."""
    folder: Path = settings.ENV.data / "archives"
    target = folder / f"{digest(sheet, files)}.zip"
    with _making:
        try:
            held = target.open("rb")
        except FileNotFoundError:
            folder.mkdir(parents=True, exist_ok=True)
            _make(target, sheet, files)
            held = target.open("rb")
            _make_room(folder, target)
        os.utime(held.fileno())  # asked for just now
    return held


def _make(target: Path, sheet: str, files: Sequence[Named]) -> None:
    """Written beside its place and then moved there, so that no reader meets a partial file."""
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as part:
        try:
            with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as packed:
                packed.writestr(SHEET, sheet)
                for name, row in files:
                    with media.opened(row.media) as source, packed.open(name, "w") as inside:
                        while chunk := source.read(CHUNK):
                            inside.write(chunk)
        except BaseException:
            Path(part.name).unlink()
            raise
    Path(part.name).replace(target)


def _make_room(folder: Path, newest: Path) -> None:
    """Evict the least recently used archives until the rest fits. Another process may do the same
    concurrently.
    """
    held = []
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            held.append((path == newest, path.stat().st_mtime, path.stat().st_size, path))
    total = sum(size for _is_newest, _asked, size, _path in held)
    for is_newest, _asked, size, path in sorted(held):
        if total <= MOST_KEPT or is_newest:
            return
        path.unlink(missing_ok=True)
        total -= size
