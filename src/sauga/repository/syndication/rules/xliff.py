"""Texts for a translator's tool and back: XLIFF 2.1 (OASIS, 2018), core elements only, so that every tool can
read it.

A unit is one text. Its `name` is the place of the text, its note of the category `seen` a digest of the
translation at the time of export: with both, changes on either side are noticed at import.

Bold and links within a text are codes: in our strings each is one character of Unicode's private use area
(made by `opened`, `closed`, `alone`), in the file an element (`pc`, `ph`). What a code stands for is shown to
the translator and never read from the file.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as etree

from django.utils.translation import gettext_lazy as _

from sauga.kernel import xml_trees
from sauga.kernel.refusals import ActionRefused

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"  # of every version 2
VERSION = "2.1"
SEEN = "seen"
LARGEST = 4 * 1024 * 1024
MOST_UNITS = 5000
MOST_CODES = 0x7FE
OPENED, CLOSED, ALONE = 0xE000, 0xE800, 0xF000
STRANGE = MOST_CODES + 1
"""The number of a code that no text of ours has."""
FIXED = {"canCopy": "no", "canDelete": "no"}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class XliffRefused(ActionRefused):
    """The file cannot be read. `why`: too_large, not_xml, not_xliff, old_version, no_file, too_many,
    markup.
    """

    messages = {
        "too_large": _("The file is larger than 4 MB. Upload the file that was downloaded here."),
        "not_xml": _(
            "The file is damaged: it is not XML. Save it again in the translation tool and upload it again."
        ),
        "not_xliff": _("This is not an XLIFF file. Export the translation as XLIFF 2."),
        "old_version": _("This is XLIFF of another version. Export the translation as XLIFF 2."),
        "no_file": _("The file contains no texts. Upload the file that was downloaded here."),
        "too_many": _(
            "The file contains more texts than a page can have. Upload the file that was downloaded here."
        ),
        "markup": _(
            "The tool has added something to a text that XLIFF 2 does not support. Export the "
            "translation as XLIFF 2."
        ),
    }
    field = "file"


@dataclass(frozen=True)
class Unit:
    """One text: its place, its source, its translation (empty: none yet), and the translation at export.

    `codes` gives for each code of the source its start and its end, which is empty for a standalone one.
    """

    name: str
    source: str
    target: str = ""
    seen: str = ""
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Document:
    """The texts of one object. `original` names it; languages are BCP 47."""

    original: str
    source_language: str
    target_language: str
    units: tuple[Unit, ...]


def carried(text: str) -> str:
    """A text as XML can hold it: one kind of line ending, no control characters. Both sides are compared in
    this form.

    >>> carried("a\r\nb\x0b")
    'a\nb'
    """
    return _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def digest(text: str) -> str:
    """The digest of a translation for the note `seen`; empty for none."""
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""


def opened(number: int) -> str:
    """The code that opens the passage `number`, which counts from 1."""
    return chr(OPENED + number)


def closed(number: int) -> str:
    """The code that closes it."""
    return chr(CLOSED + number)


def alone(number: int) -> str:
    """A standalone code, such as a line break."""
    return chr(ALONE + number)


def code_of(letter: str) -> tuple[int, int] | None:
    """Kind (OPENED, CLOSED, ALONE) and number of a code, or None for a character of the text."""
    place = ord(letter)
    if not OPENED <= place < ALONE + 0x800:
        return None
    return place & ~0x7FF, place & 0x7FF


def readable(text: str) -> str:
    """The text for people: its codes as numbers in angle brackets.

    >>> readable(f"{opened(1)}a{closed(1)}{alone(2)}")
    '⟨1⟩a⟨/1⟩⟨2/⟩'
    """
    signs = {OPENED: "⟨{}⟩", CLOSED: "⟨/{}⟩", ALONE: "⟨{}/⟩"}
    return "".join(signs[code[0]].format(code[1]) if (code := code_of(letter)) else letter for letter in text)


def same_codes(source: str, target: str) -> bool:
    """Whether the target has each code of the source once, with passages properly nested.

    >>> same_codes(f"{opened(1)}a{closed(1)}", f"b{opened(1)}c{closed(1)}"), same_codes("a", alone(1))
    (True, False)
    """
    found = [code for code in map(code_of, target) if code]
    if sorted(found) != sorted(code for code in map(code_of, source) if code):
        return False
    within: list[int] = []
    for kind, number in found:
        if kind == OPENED:
            within.append(number)
        elif kind == CLOSED and (not within or within.pop() != number):
            return False
    return not within


def write(document: Document) -> bytes:
    """The document as a file. The `seen` notes are made here from the targets.

    >>> read(write(Document("a", "lt", "en", (Unit("title", "Labas", "Hello"),)))).units[0].target
    'Hello'
    """
    etree.register_namespace("", NAMESPACE)
    root = etree.Element(
        _tag("xliff"),
        {"version": VERSION, "srcLang": document.source_language, "trgLang": document.target_language},
    )
    file = etree.SubElement(root, _tag("file"), {"id": "f1", "original": document.original})
    texts: list[tuple[etree.Element, str, tuple[tuple[str, str], ...]]] = []
    for number, unit in enumerate(document.units, 1):
        held = etree.SubElement(
            file, _tag("unit"), {"id": f"u{number}", "name": unit.name, _XML_SPACE: "preserve"}
        )
        notes = etree.SubElement(held, _tag("notes"))
        etree.SubElement(notes, _tag("note"), {"category": SEEN}).text = digest(unit.target) or "-"
        if unit.codes:
            _tell_codes(etree.SubElement(held, _tag("originalData")), unit.codes)
        segment = etree.SubElement(
            held, _tag("segment"), {"state": "translated" if unit.target else "initial"}
        )
        texts.append((etree.SubElement(segment, _tag("source")), unit.source, unit.codes))
        if unit.target:
            texts.append((etree.SubElement(segment, _tag("target")), unit.target, unit.codes))
    etree.indent(root)
    for element, text, codes in texts:  # not before: an indent within a text would be part of it
        _put(element, text, codes)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n"
    ).encode()


def _tell_codes(element: etree.Element, codes: tuple[tuple[str, str], ...]) -> None:
    for number, (start, end) in enumerate(codes, 1):
        etree.SubElement(element, _tag("data"), {"id": f"d{number}"}).text = start
        if end:
            etree.SubElement(element, _tag("data"), {"id": f"e{number}"}).text = end


def _put(element: etree.Element, text: str, codes: tuple[tuple[str, str], ...]) -> None:
    """Write a text into its element, codes as elements; a private-use character that is not a code stays a
    character.
    """
    within = [element]
    last: etree.Element | None = None
    for letter in text:
        kind, number = code_of(letter) or (0, 0)
        if not 0 < number <= len(codes):
            if last is None:
                within[-1].text = (within[-1].text or "") + letter
            else:
                last.tail = (last.tail or "") + letter
        elif kind == CLOSED:
            last = within.pop()
        elif kind == OPENED:
            refs = {"dataRefStart": f"d{number}", "dataRefEnd": f"e{number}"}
            within.append(
                etree.SubElement(
                    within[-1], _tag("pc"), {"id": str(number), **refs, **FIXED, "canOverlap": "no"}
                )
            )
            last = None
        else:
            last = etree.SubElement(
                within[-1], _tag("ph"), {"id": str(number), "dataRef": f"d{number}", **FIXED}
            )


def read(data: bytes) -> Document:
    """Parse a document. A unit that a tool has split into segments is joined again. Raises XliffRefused."""
    if len(data) > LARGEST:
        raise XliffRefused("too_large")
    try:
        root = xml_trees.read(data)
    except xml_trees.TreeRefused as refused:
        raise XliffRefused({"deep": "markup", "large": "too_many"}.get(refused.why, "not_xml")) from refused
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
    said = [
        (_text(part.find(_tag("source"))), _text(part.find(_tag("target"))), part.tag == _tag("ignorable"))
        for part in parts
    ]
    whole = any(not between for _source, _target, between in said) and all(
        target.strip() or between for _source, target, between in said
    )
    target = "".join(words or (source if between else "") for source, words, between in said) if whole else ""
    notes = [note.text or "" for note in unit.iter(_tag("note")) if note.get("category") == SEEN]
    seen = notes[0].strip() if notes else ""
    return Unit(
        unit.get("name", ""),
        "".join(source for source, _target, _between in said),
        target,
        "" if seen == "-" else seen,
    )


def _text(element: etree.Element | None) -> str:
    """The text with its codes; markers that a tool adds are dropped."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for inner in element:
        parts += (_code(inner), inner.tail or "")
    return "".join(parts)


def _code(element: etree.Element) -> str:
    kind = element.tag.removeprefix(_tag(""))
    if kind == "pc":
        number = _number(element.get("id"))
        return opened(number) + _text(element) + closed(number)
    if kind == "mrk":
        return _text(element)
    if kind in {"sm", "em"}:
        return ""
    if kind in {"sc", "ec", "ph"}:
        number = _number(element.get("startRef") or element.get("id"))
        return {"sc": opened, "ec": closed, "ph": alone}[kind](number)
    raise XliffRefused("markup")


def _number(given: str | None) -> int:
    return (
        int(given)
        if given and given.isascii() and given.isdigit() and len(given) < 5 and 0 < int(given) <= MOST_CODES
        else STRANGE
    )


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def by_name(units: Sequence[Unit]) -> dict[str, Unit]:
    """Units by place; the first of two for the same place."""
    found: dict[str, Unit] = {}
    for unit in units:
        found.setdefault(unit.name, unit)
    return found
