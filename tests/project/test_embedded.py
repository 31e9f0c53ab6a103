"""The embedded server stops with the last process that uses it, however the others ended; and not before."""

import os
import pwd
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from sauga.project.postgresql import database, embedded_access
from sauga.project.settings.env import SettingsError

USES = """
import sys, time
from pathlib import Path
from sauga.project.postgresql import database
database.start_embedded(Path(sys.argv[1]))
print("up", flush=True)
time.sleep(60)
"""
BRIEF = USES.replace("time.sleep(60)", "")


@pytest.fixture
def using():
    """Start a process that uses the server of a folder, and wait until it does; `using(folder, BRIEF)`
    ends by itself.
    """
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


CONNECTS = (
    USES.replace("time.sleep(60)", "").replace("database.start", "url = database.start")
    + """
import psycopg
with psycopg.connect(url) as connection:
    print(connection.execute("SELECT current_user").fetchone()[0], flush=True)
"""
)


def refusal(folder: Path, name: str) -> str:
    """What PostgreSQL says to another system user who found the socket."""
    program = database.program("psql")
    user = pwd.getpwnam(name)
    asked = [program, "-h", str(folder), "-U", "postgres", "-c", "SELECT 1"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False, user=user.pw_uid, cwd="/")
    assert found.returncode != 0
    return found.stderr


@pytest.fixture
def near_the_root():
    with tempfile.TemporaryDirectory(prefix="s", dir="/tmp") as folder:  # where tests run is a long path
        yield Path(folder)


@pytest.mark.parametrize("length", [10, 130])
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_only_its_own_user_and_root_reach_it_however_long_the_path(near_the_root, using, length: int):
    data = near_the_root / "d".ljust(length, "x")
    first = using(data)
    cluster = data / "postgres"
    place = Path((cluster / "postmaster.pid").read_text().splitlines()[4])
    assert place.resolve() == cluster and (place == cluster) == (length == 10)
    assert "trust" not in (cluster / "pg_hba.conf").read_text()
    assert embedded_access.faults(data) == []
    second = using(data, CONNECTS)  # several processes, by the same way
    assert second.stdout.readline() == "postgres\n"
    assert "ermission denied" in refusal(place, "nobody")
    if place != cluster:
        assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
        place.parent.chmod(0o755)
    cluster.chmod(0o711)  # even where the folders are opened by hand, the server asks who it is
    assert embedded_access.faults(data)
    assert "eer authentication failed" in refusal(place, "nobody")
    cluster.chmod(0o700)
    end(first, signal.SIGTERM)
    using(data, BRIEF).wait(30)
    assert place == cluster or not place.parent.exists()


def test_a_cluster_of_an_older_version_is_closed_when_it_is_next_used(tmp_path, using):
    using(tmp_path, BRIEF).wait(30)
    rules = tmp_path / "postgres" / "pg_hba.conf"
    rules.write_text("local all all trust\n")
    assert embedded_access.faults(tmp_path) == ["pg_hba.conf lets everybody in (trust)"]
    assert using(tmp_path, CONNECTS).stdout.readline() == "postgres\n"
    assert embedded_access.faults(tmp_path) == [] and "peer" in rules.read_text()


def test_a_folder_of_somebody_else_is_not_used_for_the_link(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded_access, "RUNTIME", tmp_path)
    cluster = tmp_path / "d".ljust(130, "x") / "postgres"
    cluster.mkdir(parents=True)
    link = embedded_access.socket_folder(cluster)
    assert link.readlink() == cluster and stat.S_IMODE(link.parent.stat().st_mode) == 0o700
    link.parent.chmod(0o777)
    with pytest.raises(SettingsError, match="others may enter it"):
        embedded_access.socket_folder(cluster)


def test_a_process_made_by_another_does_not_take_its_server_away(tmp_path, using):
    fork = USES.replace('print("up"', 'import os\nif not os.fork(): sys.exit()\nos.wait()\nprint("up"')
    using(tmp_path, fork)
    assert server(tmp_path)


@pytest.fixture
def owner(tmp_path):
    """Start `sauga database` for a folder, as systemd starts it; returns the process and what it is
    told to wait for.
    """
    begun = []

    def start(folder: Path, *options: str) -> "subprocess.Popen[str]":
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SAUGA_", "DJANGO_", "DATABASE_URL"))
        }
        environ = {
            **kept,
            "SAUGA_DATA": str(folder),
            "NOTIFY_SOCKET": str(tmp_path / "notify"),
            "UNIT": "database",
        }
        child = subprocess.Popen(
            [sys.executable, "-m", "sauga", "database", *options],
            env=environ,
            stderr=subprocess.PIPE,
            text=True,
        )
        begun.append(child)
        return child

    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        notify.bind(str(tmp_path / "notify"))
        notify.settimeout(30)
        yield start, notify
    for child in begun:
        child.terminate()
        child.wait(30)
        child.stderr.close()


