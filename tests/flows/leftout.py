"""Browser tests belong together on one worker, and one that was left out must not go unnoticed: it is named at the end, and CI fails."""

import os

import pytest

LEFT_OUT = pytest.StashKey[list[str]]()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests of one file share a worker (and its Chromium) when run with --dist loadgroup."""
    if not config.pluginmanager.has_plugin("xdist"):
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group(f"browser {item.path.name}"))


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = []
    config.pluginmanager.register(_Watch(config), "sauga-left-out")


class _Watch:
    """Notes skipped browser tests; in the controller of a parallel run the reports of all workers pass here."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and "browser" in report.keywords:
            self.config.stash[LEFT_OUT].append(report.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.config.stash[LEFT_OUT] and os.environ.get("CI") and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        left_out = sorted(set(self.config.stash[LEFT_OUT]))
        if left_out:
            terminalreporter.section(f"LEFT OUT: {len(left_out)} browser tests, for want of Chromium or coturn", red=True, bold=True)
            for nodeid in left_out:
                terminalreporter.line(f"  {nodeid}")
            terminalreporter.line("Install them (`apt-get install chromium coturn`, or `playwright install chromium`) and run again.")
