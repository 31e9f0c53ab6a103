"""PDFs: checked for what could run when they are read, and drawn as images of their first pages."""

import re
from pathlib import Path
from typing import Any

import pypdfium2
from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from sauga.kernel.media.sandbox import images
from sauga.kernel.media.sandbox.refusal import Refused

MOST_OBJECTS, DEEPEST = 300_000, 60
SCRIPTS, LAUNCHES = (
    {"/JavaScript", "/Rendition", "/RichMediaExecute"},
    {"/Launch", "/ImportData", "/GoToE", "/GoToR", "/SubmitForm"},
)
"""A form that sends itself, and a link to a file (of a network share, which asks for a password hash), are
among what nobody expects of a page to read."""
SAFE_LINKS = re.compile(r"(?:https?|mailto|tel):|(?![a-z][a-z0-9+.-]*:)(?!\\\\)(?!//)", re.IGNORECASE)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
RAW = re.compile(rb"/S\s*/(JavaScript|Launch|ImportData|GoToE|SubmitForm)\b")
MOST_RATIO = 4
"""A page is drawn at most four times as high as wide."""


def check(job: dict[str, Any]) -> dict[str, Any]:
    """Pages, and what the file says to screen readers. Raises Refused for one that runs or starts something,
    is locked or cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(job["source"])
    except pypdfium2.PdfiumError as fault:
        raise Refused("locked" if "assword" in str(fault) else "damaged") from None
    pages = len(document)
    if pages < 1:
        raise Refused("damaged")
    width, height = document.get_page_size(0)
    document.close()
    try:
        reader = PdfReader(job["source"])
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused("locked")
        marks = _marks(reader)
        _search(reader)
        _search_raw(job["source"])
    except (DependencyError, FileNotDecryptedError):
        raise Refused("locked") from None
    return {"pages": pages, "width": round(width), "height": round(height), **marks}


def previews(job: dict[str, Any]) -> dict[str, Any]:
    """The first pages as WebP files in the folder `target`: the first one in every width, the others in the
    middle one."""
    document = pypdfium2.PdfDocument(job["source"])
    made = []
    widths = sorted(job["widths"])
    for number in range(min(len(document), job["pages"])):
        page = document[number]
        wanted = widths if number == 0 else [widths[len(widths) // 2]]
        width, height = page.get_size()
        if not (0 < width < 1e5 and 0 < height < 1e5):
            raise Refused("damaged")
        scale = max(wanted) / max(width, height / MOST_RATIO)
        drawn = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
        image = drawn.to_pil()
        made += images.shrunk(image.convert("RGB"), number + 1, {**job, "widths": wanted})
        page.close()
    return {"made": made}


def _marks(reader: PdfReader) -> dict[str, Any]:
    root: Any = reader.trailer["/Root"]
    tagged = bool((root.get("/MarkInfo") or {}).get("/Marked")) and root.get("/StructTreeRoot") is not None
    return {"tagged": tagged, "language": str(root.get("/Lang") or "").strip()[:35]}


def _search(reader: PdfReader) -> None:
    """Look at every object of the file, also those in object streams. Raises Refused."""
    numbers = [(number, generation) for generation, held in reader.xref.items() for number in held] + [
        (number, 0) for number in reader.xref_objStm
    ]
    if len(numbers) > MOST_OBJECTS:
        raise Refused("large")
    for number, generation in numbers:
        try:
            found = reader.get_object(IndirectObject(number, generation, reader))
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
            continue  # no program reads it either
        _look(found, 0)
    _look(reader.trailer, 0)


def _search_raw(source: str) -> None:
    """Look at the bytes as well: readers repair tables of contents that are broken on purpose, and then find
    objects which the library does not. Raises Refused."""
    content = Path(source).read_bytes()
    for text in (content, ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)):
        if found := RAW.search(text):
            raise Refused("script" if found[1] == b"JavaScript" else "launch")


def _look(found: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise Refused("damaged")
    if isinstance(found, DictionaryObject):
        kind = str(found["/S"]) if "/S" in found else ""
        if "/JS" in found or "/JavaScript" in found or kind in SCRIPTS:
            raise Refused("script")
        if kind in LAUNCHES:
            raise Refused("launch")
        if kind == "/URI" and not SAFE_LINKS.match(str(found.get("/URI", "")).strip()):
            raise Refused("launch")
        for value in dict.values(found):
            if not isinstance(value, IndirectObject):
                _look(value, depth + 1)
    elif isinstance(found, ArrayObject):
        for value in list.__iter__(found):
            if not isinstance(value, IndirectObject):
                _look(value, depth + 1)
