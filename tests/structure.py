"""What every page keeps, whatever it shows: unique ids, references that lead somewhere, headings in order,
lists and tables that are some.

A parser reads the HTML as it was served, so what is folded, hidden or shown by a script later is looked at,
too; browsers and axe leave it out. It takes milliseconds: `axe`, the crawl of the public site, the walk
through the desk and the access table call it for each page.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LISTS = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}}
ARIA = (
    "labelledby",
    "describedby",
    "controls",
    "owns",
    "details",
    "errormessage",
    "activedescendant",
    "flowto",
)
REFERENCES = {
    "for",
    "form",
    "list",
    "headers",
    "popovertarget",
    "data-key-of",
    *(f"aria-{name}" for name in ARIA),
}
LABELLED = {"input", "select", "textarea", "button", "meter", "output", "progress"}
"""What a label may be for."""
UNLABELLED_TYPES = {"hidden", "submit", "button", "reset", "image"}
NAMING = ("aria-label", "aria-labelledby", "title")
HEADINGS = {f"h{level}" for level in range(1, 7)}
DOUBLED_STOP = re.compile(r"(?<=\d[\s\u00a0])d\.\.(?!\.)")
"""A sentence that ends with a Lithuanian date, whose abbreviation has a full stop already.

The literal stands first, so that `re` goes from one to the next; what is before it is cut out afterwards.
"""
LANDMARKS = {"nav": "navigation", "aside": "complementary", "main": "main"}
LANDMARK_ROLES = {"navigation", "complementary", "main", "search", "banner", "contentinfo"}


@dataclass
class Element:
    """One element of a page."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: list["Element"] = field(default_factory=list)
    is_inert: bool = False
    """Whether it stands in a template, which is no part of the page."""

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")

    def within(self) -> Iterator["Element"]:
        """Everything inside it, in order."""
        for child in self.children:
            yield child
            yield from child.within()

    def around(self) -> Iterator["Element"]:
        """Itself and what it stands in, from the inside out."""
        here: Element | None = self
        while here is not None:
            yield here
            here = here.parent

    @property
    def waits_for_a_script(self) -> bool:
        """Whether it stands in something that is hidden until a script fills and shows it."""
        return any(
            "hidden" in one.attributes or (one.tag == "dialog" and "open" not in one.attributes)
            for one in self.around()
        )

    def __str__(self) -> str:
        shown = " ".join(
            f'{name}="{value}"'
            for name, value in self.attributes.items()
            if name in {"id", "class", "name", "href"}
        )
        return f"<{self.tag} {shown[:100]}>" if shown else f"<{self.tag}>"


