"""Make the PDF files of the demo's resources from `texts/`, the templates and the drawings of the product.

    .venv/bin/python tools/materials/build.py              # all
    .venv/bin/python tools/materials/build.py sid-2027-poster family-agreement

They lie in `src/sauga/repository/demo/files/<resource>.<kind>.<language>.pdf` and are committed: tagged to
PDF/UA-1, with embedded fonts; the same text gives the same bytes. How the texts are written: README.md.
"""

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import layouts
import typst
from drawings import coloured, described

HERE = Path(__file__).parent
PACKAGE = HERE.parents[1] / "src" / "sauga"
FILES = PACKAGE / "repository" / "demo" / "files"
SEED = PACKAGE / "repository" / "data" / "resources_seed.json"
MOMENT = datetime(2026, 11, 28, tzinfo=UTC)
PDF = "application/pdf"
KIT = "provider-kit"


def records() -> list[dict[str, Any]]:
    """The seed's records."""
    found: list[dict[str, Any]] = json.loads(SEED.read_text(encoding="utf-8"))["resources"]
    return found


def wanted(names: list[str]) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Each PDF that a record names: record, kind, language."""
    for record in records():
        for row in record["renditions"]:
            if row["mime"] == PDF and (not names or record["slug"]["en"] in names):
                yield record, row["kind"], row["language"]


def pdf(template: str, data: dict[str, Any]) -> bytes:
    """One document. Its drawings are coloured as on a light page."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(HERE / "templates", root, dirs_exist_ok=True)
        (root / "drawings").mkdir()
        for name in set(re.findall(r'"name": "([a-z0-9_]+)"|"drawing": "([a-z0-9_]+)"', json.dumps(data))):
            one = "".join(name)
            (root / "drawings" / f"{one}.svg").write_text(coloured(one), encoding="utf-8")
        (root / "material.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        made: bytes = typst.compile(
            str(root / f"{template}.typ"),
            root=folder,
            font_paths=[str(HERE / "fonts")],
            ignore_system_fonts=True,
            pdf_standards="ua-1",
            timestamp=MOMENT,
        )
        return made


def kit_drawings() -> None:
    """The drawings that the kit for providers hands out, with their colours inside."""
    for name in next(one for one in records() if one["slug"]["en"] == KIT) and layouts.KIT_DRAWINGS:
        made = coloured(name).replace("<style>", f"<title>{described(name, 'en')}</title><style>", 1)
        (FILES / f"{KIT}.{name}.svg").write_text(made, encoding="utf-8")


def main(names: list[str]) -> int:
    """Make the files of the named resources, or of all."""
    FILES.mkdir(exist_ok=True)
    for record, kind, language in wanted(names):
        slug = record["slug"]["en"]
        template, data = layouts.layout(record, kind, language)
        (FILES / f"{slug}.{kind}.{language}.pdf").write_bytes(pdf(template, data))
        print(f"{slug} {kind} {language}")
    if not names or KIT in names:
        kit_drawings()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
