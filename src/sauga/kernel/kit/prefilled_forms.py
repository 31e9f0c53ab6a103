"""Puts what was typed back into the form of a page that has just been drawn.

The page is the one that everybody gets, with its labels, its help and its fresh tokens. Only the start tags
of the fields and the text of text areas are exchanged; every other character of it stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import accumulate
from urllib.parse import urljoin, urlsplit

ANCHOR = "kept-form"
NEVER_FILLED = {"password", "file", "submit", "button", "image", "reset"}
CHOICES = {"checkbox", "radio"}

MARK = "data-unsent"
"""Says of a form that its text was typed and not sent, although the page was drawn with it."""
VERSIONS = {"version", "seen", "revision", "base", "based_on", "after"}
"""Hidden fields that say on what a text is based. It goes on being based on that: whoever changed it
meanwhile is not overwritten."""

type Attributes = dict[str, str | None]
type Edit = tuple[int, int, str]


@dataclass
class _Tag:
    """A start tag, and where it stands; of a text area also its text, of a select its options."""

    name: str
    attributes: Attributes
    start: int
    end: int
    text: tuple[int, int] = (0, 0)
    options: list["_Tag"] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The type of an input, else the name of the element."""
        return (self.attributes.get("type") or "text").lower() if self.name == "input" else self.name

    def changed(self, **changes: str | None) -> Edit:
        """The tag with attributes put in; None takes one out."""
        given = {**self.attributes, **{name: value for name, value in changes.items() if value is not None}}
        kept = {name: value for name, value in given.items() if changes.get(name, "") is not None}
        said = "".join(f' {name}="{escape(value or "")}"' for name, value in kept.items())
        return self.start, self.end, f"<{self.name}{said}>"


@dataclass
class _Form:
    tag: _Tag
    folded: list[_Tag]
    fields: list[_Tag] = field(default_factory=list)

    def leads_to(self, path: str, page: str) -> bool:
        """Whether one of its buttons sends it to this address."""
        own = self.tag.attributes
        if "post" not in {(own.get("method") or "").lower(), "post" if "hx-post" in own else ""}:
            return False
        others = [own.get("hx-post"), *(one.attributes.get("formaction") for one in self.fields)]
        asked = [own.get("action") or "", *(one for one in others if one)]
        return path in {urlsplit(urljoin(page, one)).path for one in asked}

    def is_of(self, other: "Other", never: frozenset[str]) -> bool:
        """Whether this is the form that was typed into: it has all its fields, and is about the same."""
        hidden: dict[str, list[str]] = {}
        for one in self.fields:
            if one.kind == "hidden":
                name = one.attributes.get("name") or ""
                hidden.setdefault(name, []).append(one.attributes.get("value") or "")
        told = hidden.keys() - VERSIONS - never
        return (
            other.fields.keys() <= {one.attributes.get("name") for one in self.fields}
            and told == other.hidden.keys() - VERSIONS - never
            and all(hidden[name] == other.hidden[name] for name in told)
        )

    def likeness(self, typed: Mapping[str, Sequence[str]]) -> int:
        """How much of what was typed has a place here; what a form holds hidden tells it from its likes."""
        known = {one.attributes.get("name") for one in self.fields} & typed.keys()
        hidden = [one.attributes for one in self.fields if one.kind == "hidden"]
        same = [one for one in hidden if (one.get("value") or "") in typed.get(one.get("name") or "", ())]
        return len(known) + 2 * len(same)


