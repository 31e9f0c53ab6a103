"""Rich text for translators: one text per paragraph, with bold, links and breaks as codes; and back into the
same markup.
"""

import copy
from collections.abc import Callable, Iterator, Sequence
from html import escape

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from sauga.repository.syndication.rules import xliff

FRAME = {"p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote"}
"""Elements that hold texts and are none."""
VOID = {"br", "hr", "embed", "img", "wbr"}
type Code = tuple[str, str]
LONGEST_KEY = 18


def pieces(html: str) -> list[str]:
    """The texts of rich text in reading order, each with its inner markup.

    >>> pieces("<p>One <b>two</b></p><ul><li>three</li></ul>")
    ['One <b>two</b>', 'three']
    """
    return ["".join(map(_html, run)) for run in _runs(_read(html))]


def with_pieces(html: str, said: Sequence[str]) -> str:
    """The same markup with other texts, as many as `pieces` finds.

    >>> with_pieces("<p>One <b>two</b></p><p>three</p>", ["Eins", "<b>drei</b>"])
    '<p>Eins</p><p><b>drei</b></p>'
    """
    frame = _read(html)
    for run, fragment in zip(list(_runs(frame)), said, strict=True):
        for new in list(_read(fragment).contents):
            run[0].insert_before(new.extract())
        for old in run:
            old.extract()
    return str(frame)


def coded(fragment: str) -> tuple[str, tuple[Code, ...]]:
    """One text with a character per code, and what the codes stand for, in the order of their numbers.

    >>> text, codes = coded('One <b>two</b><br/>')
    >>> codes, len(text)
    ((('<b>', '</b>'), ('<br/>', '')), 10)
    """
    codes: list[Code] = []
    return "".join(_coded(_read(fragment), codes)), tuple(codes)


def from_coded(text: str, codes: Sequence[Code]) -> str:
    """The text with its markup restored. Its codes are those of `codes`; see `xliff.same_codes`."""
    parts = []
    for letter in text:
        kind, number = xliff.code_of(letter) or (0, 0)
        if 0 < number <= len(codes):
            parts.append(codes[number - 1][kind == xliff.CLOSED])
        else:
            parts.append(escape(letter, quote=False))
    return "".join(parts)


def to_twins(code: Code, twin: Callable[[int], int]) -> Code:
    """Point links to our pages at their translations."""
    start, end = code
    link = _read(start).a
    key = str(link.get("id", "")) if link is not None and link.get("linktype") == "page" else ""
    if link is None or not (key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY):
        return code
    link["id"] = str(twin(int(key)))
    return str(link).removesuffix(end), end


def _read(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def _html(node: PageElement) -> str:
    return node.decode() if isinstance(node, Tag) else escape(str(node), quote=False)


def _runs(element: Tag) -> Iterator[list[PageElement]]:
    """Adjacent nodes that make one text: what is between block elements, unless it is only whitespace."""
    run: list[PageElement] = []
    for child in [*element.children, None]:
        framed = isinstance(child, Tag) and child.name in FRAME
        if child is not None and not framed:
            run.append(child)
            continue
        if any(_html(part).strip() for part in run):
            yield run
        run = []
        if isinstance(child, Tag):
            yield from _runs(child)


def _coded(element: Tag, codes: list[Code]) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, NavigableString):
            yield str(child)
        elif isinstance(child, Tag):
            codes.append(_ends(child))
            number = len(codes)
            if child.name in VOID:
                yield xliff.alone(number)
            else:
                yield xliff.opened(number)
                yield from _coded(child, codes)
                yield xliff.closed(number)


def _ends(tag: Tag) -> Code:
    if tag.name in VOID:
        return str(tag), ""
    shell = copy.copy(tag)
    shell.clear()
    end = f"</{tag.name}>"
    return str(shell).removesuffix(end), end
