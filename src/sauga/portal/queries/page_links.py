"""Links to pages: what lists show of a page. A whole page of the CMS costs more to make than its line in a
list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.contenttypes.models import ContentType

from sauga.kernel.i18n import sort_key
from sauga.portal.models.addresses import addresses_of
from sauga.portal.models.articles import AppGuidePage
from sauga.portal.models.landing_pages import TopicPage
from sauga.portal.rules import readers
from sauga.portal.states import ICONS, Audience

COLUMNS = ("pk", "title", "summary", "url_path", "locale_id", "topics", "audiences", "content_type_id")
PATH = COLUMNS.index("url_path")
title_key = lru_cache(maxsize=4000)(sort_key)
"""Titles of published pages in order; the same ones are sorted for every page."""


@dataclass(frozen=True)
class PageLink:
    """A page in a list. `kind` is the key of its kind of page, `topic` and `related` are those of a topic
    page, `audience` that of the landing page of one, `day` that of a news item."""

    pk: int
    title: str
    summary: str
    href: str
    locale_id: int
    topics: Sequence[str]
    audiences: Sequence[str]
    kind: int
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


def has_advice(kind: int) -> bool:
    """Whether pages of a kind say to each group of readers what it needs."""
    kinds = ContentType.objects.get_for_models(TopicPage, AppGuidePage)
    return kind in {one.pk for one in kinds.values()}


def opened_for(pages: Iterable[PageLink], reader: str) -> list[PageLink]:
    """Links as a group of readers follows them: pages with advice open at theirs."""
    if not reader:
        return list(pages)
    return [
        replace(one, href=readers.opened(one.href, reader)) if has_advice(one.kind) else one for one in pages
    ]
