"""Navigation: services register their desk pages and their public entries here, so that no menu leads to a
missing page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from django.utils.functional import Promise

from sauga.kernel.i18n import search_stems, search_words, word_stems
from sauga.kernel.ui.hrefs import address

type Text = str | Promise


class Asked(Protocol):
    """Anyone whose permissions can be asked for: `identity.actor(request)`."""

    def can(self, permission: StrEnum) -> bool:
        """True when this actor holds the permission in some organisation today."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """A page in the desk's rail. Shown to those who hold one of `permissions` (to everybody signed in when
    empty).

    One with `children` is their heading: it leads to the first of them that this person may open, and without
    any it is left out. What waits at an item's page or `pages` is counted beside it; services declare that as
    the counters of “My day” (`kernel.identity.home`). `also` are pages whose addresses begin those of more
    pages of the item; `pages` (URL names) are pages of the item whose addresses say nothing of it, because
    they begin with another object.
    """

    url: str
    label: Text
    icon: str
    order: int = 50
    permissions: tuple[StrEnum, ...] = ()
    children: tuple["Item", ...] = ()
    also: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()


class Place(StrEnum):
    """Where a public site is offered."""

    BAR = "bar"
    CARD = "card"
    MENU = "menu"
    FOOT = "foot"
    RETURN = "return"


@dataclass(frozen=True, kw_only=True)
class PublicEntry:
    """A page offered to visitors.

    `label` is one or two words; `title`, `summary` and `note` stand on the card of the first page. The
    landing pages of `audiences` offer it too, by its title and summary. `reader_query` is the parameter of
    its address that names who reads, where the page answers children and adults in different ways; a page
    that knows its reader then adds it to the link in the foot.
    """

    url: str
    label: Text
    icon: str
    places: frozenset[Place]
    title: Text = ""
    summary: Text = ""
    note: Text = ""
    order: int = 50
    audiences: frozenset[str] = frozenset()
    reader_query: str = ""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """News of the site for programs that fetch them (Atom), named in the head of every public page so that
    they are found."""

    url: str
    title: Text


@dataclass(frozen=True)
class Link:
    """An entry ready to be drawn."""

    href: str
    entry: Item | PublicEntry
    current: bool = False
    count: int = 0
    children: list["Link"] = field(default_factory=list)


_items: dict[str, Item] = {}
_entries: dict[str, PublicEntry] = {}
_feeds: dict[str, Feed] = {}


def register(item: Item) -> None:
    """Add a page to the desk's rail; the same address again replaces the entry."""
    _items[item.url] = item


def register_public(entry: PublicEntry) -> None:
    """Offer a public page; the same address again replaces the entry."""
    _entries[entry.url] = entry


def register_feed(feed: Feed) -> None:
    """Name a feed on public pages; the same address again replaces the entry."""
    _feeds[feed.url] = feed


def feeds() -> list[tuple[str, Text]]:
    """Address and title of every feed, in the active language."""
    return [(href, feed.title) for feed in _feeds.values() if (href := address(feed.url))]


def rail(
    actor: Asked, path: str, page: str = "", waiting: Mapping[str, int] = MappingProxyType({})
) -> list[Link]:
    """The rail as this actor may see it; `waiting`: how much work waits at a page, by its URL name.

    The entry that has the page of this URL name among its `pages` is the current one, else the one with the
    longest address that begins `path`.
    """
    links = list(_visible(sorted(_items.values(), key=_order), actor, waiting))
    every = [link for top in links for link in (top, *top.children)]
    found = [(begin, link.href) for link in every for begin in _begins(link) if path.startswith(begin)]
    longest = max(found, key=lambda one: len(one[0]), default=("", ""))[1]
    named = (link.href for link in every if isinstance(link.entry, Item) and page in link.entry.pages)
    here = next(named, longest)
    return [_mark_current(link, here) for link in links]


def is_hidden_from(actor: Asked, path: str) -> bool:
    """Whether the page at `path` stands in the rail of others, but not of this actor."""
    every = [item for top in _items.values() for item in (top, *top.children)]
    return any(
        item.permissions and not any(actor.can(permission) for permission in item.permissions)
        for item in every
        if address(item.url) == path
    )


def _begins(link: Link) -> list[str]:
    """How the addresses of an entry's pages begin: its own, and those of the pages it also leads to."""
    others = link.entry.also if isinstance(link.entry, Item) else ()
    return [link.href, *(href for name in others if (href := address(name)))]


def public(place: Place) -> list[Link]:
    """The public entries offered at one place, in order, in the active language."""
    entries = sorted((entry for entry in _entries.values() if place in entry.places), key=_order)
    return [Link(href, entry) for entry in entries if (href := address(entry.url))]


def for_audience(audience: str) -> list[Link]:
    """What the landing page of an audience offers, in order, in the active language."""
    entries = sorted((entry for entry in _entries.values() if audience in entry.audiences), key=_order)
    return [Link(href, entry) for entry in entries if (href := address(entry.url))]


def named(text: str, language: str) -> list[Link]:
    """The public entries whose name, title or summary has every word of the text, whatever their endings."""
    words = [set(word_stems(word, language)) for word in search_words(text)]
    found = [
        entry for entry in sorted(_entries.values(), key=_order) if words and _has(entry, words, language)
    ]
    return [Link(href, entry) for entry in found if (href := address(entry.url))][:MOST_NAMED]


MOST_NAMED = 3


def _has(entry: PublicEntry, words: list[set[str]], language: str) -> bool:
    stems = set(search_stems(f"{entry.label} {entry.title} {entry.summary}", language))
    return all(word & stems for word in words)


def _order(entry: Item | PublicEntry) -> tuple[int, str]:
    return entry.order, entry.url


def _visible(items: Iterable[Item], actor: Asked, waiting: Mapping[str, int]) -> Iterable[Link]:
    for item in items:
        href = address(item.url)
        if not href or (
            item.permissions and not any(actor.can(permission) for permission in item.permissions)
        ):
            continue
        children = list(_visible(item.children, actor, waiting))
        if item.children and not children:
            continue
        count = sum(waiting.get(page, 0) for page in {item.url, *item.pages})
        yield (Link(children[0].href, item, children=children) if children else Link(href, item, count=count))


def _mark_current(link: Link, here: str) -> Link:
    children = [_mark_current(child, here) for child in link.children]
    current = link.href == here and not any(child.current for child in children)
    return Link(link.href, link.entry, current, link.count, children)


def public_pages(names: Iterable[str]) -> list[str]:
    """The URL names of the named pages and of every public site, each once."""
    return list(dict.fromkeys([*names, *(entry.url for entry in sorted(_entries.values(), key=_order))]))


def addresses(names: Iterable[str]) -> list[str]:
    """The addresses of those pages, each once, in the active language."""
    return list(dict.fromkeys(href for name in public_pages(names) if (href := address(name))))
