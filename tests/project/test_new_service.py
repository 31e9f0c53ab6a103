"""The service that `docs/develop/new-service.md` builds: files and edits are read from the page, written into
a copy of the source, run.

The page is the only place where the sample exists. What is asked of lending itself stands in the tests that
the page holds; here the product's own tests are run with lending in it: contracts, access table, texts,
retention, figures, habits.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from architecture.tree import ROOT

from tests.repetition import in_prove_only

PAGE = ROOT / "docs" / "develop" / "new-service.md"
FILE = re.compile(r"^\*\*`(?P<path>\S+)`\*\*\n\n```\w+\n(?P<text>.*?)^```$", re.S | re.M)
EDIT = re.compile(r"^```diff\n# (?P<path>\S+)\n(?P<lines>.*?)^```$", re.S | re.M)
MOST_FILES, MOST_LINES = 14, 610
COPIED = ("src", "tests", "benchmarks", "tools", "docs")
ASKED = (
    "tests/lending",
    "tests/test_lending_migration.py",
    "tests/architecture",
    "tests/access/test_matrix.py::test_every_address_has_a_name_and_a_row",
    "tests/access/test_matrix.py::test_no_row_without_an_address",
    "tests/access/test_matrix.py::test_each_gets_what_the_table_says[PUBLISHER]",
    "tests/access/test_matrix.py::test_each_gets_what_the_table_says[ANALYST]",
    "tests/access/test_matrix.py::test_each_gets_what_the_table_says[]",
    "tests/kernel/retention/test_every_model.py",
    "tests/kernel/services",
    "tests/project/test_messages.py::test_every_text_of_ours_is_in_lithuanian",
    "tests/project/test_services.py::test_the_shipped_environment_names_every_service",
    "tests/statistics/test_counted.py",
)
SETTINGS_PAGE = """
from pathlib import Path
from sauga.project.commands.settings import markdown
Path("docs/operate/settings.md").write_text(markdown(), encoding="utf-8")
"""
MIGRATION_TEST = """
from django.core.management import call_command


def test_the_migration_makes_what_the_models_say(db):
    call_command("makemigrations", "lending", check=True, dry_run=True, verbosity=3)
"""


def files() -> dict[str, str]:
    """The files that the page holds, by path."""
    return {found["path"]: found["text"] for found in FILE.finditer(PAGE.read_text(encoding="utf-8"))}


def edits() -> list[tuple[str, str, str]]:
    """Each line that the page changes outside the folder: the file, the line before and after."""
    found = []
    for edit in EDIT.finditer(PAGE.read_text(encoding="utf-8")):
        lines = edit["lines"].splitlines()
        assert [line[0] for line in lines] == ["-", "+"] * (len(lines) // 2), edit["path"]
        found += [
            (edit["path"], before[1:], after[1:])
            for before, after in zip(lines[::2], lines[1::2], strict=True)
        ]
    return found


@pytest.mark.unit
def test_it_is_small():
    held = files()
    lines = sum(bool(line.strip()) for text in held.values() for line in text.splitlines())
    assert 10 < len(held) <= MOST_FILES
    assert 400 < lines <= MOST_LINES
    assert len({path for path, _before, _after in edits()}) <= 2


@pytest.fixture(scope="module")
def copy(django_db_setup: None) -> Iterator[Path]:
    """A copy of the source in which somebody has followed the page; the dump of the tables, which it loads,
    is made before.
    """
    root = Path(tempfile.mkdtemp(prefix="new-service-"))
    root.chmod(0o711)  # the database's own user must pass through
    for name in COPIED:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("node_modules"))
    for path in ROOT.iterdir():
        if path.is_file() and not (root / path.name).exists():
            shutil.copy2(path, root / path.name)
    if (ROOT / ".ci").is_dir():
        shutil.copytree(ROOT / ".ci", root / ".ci")
    for name, text in files().items():
        path = root / name
        assert not path.exists(), f"{name} exists already"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "src/sauga/lending/migrations/__init__.py").touch()
    (root / "tests/test_lending_migration.py").write_text(MIGRATION_TEST, encoding="utf-8")
    for name, before, after in edits():
        held = (root / name).read_text(encoding="utf-8").split("\n")
        assert held.count(before) == 1, f"{name} has not one line {before!r}"
        (root / name).write_text(
            "\n".join(after if line == before else line for line in held), encoding="utf-8"
        )
    run(root, sys.executable, "-m", "sauga.project.messages", "compile")
    yield root
    shutil.rmtree(root, ignore_errors=True)


def run(root: Path, *command: str, **more: str) -> str:
    """Run a command in the copy, on its own source and with a database server of its own;
    returns what it said.
    """
    environ = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SAUGA_", "DJANGO_", "PYTEST_", "DATABASE_"))
    }
    environ |= {
        "PATH": f"{Path(sys.executable).parent}:{environ['PATH']}",
        "PYTHONPATH": str(root / "src"),
        "SAUGA_DATA": str(root / "data"),
        "DJANGO_SETTINGS_MODULE": "sauga.project.settings.test",
        **more,
    }
    done = subprocess.run(
        command, cwd=root, env=environ, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-6000:]}\n{done.stderr[-4000:]}"
    return done.stdout


def test_style_and_contracts_hold(copy: Path):
    own = ["src/sauga/lending", "tests/lending"]
    run(copy, "ruff", "check", "--quiet", *own)
    run(copy, "ruff", "format", "--quiet", "--check", *own)
    run(copy, "djlint", "src/sauga/lending", "--lint", "--quiet")
    run(
        copy,
        "python",
        str(ROOT / "tools/format_templates.py"),
        "--check",
        *map(str, (copy / "src/sauga/lending").rglob("*.html")),
    )
    run(copy, "lint-imports", "--no-logo")


@pytest.mark.slow(
    "makes a database with all tables, and runs the sample's own tests and the product's tests of "
    "every service"
)
def test_the_service_runs_as_the_page_says(copy: Path):
    run(copy, sys.executable, "-c", SETTINGS_PAGE)
    said = run(copy, sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rs", *ASKED)
    counted = re.search(r"(\d+) passed", said)
    assert counted and int(counted[1]) > 60, said[-3000:]
    assert "failed" not in said


@in_prove_only
@pytest.mark.slow("mypy reads what lending imports; the results of `make check` are used again")
def test_types_hold(copy: Path):
    nowhere = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    run(copy, "mypy", "--cache-dir", str(ROOT / ".mypy_cache"), "src/sauga/lending", **nowhere)
