"""Secrets of the installation that never enter the database: files in `<SAUGA_DATA>/keys/`, readable by their
owner only.

`index` keys the blind index and the marks on zone keys; `tickets` keys form tickets and passes;
`<zone>-service` is a zone's machine key, `<zone>-service-2` its second version, and so on. Hosts of one
installation share them; only the worker needs those of a service.

A file is replaced with overlap: `rotate` keeps what it held as `<name>-former`, which still opens and
verifies until `finish`.
"""

import contextlib
import os
import secrets
import tempfile
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from sauga.kernel.sealed.errors import KeyNotAvailable
from sauga.kernel.sealed.primitives.envelopes import KEY_BYTES, digest

INDEX = "index"
TICKETS = "tickets"
FORMER = "-former"


def folder() -> Path:
    """The folder of the key files."""
    data: Path = getattr(settings, "ENV").data  # noqa: B009  django-stubs knows Django's own settings only
    return data / "keys"


def subkey(name: str, use: str) -> bytes:
    """A 32-byte key for one use, derived from the file `name`, which is made when it is not there yet.

    `use` has at most 16 letters.
    """
    path = _file(name)
    return _derive(path, use, _stamp(path))


def subkeys(name: str, use: str) -> tuple[bytes, ...]:
    """`subkey`, and behind it that of the former file while one is being replaced.

    The first makes, all open.
    """
    former = _file(name + FORMER)
    stamp = _stamp(former)
    return (subkey(name, use), *((_derive(former, use, stamp),) if stamp else ()))


@lru_cache(maxsize=64)
def _derive(path: str, use: str, stamp: tuple[int, int] | None) -> bytes:
    """`stamp` changes with the file, so that every process takes up a new key at once."""
    _read.cache_clear()
    return digest(b"", key=_keep(Path(path), secrets.token_bytes(KEY_BYTES)), person=use.encode())


def _file(name: str) -> str:
    """The place of a file, asked for ten times a report."""
    return os.path.join(getattr(settings, "ENV").data, "keys", name)  # noqa: B009  as `folder`; paths as objects take longer


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


def rotate(name: str, make: bytes | None = None) -> bool:
    """Replace what a file holds by `make` or by chance; the former stays beside it.

    Returns False when that was done before and `finish` is still to come. Safe to interrupt and to call
    again: the former is written before the present is replaced.
    """
    present, former = folder() / name, folder() / (name + FORMER)
    if former.exists() and not is_unfinished(name):
        return False
    if not former.exists():
        place(former, present.read_bytes())
    place(present, (secrets.token_hex(KEY_BYTES) + "\n").encode() if make is None else make)
    forget()
    return True


def is_unfinished(name: str) -> bool:
    """Whether a rotation stopped between keeping the former and placing the new one: both files hold the
    same."""
    present, former = folder() / name, folder() / (name + FORMER)
    return former.exists() and former.read_bytes() == present.read_bytes()


def finish(name: str) -> bool:
    """Nothing needs the former any more: remove it. False when there is none."""
    former = folder() / (name + FORMER)
    there = former.exists()
    former.unlink(missing_ok=True)
    forget()
    return there


def former_since(name: str) -> float | None:
    """When the file was replaced (seconds since 1970); None when nothing former is kept."""
    former = folder() / (name + FORMER)
    return former.stat().st_mtime if former.exists() else None


def _service(zone: str, version: int) -> Path:
    return folder() / (f"{zone}-service" if version == 1 else f"{zone}-service-{version}")


def service_private(zone: str, version: int = 1) -> bytes:
    """The private half of one version of a zone's machine key.

    Raises KeyNotAvailable on a host that was not given the file.
    """
    return _read(str(_service(zone, version)))


def keep_service_private(zone: str, version: int = 1) -> bytes:
    """The same, made when it is not there yet: for the founding of a zone, and for a new version."""
    return _keep(_service(zone, version), secrets.token_bytes(KEY_BYTES))


def has_service_private(zone: str, version: int) -> bool:
    """Whether this host has the file of a version."""
    return _service(zone, version).exists()


def drop_service_private(zone: str, version: int) -> bool:
    """Remove the file of a version to which nothing is sealed any more. False when there is none."""
    path = _service(zone, version)
    there = path.exists()
    path.unlink(missing_ok=True)
    forget()
    return there


def forget() -> None:
    """Read the files again at next use: after a restore, and in tests."""
    _derive.cache_clear()
    _read.cache_clear()


@lru_cache(maxsize=8)
def _read(path: str) -> bytes:
    try:
        held = bytes.fromhex(Path(path).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        raise KeyNotAvailable(f"the file keys/{Path(path).name} is missing or unreadable") from None
    if len(held) != KEY_BYTES:
        raise KeyNotAvailable(f"the file keys/{Path(path).name} is missing or unreadable")
    return held


def _keep(path: Path, make: bytes) -> bytes:
    """What the file holds; when there is none, `make` is written into it first."""
    if not path.exists():
        make_once(path, make)
    return _read(str(path))


def make_once(path: Path, secret: bytes) -> None:
    """Write a secret in hexadecimal digits, whole and for its owner only, then link it into place: of two
    processes one wins."""
    draft = _draft(path, (secret.hex() + "\n").encode())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    os.unlink(draft)


def place(path: Path, content: bytes) -> None:
    """Write a file whole and for its owner only, in place of whatever was there."""
    os.replace(_draft(path, content), path)


def _draft(path: Path, content: bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o711)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return draft
