"""Processes kept together: none is left behind, whatever happens."""

import os
import signal
import subprocess
import sys
import time

import pytest

from sauga.project.processes.supervisor import ChildDied, Stopped, Supervisor

pytestmark = pytest.mark.unit

SLEEP = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); time.sleep(60)",
]
# A child with a child of its own, as a web server with worker processes is.
PARENT = [
    sys.executable,
    "-c",
    "import subprocess, sys, time\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    "print(child.pid, flush=True)\n"
    "time.sleep(60)",
]


@pytest.fixture(autouse=True)
def signals_as_before():
    before = {signum: signal.getsignal(signum) for signum in (signal.SIGTERM, signal.SIGINT)}
    yield
    for signum, handler in before.items():
        signal.signal(signum, handler)


def is_gone(pid):
    """Whether a process ends within five seconds."""
    return any(not is_running(pid) or time.sleep(0.05) for _ in range(100))


def is_running(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def printed(tmp_path, name):
    for _ in range(100):
        text = (tmp_path / f"{name}.log").read_text() if (tmp_path / f"{name}.log").exists() else ""
        if text:
            return text
        time.sleep(0.05)
    raise AssertionError("nothing was printed")


def test_leaving_ends_children_and_their_children(tmp_path):
    with Supervisor(tmp_path) as supervisor:
        supervisor.start("parent", PARENT, os.environ)
        grandchild = int(printed(tmp_path, "parent"))
        child = supervisor.children["parent"].pid
    assert is_gone(child)
    assert is_gone(grandchild)


def test_child_that_ignores_the_request_is_ended_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr("sauga.project.processes.supervisor.PATIENCE", 0.3)
    with Supervisor(tmp_path) as supervisor:
        supervisor.start("stubborn", STUBBORN, os.environ)
        printed(tmp_path, "stubborn")
        child = supervisor.children["stubborn"].pid
    assert is_gone(child)


def test_child_that_dies_is_named_with_its_last_words(tmp_path):
    with (
        pytest.raises(ChildDied, match=r"web ended by itself \(exit code 3\)") as death,
        Supervisor(tmp_path) as supervisor,
    ):
        supervisor.start("other", SLEEP, os.environ)
        supervisor.start(
            "web", [sys.executable, "-c", "import sys; print('port is taken'); sys.exit(3)"], os.environ
        )
        supervisor.watch()
    assert "port is taken" in str(death.value)
    assert is_gone(supervisor.children["other"].pid)


def test_waiting_too_long_says_what_for(tmp_path):
    with pytest.raises(ChildDied, match="the database was not ready"), Supervisor(tmp_path) as supervisor:
        supervisor.start("a", SLEEP, os.environ)
        supervisor.wait_for(lambda: False, 0.2, "the database")


def test_asked_to_stop_while_watching(tmp_path):
    with Supervisor(tmp_path) as supervisor:
        supervisor.start("a", SLEEP, os.environ)
        with pytest.raises(Stopped):
            signal.raise_signal(signal.SIGINT)
    assert is_gone(supervisor.children["a"].pid)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_children_end_when_the_supervisor_is_killed(tmp_path):
    code = f"""
import os, sys, time
from pathlib import Path
from sauga.project.processes.supervisor import Supervisor
with Supervisor(Path({str(tmp_path)!r})) as supervisor:
    supervisor.start("child", {SLEEP!r}, os.environ)
    print(supervisor.children["child"].pid, flush=True)
    time.sleep(60)
"""
    killed = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    child = int(killed.stdout.readline())
    assert is_running(child)
    killed.kill()
    killed.wait()
    killed.stdout.close()
    assert is_gone(child)
