"""A partner's logo: PNG or SVG, identified by its bytes and rebuilt from what an image needs.

A PNG keeps the chunks that draw it; metadata about programs, places and dates is removed. An SVG is rebuilt
from an allow-list; a script, an event, a foreign object, an external address or a document type refuses the
file with its reason.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from django.utils.translation import gettext_lazy as _

from sauga.repository.resources.rules import xml_trees
from sauga.repository.resources.rules.file_types import FileRefused, real_type

MOST_BYTES, MOST_SIDE, MOST_ELEMENTS, DEEPEST = 400 * 1024, 4000, 2000, 64
IHDR_BYTES = 13
PNG_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"IDAT", b"IEND")
SVG = "http://www.w3.org/2000/svg"
XLINK = "{http://www.w3.org/1999/xlink}href"
ELEMENTS = set(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "title",
        "desc",
        "defs",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "use",
        "symbol",
        "text",
        "tspan",
        "pattern",
    ]
)
REFUSED = set(
    [
        "script",
        "foreignobject",
        "iframe",
        "object",
        "embed",
        "image",
        "a",
        "animate",
        "animatetransform",
        "animatemotion",
        "set",
        "style",
        "handler",
        "audio",
        "video",
    ]
)
ATTRIBUTES = set(
    [
        "id",
        "d",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "width",
        "height",
        "viewBox",
        "points",
        "transform",
        "fill",
        "stroke",
        "stroke-width",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-opacity",
        "fill-opacity",
        "fill-rule",
        "clip-rule",
        "clip-path",
        "mask",
        "opacity",
        "offset",
        "stop-color",
        "stop-opacity",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "patternUnits",
        "patternTransform",
        "maskUnits",
        "clipPathUnits",
        "preserveAspectRatio",
        "font-family",
        "font-size",
        "font-weight",
        "text-anchor",
        "dominant-baseline",
        "letter-spacing",
        "role",
        "version",
    ]
)
DOCTYPE = re.compile(r"<!\s*+(?:DOCTYPE|ENTITY)|<\?xml-stylesheet", re.IGNORECASE)
INSIDE = re.compile(r"url\(\s*['\"]?#[\w.-]+['\"]?\s*\)")


class LogoRefused(FileRefused):
    """The image cannot be a logo. `why`: empty, large, belies, unknown, not_a_logo, damaged, sides, script,
    outside, doctype.
    """

    message = _("Only a PNG or SVG image can be a logo.")
    messages = {
        "large": _("The logo may be up to 400 KB."),
        "script": _("The image contains a script. Save it as a plain image."),
        "outside": _("The image refers to external content. Save it with everything embedded."),
        "doctype": _("The image has a document type. Save it as plain SVG."),
        "belies": _("The file is not what its name says."),
        "sides": _("The image may be at most 4000 pixels wide and high."),
        "empty": _("Choose a file."),
    }


@dataclass(frozen=True)
class Logo:
    """A sanitised logo: its media type and bytes."""

    mime: str
    content: bytes


def cleaned(content: bytes, name: str) -> Logo:
    """The sanitised logo. Raises LogoRefused."""
    if len(content) > MOST_BYTES:
        raise LogoRefused("large")
    mime = real_type(content, name)
    if mime == "image/png":
        return Logo(mime, _png(content))
    if mime == "image/svg+xml":
        return Logo(mime, _svg(content))
    raise LogoRefused("not_a_logo")


def _png(content: bytes) -> bytes:
    kept, seen = [content[:8]], []
    for kind, body in _chunks(content):
        seen.append(kind)
        if kind == b"IHDR":
            if len(body) != IHDR_BYTES:
                raise LogoRefused("damaged")
            width, height = struct.unpack(">II", body[:8])
            if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
                raise LogoRefused("sides")
        if kind in PNG_KEPT:
            kept.append(
                struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
            )
        elif kind[:1].isupper():  # a chunk that cannot be left out and is not known
            raise LogoRefused("damaged")
        if kind == b"IEND":
            break
    if not seen or seen[0] != b"IHDR" or seen[-1] != b"IEND" or b"IDAT" not in seen:
        raise LogoRefused("damaged")
    return b"".join(kept)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 8
    while place + 12 <= len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        kind, body = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        mark = content[place + 8 + length : place + 12 + length]
        if len(body) != length or len(mark) != 4 or zlib.crc32(kind + body) != struct.unpack(">I", mark)[0]:
            raise LogoRefused("damaged")
        yield kind, body
        place += 12 + length


def _svg(content: bytes) -> bytes:
    text = content.decode("utf-8-sig")
    if DOCTYPE.search(text):
        raise LogoRefused("doctype")
    try:
        root = xml_trees.read(text, deepest=DEEPEST, most=MOST_ELEMENTS)
    except xml_trees.TreeRefused as refused:
        raise LogoRefused("doctype" if refused.why == "doctype" else "damaged") from refused
    if root.tag != f"{{{SVG}}}svg":
        raise LogoRefused("damaged")
    ET.register_namespace("", SVG)
    drawn = _element(root)
    if drawn is None:
        raise LogoRefused("damaged")
    written: bytes = ET.tostring(drawn, encoding="utf-8")
    return written


def _element(given: ET.Element) -> ET.Element | None:
    space, _brace, name = str(given.tag).rpartition("}")
    if name.lower() in REFUSED:
        raise LogoRefused("outside" if name.lower() in {"image", "a"} else "script")
    if space.lstrip("{") not in {SVG, ""} or name not in ELEMENTS:
        return None
    made = ET.Element(f"{{{SVG}}}{name}")
    for key, value in given.attrib.items():
        _attribute(made, key, value)
    made.text = given.text if name in {"text", "tspan", "title", "desc"} else None
    for child in given:
        drawn = _element(child)
        if drawn is not None:
            drawn.tail = child.tail if name in {"text", "tspan"} else None
            made.append(drawn)
    return made


def _attribute(made: ET.Element, key: str, value: str) -> None:
    if key.lower().startswith("on") or "javascript:" in value.lower():
        raise LogoRefused("script")
    if key in {"href", XLINK}:
        if not value.startswith("#"):
            raise LogoRefused("outside")
        made.set("href", value)
    elif key == "style":
        for part in value.split(";"):
            name, _colon, said = part.partition(":")
            if (name := name.strip()) in ATTRIBUTES:
                _attribute(made, name, said.strip())
    elif key in ATTRIBUTES:
        if "url(" in value and not INSIDE.fullmatch(value.strip()):
            raise LogoRefused("outside")
        made.set(key, value)
