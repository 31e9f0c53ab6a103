"""The kinds of files that are accepted, their size limits, and the real type of a file by its bytes.

Neither the name nor the browser's statement is believed. Signatures follow the formats' own specifications;
archives are inspected, because office files, H5P and SCORM packages are all ZIP. How many pixels an image may
have says `decoding`; what is taken out of it (place, camera), `child.images`.
"""

import re
import zipfile
from enum import StrEnum
from pathlib import PurePosixPath

from sauga.kernel import zip_bounds
from sauga.kernel.media.refusals import FileRefused

MB = 1024 * 1024


class Kind(StrEnum):
    """What a file is for. A LOGO is an image that is part of our pages; a DRAWING is an SVG to download."""

    IMAGE = "IMAGE"
    LOGO = "LOGO"
    DRAWING = "DRAWING"
    PDF = "PDF"
    AUDIO = "AUDIO"
    VIDEO = "VIDEO"
    CAPTIONS = "CAPTIONS"
    ARCHIVE = "ARCHIVE"
    DOCUMENT = "DOCUMENT"


MOST_BYTES: dict[Kind, int] = {
    Kind.IMAGE: 20 * MB,
    Kind.LOGO: 400 * 1024,
    Kind.DRAWING: 4 * MB,
    Kind.PDF: 60 * MB,
    Kind.AUDIO: 60 * MB,
    Kind.VIDEO: 60 * MB,
    Kind.CAPTIONS: MB,
    Kind.ARCHIVE: 60 * MB,
    Kind.DOCUMENT: 60 * MB,
}
"""The largest file of each kind, in bytes; the server reads no upload above 64 MB
(`project/requests/limits.py`)."""
LOGO_TYPES = frozenset({"image/png", "image/jpeg", "image/webp", "image/svg+xml"})
EVERY_KIND = frozenset(Kind) - {Kind.LOGO}

EXTENSIONS = {
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/x-h5p": ".h5p",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/epub+zip": ".epub",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/svg+xml": ".svg",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "text/vtt": ".vtt",
    "text/html": ".html",
    "text/plain": ".txt",
}
"""Types that a resource may carry, with the ending their files get."""
ALIASES = {".jpeg": ".jpg", ".htm": ".html"}
MOST_MEMBERS, MOST_UNPACKED, MOST_RATIO = 5000, 2 * 1024**3, 200
MOST_TEXT = 16 * 1024**2
"""Bytes of a text; pages and drawings are looked through as a whole."""
SCRIPT = re.compile(
    rb"<\s*(?:script|iframe|object|embed|foreignobject)\b|\bon[a-z]+\s*=|javascript:", re.IGNORECASE
)
OUTSIDE = re.compile(
    rb"""(?:src|href|action|data)\s*+=\s*+(?:["']\s*+)?(?:https?:)?//(?!www\.w3\.org/)|url\(\s*+["']?(?:https?:)?//""",
    re.IGNORECASE,
)
LINK = re.compile(rb"<a\b[^>]*(?:>|\Z)", re.IGNORECASE)
"""A tag that is never closed reaches to the end, as in a browser; otherwise each beginning would be followed
to the end again.
"""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
BEFORE_ROOT = re.compile(r"\s*+(?:<\?xml[^>]*\?>\s*+)?(?:(?><!--.*?-->)\s*+)*+", re.DOTALL)
PROGRAMS = frozenset(
    [
        ".appimage",
        ".apk",
        ".app",
        ".bat",
        ".cmd",
        ".com",
        ".cpl",
        ".deb",
        ".dll",
        ".dmg",
        ".exe",
        ".hta",
        ".iso",
        ".jar",
        ".jse",
        ".lnk",
        ".msc",
        ".msi",
        ".msix",
        ".pif",
        ".pkg",
        ".ps1",
        ".psm1",
        ".reg",
        ".rpm",
        ".scf",
        ".scr",
        ".sh",
        ".sys",
        ".url",
        ".vbe",
        ".vbs",
        ".wsf",
        ".wsh",
    ]
)
"""Endings that a system runs when somebody double-clicks on what they unpacked."""
SCRIPTS, PAGES = frozenset({".js", ".mjs"}), frozenset({".htm", ".html", ".xhtml", ".xht", ".svg", ".mht"})
LONGEST_PAGE = 2 * MB
PACKAGES = frozenset({"imsmanifest.xml", "cmi5.xml", "tincan.xml", "h5p.json"})
MIMETYPE, LONGEST_MIMETYPE = "mimetype", 100


