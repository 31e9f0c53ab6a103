"""Parts of the suite: `--quick` (the first verdict), and `make prove`, which goes on where it
was interrupted.
"""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LONG = {"browser", "proof", "tools", "bench", "slow"}
"""Marks of tests that need a browser, servers or long."""
PACKAGES = {"src/sauga/kernel": "tests/kernel", "src/sauga": "tests"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--quick",
        action="store_true",
        help="tests without a database, and all short ones of the packages that have changed",
    )
    parser.addoption(
        "--passed-file", default="", help="leave out what this file names, and add to it what passes"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept = items
    if config.getoption("--quick"):
        changed = changed_folders()
        kept = [item for item in kept if is_quick(item) or (is_short(item) and is_in(item, changed))]
    if path := config.getoption("--passed-file"):
        passed = set(Path(path).read_text(encoding="utf-8").splitlines()) if Path(path).is_file() else set()
        kept = [item for item in kept if item.nodeid not in passed]
    if len(kept) < len(items):
        chosen = set(kept)
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = kept


def is_short(item: pytest.Item) -> bool:
    """Whether it runs inside this process."""
    return not any(item.get_closest_marker(mark) for mark in LONG)


def is_quick(item: pytest.Item) -> bool:
    """Whether it asks no database either."""
    return is_short(item) and not uses_database(item)


def uses_database(item: pytest.Item) -> bool:
    """Whether a test works on a database: by its mark, by a fixture, or because it asks for pytest-django's
    blocker itself.

    The blocker is not looked for among all fixtures: pytest-django hands it to one that every test has.
    """
    if item.get_closest_marker("django_db") or "django_db_setup" in getattr(item, "fixturenames", ()):
        return True
    return isinstance(item, pytest.Function) and "django_db_blocker" in item._fixtureinfo.argnames


def is_in(item: pytest.Item, folders: set[str]) -> bool:
    return any(item.nodeid.startswith(folder) for folder in folders)


def changed_folders() -> set[str]:
    """Folders of the tests of what differs from the last commit, or, when nothing does, of what that
    commit changed.
    """
    changed = _git("diff", "--name-only", "HEAD") + _git("ls-files", "--others", "--exclude-standard")
    return {
        folder
        for path in changed or _git("diff", "--name-only", "HEAD~1", "HEAD")
        if (folder := tests_of(path))
    }


def tests_of(path: str) -> str:
    """The folder (or file) under tests/ that holds the tests of a file; empty when no one does."""
    if path.startswith("tests/"):
        return path if Path(path).name.startswith("test_") else ""
    for place, tests in PACKAGES.items():
        if path.startswith(f"{place}/"):
            package = path.removeprefix(f"{place}/").partition("/")[0]
            return f"{tests}/{package}/" if (ROOT / tests / package).is_dir() else ""
    return ""


def _git(*arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.split()


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--passed-file"):
        config.pluginmanager.register(Passed(config), "sauga-passed")


class Passed:
    """Writes down each test as it passes, and says how far the run has come."""

    def __init__(self, config: pytest.Config) -> None:
        self.path = Path(config.getoption("--passed-file"))
        self.count = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown" and report.passed:
            self.count += 1
            with self.path.open("a", encoding="utf-8") as passed:
                passed.write(f"{report.nodeid}\n")
            print(f"{self.count} passed: {report.nodeid} ({report.duration:.0f} s)", flush=True)
