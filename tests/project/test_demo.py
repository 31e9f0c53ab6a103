"""`sauga demo` as a newcomer meets it: ready by itself, usable, twice beside each other, and gone without a
trace of a process.
"""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest
from rig import tables

from tests.repetition import IS_WHOLE

pytestmark = pytest.mark.flow

PATIENCE = 900
"""Seconds on a busy machine; how long it takes on a free one is said in the README and measured, not here."""


class Demo:
    """A running demo, its output and its web pages."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.data = data
        self.output = data.with_suffix(".out")
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SAUGA_", "DJANGO_")) and name != "DATABASE_URL"
        }
        command = [
            sys.executable,
            "-m",
            "sauga",
            "demo",
            "--port",
            str(self.port),
            "--data",
            str(data),
            "--workers",
            "1",
        ]
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                command, env=kept, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )

    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def wait(self) -> float:
        """Seconds until it says that it is ready."""
        start = time.monotonic()
        while "Sauga is ready" not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() - start < PATIENCE, self.said()
            time.sleep(0.1)
        return time.monotonic() - start

    def get(self, path: str) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request("GET", path, headers={"User-Agent": "canary-agent", "Accept-Language": "en"})
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def stop(self, signum: int = signal.SIGINT) -> int:
        self.process.send_signal(signum)
        return self.process.wait(60)

    def processes(self) -> list[str]:
        """Every process that names the data folder, the database's included."""
        found = []
        for process in psutil.process_iter(["cmdline", "status"]):
            words = " ".join(process.info["cmdline"] or [])
            if (
                f"{self.data}/" in words + "/"
                and process.info["status"] != psutil.STATUS_ZOMBIE
                and process.pid != os.getpid()
            ):
                found.append(words)
        return found

    def gone(self) -> bool:
        until = time.monotonic() + 15
        while self.processes() and time.monotonic() < until:
            time.sleep(0.2)
        return not self.processes()


@pytest.mark.prove
@pytest.mark.slow("makes the demo as a newcomer does, with all its stories")
def test_demo_from_first_start_to_last_stop(tmp_path, django_db_setup):
    """In `make test` it finds its tables made and empty; in `make prove` it begins with nothing."""
    if not IS_WHOLE:
        tables.lay_out(tmp_path / "a")
    demos = [Demo(tmp_path / "a")]
    try:
        [first] = demos
        first.wait()
        assert f"http://localhost:{first.port}/lt/pranesti/" in first.said()
        _has_usable_accounts(first)
        for path in ("/lt/", "/en/", "/lt/demo/", "/en/demo/mail/", "/-/ready"):
            assert first.get(path)[0] == 200, path
        assert first.get("/lt/nothing/canary-path/")[0] == 404
        _logs_name_no_visitor(first)
        _somebody_joins(first)
        assert first.stop() == 0
        assert first.gone(), first.processes()
        subprocess.run(["cp", "-a", str(tmp_path / "a"), str(tmp_path / "b")], check=True)
        demos += _two_beside_each_other(tmp_path)
    finally:
        for demo in demos:
            demo.process.kill()
            demo.process.wait()
    assert all(demo.gone() for demo in demos), [demo.processes() for demo in demos]


def _two_beside_each_other(folder: Path) -> list[Demo]:
    """The same demo again, and a copy of it at the same time: neither is made anew, neither
    disturbs the other.
    """
    again, copy = Demo(folder / "a"), Demo(folder / "b")
    for demo in (again, copy):
        demo.wait()
        assert "demo data" not in demo.said()
        assert demo.get("/lt/")[0] == 200
    assert copy.stop(signal.SIGTERM) == 0
    assert copy.gone(), copy.processes()
    assert again.get("/-/ready")[0] == 200
    _part_that_dies_is_named(again)
    return [again, copy]


def _somebody_joins(demo: Demo) -> None:
    """An account that the demo did not make, as after an accepted invitation.

    It belongs to the demo, which starts again with it.
    """
    with psycopg.connect(
        f"postgresql://postgres@/postgres?host={_socket(demo)}", autocommit=True
    ) as connection:
        connection.execute(
            "INSERT INTO identity_person (email, name, language, is_active, is_superuser, password, "
            "pseudonym, session_epoch, totp_step)"
            " VALUES ('invited@somewhere.test', 'X', 'lt', true, false, '!', 'p-invited', 0, 0)"
        )


def _socket(demo: Demo) -> str:
    """The folder of the database's socket, as its server wrote it down."""
    return (demo.data / "postgres" / "postmaster.pid").read_text(encoding="utf-8").splitlines()[4]


def _has_usable_accounts(demo: Demo) -> None:
    file = demo.data / "demo" / "accounts.json"
    accounts = json.loads(file.read_text(encoding="utf-8"))
    assert file.stat().st_mode & 0o077 == 0
    assert all({"user", "password", "totp_secret", "role"} <= account.keys() for account in accounts)
    assert {"ANALYST", "ADMINISTRATOR", "NOTICE_OFFICER"} <= {account["role"] for account in accounts}
    status, page = demo.get("/en/demo/")
    assert status == 200
    codes = dict(re.findall(r'data-code="([^"]+)">(\d{6})<', page))
    assert codes.keys() == {account["user"] for account in accounts}


def _logs_name_no_visitor(demo: Demo) -> None:
    written = "".join(
        path.read_text(encoding="utf-8") for path in (demo.data / "demo" / "logs").glob("*.log")
    )
    written += (demo.data / "postgres" / "log").read_text(encoding="utf-8", errors="replace")
    assert "canary" not in written


def _part_that_dies_is_named(demo: Demo) -> None:
    worker = next(p for p in psutil.Process(demo.process.pid).children() if "work" in p.cmdline())
    worker.kill()
    assert demo.process.wait(60) == 1
    assert "worker ended by itself (signal SIGKILL)" in demo.said()
