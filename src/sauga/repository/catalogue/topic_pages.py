"""Where pages about topics and those of shipped texts are: their owner registers how they are found, so
that material and courses lead on to advice.
"""

from collections.abc import Callable, Sequence

type TopicPages = Callable[[Sequence[str], str, str], list[tuple[str, str]]]
"""Codes of topics, a language and an audience (or nothing) → title and address of the pages about them, open
at what they say to the audience."""
type StarterPages = Callable[[Sequence[str], str], dict[str, tuple[str, str]]]
"""Keys of shipped texts ("what-is/what-is-hotline") and a language → title and address of each that is
published."""
type PageOfTopic = Callable[[Sequence[str], str, str], dict[str, tuple[str, str]]]
"""The same → title and address of the page about each topic that has one."""

_sources: dict[str, TopicPages] = {}
_starter: dict[str, StarterPages] = {}
_by_topic: dict[str, PageOfTopic] = {}


def register(owner: str, pages: TopicPages) -> None:
    """Register the pages of an owner; the same owner again replaces them."""
    _sources[owner] = pages


def topic_pages(codes: Sequence[str], language: str, audiences: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Title and address of every page about one of these topics, in a language. From what is for one
    audience alone they lead to what they say to it."""
    audience = audiences[0] if len(audiences) == 1 else ""
    return [found for pages in _sources.values() for found in pages(codes, language, audience)]


def register_starter(owner: str, pages: StarterPages) -> None:
    """Register the pages that an owner has loaded from shipped texts."""
    _starter[owner] = pages


def starter_pages(keys: Sequence[str], language: str) -> dict[str, tuple[str, str]]:
    """Title and address of the published page of every key that has one, in a language."""
    return {key: found for pages in _starter.values() for key, found in pages(keys, language).items()}


def register_by_topic(owner: str, pages: PageOfTopic) -> None:
    """Register how the page of each topic is found."""
    _by_topic[owner] = pages


def page_of_topic(codes: Sequence[str], language: str, audience: str = "") -> dict[str, tuple[str, str]]:
    """Title and address of the page about each of these topics that has one, in a language, open at what it
    says to an audience."""
    return {
        code: found
        for pages in _by_topic.values()
        for code, found in pages(codes, language, audience).items()
    }
