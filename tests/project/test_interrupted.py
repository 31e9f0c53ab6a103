"""A test run that is broken off leaves nothing behind: no server, no database, no temporary folder."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cleanup import MARK, leftovers

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120


RUNNER, PYTEST = ["tools/run_tests.py", "--quick"], ["-m", "pytest", "-n", "2"]


@pytest.mark.parametrize(
    ("number", "command"), [(signal.SIGINT, RUNNER), (signal.SIGKILL, RUNNER), (signal.SIGKILL, PYTEST)]
)
def test_an_interrupted_run_leaves_nothing(tmp_path, number, command):
    place = Path(f"/tmp/sauga-{os.getpid()}-{number}")  # short: a socket's name has a limit
    place.mkdir(mode=0o711)
    ours = ("SAUGA_", "PYTEST_", "TEST_", "RIG_", "DATABASE_URL")  # of the run that this test belongs to
    own = {name: value for name, value in os.environ.items() if not name.startswith(ours)} | {
        "TMPDIR": str(place)
    }
    told = tmp_path / "output"
    try:
        with told.open("w") as output:
            # Whoever starts the tests in the background of a script has them ignore Ctrl-C, and so would
            # what they start.
            heard = ["env", "--default-signal=INT"]
            run = subprocess.Popen(
                [*heard, sys.executable, *command],
                cwd=ROOT,
                env=own,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        folder = _the_folder_of_a_run_with_a_server(place, run, told)
        os.kill(run.pid, number)
        run.wait(PATIENCE)
        _wait_for(lambda: not folder.exists(), "the folder to go")
        _wait_for(lambda: leftovers(place) == [], "the last process to end")
        assert list(place.iterdir()) == []
    finally:
        for process in leftovers(place):
            os.kill(process, signal.SIGKILL)
        subprocess.run(["rm", "-rf", str(place)], check=True)


def test_processes_of_a_run_are_known_by_its_folder(tmp_path):
    child = subprocess.Popen(["sleep", "60"], env={MARK: str(tmp_path)})
    try:
        assert leftovers(tmp_path) == [child.pid]
    finally:
        child.kill()
        child.wait()
    assert leftovers(tmp_path) == []


def _the_folder_of_a_run_with_a_server(place: Path, run: "subprocess.Popen[bytes]", told: Path) -> Path:
    """Where the interrupted run lives, once its database server is up."""

    def there() -> bool:
        assert run.poll() is None, told.read_text(encoding="utf-8")
        return any(place.glob("sauga-test-*/data/postgres/postmaster.pid"))

    _wait_for(there, "the database server")
    [folder] = place.glob("sauga-test-*")
    return folder


def _wait_for(there, what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.05)
