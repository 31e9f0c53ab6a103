"""A new installation: data folder, embedded database, tables, people, an open zone; production settings,
started as operators do."""

import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rig import tables
from rig.forks import Forks
from rig.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
ANALYST, CUSTODIAN = "analyst@hotline.example", "custodian@hotline.example"
PASSWORD = "amber-dune-lighthouse-7"

TEMPLATE = "RIG_TEMPLATE"
"""Names a folder in which the first installation of a test run leaves what the others copy; unset, every
installation begins with nothing."""
LOAD = """
from sauga.project import cli
cli.prepare()
"""
EVERYBODY = ("*",)
"""All people of the demo."""
INSTALL = """
from sauga.project.commands.init import bring_up_to_date
bring_up_to_date()
"""
SETTLE = """
import sys
from django.conf import settings
from sauga.kernel import clock
from sauga.project.demo import people
accounts = people.accounts(settings.ENV.data / "people.json")
cast = [one for one in accounts if "*" in sys.argv or one.user in sys.argv]
people.settle(cast, clock.now())
"""


@dataclass
class Installation:
    """An installation with staff. `environ` is what its processes get; `log` collects what they write."""

    folder: Path
    environ: dict[str, str]
    url: str
    children: list[subprocess.Popen[bytes]] = field(default_factory=list)
    forks: Forks | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def python(self, *arguments: str, given: str = "") -> str:
        """Run Python in this installation and return what it printed.

        Raises RuntimeError with its complaint.
        """
        if self.forks is None:
            self.forks = Forks(self.environ, self.folder, ROOT)
        return self.forks.run(*arguments, given=given)

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a process of this installation; it is ended with the installation."""
        with self.log.open("ab") as log:
            child = subprocess.Popen(
                [sys.executable, *command],
                env=self.environ,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.children.append(child)
        return child

    def serve(self, workers: int = 2, *more: str) -> int:
        """`sauga serve`; returns the port once every worker answers."""
        port = free_port()
        child = self.start("-m", "sauga", "serve", "--port", str(port), "--workers", str(workers), *more)
        wait_for(lambda: _answers(port) or _died(child), 120, "the web server")
        if workers > 1:
            time.sleep(3)  # the second worker takes as long as the first; nothing outside tells it is there
        return port

    def stop(self, child: subprocess.Popen[bytes]) -> None:
        """End a process and whatever it started."""
        if child in self.children:
            self.children.remove(child)
        for number, patience in ((signal.SIGTERM, 10), (signal.SIGKILL, 5)):
            try:
                os.killpg(child.pid, number)
                child.wait(patience)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue

    def accounts(self) -> dict[str, dict[str, Any]]:
        """Sign-ins by e-mail, with their authenticator secrets."""
        return {
            row["user"]: row for row in json.loads((self.data / "people.json").read_text(encoding="utf-8"))
        }

    def postmaster(self) -> int:
        """The process id of the database server."""
        return int((self.data / "postgres" / "postmaster.pid").read_text(encoding="ascii").split()[0])

    @contextmanager
    def without_database(self) -> Iterator[None]:
        """The database server is shut down, as for an update of PostgreSQL, and started again afterwards."""
        from sauga.project.postgresql import database

        os.kill(self.postmaster(), signal.SIGINT)
        wait_for(lambda: not (self.data / "postgres" / "postmaster.pid").exists(), 30, "the database's end")
        try:
            yield
        finally:
            database.release_embedded(self.data)
            database.start_embedded(self.data)

    def connect(self, **options: Any) -> Any:
        """A connection to the database, each statement its own transaction."""
        import psycopg

        return psycopg.connect(self.url, autocommit=True, **options)


@contextmanager
def new_installation(
    people: tuple[str, ...] = (ANALYST, CUSTODIAN), **environ: str
) -> Iterator[Installation]:
    """Yield an installation; everything it started is ended and its folder removed afterwards."""
    from sauga.project.postgresql import database

    _end_kindly()
    folder = Path(tempfile.mkdtemp(prefix="sauga-installation-"))
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SAUGA_", "DJANGO_", "DATABASE_URL"))
    }
    # The look-ups of the worker meet a closed door instead of the internet.
    given = {
        "PYTHONPATH": os.pathsep.join(
            [str(ROOT / "benchmarks"), *kept.get("PYTHONPATH", "").split(os.pathsep)]
        ).rstrip(os.pathsep),
        "SAUGA_DATA": str(folder / "data"),
        "SAUGA_NAMESERVERS": "127.0.0.1",
        # throughput is measured without the protection (tests/project/test_pressed_forms.py)
        "SAUGA_PRESSURE_POSTS": "0",
        "SAUGA_SECRET_KEY": secrets.token_urlsafe(64),
    }
    is_copied = TEMPLATE in os.environ and "SAUGA_SERVICES" not in environ
    try:
        if is_copied:
            _copy_installed(Path(os.environ[TEMPLATE]), folder / "data", {**kept, **given})
        installation = Installation(
            folder, {**kept, **given, **environ}, database.start_embedded(folder / "data")
        )
        try:
            if not is_copied:
                _bring_up_to_date(installation.environ)
            installation.python("-c", LOAD + SETTLE, *people)
            yield installation
        finally:
            for child in list(installation.children):
                installation.stop(child)
            if installation.forks is not None:
                installation.forks.stop()
            database.release_embedded(installation.data, patience=10)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy_installed(template: Path, data: Path, environ: dict[str, str]) -> None:
    """Copy a data folder with all tables and lists and nobody in it; whoever comes first makes it, the others
    wait."""
    from sauga.project.postgresql import database

    template.mkdir(parents=True, exist_ok=True)
    template.chmod(0o711)
    with (template / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (template / "done").exists():
            tables.load(database.start_embedded(template / "data"))
            made = {name: value for name, value in environ.items() if name != "SAUGA_SECRET_KEY"} | {
                "SAUGA_DATA": str(template / "data")
            }
            _bring_up_to_date(made)
            database.release_embedded(template / "data")
            (template / "done").touch()
    subprocess.run(
        ["cp", "-a", str(template / "data"), str(data)], check=True
    )  # the database's files belong to another user


def _bring_up_to_date(environ: dict[str, str]) -> None:
    """Tables, lists and static files. By a process of its own, before the one that forks: what is loaded then
    knows the static files."""
    subprocess.run(
        [sys.executable, "-c", LOAD + INSTALL], env=environ, cwd=ROOT, capture_output=True, check=True
    )


def _end_kindly() -> None:
    """Let a benchmark that is told to stop leave no server behind."""
    if (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    ):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


def wait_for(there: Any, patience: float, what: str) -> None:
    """Ask until the answer is yes. Raises TimeoutError naming what did not come."""
    end = time.monotonic() + patience
    while not there():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come within {patience:.0f} s")
        time.sleep(0.05)


def free_port() -> int:
    """A port of loopback that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def is_free(port: int) -> bool:
    """Whether a server could listen on the port now: killed workers hold theirs until the
    last one has gone.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _answers(port: int) -> bool:
    try:
        with Visitor(port, patience=5) as visitor:
            return visitor.get("/-/ready").status == 200
    except OSError:
        return False


def _died(child: subprocess.Popen[bytes]) -> bool:
    if child.poll() is not None:
        raise RuntimeError(f"the web server ended with code {child.returncode}")
    return False
