"""The walls in pyproject.toml are the design's, none loosened; and the generated documentation is the code's."""

import tomllib

import pytest
from architecture.tree import ROOT, SERVICES

from sauga.project.commands.settings import markdown

pytestmark = pytest.mark.unit


def contracts(path):
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return {contract["id"]: contract for contract in found["tool"]["importlinter"]["contracts"]}


def test_contracts_are_those_of_the_design(shared):
    design, ours = contracts(shared / "design" / "import_contracts.toml"), contracts(ROOT / "pyproject.toml")
    missing = design.keys() - ours.keys()
    # Stairs inside the Awareness Centre begin when it has a second step.
    assert missing <= ({"awareness-stairs"} if "certification" not in SERVICES and "training" not in SERVICES else set())
    for name in ours.keys() & design.keys():
        assert ours[name]["type"] == design[name]["type"]
        for field in ("allowed_importers", "exhaustive_ignores", "exhaustive"):
            assert ours[name].get(field) == design[name].get(field), f"{name}: {field}"
        for field in ("ignore_imports", "allow_indirect_imports"):
            assert field not in ours[name]


def test_every_service_stands_behind_the_walls():
    ours = contracts(ROOT / "pyproject.toml")
    floor = next(layer for layer in ours["floors"]["layers"] if "hotline" in layer)
    assert set(floor.replace(" ", "").split(":")) == set(SERVICES)
    assert {name.removeprefix("sauga.") for name in ours["rooms"]["containers"]} == set(SERVICES)


def test_settings_page_is_generated():
    assert (ROOT / "docs" / "operate" / "settings.md").read_text(encoding="utf-8") == markdown(), "run `make docs`"