def real_type(content: bytes, name: str) -> str:
    """The media type of the bytes. Raises FileRefused for an unknown type, or one that the name's extension
    contradicts.
    """
    if not content:
        raise FileRefused("empty")
    found = _sniffed(content)
    ending = PurePosixPath(name.lower()).suffix
    ending = ALIASES.get(ending, ending)
    if (
        ending
        and ending != EXTENSIONS[found]
        and not (found == "text/plain" and ending in {".txt", ".md", ".csv"})
    ):
        raise FileRefused("belies")
    if found in {"image/svg+xml", "text/html"}:
        _no_script(content)
    return found


def kind_of(mime: str) -> Kind:
    """The kind of files of this type."""
    family = mime.partition("/")[0]
    if mime == "image/svg+xml":
        return Kind.DRAWING
    if family in {"image", "audio", "video"}:
        return Kind(family.upper())
    return BY_TYPE.get(mime, Kind.DOCUMENT)


BY_TYPE = {
    "application/pdf": Kind.PDF,
    "text/vtt": Kind.CAPTIONS,
    "application/zip": Kind.ARCHIVE,
    "application/x-h5p": Kind.ARCHIVE,
}


def ending_of(mime: str) -> str:
    """The extension of files of this type, for example .pdf."""
    return EXTENSIONS[mime]


SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (8, b"WEBP", "image/webp"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (4, b"ftypM4A ", "audio/mp4"),
    (4, b"ftypM4B ", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"ID3", "audio/mpeg"),
)


def _sniffed(content: bytes) -> str:
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(content)
    for offset, mark, mime in SIGNATURES:
        if content[offset : offset + len(mark)] == mark:
            return mime
    if content[0] == 0xFF and content[1:2] and content[1] & 0xE0 == 0xE0 and content[1] & 0x06:
        return "audio/mpeg"  # a frame without a tag before it
    return _text(content)


def _text(content: bytes) -> str:
    if len(content) > MOST_TEXT:
        raise FileRefused("long")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused("unknown") from None
    if CONTROL.search(text):
        raise FileRefused("unknown")
    begins = before.end() if (before := BEFORE_ROOT.match(text)) else 0
    start = text[begins : begins + 200].lower()
    if start.startswith("webvtt"):
        return "text/vtt"
    if start.startswith("<svg") or (start.startswith("<!doctype svg")):
        return "image/svg+xml"
    if start.startswith(("<!doctype html", "<html", "<head", "<body")):
        return "text/html"
    return "text/plain"


def _archive(content: bytes) -> str:
    """The type of a ZIP file by its members; every member stays in the folder, and the unpacked size is
    bounded.
    """
    try:
        with zip_bounds.opened(content) as archive:
            members = archive.infolist()
            _sane(members, len(content))
            names = {member.filename for member in members}
            if MIMETYPE in names:
                inside = (
                    zip_bounds.beginning(archive, archive.getinfo(MIMETYPE), LONGEST_MIMETYPE)
                    .decode("ascii", "replace")
                    .strip()
                )
                return inside if inside in EXTENSIONS else "application/zip"
            if not names & PACKAGES:
                _no_pages_that_run(archive, members)
    except zip_bounds.TooManyMembers as many:
        raise FileRefused("bomb") from many
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, NotImplementedError) as broken:
        raise FileRefused("archive") from broken
    if "h5p.json" in names:
        return "application/x-h5p"
    for folder, kind in (
        ("word", "wordprocessingml.document"),
        ("ppt", "presentationml.presentation"),
        ("xl", "spreadsheetml.sheet"),
    ):
        if "[Content_Types].xml" in names and any(name.startswith(f"{folder}/") for name in names):
            return f"application/vnd.openxmlformats-officedocument.{kind}"
    return "application/zip"


def _sane(members: list[zipfile.ZipInfo], size: int) -> None:
    for member in members:
        path = member.filename.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or re.match(r"[A-Za-z]:", path) or "\x00" in path:
            raise FileRefused("upward")
        if PurePosixPath(path.lower().rstrip(". ")).suffix in PROGRAMS:
            raise FileRefused("program")
        if (member.external_attr >> 16) & 0o170000 == 0o120000:
            raise FileRefused("upward")
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or unpacked > max(size, 1024) * MOST_RATIO:
        raise FileRefused("bomb")


def _no_pages_that_run(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """A page in an archive is held to what a page alone is; packages for learning are played in a frame of
    their own."""
    for member in members:
        ending = PurePosixPath(member.filename.lower()).suffix
        if ending in SCRIPTS:
            raise FileRefused("program")
        if ending in PAGES:
            if member.file_size > LONGEST_PAGE:
                raise FileRefused("long")
            _no_script(zip_bounds.beginning(archive, member, LONGEST_PAGE))


def _no_script(content: bytes) -> None:
    if SCRIPT.search(content):
        raise FileRefused("script")
    if OUTSIDE.search(LINK.sub(b"", content)):
        raise FileRefused("outside")