class _Tree(HTMLParser):
    """Builds the elements of a page; templates are no part of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.here = Element("", {})
        self.elements: list[Element] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = self._add(tag, attrs)
        if tag not in VOID:
            self.here = made

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        around = self.here
        made = Element(tag, {name: value or "" for name, value in attrs}, around)
        made.is_inert = around.is_inert or around.tag == "template" or tag == "template"
        around.children.append(made)
        if not made.is_inert:
            self.elements.append(made)
        return made

    def handle_endtag(self, tag: str) -> None:
        opened = next((one for one in self.here.around() if one.tag == tag), None)
        if opened is not None and opened.parent is not None:
            self.here = opened.parent


def structure(html: str) -> list[str]:
    """What is wrong with a page, one line each; empty when nothing is."""
    elements = _Tree(html).elements
    checks = (_ids, _references, _addresses, _fields, _lists, _tables) + (
        (_headings, _landmarks) if elements and elements[0].tag == "html" else ()
    )
    doubled = [
        f"two full stops: {html[max(found.start() - 25, 0) : found.end()]}"
        for found in DOUBLED_STOP.finditer(html)
    ]
    return doubled + [fault for check in checks for fault in check(elements)]


def _ids(elements: list[Element]) -> Iterator[str]:
    for name, times in Counter(one.id for one in elements if "id" in one.attributes).items():
        if times > 1 or not name.strip() or re.search(r"\s", name):
            yield f"id {name!r} stands {times} times"


def _references(elements: list[Element]) -> Iterator[str]:
    known = {one.id: one for one in elements if one.id}
    for one in elements:
        for name, value in one.attributes.items():
            for wanted in value.split() if name in REFERENCES else ():
                if wanted not in known:
                    yield f"{one} {name}={wanted!r} leads nowhere"
                elif one.tag == "label" and name == "for" and known[wanted].tag not in LABELLED:
                    yield f"{one} is a label for {known[wanted]}"
        href = one.attributes.get("href", "")
        if one.tag == "a" and href.startswith("#") and href[1:] not in known:
            yield f"{one} leads nowhere"


def _addresses(elements: list[Element]) -> Iterator[str]:
    """A number in an address is written for programs: „2 027“ would be another year."""
    for one in elements:
        for name in ("href", "src", "action"):
            if re.search(r"\s", one.attributes.get(name, "").strip()):
                yield f"{one} {name} with a space in it"


def _fields(elements: list[Element]) -> Iterator[str]:
    labels = {one.attributes["for"] for one in elements if one.tag == "label" and "for" in one.attributes}
    for one in elements:
        if (
            one.tag not in {"input", "select", "textarea"}
            or one.attributes.get("type") in UNLABELLED_TYPES
            or "hidden" in one.attributes
        ):
            continue
        is_wrapped = any(outer.tag == "label" for outer in one.around())
        if not is_wrapped and one.id not in labels and not any(one.attributes.get(name) for name in NAMING):
            yield f"{one} has no label"


def _headings(elements: list[Element]) -> Iterator[str]:
    levels = [(int(one.tag[1]), one) for one in elements if one.tag in HEADINGS and not _is_apart(one)]
    if [level for level, _one in levels].count(1) != 1:
        yield f"{[level for level, _one in levels].count(1)} h1"
    before = 0
    for level, one in levels:
        if level > before + 1:
            yield f"{one} comes after {'h' + str(before) if before else 'nothing'}"
        before = level


def _is_apart(heading: Element) -> bool:
    """A dialog has headings of its own, and a window in the bar of the desk stands before the page's."""
    return any(
        one.tag in {"dialog", "noscript"}
        or "popover" in one.attributes
        or "bell-list" in one.attributes.get("class", "")
        for one in heading.around()
    )


def _lists(elements: list[Element]) -> Iterator[str]:
    for one in elements:
        if (
            one.tag in LISTS
            and not one.waits_for_a_script
            and not {child.tag for child in one.children} & LISTS[one.tag]
        ):
            yield f"{one} is an empty list"


def _tables(elements: list[Element]) -> Iterator[str]:
    for one in elements:
        if one.tag != "table":
            continue
        heads = [cell for cell in one.within() if cell.tag == "th"]
        if any("scope" not in cell.attributes for cell in heads):
            yield f"{one} has headers without a scope"
        if not any(cell.attributes.get("scope") in {"col", "colgroup"} for cell in heads):
            yield f"{one} has no headers of columns"


def _landmarks(elements: list[Element]) -> Iterator[str]:
    found: dict[str, list[Element]] = {}
    for one in elements:
        role = one.attributes.get("role", LANDMARKS.get(one.tag, ""))
        if role in LANDMARK_ROLES:
            found.setdefault(role, []).append(one)
    if len(found.get("main", [])) != 1:
        yield f"{len(found.get('main', []))} main"
    for role, those in found.items():
        names = [
            next((f"{name}={one.attributes[name]}" for name in NAMING if one.attributes.get(name)), "")
            for one in those
        ]
        if role == "complementary" or len(those) > 1:
            yield from (
                f"{one} ({role}) has no name" for one, name in zip(those, names, strict=True) if not name
            )
            yield from (
                f"{times} × {role} with {name}"
                for name, times in Counter(names).items()
                if name and times > 1
            )
