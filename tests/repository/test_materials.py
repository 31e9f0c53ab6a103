"""The files of the demo's resources: PDFs that everybody can read, archives that are what they say."""

import importlib
import io
import json
import re
import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from sauga.kernel.media.upload_checks import captions
from sauga.kernel.media.upload_checks.kinds import real_type
from sauga.repository import demo
from sauga.repository.demo import materials

pytestmark = pytest.mark.unit
FOLDER = Path(demo.__file__).parent
TOOL = Path(__file__).parents[2] / "tools" / "materials"
PDFS = sorted((FOLDER / "files").glob("*.pdf"))
MB = 1024 * 1024
LETTERS = set("ąčęėįšųūž")


@cache
def bodies() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "bodies.json").read_text(encoding="utf-8"))
    return found


def made(kind: str = "", mime: str = "") -> list[tuple[dict[str, Any], dict[str, Any], bytes]]:
    held = {one["id"]: one for one in demo.records()}
    return [
        (record, row, materials.content(record, row, bodies().get(record["slug"]["en"], {}), parts))
        for record in held.values()
        if (parts := [held[one] for one in record["has_part"]]) is not None
        for row in record["renditions"]
        if (not kind or row["kind"] == kind) and (not mime or row["mime"] == mime)
    ]


def fonts(page: Any) -> list[DictionaryObject]:
    held = page["/Resources"].get("/Font", {})
    return [one.get_object() for one in held.values()]


def is_embedded(font: DictionaryObject) -> bool:
    inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font  # type: ignore[index]
    descriptor = inner["/FontDescriptor"].get_object()
    return any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def words(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def test_every_pdf_is_tagged_in_its_language_with_a_title_its_letters_and_its_fonts():
    wanted = {
        f"{record['slug']['en']}.{row['kind']}.{row['language']}.pdf"
        for record in demo.records()
        for row in record["renditions"]
        if row["mime"] == materials.PDF
    }
    assert {path.name for path in PDFS} == wanted
    seen: dict[str, set[str]] = {}
    for path in PDFS:
        document = PdfReader(path)
        root = document.trailer["/Root"]
        language = path.name.split(".")[2].partition("-")[0]
        assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root, path.name
        assert str(root["/Lang"]).partition("-")[0] == language, path.name
        assert document.metadata is not None and document.metadata.title, path.name
        assert "pdfuaid" in document.xmp_metadata.stream.get_data().decode(), path.name  # type: ignore[union-attr]
        assert all(is_embedded(font) for page in document.pages for font in fonts(page)), path.name
        text = words(path)
        assert len(text) > 60 and "\ufffd" not in text, path.name
        seen[language] = seen.get(language, set()) | set(text.lower())
        if language == "lt":
            assert set(text.lower()) & LETTERS, path.name
    assert seen["lt"] >= LETTERS


def test_the_files_of_the_demo_stay_small():
    assert sum(path.stat().st_size for path in PDFS) < 6 * MB


def test_a_file_is_what_its_record_says():
    for record, row, content in made():
        name = f"a{Path(row['url']).suffix}"
        assert real_type(content, name) == row["mime"], (record["slug"]["en"], row)


def test_a_printed_text_is_the_one_that_is_written(monkeypatch: pytest.MonkeyPatch):
    """Whoever changes a text makes the files anew: two of them are compared, byte for byte."""
    monkeypatch.syspath_prepend(str(TOOL))
    build, layouts = importlib.import_module("build"), importlib.import_module("layouts")
    records = {one["slug"]["en"]: one for one in build.records()}
    for slug in ("sid-2027-poster", "family-agreement"):
        template, data = layouts.layout(records[slug], "main", "lt")
        assert build.pdf(template, data) == (FOLDER / "files" / f"{slug}.main.lt.pdf").read_bytes(), slug
    for name in ("build", "layouts", "reading", "drawings"):
        sys.modules.pop(name, None)


def test_the_archive_of_a_toolkit_holds_its_printed_parts():
    for record, _row, content in made("main", "application/zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            assert names[0] == "index.html" and archive.testzip() is None
        if record["slug"]["en"] == "sid-2027-toolkit":
            assert len([name for name in names if name.endswith(".pdf")]) == 4
        if record["slug"]["en"] == "provider-kit":
            assert len([name for name in names if name.endswith(".svg")]) == 4


def test_a_text_to_change_opens_as_opendocument():
    for record, row, content in made("editable_source"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            first = archive.infolist()[0]
            text = archive.read("content.xml").decode()
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert record["title"][row["language"]].split()[0] in text and "<text:h" in text


def test_captions_and_transcripts_are_those_of_the_film():
    checked = [list(captions.faults(content.decode())) for _record, _row, content in made("captions")]
    assert len(checked) > 12 and not any(checked)
    for record, row, content in made("transcript"):
        page = content.decode()
        assert f'lang="{row["language"]}"' in page and "0:00" in page and "**" not in page, record["slug"]


def test_what_a_film_does_not_have_is_not_promised():
    for record in demo.records():
        features = set(record["accessibility"]["features"])
        kinds = {row["kind"] for row in record["renditions"]}
        assert ("audioDescription" in features) == ("audio_description" in kinds), record["slug"]
        assert ("signLanguage" in features) == ("sign_language" in kinds), record["slug"]
        written = {row["language"] for row in record["renditions"]} - {"zxx"}
        assert written <= set(record["languages"]), record["slug"]


def test_the_steps_within_a_task_add_up_to_it():
    inner = re.compile(r"\((\d+) min\.?\)")
    counted = 0
    for slug, body in bodies().items():
        for block in (block for blocks in body.values() for block in blocks if block["kind"] == "task"):
            steps = [int(found) for found in inner.findall(block["text"])]
            if steps:
                counted += 1
                assert sum(steps) == block["minutes"], (slug, block["title"])
    assert counted > 60
