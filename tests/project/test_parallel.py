"""Tests run in several processes: each report arrives, and no test is lost with the process that ran it."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from architecture.tree import ROOT

pytestmark = pytest.mark.unit

GOOD = """
import os
import pytest

@pytest.mark.parametrize("number", range(3))
def test_passes(number, tmp_path):
    assert tmp_path.is_dir()

def test_fails():
    print("said before")
    assert os.environ["TEST_WORKER"] == "another"

@pytest.mark.skip(reason="not today")
def test_is_left_out():
    pass
"""
DYING = """
import os

def test_before():
    pass

def test_dies():
    os._exit(3)

def test_after():
    pass
"""
OPEN = """
import pytest

@pytest.fixture(scope="session", autouse=True)
def opened(tmp_path_factory):
    yield
    raise RuntimeError("cannot be closed")

def test_opens():
    pass
"""
BUSY = """
import subprocess
import sys
import time

def test_works_for_a_second():
    code = "import time\\nwhile time.process_time() < 0.5: pass"
    subprocess.run([sys.executable, "-c", code], check=True)
    until = time.process_time() + 0.5
    while time.process_time() < until:
        pass
"""
LASTING = """
import os
import time
from pathlib import Path

def test_lasts():
    Path(f"running-{os.getpid()}").touch()
    time.sleep(60)
"""


class Suite:
    """A small suite of its own, run in two processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")

    def start(self, *options: str, **files: str) -> "subprocess.Popen[str]":
        for name, text in files.items():
            (self.folder / f"test_{name}.py").write_text(text, encoding="utf-8")
        environ = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(str, [ROOT, ROOT / "tests"])),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        }
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "tests.parallel",
            "-p",
            "no:cacheprovider",
            "-n",
            "2",
        ]
        command += [f"--basetemp={self.folder / 'inner'}", *options]
        # Whoever starts the tests in the background of a script has them ignore Ctrl-C, and so would these.
        heard = ["env", "--default-signal=INT"]
        return subprocess.Popen(
            [*heard, *command], cwd=self.folder, env=environ, text=True, stdout=subprocess.PIPE
        )

    def run(self, *options: str, **files: str) -> tuple[int, str]:
        running = self.start(*options, **files)
        said, _nothing = running.communicate(timeout=60)
        return running.returncode, said


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    return Suite(tmp_path)


def test_reports_of_all_workers_arrive(suite: Suite):
    code, said = suite.run(one=GOOD, other=GOOD)
    assert code == pytest.ExitCode.TESTS_FAILED
    assert "2 failed, 6 passed, 2 skipped" in said
    assert said.count("\nsaid before\n") == 2
    assert "another" in said


def test_a_worker_that_dies_is_a_failure_of_its_test_and_of_no_other(suite: Suite):
    code, said = suite.run(one=DYING, other=GOOD)
    assert code == pytest.ExitCode.TESTS_FAILED
    assert "2 failed, 5 passed, 1 skipped" in said
    assert re.search(r"worker \d ended with 3 while it ran this", said)
    assert "FAILED test_one.py::test_dies" in said


def test_what_cannot_be_closed_at_the_end_of_a_worker_is_a_failure(suite: Suite):
    code, said = suite.run(one=OPEN)
    assert code == pytest.ExitCode.TESTS_FAILED
    assert "1 passed, 1 error" in said and "cannot be closed" in said


def test_what_files_cost_is_printed_and_a_program_that_a_test_runs_counts(suite: Suite):
    code, said = suite.run(busy=BUSY, idle=OPEN.partition("@")[0] + "def test_idle():\n    pass\n")
    assert code == pytest.ExitCode.OK
    whole = re.search(r"(\d+) s  in all", said)
    used = {name: float(seconds) for seconds, name in re.findall(r"([\d.]+) s  (test_\w+\.py)", said)}
    assert whole and int(whole[1]) >= 1
    assert used["test_busy.py"] >= 1 > used["test_idle.py"]


def test_the_first_failure_ends_the_run_when_asked(suite: Suite):
    start = time.monotonic()
    code, said = suite.run("-x", one=LASTING, other=GOOD.replace("range(3)", "range(1)"))
    assert code == pytest.ExitCode.TESTS_FAILED and "stopping after 1 failures" in said
    assert time.monotonic() - start < 30


def test_a_fault_of_a_test_file_is_named_and_nothing_is_run(suite: Suite):
    code, said = suite.run(one="import nothing_of_this_name", other=GOOD)
    assert code == pytest.ExitCode.INTERRUPTED and "1 error during collection" in said
    assert "passed" not in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_workers_end_with_the_process_that_forked_them(suite: Suite, number: int):
    running = suite.start(one=LASTING, other=LASTING)
    wait_for(lambda: len(list(suite.folder.glob("running-*"))) == 2)
    workers = [int(path.name.partition("-")[2]) for path in suite.folder.glob("running-*")]
    os.kill(running.pid, number)
    running.communicate(timeout=60)
    wait_for(lambda: not any(map(psutil.pid_exists, workers)))


def wait_for(there: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not there():
        assert time.monotonic() < end
        time.sleep(0.05)
