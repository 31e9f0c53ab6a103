"""Drawings (SVG) that stand inside our pages, rebuilt from an allow-list.

A script, an event, a foreign object, an external address or a document type refuses the file with its reason;
anything else that is not listed is left out.
"""

import re
from xml.etree import ElementTree as ET

from sauga.kernel import xml_trees
from sauga.kernel.media.refusals import FileRefused

MOST_ELEMENTS, DEEPEST = 2000, 64
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


def rebuilt(content: bytes) -> bytes:
    """The drawing, rebuilt from what an image needs. Raises FileRefused."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused("damaged") from None
    if DOCTYPE.search(text):
        raise FileRefused("doctype")
    try:
        root = xml_trees.read(text, deepest=DEEPEST, most=MOST_ELEMENTS)
    except xml_trees.TreeRefused as refused:
        raise FileRefused("doctype" if refused.why == "doctype" else "damaged") from refused
    if root.tag != f"{{{SVG}}}svg":
        raise FileRefused("damaged")
    ET.register_namespace("", SVG)
    drawn = _element(root)
    if drawn is None:
        raise FileRefused("damaged")
    written: bytes = ET.tostring(drawn, encoding="utf-8")
    return written


def _element(given: ET.Element) -> ET.Element | None:
    space, _brace, name = str(given.tag).rpartition("}")
    if name.lower() in REFUSED:
        raise FileRefused("outside" if name.lower() in {"image", "a"} else "script")
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
        raise FileRefused("script")
    if key in {"href", XLINK}:
        if not value.startswith("#"):
            raise FileRefused("outside")
        made.set("href", value)
    elif key == "style":
        for part in value.split(";"):
            name, _colon, said = part.partition(":")
            if (name := name.strip()) in ATTRIBUTES:
                _attribute(made, name, said.strip())
    elif key in ATTRIBUTES:
        if "url(" in value and not INSIDE.fullmatch(value.strip()):
            raise FileRefused("outside")
        made.set(key, value)
