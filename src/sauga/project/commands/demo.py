"""`sauga demo`: web pages, worker and a synthetic internet together, with people and cases to try.

Nothing leaves this machine.
"""

import argparse
import fcntl
import http.client
import os
import shutil
import socket
import sys
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from sauga.project import cli
from sauga.project.cli import CannotRun
from sauga.project.commands.serve import claim
from sauga.project.demo.cast import refuse_older
from sauga.project.processes.supervisor import ChildDied, Stopped, Supervisor

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
READY = """
Sauga is ready. Everything is synthetic, and nothing leaves this machine.

  report something      {url}/lt/pranesti/     (in English: {url}/en/report/)
  home page             {url}/lt/              (in English: {url}/en/)
  My Sauga              {url}/lt/mano/         (for members; the link to sign in comes to the mail below)
  the desk              {url}/desk/
  one-time codes        {url}/demo/
  mail that was sent    {url}/demo/mail/

  sign in at the desk as {analyst}, password {password}; the one-time code is on the page above.
  All sign-ins: {accounts}
  sign in at My Sauga as {member}; open the link from the mail.

Ctrl-C stops everything. The data stays in {data}; remove the folder to begin anew.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--port", type=int, default=8000, help="port of the web pages (default 8000)")
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(".sauga"),
        help="folder for everything the demo keeps (default .sauga)",
    )
    parser.add_argument("--host", default="127.0.0.1", help=argparse.SUPPRESS)
    parser.add_argument(
        "--workers",
        type=int,
        default=min(2, os.cpu_count() or 1),
        metavar="N",
        help="web processes (default: up to 2)",
    )
    parser.add_argument(
        "--pace",
        type=float,
        default=1.0,
        help="how fast the synthetic providers live: seconds of theirs in one of ours",
    )


def run(options: argparse.Namespace) -> int:
    """Start everything in order, say where it is, stay until Ctrl-C, stop everything. 1 when a part ended by
    itself."""
    data = options.data.expanduser().resolve()
    claim(options.host, options.port)
    lock = _own(data)
    refuse_older(data)
    environ = _environment(options, data)
    try:
        with Supervisor(data / "demo" / "logs") as supervisor:
            _start(supervisor, options, data, environ)
            supervisor.watch()
        print("Stopped.")
    except Stopped:
        print("Stopped before it was ready.")
    except ChildDied as death:
        print(f"sauga: {death}", file=sys.stderr)
        return 1
    finally:
        _release(data)
        lock.close()
    return 0


def _start(supervisor: Supervisor, options: argparse.Namespace, data: Path, environ: dict[str, str]) -> None:
    python = [sys.executable, "-m"]
    link = Path(environ["SAUGA_WORLD"])
    link.unlink(missing_ok=True)
    world = [
        *python,
        "sauga.world",
        "--data",
        str(data),
        "--inbound",
        environ["SAUGA_INBOUND_PORT"],
        "--pace",
        str(options.pace),
    ]
    supervisor.start("world", world, environ)
    _say("database …")
    cli.prepare()
    analyst, password = _furnish(data, lambda: supervisor.wait_for(link.exists, 60, "the synthetic internet"))
    command = [*python, "sauga"]
    supervisor.start("worker", [*command, "work"], environ)
    serve = [
        *command,
        "serve",
        "--host",
        options.host,
        "--port",
        str(options.port),
        "--workers",
        str(options.workers),
    ]
    supervisor.start("web", serve, environ)
    _say("web pages …")
    supervisor.wait_for(lambda: _answers(options.host, options.port), 90, "the web server")
    from sauga.project.demo.members import MEMBERS

    url = environ["SAUGA_BASE_URL"]
    _say(
        READY.format(
            url=url,
            analyst=analyst,
            password=password,
            accounts=data / "demo" / "accounts.json",
            member=MEMBERS[0].address,
            data=data,
        )
    )


def _furnish(data: Path, world_is_there: Callable[[], None]) -> tuple[str, str]:
    """Tables, people, cases. Returns the analyst's sign-in."""
    from django.db import connection

    from sauga.kernel import clock
    from sauga.project.commands.init import bring_up_to_date
    from sauga.project.demo.members import settle_members
    from sauga.project.demo.people import accounts, settle
    from sauga.project.demo.retention import settle_retention
    from sauga.project.demo.service_data import seed_services, seeding_processes

    played = data / "demo" / "played.json"
    with seeding_processes(played) as pool:
        for line in bring_up_to_date():
            _say(f"  {line}")
        cast = accounts(data / "demo" / "accounts.json")
        try:
            if count := settle(cast, clock.now()):
                _say(f"  people: {count} made")
            if count := settle_members(clock.now()):
                _say(f"  members: {count} made")
            world_is_there()
            for label in seed_services(played, cast, clock.now(), pool):
                _say(f"  demo data: {label}")
            if count := settle_retention(clock.now(), cast):
                _say(f"  retention: {count} acts")
        except BrokenProcessPool:
            raise CannotRun(
                "a process that made the demo data died, perhaps for want of memory; start again, it "
                "is made anew."
            ) from None
    connection.close()
    return cast[0].user, cast[0].password


def _own(data: Path) -> IO[str]:
    """Make the folder and hold its lock.

    Raises CannotRun when it cannot be written or another demo runs in it.
    """
    try:
        (data / "demo").mkdir(parents=True, exist_ok=True)
        lock = (data / "demo" / "lock").open("w", encoding="utf-8")
    except OSError as error:
        raise CannotRun(
            f"the data folder {data} cannot be written ({error.strerror}); choose another with --data."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise CannotRun(
            f"a demo is running in {data} already; stop it, or choose another folder with --data."
        ) from None
    return lock


def _environment(options: argparse.Namespace, data: Path) -> dict[str, str]:
    """What the demo sets, for this process and for the ones it starts; the rest is taken as it is
    (DATABASE_URL, for example)."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="sauga.project.settings.dev",
        SAUGA_DATA=str(data),
        SAUGA_DEMO="1",
        SAUGA_BASE_URL=f"http://localhost:{options.port}",
        SAUGA_WORLD=str(data / "world" / "world.json"),
        SAUGA_INBOUND_PORT=str(_free_port()),
        PYTHONUNBUFFERED="1",
    )
    browser = _browser()
    return {**os.environ, "SAUGA_CHROMIUM": browser}


def _browser() -> str:
    """The publish gate's browser, where this machine has one and what drives it.

    The worker and the web pages know it; the making of the demo's texts does not wait for it: the worker
    looks at them afterwards.
    """
    named = os.environ.pop("SAUGA_CHROMIUM", "") or next(
        (path for name in CHROMIUM if (path := shutil.which(name))), ""
    )
    return named if all(map(find_spec, ("playwright", "axe_playwright_python"))) else ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _answers(host: str, port: int) -> bool:
    line = http.client.HTTPConnection(host, port, timeout=5)
    try:
        line.request("GET", "/-/ready")
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def _release(data: Path) -> None:
    """Stop the embedded database, if this demo ran on it."""
    if os.environ.get("DATABASE_URL"):
        return
    from sauga.project.postgresql import database

    database.release_embedded(data, patience=5)


def _say(text: str) -> None:
    print(text, flush=True)
