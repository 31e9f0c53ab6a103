"""The embedded server stops with the last process that uses it, however the others ended; and not before."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

USES = """
import sys, time
from pathlib import Path
from sauga.project import database
database.start_embedded(Path(sys.argv[1]))
print("up", flush=True)
time.sleep(60)
"""
BRIEF = USES.replace("time.sleep(60)", "")


@pytest.fixture
def using():
    """Start a process that uses the server of a folder, and wait until it does; `using(folder, BRIEF)` ends by itself."""
    begun = []

    def start(folder: Path, code: str = USES) -> "subprocess.Popen[str]":
        child = subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True)
        begun.append(child)
        assert child.stdout.readline() == "up\n"
        return child

    yield start
    for child in begun:
        child.kill()
        child.wait()
        child.stdout.close()


def end(child, number=signal.SIGKILL):
    child.send_signal(number)
    child.wait(30)


def server(folder: Path) -> int:
    """The number of the server's process; 0 when none runs."""
    file = folder / "postgres" / "postmaster.pid"
    pid = int(file.read_text(encoding="ascii").split()[0]) if file.exists() else 0
    return pid if pid and psutil.pid_exists(pid) else 0


def gone(pid: int) -> bool:
    end = time.monotonic() + 15
    while psutil.pid_exists(pid) and time.monotonic() < end:
        time.sleep(0.05)
    return not psutil.pid_exists(pid)


def test_the_last_one_stops_it_although_others_were_killed(tmp_path, using):
    killed, last = using(tmp_path), using(tmp_path)
    pid = server(tmp_path)
    end(killed)
    using(tmp_path, BRIEF).wait(30)
    assert psutil.pid_exists(pid), "somebody uses it still"
    end(last)
    assert psutil.pid_exists(pid), "nobody was left to stop it"
    using(tmp_path, BRIEF).wait(30)
    assert gone(pid)


def test_a_process_made_by_another_does_not_take_its_server_away(tmp_path, using):
    fork = USES.replace('print("up"', 'import os\nif not os.fork(): sys.exit()\nos.wait()\nprint("up"')
    using(tmp_path, fork)
    assert server(tmp_path)


def test_the_web_server_ends_in_order_when_it_is_told_to(tmp_path):
    """SIGTERM, as a service manager sends it, to a server of one process. (Ctrl-C and several: tests/project/test_install.py.)"""
    from project.front import free_port

    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SAUGA_", "DJANGO_", "DATABASE_URL"))}
    environ = {**kept, "SAUGA_DATA": str(tmp_path / "d"), "PYTHONPATH": str(Path(__file__).parent)}
    command = [sys.executable, "-c", SERVE, str(port)]
    with (tmp_path / "log").open("wb") as log:
        child = subprocess.Popen(command, env=environ, stdout=log, stderr=log, start_new_session=True)
    until = time.monotonic() + 60
    while "up" not in (tmp_path / "log").read_text():
        assert child.poll() is None and time.monotonic() < until, (tmp_path / "log").read_text()
        time.sleep(0.05)
    pid = server(tmp_path / "d")
    assert pid
    child.send_signal(signal.SIGTERM)
    assert child.wait(30) == 128 + signal.SIGTERM
    assert gone(pid), (tmp_path / "log").read_text()


SERVE = """
import sys
from sauga.project import cli, listening
from sauga.project.commands import bench
def run(options):
    cli.choose_settings()
    from sauga.project.settings import base
    listening.serve("standins.bare:application", host="127.0.0.1", port=int(sys.argv[1]), workers=1, lifespan="off", ws="none")
    return 0
bench.arguments, bench.run = lambda parser: None, run
cli.main(["bench"])
"""
