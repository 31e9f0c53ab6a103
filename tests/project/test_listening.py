"""Web processes that share a port: visitors are dealt out evenly, and nobody slips in beside them."""

import http.client
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections import Counter

import pytest

from sauga.project import listening
from sauga.project.cli import CannotRun
from sauga.project.commands.serve import claim

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux deals out")

APP = """
import os, sys
from sauga.project import listening

async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(os.getpid()).encode()})

if __name__ == "__main__":
    listening.serve("whose:app", host="127.0.0.1", port=int(sys.argv[1]), workers=3, lifespan="off",
      access_log=False, log_level="error")
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
    with listening.bound(socket.AF_INET, ("127.0.0.1", 0)) as one, pickle.loads(pickle.dumps(one)) as other:
        assert other.fileno() != one.fileno() and other.getsockname() == one.getsockname()
