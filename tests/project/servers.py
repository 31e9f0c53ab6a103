"""A PostgreSQL server of its own for one test: other folder, other port on loopback, password asked for.

As an operator's server is.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sauga.project.postgresql import database

USER, PASSWORD = "sauga_owner", "p@ss/word"


@contextmanager
def own_server() -> Iterator[str]:
    """Yield its URL (database `sauga`). Runs as another user when we are root, as PostgreSQL wants it."""
    folder = Path(tempfile.mkdtemp(prefix="sauga-pg-"))
    user = _unprivileged(folder)
    secret = folder / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    if user:
        shutil.chown(secret, user)
    data = folder / "data"
    port = _free_port()
    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off -c max_connections=60"
    try:
        _run(
            user,
            "initdb",
            "-D",
            data,
            "-U",
            USER,
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
        )
        _run(user, "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            url = f"postgresql://{USER}:p%40ss%2Fword@127.0.0.1:{port}"
            _create(url)
            yield f"{url}/sauga"
        finally:
            _run(user, "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _create(url: str) -> None:
    import psycopg

    with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE sauga TEMPLATE template0 ENCODING 'UTF8'")


def _unprivileged(folder: Path) -> str | None:
    if os.geteuid() != 0:
        return None
    name = next(name for name in ("embedded_postgres", "postgres", "nobody") if _exists(name))
    shutil.chown(folder, name)
    return name


def _exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _run(user: str | None, program: str, *arguments: object) -> None:
    with tempfile.TemporaryFile() as output:  # a pipe would stay open in the server
        done = subprocess.run(
            [database.program(program), *map(str, arguments)],
            user=user,
            stdout=output,
            stderr=output,
            cwd="/",
            check=False,
        )
        if done.returncode:
            output.seek(0)
            raise AssertionError(f"{program}: {output.read().decode(errors='replace')}")
