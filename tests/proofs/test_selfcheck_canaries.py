"""Answers to the personal test are nowhere: not in the database, its write-ahead log, logs at DEBUG,
temporary files or a backup. And a hundred answered tests leave the database as it was, row for row.
"""

import re
import subprocess

import pytest
from proofs.sinks import search
from rig.installation import new_installation
from rig.visitor import Visitor

from sauga.project.postgresql import database

pytestmark = [pytest.mark.flow, pytest.mark.proof]
ASCII, LITHUANIAN = "testkanarq4zw", "žiogelėkanarėtestas"
ADDRESS = "2001:db8:ca5a:77::7e58"
TRACES = {
    "X-Forwarded-For": ADDRESS,
    "User-Agent": f"Mozilla {ASCII}-agent",
    "Referer": f"https://{ASCII}-referer.example/",
    "Cookie": f"seen={ASCII}-cookie",
}
PATHS = ("/lt/testas/vaikams/", "/lt/testas/paaugliams/", "/en/check/adults/")
LOADED = """
from sauga.project import cli
cli.prepare()
from sauga.kernel import clock
from sauga.selfcheck.personal.actions.drafts import load_bank
load_bank(clock.now())
"""


def dumped(installation) -> list[bytes]:
    """The rows of every table, without the lines that differ from dump to dump."""
    with installation.connect() as connection:
        connection.execute("CHECKPOINT")
    command = [database.program("pg_dump"), "--data-only", installation.url]
    done = subprocess.run(command, capture_output=True, check=True)
    return [
        line for line in done.stdout.splitlines() if not line.startswith((b"\\restrict", b"\\unrestrict"))
    ]


@pytest.mark.slow("an installation of its own is lived in")
def test_answers_are_kept_nowhere_and_leave_the_database_as_it_was(tmp_path_factory):
    temporary = tmp_path_factory.mktemp("temporary")
    with new_installation(SAUGA_LOG_LEVEL="DEBUG", TMPDIR=str(temporary)) as installation:
        installation.python("-c", LOADED)
        port = installation.serve(1, "--behind", "127.0.0.1")
        with Visitor(port, headers=TRACES) as visitor:
            codes = {path: _codes(visitor.get(path).page) for path in PATHS}
            assert all(len(found) >= 12 for found in codes.values())
            _answer(visitor, codes, 0)  # what the first request loads is loaded
            before = dumped(installation)
            for turn in range(34):
                _answer(visitor, codes, turn)
        assert dumped(installation) == before
        installation.python("-m", "sauga", "backup", str(installation.folder / "backup"))
        dump = subprocess.run(
            [database.program("pg_dump"), installation.url], capture_output=True, check=True
        )
        (installation.folder / "dump.sql").write_bytes(dump.stdout)
        assert search(installation.folder, [ASCII, LITHUANIAN, ADDRESS]) == []
        assert search(temporary, [ASCII, LITHUANIAN, ADDRESS]) == []


def _codes(page: bytes) -> list[str]:
    return sorted({name.decode() for name in re.findall(rb'type="radio" name="([^"]+)"', page)})


def _answer(visitor: Visitor, codes: dict[str, list[str]], turn: int) -> None:
    """Each test once, with answers that are some and words that are none."""
    for path, names in codes.items():
        given = {name: str((turn + place) % 4) for place, name in enumerate(names)}
        marked = {names[0]: f"{ASCII} {LITHUANIAN}", ASCII: LITHUANIAN, "own": f"{LITHUANIAN}-{ASCII}"}
        answer = visitor.post(path, **given, **{k: v for k, v in marked.items() if k not in given})
        assert answer.status == 200
        assert b"data-steps" in answer.page
        assert b"116111" in answer.page
        assert ASCII.encode() not in answer.page
        answer = visitor.post(path, **{**given, **marked})
        assert answer.status == 200
        assert ASCII.encode() not in answer.page
