"""The files of the demo's resources.

PDFs and drawings are committed (`files/`, made by `tools/materials/build.py`), captions and transcripts of
the films lie in `films/`; pages, text documents, archives and H5P packages are made here from the texts.
"""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from html import escape
from importlib.resources import files as packaged
from typing import Any

from sauga.repository.demo import documents
from sauga.repository.deployments.packages import h5p

type Record = Mapping[str, Any]
type Body = Mapping[str, list[dict[str, Any]]]

PDF = "application/pdf"
STAMP = (2026, 11, 28, 8, 0, 0)
FOLDER = packaged("sauga.repository").joinpath("demo")
PARTS_OF = {"main", "text_version"}
"""The kinds of PDF that go into a toolkit's archive."""
FILMS = {"librarians-course": "parents-evening-recording"}
"""Resources that show the film of another one."""


def content(record: Record, row: Mapping[str, Any], body: Body, parts: Sequence[Record]) -> bytes:
    """The file of one rendition. `parts` are the records of the parts. Raises KeyError for a type that the
    demo does not make.
    """
    return MAKERS[row["mime"]](record, row, body, parts)


def _kept(name: str) -> bytes:
    return FOLDER.joinpath(name).read_bytes()


def _language(row: Mapping[str, Any]) -> str:
    """The language of the texts: easy Lithuanian is Lithuanian, a film without speech is described in it."""
    return "en" if row["language"] == "en" else "lt"


def _title(record: Record, language: str) -> str:
    return str(record["title"]["en" if language == "en" else "lt"])


def _pdf(record: Record, row: Mapping[str, Any], body: Body, parts: Sequence[Record]) -> bytes:
    return _kept(f"files/{record['slug']['en']}.{row['kind']}.{row['language']}.pdf")


def _page(record: Record, language: str, body: Body, more: str = "") -> str:
    text = documents.html_of(body.get(language, []), documents.WORDS[language])
    return documents.page(_title(record, language), record["abstract"][language], text + more, language)


def _html(record: Record, row: Mapping[str, Any], body: Body, parts: Sequence[Record]) -> bytes:
    if row["kind"] == "transcript":
        return _transcript(record, row)
    return _page(record, _language(row), body).encode()


def _film_name(record: Record, row: Mapping[str, Any]) -> str:
    slug = record["slug"]["en"]
    return str(FILMS.get(slug, slug)) + (f"-{row['part']}" if row.get("part") else "")


def _captions(record: Record, row: Mapping[str, Any], body: Body, parts: Sequence[Record]) -> bytes:
    text = _kept(f"films/{_film_name(record, row)}.{row['language']}.vtt")
    return text.rstrip() + f"\n\nNOTE {record['slug']['en']}\n".encode()


def _transcript(record: Record, row: Mapping[str, Any]) -> bytes:
    text = _kept(f"films/{_film_name(record, row)}.{row['language']}.md").decode()
    title, said = documents.transcript(text)
    return documents.page(_title(record, row["language"]), title, said, row["language"]).encode()


def _video(record: Record, row: Mapping[str, Any], body: Body, parts: Sequence[Record]) -> bytes:
    """The film. A resource that shows the film of another one has it with its own name in an element that
    players skip (Void, RFC 8794 §11.3.2), since no file may belong to two resources.
    """
    film, slug = _kept(f"films/{_film_name(record, row)}.webm"), str(record["slug"]["en"])
    return film + bytes((0xEC, 0x80 | len(slug))) + slug.encode() if slug in FILMS else film


def _poster(record: Record, row: Mapping[str, Any], body: Body, parts: Sequence[Record]) -> bytes:
    """The picture before the film. A film that two resources show has one for each, since no file may belong
    to both.
    """
    slug = str(record["slug"]["en"])
    return _kept(f"films/{slug if slug in FILMS else _film_name(record, row)}.webp")


def _odt(record: Record, row: Mapping[str, Any], body: Body, parts: Sequence[Record]) -> bytes:
    language = _language(row)
    members = documents.odt(_title(record, language), body[language], documents.WORDS[language], language)
    return packed(members)


def _zip(record: Record, row: Mapping[str, Any], body: Body, parts: Sequence[Record]) -> bytes:
    """A page with the text; with it the printed parts, or the drawings of the kit."""
    language = _language(row)
    slug = record["slug"]["en"]
    members = {
        f"{one['slug'][language]}.pdf": _pdf(one, part, {}, [])
        for one in [*parts, record]
        for part in one["renditions"]
        if part["mime"] == PDF and part["language"] == language and part["kind"] in PARTS_OF
    }
    for drawing in FOLDER.joinpath("files").iterdir():
        if drawing.name.startswith(f"{slug}.") and drawing.name.endswith(".svg"):
            members[drawing.name.removeprefix(f"{slug}.")] = drawing.read_bytes()
    links = "".join(f'<li><a href="{escape(name)}">{escape(name)}</a></li>' for name in members)
    page = _page(record, language, body, f"<ul>{links}</ul>" if links else "")
    return packed({"index.html": page.encode(), **members})


def _h5p(record: Record, row: Mapping[str, Any], body: Body, parts: Sequence[Record]) -> bytes:
    """The questions as H5P, by the same maker as for adaptations."""
    language = _language(row)
    made = {
        "ref": record["id"],
        "title": record["title"],
        "abstract": record["abstract"],
        "licence": record["licence"],
        "organisation": record["publisher"][language],
        "credits": {language: [record["attribution"]]},
        "sections": [{"blocks": body}],
    }
    return packed(h5p.files(made, language))


def packed(members: Mapping[str, bytes]) -> bytes:
    """An archive: the same members give the same bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, one in members.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), one)
    return held.getvalue()


MAKERS: dict[str, Callable[[Record, Mapping[str, Any], Body, Sequence[Record]], bytes]] = {
    PDF: _pdf,
    "text/html": _html,
    "text/vtt": _captions,
    "video/webm": _video,
    "image/webp": _poster,
    "application/zip": _zip,
    "application/vnd.oasis.opendocument.text": _odt,
    "application/x-h5p": _h5p,
}
