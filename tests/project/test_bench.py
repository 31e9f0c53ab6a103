"""`sauga bench` broken off: the script has time to end what it started."""

import os
import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.unit
BENCH = """
import signal, sys
from pathlib import Path
from sauga.project import cli
from sauga.project.commands import bench
signal.signal(signal.SIGINT,
  signal.default_int_handler)  # which a test run in the background does not inherit
bench.root = lambda: Path(sys.argv[1])
cli.main(["bench", "slow"])
"""
SLOW = """
import signal, sys, time
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGTERM, lambda *_: sys.exit())
try:
    Path("begun").touch()
    time.sleep(60)
finally:
    time.sleep(0.6)
    Path("tidy").touch()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_benchmark_that_is_broken_off_is_waited_for(tmp_path, number):
    """Ctrl-C reaches both processes, a plain SIGTERM the first one alone."""
    (tmp_path / "benchmarks").mkdir()
    (tmp_path / "benchmarks" / "slow.py").write_text(SLOW, encoding="utf-8")
    running = subprocess.Popen(
        [sys.executable, "-c", BENCH, str(tmp_path)], start_new_session=True, stdout=subprocess.DEVNULL
    )
    until = time.monotonic() + 60
    while not (tmp_path / "begun").exists():
        assert time.monotonic() < until and running.poll() is None
        time.sleep(0.02)
    if number is signal.SIGINT:
        os.killpg(running.pid, number)
    else:
        running.send_signal(number)
    assert running.wait(30) == 128 + number
    assert (tmp_path / "tidy").exists()
