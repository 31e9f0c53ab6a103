"""A test that was left out for want of a browser or another tool must not go unnoticed: it is named at the
end with what it wanted, and CI fails.
"""

import os

import pytest

LEFT_OUT = pytest.StashKey[dict[str, str]]()
WATCHED = {"browser", "tools"}


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = {}
    config.pluginmanager.register(_Watch(config), "sauga-left-out")


class _Watch:
    """Notes skipped tests of these kinds and why; in the controller of a parallel run the reports of all
    workers pass here.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and WATCHED & set(report.keywords):
            why = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
            self.config.stash[LEFT_OUT][report.nodeid] = why.removeprefix("Skipped: ")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.config.stash[LEFT_OUT] and os.environ.get("CI") and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        left_out = self.config.stash[LEFT_OUT]
        if left_out:
            terminalreporter.section(
                f"LEFT OUT: {len(left_out)} tests, for want of a tool", red=True, bold=True
            )
            for why in sorted(set(left_out.values())):
                terminalreporter.line(why)
                for nodeid in sorted(nodeid for nodeid, other in left_out.items() if other == why):
                    terminalreporter.line(f"  {nodeid}")
            terminalreporter.line(
                "Install what is named (`make test` brings it as root on Debian) and run again."
            )
