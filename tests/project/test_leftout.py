"""A test that was left out for want of a tool is named with what it wanted, and CI does not pass."""

import os
import subprocess
import sys

import pytest
from architecture.tree import ROOT

pytestmark = pytest.mark.unit

SKIPS = """
import pytest

@pytest.mark.KIND
def test_page():
    pytest.skip("no Chromium here")

def test_other():
    pass
"""


@pytest.mark.parametrize("kind", ["browser", "tools"])
@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
@pytest.mark.parametrize("parallel", [[], ["-n", "1"]], ids=["one", "parallel"])
def test_left_out_test(tmp_path, ci, code, parallel, kind):
    (tmp_path / "test_it.py").write_text(SKIPS.replace("KIND", kind), encoding="utf-8")
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\nmarkers =\n    browser: x\n    tools: x\n", encoding="utf-8"
    )
    environ = {
        **os.environ,
        "CI": ci,
        "PYTHONPATH": os.pathsep.join(map(str, [ROOT, ROOT / "tests"])),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    # A folder of its own: a second pytest that shares the first one's takes it away from the embedded
    # server's user in mid-flight.
    base = f"--basetemp={tmp_path / 'inner'}"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.parallel",
        "-p",
        "flows.leftout",
        "-c",
        "pytest.ini",
        base,
        *parallel,
    ]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert "LEFT OUT: 1 tests" in done.stdout
    assert "no Chromium here\n  test_it.py::test_page" in done.stdout
