"""Where pages about topics and those of shipped texts are: whoever owns them registers how they are found, so
that material and courses lead on to advice.
"""

from collections.abc import Callable, Sequence

type TopicPages = Callable[[Sequence[str], str], list[tuple[str, str]]]
"""Codes of topics and a language → title and address of the pages about them."""
type StarterPages = Callable[[Sequence[str], str], dict[str, tuple[str, str]]]
"""Keys of shipped texts ("what-is/what-is-hotline") and a language → title and address of each that is
published."""
type PageOfTopic = Callable[[Sequence[str], str], dict[str, tuple[str, str]]]
"""Codes of topics and a language → title and address of the page about each that has one."""

_sources: dict[str, TopicPages] = {}
_starter: dict[str, StarterPages] = {}
_by_topic: dict[str, PageOfTopic] = {}


def register(owner: str, pages: TopicPages) -> None:
    """Register the pages of an owner; the same owner again replaces them."""
    _sources[owner] = pages


def topic_pages(codes: Sequence[str], language: str) -> list[tuple[str, str]]:
    """Title and address of every page about one of these topics, in a language."""
    return [found for pages in _sources.values() for found in pages(codes, language)]


def register_starter(owner: str, pages: StarterPages) -> None:
    """Register the pages that an owner has loaded from shipped texts."""
    _starter[owner] = pages


def starter_pages(keys: Sequence[str], language: str) -> dict[str, tuple[str, str]]:
    """Title and address of the published page of every key that has one, in a language."""
    return {key: found for pages in _starter.values() for key, found in pages(keys, language).items()}


def register_by_topic(owner: str, pages: PageOfTopic) -> None:
    """Register how the page of each topic is found."""
    _by_topic[owner] = pages


def page_of_topic(codes: Sequence[str], language: str) -> dict[str, tuple[str, str]]:
    """Title and address of the page about each of these topics that has one, in a language."""
    return {code: found for pages in _by_topic.values() for code, found in pages(codes, language).items()}