def test_a_database_of_its_own_belongs_to_no_other_service(tmp_path, owner, using):
    """Whoever stops the web pages, with everything that they have started, leaves the worker its database."""
    start, notify = owner
    data = tmp_path / "d"
    its_service = start(data)
    assert notify.recv(64) == b"READY=1"
    web, work = using(data), using(data)
    assert "UNIT=database" in Path(f"/proc/{server(data)}/environ").read_text()
    end(web, signal.SIGTERM)
    end(work)
    pid = server(data)
    assert pid, "nobody but its owner stops it"
    using(data)
    its_service.terminate()
    assert its_service.wait(30) == 128 + signal.SIGTERM
    assert gone(pid), "its owner stops it whoever uses it"


def test_a_server_that_another_command_started_is_waited_for(tmp_path, owner, using):
    start, notify = owner
    data = tmp_path / "d"
    setup = using(data)
    first = server(data)
    start(data)
    end(setup)  # killed: it leaves its server behind
    assert notify.recv(64) == b"READY=1"
    assert server(data) != first
    assert "UNIT=database" in Path(f"/proc/{server(data)}/environ").read_text()


def test_a_server_that_another_command_goes_on_using_is_shared_and_followed_by_its_own(
    tmp_path, owner, using
):
    """As after a fall, when the web pages were quicker to start it: the service comes up, disturbs nobody,
    and has a server of its own as soon as that one has ended with its service.
    """
    start, notify = owner
    data = tmp_path / "d"
    web = using(data)
    first = server(data)
    its_service = start(data, "--patience", "0")
    assert notify.recv(64) == b"READY=1"
    assert server(data) == first and its_service.poll() is None
    end(web)
    os.kill(first, signal.SIGINT)  # a service manager ends it with the service that started it
    assert gone(first)
    until = time.monotonic() + 30
    while not server(data) and time.monotonic() < until:
        time.sleep(0.05)
    assert its_service.poll() is None
    assert "UNIT=database" in Path(f"/proc/{server(data)}/environ").read_text()


def test_the_end_of_the_server_ends_its_service(tmp_path, owner):
    start, notify = owner
    child = start(tmp_path / "d")
    assert notify.recv(64) == b"READY=1"
    os.kill(server(tmp_path / "d"), signal.SIGINT)
    assert child.wait(30) == 2
    assert "ended by itself" in child.stderr.read()


@pytest.mark.parametrize(
    ("groups", "unit"),
    [
        ("0::/system.slice/sauga-web.service\n", "sauga-web.service"),
        ("2:cpu:/\n1:name=systemd:/system.slice/sauga-database.service\n0::/\n", "sauga-database.service"),
        ("0::/user.slice/user-0.slice/session-3.scope\n", ""),
    ],
)
def test_the_unit_that_a_server_belongs_to_is_known(tmp_path, monkeypatch, groups, unit):
    for folder in ("postgres", "7"):
        (tmp_path / folder).mkdir()
    (tmp_path / "postgres" / "postmaster.pid").write_text("7\n/var/lib/sauga/postgres\n")
    (tmp_path / "7" / "cgroup").write_text(groups)
    monkeypatch.setattr(database, "PROCESSES", tmp_path)
    assert database.unit_of_embedded(tmp_path) == unit
    assert database.unit_of_embedded(tmp_path / "nothing") == ""


def test_a_server_of_ones_own_has_no_embedded_service(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "sauga", "database"],
        env={
            **os.environ,
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
            "SAUGA_DATA": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2 and "DATABASE_URL names a server of your own" in done.stderr


def test_the_web_server_ends_in_order_when_it_is_told_to(tmp_path):
    """SIGTERM, as a service manager sends it, to a server of one process.

    (Ctrl-C and several: tests/project/test_install.py.)
    """
    from project.front import free_port

    port = free_port()
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SAUGA_", "DJANGO_", "DATABASE_URL"))
    }
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
from sauga.project import cli
from sauga.project.commands import bench
from sauga.project.processes import listening_sockets
def run(options):
    cli.choose_settings()
    from sauga.project.settings import base
    listening_sockets.serve("standins.bare:application", host="127.0.0.1", port=int(sys.argv[1]), workers=1,
      lifespan="off", ws="none")
    return 0
bench.arguments, bench.run = lambda parser: None, run
cli.main(["bench"])
"""
