"""coturn on loopback for tests, as docs/operate/calls.md sets it up; left out loudly where it
is not installed.
"""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

SECRET = "a-secret-of-the-relay-in-tests-only-0123456789"
TURNS = 3
PATIENCE = 20
SERVER = shutil.which("turnserver")


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[str]:
    """The address of a running relay."""
    if SERVER is None:
        pytest.skip("no coturn here: install Debian's coturn (`apt-get install coturn`)")
    for _ in range(TURNS):
        port = free_port()
        running = _start(port, tmp_path)
        try:
            if _answers(port, running):
                yield f"turn:127.0.0.1:{port}?transport=udp"
                return
        finally:
            running.terminate()
            running.wait(timeout=10)
    raise AssertionError("the relay does not answer")


def _start(port: int, tmp_path: Path) -> "subprocess.Popen[bytes]":
    assert SERVER is not None
    command = [
        SERVER,
        "-n",
        "--listening-ip=127.0.0.1",
        "--relay-ip=127.0.0.1",
        f"--listening-port={port}",
        "--realm=sauga.example",
    ]
    command += [
        "--use-auth-secret",
        f"--static-auth-secret={SECRET}",
        "--no-cli",
        "--no-tls",
        "--no-dtls",
        "--allow-loopback-peers",
    ]
    command += ["--no-multicast-peers", "--fingerprint", "--no-stdout-log"]
    command += [f"--log-file={tmp_path / 'relay.log'}", f"--pidfile={tmp_path / 'pid'}"]
    return subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _answers(port: int, running: "subprocess.Popen[bytes]") -> bool:
    """Whether it answers a STUN binding request (RFC 8489) in time: not where another process has taken the
    port for UDP meanwhile."""
    request = b"\x00\x01\x00\x00\x21\x12\xa4\x42" + b"sauga-tests!"
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and running.poll() is None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.settimeout(0.2)
            asking.sendto(request, ("127.0.0.1", port))
            try:
                if asking.recv(2048):
                    return True
            except OSError:
                time.sleep(0.05)
    return False
