"""What a run costs in seconds of a processor: the sum, the database's part of it, and the dearest files.

A worker measures what it and its descendants (browsers, servers) have used before and after each unit. The
database server is shared by all workers: its part is not divided among files.
"""

import contextlib
import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import psutil
import pytest

from tests import cleanup

SHOWN = 10


class ProcessorTime:
    """Adds up what the units of a parallel run took, and prints it at its end."""

    def __init__(self) -> None:
        self.units: dict[str, float] = defaultdict(float)
        self.total = self.database = 0.0

    def add(self, unit: str, seconds: float) -> None:
        """A unit has taken so many seconds of its worker's processes."""
        self.units[unit] += seconds

    def end(self) -> None:
        """Measure the whole run while its database server still works."""
        if folder := os.environ.get(cleanup.MARK):
            numbers = {*cleanup.leftovers(Path(folder)), os.getpid()}
            found = [psutil.Process(number) for number in numbers if psutil.pid_exists(number)]
            self.total = seconds(found)
            self.database = seconds(process for process in found if process.name() == "postgres")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self.total:
            return
        terminalreporter.section("processor time")
        terminalreporter.line(f"{self.total:7.0f} s  in all")
        terminalreporter.line(f"{self.database:7.0f} s  of it the database server")
        for unit, used in sorted(self.units.items(), key=lambda one: -one[1])[:SHOWN]:
            terminalreporter.line(f"{used:7.1f} s  {unit}")


def seconds(processes: Iterable[psutil.Process]) -> float:
    """What these have used, and those of their children that have ended."""
    used = 0.0
    for process in processes:
        with contextlib.suppress(psutil.Error):
            times = process.cpu_times()
            used += times.user + times.system + times.children_user + times.children_system
    return used


def of_descendants(root: int) -> float:
    """Seconds that a process and all its descendants have used."""
    process = psutil.Process(root)
    return seconds([process, *process.children(recursive=True)])
