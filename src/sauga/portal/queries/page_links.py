"""Links to pages: what lists show of a page. A whole page of the CMS costs more to make than its line in a
list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sauga.kernel.i18n import sort_key
from sauga.portal.models.addresses import addresses_of
from sauga.portal.states import ICONS, Audience

COLUMNS = ("pk", "title", "summary", "url_path", "locale_id", "topics", "audiences")
PATH = COLUMNS.index("url_path")
title_key = lru_cache(maxsize=4000)(sort_key)
"""Titles of published pages in order; the same ones are sorted for every page."""


@dataclass(frozen=True)
class PageLink:
    """A page in a list. `topic` and `related` are those of a topic page, `audience` that of the landing page
    of one, `day` that of a news item."""

    pk: int
    title: str
    summary: str
    href: str
    locale_id: int
    topics: Sequence[str]
    audiences: Sequence[str]
    topic: str = ""
    related: Sequence[str] = ()
    audience: str = ""
    day: date | None = None

    @property
    def icon(self) -> str:
        """The icon of the audience."""
        return ICONS[Audience(self.audience)]


def links(rows: Iterable[tuple[Any, ...]], *more: str) -> list[PageLink]:
    """Links of rows with COLUMNS and, after them, `more`."""
    held = list(rows)
    hrefs = addresses_of([row[PATH] for row in held])
    columns, others = [row[: len(COLUMNS)] for row in held], [row[len(COLUMNS) :] for row in held]
    return [
        PageLink(pk, title, summary, href, *about, **dict(zip(more, rest, strict=True)))
        for href, (pk, title, summary, _path, *about), rest in zip(hrefs, columns, others, strict=True)
    ]
