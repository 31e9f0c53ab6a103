"""A credential inside a picture: SVG with the file in it (Open Badges 3.0, §5.3.2), and reading it from
there."""

import json
from importlib.resources import files as packaged
from xml.etree import ElementTree as etree

from django.utils.html import escape

from sauga.kernel import xml_trees
from sauga.kernel.credentials.integrity.proofs import Document

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
TAG = f"{{{NAMESPACE}}}credential"
LINE = 26
INK = "#1b2a33"
MOST_LINES = 4


def baked(document: Document, heading: str, about: str) -> bytes:
    """The badge as a picture, with the credential in it. No name is drawn: it is made to be shown."""
    content = json.dumps(document, ensure_ascii=False).replace("]]>", "]]\\u003e")
    rows = _lines(about)
    first = 292 - 15 * len(rows)
    style = f'font-size="24" font-weight="700" fill="{INK}"'
    texts = "".join(
        f'<text x="200" y="{first + 30 * at}" {style}>{escape(row)}</text>' for at, row in enumerate(rows)
    )
    frame = packaged("sauga.kernel.credentials").joinpath("data", "badge.svg").read_text(encoding="utf-8")
    values = {"HEADING": escape(heading), "ABOUT": escape(about), "CREDENTIAL": content, "LINES": texts}
    for name, value in values.items():
        frame = frame.replace(f"{{{name}}}", value)
    return frame.encode()


def extracted(content: bytes) -> str | None:
    """The credential in a picture, as text; None where there is none. Raises TreeRefused."""
    found = xml_trees.read(content).iter()
    node = next((one for one in found if one.tag == TAG), None)
    return None if node is None else "".join(_texts(node)).strip()


def _texts(node: etree.Element) -> list[str]:
    return [text for text in (node.text, *(child.tail for child in node)) if text]


def _lines(text: str) -> list[str]:
    """The text in lines that fit into the circle; the last ends with … where there is more."""
    rows: list[str] = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if len(longer) <= LINE or not rows[-1]:
            rows[-1] = longer[:LINE]
        else:
            rows.append(word[:LINE])
    return (
        rows if len(rows) <= MOST_LINES else [*rows[: MOST_LINES - 1], f"{rows[MOST_LINES - 1][: LINE - 1]}…"]
    )
