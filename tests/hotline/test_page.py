"""The services' pages in the documentation say what the code does."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from sauga.hotline import states

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[2]
NO_SUBDOMAINS = {"demo", "guides", "migrations", "templatetags"}
PAGES = [
    *sorted((ROOT / "docs" / "services").glob("*.md")),
    ROOT / "docs" / "operate" / "retention.md",
    ROOT / "docs" / "develop" / "architecture.md",
]


@pytest.fixture(scope="module")
def writer():
    """The tool that writes the generated parts."""
    spec = spec_from_file_location("service_pages", ROOT / "tools" / "service_pages.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_generated_parts_are_the_codes(page: Path, writer):
    text = page.read_text(encoding="utf-8")
    assert writer.filled(text) == text, "run `make docs`"


def test_every_part_stands_on_the_hotlines_page(writer):
    text = (ROOT / "docs" / "services" / "hotline.md").read_text(encoding="utf-8")
    found = {(kind, what) for _, kind, what, _ in writer.PART.findall(text)}
    machines = {
        ("states", name)
        for name in ("state.report", "state.item_handling", "state.item_presence", "state.notice")
    }
    assert found == machines | {(kind, "hotline") for kind in ("retention", "roles", "jobs", "trail")}
    for table in (states.REPORT, states.HANDLING, states.PRESENCE, states.NOTICE):
        assert table.mermaid() in text


def test_files_that_the_page_names_exist(writer):
    import re

    text = (ROOT / "docs" / "services" / "hotline.md").read_text(encoding="utf-8")
    service = ROOT / "src" / "sauga" / "hotline"
    names = set(re.findall(r"`((?:\w+/)*\w+\.py)`", text[text.index("## Where to find what") :]))
    assert len(names) > 20
    assert sorted(name for name in names if not (service / name).exists()) == []
    folders = set(re.findall(r"^\| `(\w+)` \|", text[text.index("## Where to find what") :], re.M))
    assert folders == {path.parent.name for path in service.glob("*/__init__.py")} - NO_SUBDOMAINS
