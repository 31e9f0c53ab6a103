"""XML from other systems as a tree of bounded size and depth, without a document type.

A deep tree ends every recursion over it, and within an unbounded tree even a search for one name can take
minutes.
"""

from typing import Any
from xml.etree import ElementTree as etree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

DEEPEST, MOST_ELEMENTS = 100, 200_000


class TreeRefused(ValueError):
    """The text is not a tree that we read. `why`: doctype, deep, large, broken."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def read(text: str | bytes, *, deepest: int = DEEPEST, most: int = MOST_ELEMENTS) -> etree.Element:
    """The root of a document; reading stops at the bounds. Raises TreeRefused."""
    reader = XMLParser(target=_Builder(deepest, most), forbid_dtd=True)
    try:
        reader.feed(text)
        root: etree.Element = reader.close()
    except TreeRefused:
        raise
    except DefusedXmlException as forbidden:
        raise TreeRefused("doctype") from forbidden
    except (etree.ParseError, ValueError, LookupError) as broken:
        raise TreeRefused("broken") from broken
    return root


class _Builder(etree.TreeBuilder):
    """Builds the tree and counts."""

    def __init__(self, deepest: int, most: int) -> None:
        super().__init__()
        self.deepest, self.most = deepest, most
        self.depth = self.count = 0

    def start(self, tag: Any, attrs: Any, /) -> etree.Element:
        self.depth, self.count = self.depth + 1, self.count + 1
        if self.depth > self.deepest:
            raise TreeRefused("deep")
        if self.count > self.most:
            raise TreeRefused("large")
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> etree.Element:
        self.depth -= 1
        return super().end(tag)
