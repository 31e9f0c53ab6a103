"""What an upload is: all that is checked before anything is stored.

Order: size, real type, kind, structure, then what only a decoder can tell, in the decoding program.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sauga.kernel.i18n import decimal
from sauga.kernel.media.refusals import FileRefused
from sauga.kernel.media.upload_checks import captions, containers, decoder, drawings
from sauga.kernel.media.upload_checks.kinds import (
    EVERY_KIND,
    LOGO_TYPES,
    MB,
    MOST_BYTES,
    Kind,
    ending_of,
    kind_of,
    real_type,
)

LONGEST_STEM = 120
DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
MOST_LOGO_SIDE = 4000
LAYERED = {Kind.ARCHIVE, Kind.DOCUMENT}
"""Kinds that are or may be ZIP archives; any other file that is an archive as well is refused."""


@dataclass(frozen=True)
class Inspected:
    """An upload that is accepted: what it is, and the bytes to store (an image without its metadata)."""

    kind: Kind
    mime: str
    name: str
    content: bytes
    width: int | None = None
    height: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def sha256(self) -> str:
        """The checksum of the bytes to store."""
        return hashlib.sha256(self.content).hexdigest()


def inspect(content: bytes, name: str, *, kinds: Collection[Kind] = EVERY_KIND) -> Inspected:
    """The real kind of an upload, and the bytes to store. Raises FileRefused; nothing is stored here."""
    is_logo = Kind.LOGO in kinds
    if len(content) > max(MOST_BYTES[kind] for kind in kinds):
        raise _too_large(max(kinds, key=lambda kind: MOST_BYTES[kind]))
    mime = real_type(content, name)
    kind = Kind.LOGO if is_logo else kind_of(mime)
    if is_logo and mime not in LOGO_TYPES:
        raise FileRefused("not_a_logo")
    if kind not in kinds:
        raise FileRefused("kind")
    if len(content) > MOST_BYTES[kind]:
        raise _too_large(kind)
    if kind not in LAYERED and zipfile.is_zipfile(io.BytesIO(content)):
        raise FileRefused("polyglot")
    return _decoded(content, kind, mime, clean_name(name, mime))


def _decoded(content: bytes, kind: Kind, mime: str, name: str) -> Inspected:
    """The part of the inspection that reads the whole file."""
    if kind is Kind.LOGO and mime == "image/svg+xml":
        return Inspected(kind, mime, name, drawings.rebuilt(content))
    if kind is Kind.LOGO:
        made = decoder.clean_image(content, decoder.Limits(side=MOST_LOGO_SIDE), to="PNG")
        mime = "image/png"
        return Inspected(kind, mime, clean_name(name, mime), made.content, made.width, made.height)
    if kind is Kind.IMAGE:
        made = decoder.clean_image(content)
        return Inspected(kind, mime, name, made.content, made.width, made.height)
    if kind is Kind.PDF:
        found = decoder.check_pdf(content)
        facts = {"pages": found.pages, "tagged": found.tagged, "language": found.language}
        return Inspected(kind, mime, name, content, found.width, found.height, facts)
    if kind is Kind.CAPTIONS:
        captions.check(content)
    containers.check(content, mime)
    return Inspected(kind, mime, name, content)


def _too_large(kind: Kind) -> FileRefused:
    most = MOST_BYTES[kind]
    return FileRefused("large", most=most // MB if most >= MB else decimal(round(most / MB, 1)))


def clean_name(name: str, mime: str) -> str:
    """A file name without folders, unusual letters and names of devices, with the extension of the real
    type."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem = re.sub(r"[^\w.-]+", "-", last.rpartition(".")[0] or last)[:LONGEST_STEM].strip("-.")
    if DEVICE.match(stem):
        stem = f"file-{stem}"
    return f"{stem or 'file'}{ending_of(mime)}"
