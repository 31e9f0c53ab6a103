"""An encoder leaves the processor to the pages."""

import os
import subprocess
import sys

import pytest

from sauga.training.streaming.tasks import children

pytestmark = pytest.mark.unit
ASK = "import os; print(os.nice(0), len(os.sched_getaffinity(0)), os.getpgid(0))"


def test_it_runs_at_low_priority_and_leaves_one_core_to_others():
    command = [sys.executable, "-I", "-S", str(children.LAUNCH), str(os.getpid()), sys.executable, "-c", ASK]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    niceness, cores, _ = map(int, said.split())
    assert niceness == min(19, os.nice(0) + 10)
    assert cores == max(1, len(os.sched_getaffinity(0)) - 1)
