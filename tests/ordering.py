"""Which worker runs what, and how long it took: a file's tests stay together, the longest files begin first,
the slowest tests are named.

`tests/durations.json` holds the seconds of each unit (a file, or a test of the files in `SPLIT`) that took
longer than one, as last written by `make durations`; what it does not name is taken for short.
"""

import json
from collections import defaultdict
from pathlib import Path

import pytest

RECORDED = Path(__file__).with_name("durations.json")
SLOW = 20.0
"""Seconds above which a test states its reason: `@pytest.mark.slow("…")`."""
SHOWN = 20
GUESSED = {"browser": 8.0, "slow": SLOW, "proof": 30.0}
"""Seconds of a unit that is not recorded, by its mark."""
SPLIT = {"tests/project/test_own_server.py", "tests/access/test_matrix.py", "tests/access/test_hostile.py"}
"""Files with long tests that share nothing: each test may go to another worker."""
TOGETHER = ("tests/architecture/", "tests/bounds/")
"""Folders whose tests read all sources of ours, which one worker parses once for all of them."""

FIRST = {"tests/project/test_own_server.py::test_from_empty_database_to_restored_backup"}
"""What needs none of the templates, and runs while others wait for them."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--record-durations", action="store_true", help="write tests/durations.json from this run"
    )


def unit_of(nodeid: str) -> str:
    """What stays on one worker: the test's file, or the test itself, or all that read the sources."""
    path = nodeid.partition("::")[0]
    if path.startswith(TOGETHER):
        return TOGETHER[0]
    return nodeid if path in SPLIT else path


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest units first."""
    recorded: dict[str, float] = (
        json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.is_file() else {}
    )
    weight: dict[str, float] = {}
    for item in items:
        unit = unit_of(item.nodeid)
        guess = max(
            (seconds for mark, seconds in GUESSED.items() if item.get_closest_marker(mark)), default=0.0
        )
        weight[unit] = recorded.get(unit, max(guess, weight.get(unit, 0.0)))
    items.sort(
        key=lambda item: (
            unit_of(item.nodeid) not in FIRST,
            -weight[unit_of(item.nodeid)],
            unit_of(item.nodeid),
        )
    )


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Durations(config), "sauga-durations")


class Durations:
    """Adds up what the tests took. In a parallel run the reports of all workers pass here."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.tests: dict[str, float] = defaultdict(float)
        self.explained: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.tests[report.nodeid] += report.duration
        if "slow" in report.keywords:
            self.explained.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        if not self.config.getoption("--record-durations"):
            return
        units: dict[str, float] = defaultdict(float)
        for nodeid, seconds in self.tests.items():
            units[unit_of(nodeid)] += seconds
        kept = {unit: round(seconds, 1) for unit, seconds in sorted(units.items()) if seconds >= 1}
        RECORDED.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        slowest = sorted(self.tests.items(), key=lambda one: -one[1])[:SHOWN]
        if not slowest or slowest[0][1] < 1:
            return
        terminalreporter.section(f"the slowest {len(slowest)} tests")
        for nodeid, seconds in slowest:
            unexplained = seconds > SLOW and nodeid not in self.explained
            terminalreporter.line(
                f"{seconds:7.1f} s  "
                f"{nodeid}{f'  (over {SLOW:.0f} s without a reason)' if unexplained else ''}"
            )
