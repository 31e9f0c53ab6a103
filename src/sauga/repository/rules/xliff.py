"""Texts for a translator's own tool and back: XLIFF 2.1 (OASIS, 2018), with its core elements only, so that every tool can read it.

A unit is one text of the house. Its `name` says where the text stands, its note of the category `seen` is a digest of the translation
that the house had when the file was made: with both, what changed meanwhile on either side is noticed when the file comes back.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as etree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"  # of every version 2
VERSION = "2.1"
SEEN = "seen"
LARGEST = 4 * 1024 * 1024
MOST_UNITS = 5000
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class XliffRefused(ValueError):
    """The file cannot be read. `why` is a code: too_large, not_xml, not_xliff, old_version, no_file, too_many, markup."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Unit:
    """One text: where it stands, what it says, what it says in the other language (empty: nothing yet), and what the house had there."""

    name: str
    source: str
    target: str = ""
    seen: str = ""


@dataclass(frozen=True)
class Document:
    """The texts of one thing. `original` names it; languages are BCP 47."""

    original: str
    source_language: str
    target_language: str
    units: tuple[Unit, ...]


def digest(text: str) -> str:
    """What stands for a translation in the note `seen`; of nothing it is empty."""
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""


def write(document: Document) -> bytes:
    """The document as a file. `seen` of its units is made here from their targets.

    >>> read(write(Document("a", "lt", "en", (Unit("title", "Labas", "Hello"),)))).units[0].target
    'Hello'
    """
    etree.register_namespace("", NAMESPACE)
    root = etree.Element(_tag("xliff"), {"version": VERSION, "srcLang": document.source_language, "trgLang": document.target_language})
    file = etree.SubElement(root, _tag("file"), {"id": "f1", "original": document.original})
    for number, unit in enumerate(document.units, 1):
        held = etree.SubElement(file, _tag("unit"), {"id": f"u{number}", "name": unit.name, _XML_SPACE: "preserve"})
        notes = etree.SubElement(held, _tag("notes"))
        etree.SubElement(notes, _tag("note"), {"category": SEEN}).text = digest(unit.target) or "-"
        segment = etree.SubElement(held, _tag("segment"), {"state": "translated" if unit.target else "initial"})
        etree.SubElement(segment, _tag("source")).text = unit.source
        if unit.target:
            etree.SubElement(segment, _tag("target")).text = unit.target
    etree.indent(root)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n").encode()


def read(data: bytes) -> Document:
    """The document of a file. A unit that a tool has cut into segments is put together again. Raises XliffRefused."""
    if len(data) > LARGEST:
        raise XliffRefused("too_large")
    try:
        root = fromstring(data, forbid_dtd=True)
    except (etree.ParseError, DefusedXmlException, ValueError, LookupError) as broken:
        raise XliffRefused("not_xml") from broken
    if not root.tag.endswith("}xliff") and root.tag != "xliff":
        raise XliffRefused("not_xliff")
    if root.tag != _tag("xliff") or not root.get("version", "").startswith("2."):
        raise XliffRefused("old_version")
    file = root.find(_tag("file"))
    if file is None:
        raise XliffRefused("no_file")
    found = list(file.iter(_tag("unit")))
    if len(found) > MOST_UNITS:
        raise XliffRefused("too_many")
    units = tuple(_unit(unit) for unit in found)
    return Document(file.get("original", ""), root.get("srcLang", ""), root.get("trgLang", ""), units)


def _unit(unit: etree.Element) -> Unit:
    parts = [part for part in unit if part.tag in {_tag("segment"), _tag("ignorable")}]
    said = [(_text(part.find(_tag("source"))), _text(part.find(_tag("target"))), part.tag == _tag("ignorable")) for part in parts]
    whole = any(not between for _source, _target, between in said) and all(target.strip() or between for _source, target, between in said)
    target = "".join(words or (source if between else "") for source, words, between in said) if whole else ""
    notes = [note.text or "" for note in unit.iter(_tag("note")) if note.get("category") == SEEN]
    seen = notes[0].strip() if notes else ""
    return Unit(unit.get("name", ""), "".join(source for source, _target, _between in said), target, "" if seen == "-" else seen)


def _text(element: etree.Element | None) -> str:
    """The words; our texts hold no codes, so a code that a tool has put in is no text of ours."""
    if element is None:
        return ""
    if len(element):
        raise XliffRefused("markup")
    return element.text or ""


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def by_name(units: Sequence[Unit]) -> dict[str, Unit]:
    """Units by where they stand; of two for one place the first."""
    found: dict[str, Unit] = {}
    for unit in units:
        found.setdefault(unit.name, unit)
    return found
