"""Starts the small installation on the test's own database."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

PROGRAM = Path(__file__).with_name("server.py")
PATIENCE = 90
"""Seconds within which it answers on a machine that does other things, too."""


class Server:
    """The running program and its address."""

    def __init__(self, process, port):
        self.process, self.port, self.url = process, port, f"http://127.0.0.1:{port}/probe/"

    def memory(self):
        """Resident KiB."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))

    def threads(self):
        return len(list(Path(f"/proc/{self.process.pid}/task").iterdir()))


def database_url():
    held = connection.settings_dict
    place = f"{quote(held['USER'])}@/{held['NAME']}?host={quote(held['HOST'], safe='')}"
    return (
        f"postgresql://{place}"
        if held["HOST"].startswith("/")
        else f"postgresql://{held['USER']}@{held['HOST']}:{held['PORT']}/{held['NAME']}"
    )


@pytest.fixture
def probe(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE live_probe (channel text, n integer, PRIMARY KEY (channel, n))")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE live_probe")


@pytest.fixture(scope="module")
def started():
    """The programs of this file's tests; the last one serves as long as it lives."""
    servers: list[Server] = []
    yield servers
    for server in servers:
        if server.process.poll() is None:
            server.process.kill()
        server.process.wait()
        server.process.stderr.close()


@pytest.fixture
def server(probe, started):
    """The running program; another one where a test has ended the last."""
    if not started or started[-1].process.poll() is not None:
        started.append(start())
    return started[-1]


def start():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "sauga.project.settings.test",
    }
    process = subprocess.Popen([sys.executable, str(PROGRAM), str(port)], env=environ, stderr=subprocess.PIPE)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                break
        assert process.poll() is None, process.stderr.read().decode()
        time.sleep(0.05)
    return Server(process, port)
