"""A browser test that was left out is named, and CI does not pass."""

import os
import subprocess
import sys

import pytest
from architecture.tree import ROOT

pytestmark = pytest.mark.unit

SKIPS = """
import pytest

@pytest.mark.browser
def test_page():
    pytest.skip("no Chromium here")

def test_other():
    pass
"""


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
@pytest.mark.parametrize("parallel", [[], ["-n", "1"]], ids=["one", "parallel"])
def test_left_out_browser_test(tmp_path, ci, code, parallel):
    (tmp_path / "test_it.py").write_text(SKIPS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    browser: x\n", encoding="utf-8")
    environ = {**os.environ, "CI": ci, "PYTHONPATH": str(ROOT / "tests"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    # A folder of its own: a second pytest that shares the first one's takes it away from the embedded server's user in mid-flight.
    base = f"--basetemp={tmp_path / 'inner'}"
    command = [sys.executable, "-m", "pytest", "-p", "xdist", "-p", "flows.leftout", "-c", "pytest.ini", base, *parallel]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert "LEFT OUT: 1 browser tests" in done.stdout
    assert "test_it.py::test_page" in done.stdout
