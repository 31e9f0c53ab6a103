"""Boundaries that imports cannot show: string foreign keys, `reverse`, migrations, raw SQL, templates of a
stranger. Those that imports show are contracts in pyproject.toml (`test_import_contracts.py`).
"""

import ast
import re
from pathlib import Path

import pytest
from architecture.tree import SAUGA, SERVICES, Source, sources, templates

pytestmark = pytest.mark.unit

# Inside the Awareness Centre a service may depend on those in lower layers; case services and the consortium
# depend on none.
AWARENESS = (
    "newsletter",
    "portal",
    "certification",
    "training",
    "events",
    "repository",
    "panel",
    "selfcheck",
)
MAY_SEE = {
    "newsletter": set(AWARENESS),
    "portal": set(AWARENESS) - {"newsletter"},
    "certification": {"training", "events", "repository", "panel", "selfcheck"},
    "training": {"events", "repository", "panel", "selfcheck"},
    "events": {"repository"},
    "selfcheck": {"repository"},
}


def strangers(service: str) -> set[str]:
    return set(SERVICES) - {service} - MAY_SEE.get(service, set())


def owner(path: Path) -> str:
    return path.relative_to(SAUGA).parts[0]


def strings(source: Source):
    documented = {
        id(node.body[0].value)
        for node in source.every(ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        if node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in source.every(ast.Constant):
        if isinstance(node.value, str) and id(node) not in documented:
            yield node


def test_no_foreign_key_crosses_a_boundary():
    bad = []
    for source in sources():
        if owner(source.path) == "project":
            continue
        closed = strangers(source.service) if source.service else set(SERVICES)
        bad += [
            f"{source.line(node)} {node.value}"
            for node in strings(source)
            if re.fullmatch(r"(\w+)\.[A-Z]\w+", node.value) and node.value.partition(".")[0] in closed
        ]
    assert not bad


def test_migrations_depend_on_no_stranger():
    bad = []
    for path in SAUGA.rglob("migrations/*.py"):
        service = owner(path)
        closed = strangers(service) if service in SERVICES else set(SERVICES)
        bad += [
            f"{path}: {label}"
            for label in re.findall(r"""\(\s*["'](\w+)["'],\s*["']\d{4}_""", path.read_text(encoding="utf-8"))
            if label in closed
        ]
    assert not bad


def test_no_reverse_into_another_service():
    bad = []
    for source in sources():
        if source.path.relative_to(SAUGA).parts[0] in {"project", "world"}:
            continue
        closed = strangers(source.service) if source.service else set(SERVICES)
        for node in source.every(ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if (
                name in {"reverse", "reverse_lazy", "redirect", "resolve_url"}
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                target = str(node.args[0].value)
                if target.partition("-")[0] in closed:
                    bad.append(f"{source.line(node)} {target}")
    assert not bad


def test_no_template_reaches_into_another_service():
    bad = []
    for path in templates():
        service = owner(path)
        closed = (
            strangers(service) if service in SERVICES else set(SERVICES) if service == "kernel" else set()
        )
        text = path.read_text(encoding="utf-8")
        bad += [
            f"{path.name}: {name}"
            for name in re.findall(r"""{%\s*(?:include|extends|static)\s+["'](\w+)/""", text)
            if name in closed
        ]
        bad += [
            f"{path.name}: {name}"
            for name in re.findall(r"""{%\s*url\s+["'](\w+)-""", text)
            if name in closed
        ]
    assert not bad


def test_no_raw_sql_reads_a_strangers_table():
    bad = []
    for source in sources():
        first = source.path.relative_to(SAUGA).parts[0]
        if first in {"project", "world"}:
            continue
        closed = strangers(source.service) if source.service else set(SERVICES)
        for node in strings(source):
            if re.search(r"\b(SELECT|INSERT|UPDATE|DELETE|FROM|JOIN)\b", node.value):
                bad += [
                    f"{source.line(node)} {table}"
                    for table in re.findall(r"""(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)""", node.value)
                    if table.partition("_")[0] in closed
                ]
    assert not bad


ENUMERATIONS = {"TextChoices", "IntegerChoices"}
"""Codes with their labels: all that rules take from Django's models. They hold no table."""


def reaches_the_database(node: ast.Import | ast.ImportFrom) -> bool:
    """Whether an import brings Django's database, or a module of models."""
    if isinstance(node, ast.ImportFrom):
        names = {name.name for name in node.names}
        if node.module == "django.db.models":
            return not names <= ENUMERATIONS
        found = {node.module or "", *(f"{node.module}.{name}" for name in names)}
    else:
        found = {name.name for name in node.names}
    return any(name.startswith("django.db") or "models" in name.split(".") for name in found)


def test_rules_reach_neither_the_database_nor_models():
    bad = [
        source.line(node)
        for source in sources()
        if source.service and (source.layer == "rules" or source.path.name == "rules.py")
        for node in source.every(ast.Import, ast.ImportFrom)
        if reaches_the_database(node)
    ]
    assert not bad


@pytest.mark.parametrize(
    "line",
    [
        "import django.db",
        "from django import db",
        "from django.db import connection",
        "from django.db.models import Q, TextChoices",
        "from sauga.panel.voting.models import Ballot",
        "from sauga.panel.voting import models",
        "import sauga.panel.models",
    ],
)
def test_a_planted_import_is_found(line):
    assert reaches_the_database(ast.parse(line).body[0])
