"""Web processes that share a port: visitors are dealt out evenly, nobody slips in beside them, and of sockets
that systemd opened nobody is refused while the processes are restarted.
"""

import http.client
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from project import front
from sauga.project.cli import CannotRun
from sauga.project.commands.serve import claim
from sauga.project.processes import listening_sockets

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux deals out")

APP = """
import os, sys
from sauga.project.processes import listening_sockets

async def app(scope, receive, send):
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(os.getpid()).encode()})

if __name__ == "__main__":
    listening_sockets.serve("whose:app", listening_sockets.given(), host="127.0.0.1", port=int(sys.argv[1]),
      workers=3, lifespan="off", access_log=False, log_level="error", timeout_graceful_shutdown=5)
"""


def ask(port):
    """A new connection: which process has it."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request("GET", "/")
        return int(line.getresponse().read())
    finally:
        line.close()


def until(what):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if found := what():
                return found
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError("it did not come to that")


@pytest.fixture
def begin(tmp_path):
    """Start an installation of three processes on a port."""
    (tmp_path / "whose.py").write_text(APP, encoding="utf-8")
    environ = {**os.environ, "PYTHONPATH": str(tmp_path)}
    return lambda port: subprocess.Popen(
        [sys.executable, "-m", "whose", str(port)], env=environ, cwd=tmp_path, stderr=subprocess.PIPE
    )


OPENED = Path(__file__).with_name("standins") / "opened.py"


@pytest.fixture
def units(tmp_path):
    """A port whose sockets outlive the processes, and what starts a unit of three of them there."""
    (tmp_path / "whose.py").write_text(APP, encoding="utf-8")
    environ = {**os.environ, "PYTHONPATH": str(tmp_path)}
    sockets = [listening_sockets.bound(socket.AF_INET, ("127.0.0.1", 0))]
    port = sockets[0].getsockname()[1]
    sockets += [listening_sockets.bound(socket.AF_INET, ("127.0.0.1", port)) for _ in range(11)]
    for one in sockets:
        one.listen(2048)
    numbers = [one.fileno() for one in sockets]
    running = []

    def begin():
        opened = [sys.executable, str(OPENED), ",".join(map(str, numbers))]
        command = [*opened, sys.executable, "-m", "whose", str(port)]
        running.append(subprocess.Popen(command, env=environ, cwd=tmp_path, pass_fds=numbers))
        return running[-1]

    try:
        yield port, begin
    finally:
        for one in running:
            one.send_signal(signal.SIGTERM)
            one.wait(30)
        for one in sockets:
            one.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def port(begin):
    """Three processes behind one port."""
    free = free_port()
    child = begin(free)
    try:
        until(lambda: len({ask(free) for _ in range(20)}) == 3)
        yield free
    finally:
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=30)


def test_visitors_are_dealt_out_evenly(port):
    came = Counter(ask(port) for _ in range(300))
    assert len(came) == 3 and min(came.values()) > 60, came


def test_a_process_that_dies_is_replaced_and_gets_its_share(port):
    before = {ask(port) for _ in range(60)}
    gone = before.pop()
    os.kill(gone, signal.SIGKILL)
    after = until(lambda: found if len(found := {ask(port) for _ in range(60)}) == 3 else None)
    assert before < after and gone not in after


def test_nobody_else_can_begin_on_a_port_that_is_taken(port):
    with pytest.raises(CannotRun, match="choose another"):
        claim("127.0.0.1", port)
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))


def test_of_two_installations_that_begin_at_the_same_moment_one_is_refused(begin):
    """Neither listens yet, and the kernel would let both in and deal the visitors out to
    two installations.
    """
    free = free_port()
    both = [begin(free) for _ in range(2)]
    try:
        refused = until(lambda: next((one for one in both if one.poll() is not None), None))
        assert "in use" in refused.stderr.read().decode()
        until(lambda: len({ask(free) for _ in range(60)}) == 3)
    finally:
        for one in both:
            one.terminate()
            one.communicate(timeout=30)


def test_a_socket_that_is_handed_on_is_another_one_at_the_same_address():
    with (
        listening_sockets.bound(socket.AF_INET, ("127.0.0.1", 0)) as one,
        pickle.loads(pickle.dumps(one)) as other,
    ):
        assert other.fileno() != one.fileno() and other.getsockname() == one.getsockname()


def test_sockets_from_systemd_are_dealt_out_evenly(units):
    port, begin = units
    begin()
    until(lambda: len({ask(port) for _ in range(20)}) == 3)
    came = Counter(ask(port) for _ in range(300))
    assert len(came) == 3 and min(came.values()) > 60, came


@pytest.mark.parametrize(("sockets", "workers"), [(12, 4), (12, 5), (2, 5), (1, 1)])
def test_every_socket_has_a_process_and_every_process_a_socket(sockets, workers):
    dealt = listening_sockets.shares(list(range(sockets)), workers)
    assert len(dealt) == workers and all(dealt)
    assert {one for share in dealt for one in share} == set(range(sockets))


@pytest.mark.parametrize("environ", [{}, {"LISTEN_FDS": "2", "LISTEN_PID": "1"}, {"LISTEN_FDS": "1"}])
def test_sockets_of_another_process_are_none(monkeypatch, environ):
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert listening_sockets.given() == []


@pytest.mark.flow
@pytest.mark.skipif(not front.caddy(), reason="caddy is not here; tools/front.py brings it")
@pytest.mark.slow("processes are restarted under load until 2,000 visitors have come")
@pytest.mark.parametrize("count", [1, 2])
def test_units_restarted_one_after_the_other_refuse_nobody(units, tmp_path, count):
    """Behind the shipped Caddyfile, forms as well as pages; a single unit lets its visitors wait."""
    port, begin = units
    running = [begin() for _ in range(count)]
    until(lambda: len({ask(port) for _ in range(100)}) == 3 * count)
    answers, done = Counter(), threading.Event()

    def visit(site):
        line = site.connect()
        while not done.is_set():
            line.request("POST", "/", b"words=1" * 400)
            answer = line.getresponse()
            answer.read()
            answers[answer.status] += 1
        line.close()

    with front.front(tmp_path, port) as site:
        visitors = [threading.Thread(target=visit, args=(site,)) for _ in range(6)]
        for one in visitors:
            one.start()
        for _ in range(2 * count):
            begun, oldest = answers.total(), running.pop(0)
            oldest.send_signal(signal.SIGTERM)
            assert oldest.wait(30) == 0
            running.append(begin())
            until(lambda begun=begun: answers.total() > begun + 2000 // (2 * count))
        done.set()
        for one in visitors:
            one.join(60)
    assert set(answers) == {200} and answers.total() >= 2000, answers
