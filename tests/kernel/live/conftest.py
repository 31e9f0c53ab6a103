"""Starts the small installation on the test's own database."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

PROGRAM = Path(__file__).with_name("server.py")


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


@pytest.fixture
def server(probe):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "sauga.project.settings.test",
    }
    process = subprocess.Popen([sys.executable, str(PROGRAM), str(port)], env=environ, stderr=subprocess.PIPE)
    for _ in range(400):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                break
        assert process.poll() is None, process.stderr.read().decode()
        time.sleep(0.05)
    yield Server(process, port)
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
    process.wait()
    process.stderr.close()