class _Reader(HTMLParser):
    """Finds the forms of a page, and where its contents begin."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[_Form] = []
        self.top = 0
        self._lines = [0, *accumulate(len(line) for line in text.split("\n"))]
        self._form: _Form | None = None
        self._folded: list[_Tag] = []
        self._open: _Tag | None = None
        self._others: list[_Tag] = []
        self.feed(text)
        self.close()
        by_id = {form.tag.attributes.get("id"): form for form in self.forms}
        for one in self._others:
            if (form := by_id.get(one.attributes["form"])) is not None:
                form.fields.append(one)

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + (line - 1) + column  # the line ends are not in the lengths

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._here()
        made = _Tag(tag, dict(attrs), start, start + len(self.get_starttag_text() or ""))
        if tag in {"main", "body"}:
            self.top = made.end
        elif tag == "details":
            self._folded.append(made)
        elif tag == "form":
            self._form = _Form(made, list(self._folded))
            self.forms.append(self._form)
        elif tag == "option" and self._open is not None and self._open.name == "select":
            self._open.options.append(made)
        elif tag in {"input", "textarea", "select", "button"}:
            self._found(made)

    def _found(self, made: _Tag) -> None:
        if made.name in {"textarea", "select"}:
            self._open = made
        if made.attributes.get("form"):
            self._others.append(made)
        elif self._form is not None:
            self._form.fields.append(made)

    def handle_data(self, data: str) -> None:
        """An option without a value is worth its words."""
        if self._open is not None and self._open.options and "value" not in self._open.options[-1].attributes:
            self._open.options[-1].attributes["value"] = data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "details" and self._folded:
            self._folded.pop()
        elif self._open is not None and tag == self._open.name:
            if tag == "textarea":
                self._open.text = (self._open.end, self._here())
            self._open = None


@dataclass(frozen=True)
class Other:
    """A form that was not sent when another one of its page was: where it leads, what was typed or chosen in
    it, what it holds hidden, and whether it was seen."""

    path: str
    fields: Mapping[str, Sequence[str]]
    hidden: Mapping[str, Sequence[str]]
    is_open: bool


@dataclass(frozen=True)
class Filled:
    """A page with the form filled: its text, the anchor of the form, and the texts that have no place in it.

    Without such a form `anchor` is empty, and every text is left over.
    """

    page: str
    anchor: str
    left_over: list[str]


def fill(
    page: str, *, at: str, path: str, typed: Mapping[str, Sequence[str]], never: frozenset[str]
) -> Filled:
    """Fill the form that leads to `path` on the page at the address `at`; fields called `never` stay as they
    are."""
    found = [form for form in _Reader(page).forms if form.leads_to(path, at)]
    if not found:
        return Filled(page, "", [text for texts in typed.values() for text in texts])
    form = max(found, key=lambda one: one.likeness(typed))
    left = {name: list(texts) for name, texts in typed.items()}
    edits = [edit for one in form.fields for edit in _filled(one, typed, left, never)]
    anchor = form.tag.attributes.get("id") or ANCHOR
    edits.append(form.tag.changed(**{"id": anchor, MARK: ""}))
    edits += [one.changed(open="") for one in form.folded]
    return Filled(_edited(page, edits), anchor, [text for texts in left.values() for text in texts])


def put_back(page: str, *, at: Sequence[str], other: Other, never: frozenset[str]) -> str | None:
    """The page with the text in the form in which it was typed, and every other field as it was drawn; None
    when the form is not there. `at`: the addresses of the page, which forms without an action lead to."""
    for form in _Reader(page).forms:
        if not any(form.leads_to(other.path, one) for one in at) or not form.is_of(other, never):
            continue
        left = {name: list(texts) for name, texts in other.fields.items()}
        named = [one for one in form.fields if one.attributes.get("name") in other.fields]
        edits = [edit for one in named for edit in _filled(one, other.fields, left, never)]
        for one in form.fields:
            name = one.attributes.get("name")
            if one.kind == "hidden" and name in VERSIONS and (given := other.hidden.get(name)):
                edits.append(one.changed(value=given[0]))
        edits.append(form.tag.changed(**{MARK: ""}))
        if other.is_open:
            edits += [one.changed(open="") for one in form.folded]
        return _edited(page, edits)
    return None


def insert(page: str, note: str) -> str:
    """The page with a note at the head of its contents; without contents it stays as it is."""
    top = _Reader(page).top
    return page[:top] + note + page[top:] if top else page


def _filled(
    one: _Tag, typed: Mapping[str, Sequence[str]], left: dict[str, list[str]], never: frozenset[str]
) -> list[Edit]:
    name = one.attributes.get("name") or ""
    if not name or name in never:
        return []
    if one.kind in NEVER_FILLED:
        left.pop(name, None)
        return []
    if one.kind in CHOICES:
        left.pop(name, None)
        is_on = (one.attributes.get("value") or "on") in typed.get(name, ())
        return [one.changed(checked="" if is_on else None)]
    if one.kind == "select":
        left.pop(name, None)
        chosen = typed.get(name, ())
        return [
            option.changed(selected="" if (option.attributes.get("value") or "") in chosen else None)
            for option in one.options
        ]
    if not left.get(name):
        return []
    text = left[name].pop(0)
    return [(*one.text, "\n" + escape(text))] if one.kind == "textarea" else [one.changed(value=text)]


def _edited(page: str, edits: list[Edit]) -> str:
    for start, end, text in sorted(edits, reverse=True):
        page = page[:start] + text + page[end:]
    return page
