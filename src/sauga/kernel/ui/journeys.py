"""Journeys: the pages that a person in need meets, by what they came for (help, chat, report, …).

Services name the pages of each (`Service.journeys`). A language that does not have every page has those of
the journeys in its row (`kernel.i18n.languages`), and no others.
"""

from collections.abc import Collection, Mapping

from sauga.kernel.i18n.languages import Language

_journeys: dict[str, str] = {}


def register(journeys: Mapping[str, Collection[str]]) -> None:
    """Name the pages (by their URL names) that belong to journeys."""
    _journeys.update((name, journey) for journey, names in journeys.items() for name in names)


def pages(language: Language) -> list[str]:
    """The URL names of all pages that exist in a language that is not whole."""
    return [name for name in _journeys if exists_in(name, language)]


def exists_in(name: str | None, language: Language) -> bool:
    """Whether the page of this URL name exists in a language."""
    return language.is_whole or _journeys.get(name or "") in language.pages
