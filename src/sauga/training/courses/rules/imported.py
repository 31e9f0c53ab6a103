"""Imported packages (SCORM, H5P): what a ZIP file may hold, and the report about one, before anything of it
is stored. Pure functions over bytes. Nothing is unpacked except its description.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sauga.kernel import zip_bounds
from sauga.training.courses.rules import h5p, scorm
from sauga.training.courses.rules.scorm import Fault, Manifest, Part

MB = 1024 * 1024
MOST_FILES, MOST_UNPACKED, MOST_ONE, MOST_DESCRIPTION = 3000, 300 * MB, 60 * MB, 2 * MB
LONGEST_NAME, MOST_NAMED, MOST_LOOKED = 240, 10, 200
PROGRAMS = frozenset(
    [
        "apk",
        "app",
        "asp",
        "aspx",
        "bat",
        "bin",
        "cgi",
        "cmd",
        "com",
        "cpl",
        "dll",
        "dmg",
        "elf",
        "exe",
        "hta",
        "htaccess",
        "jar",
        "jsp",
        "lnk",
        "msi",
        "msp",
        "php",
        "phtml",
        "pif",
        "pl",
        "ps1",
        "py",
        "rb",
        "reg",
        "scr",
        "sh",
        "so",
        "sys",
        "vb",
        "vbs",
        "wsf",
    ]
)
"""Endings of what runs on a computer or a server: a package with one of these is refused."""
TYPES = {
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "application/xhtml+xml",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "css": "text/css",
    "json": "application/json",
    "map": "application/json",
    "xml": "application/xml",
    "xsd": "application/xml",
    "dtd": "application/xml-dtd",
    "txt": "text/plain",
    "md": "text/plain",
    "csv": "text/csv",
    "vtt": "text/vtt",
    "srt": "text/plain",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "ico": "image/x-icon",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "wav": "audio/wav",
    "aac": "audio/aac",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "eot": "application/vnd.ms-fontobject",
    "pdf": "application/pdf",
    "wasm": "application/wasm",
}
"""What is sent to a browser, by ending. Files of another kind stay in the package and are never sent."""
PAGES = ("text/html", "application/xhtml+xml")
FRAME = re.compile(rb"<\s*(?:i?frame|frameset)\b", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Report:
    """What a package is. With `faults` it cannot be imported; `notes` say what to try before publishing."""

    format: str
    title: str
    parts: tuple[Part, ...]
    files: int
    unpacked: int
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()

    @property
    def record(self) -> dict[str, Any]:
        """What an activity keeps of it."""
        return {
            "format": self.format,
            "name": self.title,
            "parts": [asdict(one) for one in self.parts],
            "files": self.files,
            "unpacked": self.unpacked,
            "notes": [list(one) for one in self.notes],
        }


def with_fault(report: Report, fault: Fault) -> Report:
    """The report with one more fault."""
    return replace(report, faults=(*report.faults, fault))


def parts_of(record: Mapping[str, Any]) -> list[Part]:
    """The parts that an activity keeps."""
    return [Part(**one) for one in record.get("parts", ())]


def ending(name: str) -> str:
    """The ending of a file's name, in small letters."""
    last = name.rpartition("/")[2]
    return last.rpartition(".")[2].lower() if "." in last else ""


def type_of(name: str) -> str:
    """The media type with which a file of a package is sent; empty for one that is never sent."""
    return TYPES.get(ending(name), "")


def read(content: bytes) -> Report:
    """The report about a package: everything that is wrong with it at once, not only the first fault."""
    try:
        with zip_bounds.opened(content) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            faults = list(_faults(members))
            if {code for code, _what in faults} & {"files", "unpacked", "locked", "packing"}:
                return _refused(faults, members)
            held, pages = _described(archive, members)
    except zip_bounds.TooManyMembers:
        return _refused([("files", "")], ())
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, NotImplementedError, OSError):
        return _refused([("archive", "")], ())
    notes = list(held.notes)
    others = Counter(ending(one.filename) or "?" for one in members if not type_of(one.filename))
    if others:
        notes.append(("unsent", ", ".join(sorted(others)[:MOST_NAMED])))
    if pages and held.format != h5p.H5P:
        notes.append(("frames", str(pages)))
    return Report(
        format=held.format,
        title=held.title,
        parts=held.parts,
        files=len(members),
        unpacked=sum(one.file_size for one in members),
        faults=(*faults, *held.faults),
        notes=tuple(notes),
    )


def _refused(faults: Sequence[Fault], members: Sequence[zipfile.ZipInfo]) -> Report:
    return Report("", "", (), len(members), sum(one.file_size for one in members), tuple(faults))


def _faults(members: Sequence[zipfile.ZipInfo]) -> list[Fault]:
    found: list[Fault] = []
    if len(members) > MOST_FILES:
        found.append(("files", ""))
    if sum(one.file_size for one in members) > MOST_UNPACKED:
        found.append(("unpacked", ""))
    found += [("one", shown(one)) for one in members if one.file_size > MOST_ONE][:MOST_NAMED]
    found += [("upward", shown(one)) for one in members if _leaves(one)][:MOST_NAMED]
    found += [("program", shown(one)) for one in members if ending(one.filename) in PROGRAMS][:MOST_NAMED]
    if any(one.flag_bits & 0x1 for one in members):
        found.append(("locked", ""))
    if not all(zip_bounds.is_plain(one) for one in members):
        found.append(("packing", ""))
    twice = [name for name, n in Counter(one.filename for one in members).items() if n > 1]
    return found + [("double", name[:LONGEST_NAME]) for name in twice[:MOST_NAMED]]


def shown(one: zipfile.ZipInfo) -> str:
    """A member's name for a message."""
    return CONTROL.sub("?", one.filename)[:LONGEST_NAME]


def _leaves(one: zipfile.ZipInfo) -> bool:
    """Whether a member lies outside the package, is a link, or has a name that no address can carry."""
    path = one.filename.replace("\\", "/")
    is_link = (one.external_attr >> 16) & 0o170000 == 0o120000
    return (
        is_link
        or path.startswith("/")
        or ".." in path.split("/")
        or bool(re.match(r"[A-Za-z]:", path))
        or bool(CONTROL.search(path))
        or len(path) > LONGEST_NAME
    )


def _described(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> tuple[Manifest, int]:
    """What the package's own description says, and how many of its pages hold frames."""
    names = {one.filename: one for one in members}
    for name, reads in ((h5p.DESCRIPTION, h5p.read), (scorm.MANIFEST, scorm.read)):
        if (member := names.get(name)) is not None:
            if member.file_size > MOST_DESCRIPTION:
                return Manifest("", "", (), (("description_large", name),)), 0
            text = zip_bounds.beginning(archive, member, MOST_DESCRIPTION)
            pages = [one for one in members if type_of(one.filename) in PAGES][:MOST_LOOKED]
            return reads(text, names), sum(_has_frames(archive, one) for one in pages)
    deeper = next((one for one in names if one.rpartition("/")[2] == scorm.MANIFEST), "")
    fault = ("manifest_deeper", deeper[:LONGEST_NAME]) if deeper else ("manifest", "")
    return Manifest("", "", (), (fault,)), 0


def _has_frames(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bool:
    return bool(FRAME.search(zip_bounds.beginning(archive, one, 256 * 1024)))
