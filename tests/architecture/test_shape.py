"""Sizes, names and docstrings: what keeps a module tidy (CONTRIBUTING.md)."""

import ast
from collections import Counter

import pytest
from architecture.tree import ROOT, SAUGA, sources

MOST_LINES, MOST_LINES_FUNCTION, MOST_LINES_SCRIPT = 600, 60, 100
DUMPS = {"utils", "util", "helpers", "helper", "common", "managers", "manager", "misc"}

pytestmark = pytest.mark.unit


def test_no_file_is_longer_than_its_ceiling():
    long = [
        f"{source.name}: {count}"
        for source in sources()
        if (count := len(source.text.splitlines())) > MOST_LINES
    ]
    assert not long


def test_no_function_is_longer_than_its_ceiling():
    long = [
        f"{source.line(node)} {node.name}: {node.end_lineno - node.lineno + 1}"
        for source in sources()
        for node in source.every(ast.FunctionDef, ast.AsyncFunctionDef)
        if node.end_lineno - node.lineno + 1 > MOST_LINES_FUNCTION
    ]
    assert not long


MOST_MODULES = 15
LONG_FOLDERS = {
    "project/commands": "one module a command, under the command's name",
    "portal/actions": "divided with the portal's subdomains",
    "portal/models": "divided with the portal's subdomains",
    "portal/queries": "divided with the portal's subdomains",
    "portal/views": "divided with the portal's subdomains",
}
"""Folders that may hold more, each with the reason."""


def test_no_folder_holds_more_modules_than_a_person_reads_at_a_glance():
    counts = Counter(
        source.path.parent.relative_to(SAUGA).as_posix()
        for source in sources()
        if source.path.name != "__init__.py" and "migrations" not in source.path.parts
    )
    long = {folder for folder, count in counts.items() if count > MOST_MODULES}
    assert long == LONG_FOLDERS.keys()


def test_no_dumping_place_exists():
    assert not [
        source.name
        for source in sources()
        if DUMPS & set(source.path.relative_to(SAUGA).with_suffix("").parts)
    ]


def test_every_module_says_what_lives_there():
    assert not [source.name for source in sources() if not ast.get_docstring(source.tree)]


def test_scripts_are_small_modules():
    ours = [
        path
        for path in SAUGA.rglob("static/**/*.js")
        if "vendor" not in path.parts and ".min." not in path.name
    ]
    assert not [
        f"{path.name}: {count}"
        for path in ours
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES_SCRIPT
    ]


def test_every_suppression_has_a_reason():
    bare = []
    for source in sources():
        for number, line in enumerate(source.text.splitlines(), 1):
            for mark in ("# type: ignore", "# noqa"):
                if mark in line and not line.split(mark, 1)[1].lstrip(
                    ":[]ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_,"
                ).strip(" #"):
                    # The reason may stand in the lines above.
                    before = source.text.splitlines()[max(0, number - 3) : number - 1]
                    if not any(text.lstrip().startswith("#") for text in before):
                        bare.append(f"{source.name}:{number}")
    assert not bare


def test_repository_has_what_a_newcomer_looks_for():
    wanted = (
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "LICENSE",
        "Makefile",
        "uv.lock",
        ".ci/run",
        "docs/README.md",
    )
    assert not [name for name in wanted if not (ROOT / name).is_file() or not (ROOT / name).stat().st_size]
    assert not (ROOT / ".python-version").exists()
