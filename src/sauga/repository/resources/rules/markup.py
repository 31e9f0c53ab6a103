"""What the markup of a page shows by itself: validity, names of controls, requests to other hosts.

html5lib parses as a browser does and reports each error of the standard. The other rules need no browser;
contrast, focus and scripts do (see `actions/browser_audit.py`).
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sauga.kernel.ui.hrefs import parts_of
from sauga.repository.resources.rules.gate_facts import Finding

TEXT = 160
FETCHING = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "iframe": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
    "link": ("href",),
    "use": ("href",),
    "image": ("href",),
}
"""Elements that make a browser ask for something, and where the address stands.

A link is not one of them: it waits for a click.
"""
LINKS_THAT_FETCH = set(
    [
        "stylesheet",
        "icon",
        "manifest",
        "preload",
        "prefetch",
        "preconnect",
        "dns-prefetch",
        "modulepreload",
        "apple-touch-icon",
    ]
)
NATIVE = {"a", "button", "input", "select", "textarea", "summary", "details", "video", "audio", "iframe"}
FIELDS = {"input", "select", "textarea"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CSS_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]+)", re.IGNORECASE)


@lru_cache(maxsize=4)
def parsed(html: str) -> tuple[Any, tuple[Finding, ...]]:
    """The document as an ElementTree without namespaces, and each parse error. Checks share it and do not
    modify it.
    """
    import html5lib

    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    document = parser.parse(html)
    lines = html.split("\n")
    found = []
    for (line, _place), code, _more in parser.errors:
        found.append(Finding("html_" + code.replace("-", "_"), str(line), lines[line - 1].strip()[:TEXT]))
    return document, tuple(found)


def html_findings(html: str) -> list[Finding]:
    """Parse errors, duplicate ids, references to ids that do not exist."""
    document, errors = parsed(html)
    found = list(errors)
    ids = Counter(element.get("id") for element in document.iter() if element.get("id"))
    found += [Finding("id_twice", text=str(name)) for name, n in ids.items() if n > 1]
    for element in document.iter():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            names = (element.get(attribute) or "").split()
            found += [Finding("reference_lost", attribute, name) for name in names if name not in ids]
        href = element.get("href") or ""
        if element.tag == "a" and href.startswith("#") and len(href) > 1 and href[1:] not in ids:
            found.append(Finding("anchor_lost", text=href))
    return found


def alt_findings(html: str) -> list[Finding]:
    """Images without a text alternative. An empty one states that the image is decorative."""
    document, _errors = parsed(html)
    return [
        Finding("picture_silent", text=(element.get("src") or "")[-TEXT:])
        for element in document.iter("img")
        if element.get("alt") is None
        or (element.get("alt") or "").lower().endswith((".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg"))
    ]


def keyboard_findings(html: str) -> list[Finding]:
    """Elements a keyboard cannot reach or reaches in the wrong order; unlabelled fields."""
    document, _errors = parsed(html)
    named = {element.get("for") for element in document.iter("label")}
    inside = {child for label in document.iter("label") for child in label.iter() if child.tag in FIELDS}
    found: list[Finding] = []
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue
        place = (element.get("tabindex") or "0").strip()
        if place.lstrip("-").isdigit() and int(place) > 0:
            found.append(Finding("tab_order", element.tag, place))
        if (
            element.get("role") in {"button", "link", "checkbox", "tab"}
            and element.tag not in NATIVE
            and element.get("tabindex") is None
        ):
            found.append(Finding("not_reached", element.tag, _words(element)))
        if any(name.startswith("on") for name in element.attrib):
            found.append(Finding("inline_script", element.tag, _words(element)))
        if element.tag in {"a", "button"} and not _named(element):
            found.append(Finding("without_name", element.tag, element.get("href") or ""))
        hidden = element.get("type") in {"hidden", "submit", "image", "reset", "button"}
        if (
            element.tag in FIELDS
            and not hidden
            and not (element.get("id") in named or element in inside or _labelled(element))
        ):
            found.append(Finding("field_without_label", element.tag, element.get("name") or ""))
    return found


def structure_findings(html: str) -> list[Finding]:
    """A page declares language and title, has one first-level heading, and skips no level."""
    document, _errors = parsed(html)
    found: list[Finding] = []
    root = next(document.iter("html"), None)
    if root is None or not root.get("lang"):
        found.append(Finding("language_missing"))
    title = next(document.iter("title"), None)
    if title is None or not (title.text or "").strip():
        found.append(Finding("title_missing"))
    levels = [
        (HEADINGS.index(element.tag) + 1, _words(element))
        for element in document.iter()
        if element.tag in HEADINGS
    ]
    if [level for level, _text in levels].count(1) != 1:
        found.append(Finding("first_heading", counted=[level for level, _text in levels].count(1), allowed=1))
    before = 0
    for level, text in levels:
        if before and level > before + 1:
            found.append(Finding("heading_skipped", f"h{level}", text))
        before = level
    return found


def outside_findings(html: str, own: str = "") -> list[Finding]:
    """Everything a browser would fetch from another host than `own`."""
    document, _errors = parsed(html)
    addresses = [
        *_fetched(document),
        *(address for text in _styles(document) for address in CSS_ADDRESS.findall(text)),
    ]
    return [Finding("outside", text=address[:TEXT]) for address in addresses if _is_outside(address, own)]


def _fetched(document: Any) -> Iterator[str]:
    for element in document.iter():
        if element.tag == "link" and not LINKS_THAT_FETCH & set((element.get("rel") or "").lower().split()):
            continue
        for attribute in FETCHING.get(element.tag, ()):
            value = element.get(attribute) or element.get("{http://www.w3.org/1999/xlink}href") or ""
            yield from (
                part.strip().split(" ")[0]
                for part in (value.split(",") if attribute == "srcset" else [value])
                if part.strip()
            )


def _styles(document: Any) -> Iterator[str]:
    yield from (element.text or "" for element in document.iter("style"))
    yield from (element.get("style") or "" for element in document.iter())


def _is_outside(address: str, own: str) -> bool:
    parts = parts_of(address.strip())
    return (
        parts is not None
        and bool(parts.netloc)
        and parts.netloc != own
        and parts.scheme in {"", "http", "https", "ws", "wss", "ftp"}
    )


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())[:TEXT]


def _labelled(element: Any) -> bool:
    return bool(
        (element.get("aria-label") or "").strip() or element.get("aria-labelledby") or element.get("title")
    )


def _named(element: Any) -> bool:
    if element.tag == "a" and element.get("href") is None:
        return True
    pictures = any((inner.get("alt") or "").strip() for inner in element.iter("img"))
    titles = any(_words(inner) for inner in element.iter("title"))
    return bool(_words(element)) or _labelled(element) or pictures or titles
