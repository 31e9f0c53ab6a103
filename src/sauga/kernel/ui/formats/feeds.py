"""News for programs that fetch them: Atom (RFC 4287), the same form for every feed of the product."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sauga.kernel.i18n import languages
from sauga.kernel.ui.responses.cache_headers import versioned

MOST = 30
"""Entries in a feed."""
KIND = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One piece of news. `path` is its page's; it is also what names the entry for ever."""

    title: str
    path: str
    published: date | datetime
    updated: datetime
    summary: str = ""

    @property
    def published_text(self) -> str:
        """The moment, or the beginning of the day, as RFC 3339 writes it."""
        if isinstance(self.published, datetime):
            return self.published.isoformat()
        return f"{self.published.isoformat()}T00:00:00Z"


def atom(
    request: HttpRequest, *, title: Any, page: str, entries: Iterable[Entry], changed_at: datetime | None
) -> HttpResponse:
    """The feed at the address of the request. `page` is the path of the page that shows the same. A
    program that already has this version gets 304."""
    base = settings.ENV.base_url.rstrip("/")
    rows = list(entries)[:MOST]
    context = {
        "title": title,
        "base": base,
        "page": page,
        "path": request.path,
        "language": languages.active().code,
        "entries": rows,
        "updated": max((row.updated for row in rows), default=None),
    }
    return versioned(request, render(request, "ui/feed.xml", context, content_type=KIND), changed_at)
