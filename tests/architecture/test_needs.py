"""What services need of each other, as the source shows it and as it is declared."""

import ast
import re
from collections.abc import Iterator

import pytest
from architecture.tree import SAUGA, Source, source

from sauga.project.settings.services import REQUIRES, SERVICES

pytestmark = pytest.mark.unit
IMPORTED = re.compile(rf"sauga\.({'|'.join(SERVICES)})\b")
TAKEN_IN = re.compile(rf"""{{% (?:include|extends|load) ["']?({"|".join(SERVICES)})[/ ]""")


def test_what_services_need_of_each_other_is_declared():
    """Imports, references of tables and migrations, and templates, compared with the one table."""
    found: dict[str, set[str]] = {name: set() for name in SERVICES}
    for service in SERVICES:
        for path in (SAUGA / service).rglob("*"):
            if path.suffix == ".py":
                found[service].update(named(source(path)))
            elif path.suffix in {".html", ".txt"}:
                found[service].update(TAKEN_IN.findall(path.read_text(encoding="utf-8")))
    assert {name: needed - {name} for name, needed in found.items() if needed - {name}} == {
        name: set(needed) for name, needed in REQUIRES.items()
    }


def named(one: Source) -> Iterator[str]:
    """The services that a module imports, depends on or refers to."""
    for node in one.every(ast.Import):
        for alias in node.names:
            yield from IMPORTED.findall(alias.name)
    for node in one.every(ast.ImportFrom):
        yield from IMPORTED.findall(node.module or "")
        if node.module == "sauga":
            yield from {alias.name for alias in node.names} & set(SERVICES)
    for node in one.every(ast.Assign):
        if [getattr(target, "id", "") for target in node.targets] == ["dependencies"]:
            yield from {part.value for part in ast.walk(node.value) if isinstance(part, ast.Constant)} & set(
                SERVICES
            )
    for node in one.every(ast.Call):
        if getattr(node.func, "attr", getattr(node.func, "id", "")).endswith(("Key", "Field")):
            words = [part.value for part in node.args if isinstance(part, ast.Constant)]
            yield from {word.partition(".")[0] for word in words if "." in str(word)} & set(SERVICES)
