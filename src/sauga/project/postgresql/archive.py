"""A backup: the database without its wrapped keys (may be kept long), the wrapped keys alone (kept short),
the key files. All sealed.

Destroying a wrapped key deletes what it opens. A long-lived backup therefore must not hold them: one who
restores an old one gets back no text that was deleted since (docs/develop/threat-model.md). Nothing is
written unsealed, not even for a moment.
"""

import hashlib
import io
import json
import os
import subprocess
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from django.conf import settings
from django.db import connection, transaction

from sauga.kernel import sealed
from sauga.kernel.sealed import Zone
from sauga.kernel.sealed.escrow import EscrowKey
from sauga.project.postgresql import database

KEYS_TABLE = "sealed_wrappedkey"
PARTS = ("data", "keys", "files")


class BackupFailed(Exception):
    """A backup could not be written or read; the text says which part and why."""


@dataclass(frozen=True)
class Backup:
    """A backup in a folder: `<name>.json` says what belongs to it, each part is `<name>-<part>.sauga`."""

    folder: Path
    name: str

    def part(self, part: str) -> Path:
        """The file of a part."""
        return self.folder / f"{self.name}-{part}.sauga"

    @property
    def manifest(self) -> Path:
        """What the backup holds: version, zone, checksums and numbers of rows; no content."""
        return self.folder / f"{self.name}.json"

    def read(self) -> dict[str, Any]:
        """The manifest. Raises BackupFailed."""
        try:
            content: dict[str, Any] = json.loads(self.manifest.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise BackupFailed(f"{self.manifest} cannot be read") from error
        return content


def write(folder: Path, zone: Zone, at: datetime) -> Backup:
    """Write a backup of this installation, sealed to the zone's escrow key.

    All parts show the same instant. Raises BackupFailed.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    backup = Backup(folder, f"sauga-{at:%Y%m%d-%H%M%S}")
    with _snapshot() as (snapshot, rows):
        _dump(
            backup.part("data"),
            zone,
            ["--format=custom", f"--exclude-table-data={KEYS_TABLE}", f"--snapshot={snapshot}"],
        )
        _dump(
            backup.part("keys"),
            zone,
            ["--format=custom", "--data-only", f"--table={KEYS_TABLE}", f"--snapshot={snapshot}"],
        )
    with _fresh(backup.part("files")) as target:
        sealed.seal_backup(zone, io.BytesIO(_key_files()), target)
    manifest = {
        "at": at.isoformat(),
        "zone": str(zone),
        "rows": rows,
        "sha256": {part: _checksum(backup.part(part)) for part in PARTS},
    }
    with _fresh(backup.manifest) as target:
        target.write(json.dumps(manifest, indent=1).encode())
    return backup


def newest(folder: Path) -> Backup | None:
    """The youngest complete backup of a folder."""
    names = sorted(path.stem for path in folder.glob("sauga-*.json"))
    return Backup(folder, names[-1]) if names else None


def forget_keys(folder: Path, older_than: timedelta, at: datetime) -> int:
    """Delete the wrapped-keys parts that have been kept long enough. Returns how many."""
    old = [
        path
        for path in folder.glob("sauga-*-keys.sauga")
        if path.stat().st_mtime < (at - older_than).timestamp()
    ]
    for path in old:
        path.unlink()
    return len(old)


def verify(backup: Backup, key: EscrowKey) -> None:
    """Open every part to its end without keeping anything. Raises BackupFailed, naming the part."""
    sums = backup.read()["sha256"]
    for part in PARTS:
        path = backup.part(part)
        if part == "keys" and not path.exists():
            continue
        if not path.exists() or _checksum(path) != sums[part]:
            raise BackupFailed(f"{path.name} is missing or changed")
        with path.open("rb") as source, open(os.devnull, "wb") as nowhere:
            _open(key, source, nowhere, path)


def restore(backup: Backup, key: EscrowKey) -> list[str]:
    """Read a backup into the empty database and the data folder. Returns what does not agree with the
    manifest; empty when all is well.

    Raises BackupFailed when the database is not empty or a part cannot be opened; the database is then as it
    was.
    """
    if _tables():
        raise BackupFailed("the database is not empty; restore into a new one")
    verify(backup, key)
    files = io.BytesIO()
    with backup.part("files").open("rb") as source:
        _open(key, source, files, backup.part("files"))
    _load(backup.part("data"), key, ["--no-owner", "--no-privileges"])
    if backup.part("keys").exists():
        _load(backup.part("keys"), key, ["--data-only"])
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{KEYS_TABLE}', 'id'), coalesce(max(id), 1)) "  # noqa: S608  a constant
                f"FROM {KEYS_TABLE}"
            )
    _put_key_files(files.getvalue())
    return _differences(backup)


def _differences(backup: Backup) -> list[str]:
    held = backup.read()["rows"]
    present = _count(_tables())
    without_keys = not backup.part("keys").exists()
    return [
        f"{table}: {present.get(table, 0)} rows instead of {count}"
        for table, count in held.items()
        if present.get(table, 0) != count and not (without_keys and table == KEYS_TABLE)
    ]


@contextmanager
def _snapshot() -> Iterator[tuple[str, dict[str, int]]]:
    """One instant of the database, shared with pg_dump, and the number of rows of each table
    at that instant.
    """
    with transaction.atomic(durable=False), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone() or ("",)
        yield snapshot, _count(_tables())


def _tables() -> list[str]:
    return sorted(connection.introspection.table_names())


def _count(tables: Sequence[str]) -> dict[str, int]:
    counts = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608  quoted, from the database's own list
            (counts[table],) = cursor.fetchone() or (0,)
    return counts


def _dump(path: Path, zone: Zone, options: Sequence[str]) -> None:
    with (
        _fresh(path) as target,
        _program("pg_dump", [*options, "--no-owner", "--no-privileges"], stdout=subprocess.PIPE) as dump,
    ):
        sealed.seal_backup(zone, cast(BinaryIO, dump.stdout), target)
        _must_end_well(dump, "pg_dump")


def _load(path: Path, key: EscrowKey, options: Sequence[str]) -> None:
    arguments = ["--single-transaction", "--exit-on-error", *options]
    with path.open("rb") as source, _program("pg_restore", arguments, stdin=subprocess.PIPE) as load:
        pipe = cast(BinaryIO, load.stdin)
        try:
            _open(key, source, pipe, path)
        except BrokenPipeError:
            pass  # pg_restore says why, below
        except BackupFailed:
            load.kill()
            raise
        pipe.close()
        _must_end_well(load, "pg_restore")


def _open(key: EscrowKey, source: BinaryIO, target: BinaryIO, path: Path) -> None:
    try:
        sealed.open_backup(key, source, target)
    except sealed.SealedError as error:
        raise BackupFailed(f"{path.name}: {error}") from error


def _program(name: str, options: Sequence[str], **pipes: Any) -> subprocess.Popen[bytes]:
    """A PostgreSQL program connected to our database; the password travels in the environment, never on the
    command line."""
    parameters = connection.get_connection_params()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it
    names = {
        "dbname": "PGDATABASE",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "host": "PGHOST",
        "port": "PGPORT",
    }
    names |= {
        "sslmode": "PGSSLMODE",
        "sslrootcert": "PGSSLROOTCERT",
        "sslcert": "PGSSLCERT",
        "sslkey": "PGSSLKEY",
    }
    environ = {
        **os.environ,
        **{names[key]: str(value) for key, value in parameters.items() if key in names and value},
    }
    if name == "pg_restore":
        options = [*options, f"--dbname={parameters['dbname']}"]
    return subprocess.Popen([database.program(name), *options], env=environ, stderr=subprocess.PIPE, **pipes)


def _must_end_well(program: subprocess.Popen[bytes], name: str) -> None:
    complaint = cast(IO[bytes], program.stderr).read().decode(errors="replace").strip()
    if program.wait():
        raise BackupFailed(f"{name}: {complaint.splitlines()[0] if complaint else 'failed without a reason'}")


def _fresh(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


def _key_files() -> bytes:
    """The folder of key files as a tar archive in memory; it holds a few hundred bytes."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for path in sorted((settings.ENV.data / "keys").glob("*")):
            tar.add(path, arcname=path.name, recursive=False)
    return packed.getvalue()


def _put_key_files(packed: bytes) -> None:
    """Write the key files of the backup over those this installation made for itself when it was started."""
    folder = settings.ENV.data / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o711)
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        for member in tar.getmembers():
            content = tar.extractfile(member)
            if content is not None and "/" not in member.name:
                target = folder / member.name
                target.unlink(missing_ok=True)
                with _fresh(target) as file:
                    file.write(content.read())


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
