"""What a reader would see of a page: its title, its headings and its blocks of text.

Linear in the page's length, whatever it holds.

The text lives in memory while a check is judged and is never kept; only its similarity hash is.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from html import unescape
from itertools import filterfalse

from sauga.kernel.i18n import normalised

MOST_TEXT = 20_000  # letters of visible text that are read
SHORT_PAGE = 1_200  # a page with less visible text than this is a notice rather than an article
SHORT_BLOCK = 220  # a block longer than this is prose, in which a removal phrase proves nothing

_UNSEEN = {"script", "style", "noscript", "template", "svg", "iframe", "object", "textarea", "select", "math"}
_INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "big",
    "cite",
    "code",
    "em",
    "font",
    "i",
    "ins",
    "kbd",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strong",
}
_INLINE |= {"sub", "sup", "time", "tt", "u", "var", "wbr", "label", "del"}
_HEADINGS = {"h1", "h2"}
_TAG_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:-]*)")
_BLANK = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")
_PASSWORD = re.compile(r"""type\s*=\s*["']?password\b""", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Page:
    """The visible part of a page. `blocks` are paragraphs, cells, items;

    `headings` are those among them that head the page.
    """

    title: str = field(default="", repr=False)
    headings: tuple[str, ...] = field(default=(), repr=False)
    blocks: tuple[str, ...] = field(default=(), repr=False)
    has_password: bool = False

    @property
    def text(self) -> str:
        """All blocks in order, one a line, without the title."""
        return "\n".join(self.blocks)

    @property
    def is_short(self) -> bool:
        """Whether there is so little text that a phrase in it speaks for the whole page."""
        return sum(map(len, self.blocks)) <= SHORT_PAGE


def read_page(markup: str) -> Page:
    """Read HTML, or plain text and JSON, which are one block a line."""
    if "<" not in markup:
        return Page(blocks=_plain_blocks(markup))
    reader = _Reader(markup)
    reader.run()
    return Page(
        title=reader.title,
        headings=tuple(reader.headings),
        blocks=tuple(reader.blocks),
        has_password=reader.has_password,
    )


def _plain_blocks(text: str) -> tuple[str, ...]:
    lines = (_BLANK.sub(" ", line).strip() for line in text[:MOST_TEXT].splitlines())
    return tuple(line for line in lines if line)


class _Reader:
    """One pass over the markup; every step moves forward, so that no page can make it slow."""

    def __init__(self, markup: str) -> None:
        self.markup, self.lower = markup, markup.lower()
        self.title, self.has_password = "", False
        self.headings: list[str] = []
        self.blocks: list[str] = []
        self._current: list[str] = []
        self._heading = False
        self._room = MOST_TEXT

    def run(self) -> None:
        here, end = 0, len(self.markup)
        while here < end and self._room > 0:
            opened = self.markup.find("<", here)
            if opened < 0:
                self._say(self.markup[here:])
                break
            self._say(self.markup[here:opened])
            here = self._tag(opened)
        self._close_block()

    def _tag(self, opened: int) -> int:
        """Deal with the tag at `opened`; returns where to read on (the end of the markup when the tag is
        never closed)."""
        if self.markup.startswith("<!--", opened):
            closed = self.markup.find("-->", opened + 4)
            return len(self.markup) if closed < 0 else closed + 3
        named = _TAG_NAME.match(self.lower, opened + 1)
        if named is None and self.markup[opened + 1 : opened + 2] not in {"!", "?", "/"}:
            self._say("<")
            return opened + 1
        closed = self.markup.find(">", opened + 1)
        if closed < 0:
            return len(self.markup)
        if named is None:
            return closed + 1
        name, ending = named[1], self.markup[opened + 1] == "/"
        if name == "input" and _PASSWORD.search(self.markup, opened, closed):
            self.has_password = True
        if not ending and (name in _UNSEEN or name == "title"):
            return self._skip(name, closed + 1)
        if name not in _INLINE:
            self._close_block()
            self._heading = name in _HEADINGS and not ending
        return closed + 1

    def _skip(self, name: str, start: int) -> int:
        """Past the element's end. A title is kept, everything else that is never shown is dropped."""
        finish = self.lower.find(f"</{name}", start)
        if name == "title" and not self.title and finish >= 0:
            self.title = _BLANK.sub(" ", unescape(self.markup[start : min(finish, start + 500)])).strip()
        return len(self.markup) if finish < 0 else finish

    def _say(self, raw: str) -> None:
        if raw:
            text = unescape(raw[: self._room]) if "&" in raw else raw[: self._room]
            self._room -= len(text)
            self._current.append(text)

    def _close_block(self) -> None:
        block = _BLANK.sub(" ", "".join(self._current)).strip()
        self._current.clear()
        if block:
            self.blocks.append(block)
            if self._heading:
                self.headings.append(block)


def fold(text: str) -> str:
    """Letters and digits only, without case and marks, words apart by one space and a space at both ends:
    ready for ` phrase ` in it."""
    bare = text.casefold()
    if not bare.isascii():
        bare = "".join(filterfalse(unicodedata.combining, normalised(bare, "NFKD")))
    return f" {_NOT_WORD.sub(' ', bare).strip()} "
