"""The contracts in pyproject.toml are the design's, none loosened; and the generated
documentation is the code's.
"""

import tomllib

import pytest
from architecture.tree import ROOT, SERVICES

from sauga.project.commands.settings import markdown

pytestmark = pytest.mark.unit


TO_BE_RENAMED = {"sauga.kernel.encryption": "sauga.kernel.sealed"}
"""Packages that the design already calls by the name they will have."""


def contracts(path):
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return {contract["id"]: contract for contract in found["tool"]["importlinter"]["contracts"]}


def test_contracts_are_those_of_the_design(shared):
    design, ours = contracts(shared / "design" / "import_contracts.toml"), contracts(ROOT / "pyproject.toml")
    # The order of subdomains is enforced once a service is divided by them.
    divided = {
        f"{service}-subdomains"
        for service in SERVICES
        if (ROOT / "src" / "sauga" / service / "overview").is_dir()
    }
    assert {
        name for name in design.keys() - ours.keys() if not name.endswith("-subdomains") or name in divided
    } == set()
    for name in ours.keys() & design.keys():
        assert ours[name]["type"] == design[name]["type"]
        for field in ("allowed_importers", "exhaustive_ignores", "exhaustive"):
            assert ours[name].get(field) == as_named_today(design[name].get(field)), f"{name}: {field}"
        for field in ("ignore_imports", "allow_indirect_imports"):
            assert field not in ours[name]


def as_named_today(field):
    return [TO_BE_RENAMED.get(name, name) for name in field] if isinstance(field, list) else field


def test_every_service_is_covered_by_the_contracts():
    ours = contracts(ROOT / "pyproject.toml")
    layer = next(row for row in ours["layers"]["layers"] if "hotline" in row)
    assert set(layer.replace(" ", "").split(":")) == set(SERVICES)
    assert {name.split(".")[1] for name in ours["service-layers"]["containers"]} == set(SERVICES)


def test_settings_page_is_generated():
    assert (ROOT / "docs" / "operate" / "settings.md").read_text(encoding="utf-8") == markdown(), (
        "run `make docs`"
    )
