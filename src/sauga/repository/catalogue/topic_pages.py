"""Where pages about topics are: whoever owns them registers how they are found, so that material leads on to
advice.
"""

from collections.abc import Callable, Sequence

type TopicPages = Callable[[Sequence[str], str], list[tuple[str, str]]]
"""Codes of topics and a language → title and address of the pages about them."""

_sources: dict[str, TopicPages] = {}


def register(owner: str, pages: TopicPages) -> None:
    """Register the pages of an owner; the same owner again replaces them."""
    _sources[owner] = pages


def topic_pages(codes: Sequence[str], language: str) -> list[tuple[str, str]]:
    """Title and address of every page about one of these topics, in a language."""
    return [found for pages in _sources.values() for found in pages(codes, language)]
