"""Links to pages in rich text, as visitors follow them."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.rich_text import expand_db_html
from wagtail.rich_text.pages import PageLinkHandler

from sauga.kernel import statements
from sauga.portal.models.addresses import addresses_of
from sauga.portal.queries.page_links import has_advice
from sauga.portal.rules import readers

TAG = re.compile(r"<a [^<>]*>")
EXPANDED = re.compile(r"<(?:a|embed) [^<>]*>")
"""What Wagtail replaces in rich text as it is drawn."""
ID = re.compile(r'\bid="(\d+)"')


@statements.prepared
def _linked(*, keys: list[int]) -> Any:
    return Page.objects.filter(pk__any_of=keys).values_list(
        "pk", "url_path", "locale__language_code", "content_type_id"
    )


type Places = dict[str, tuple[str, str, int]]
_known: ContextVar[Places | None] = ContextVar("rich_text_links", default=None)
_reader: ContextVar[str] = ContextVar("rich_text_reader", default="")


def _places(keys: Iterable[str]) -> Places:
    """Path, language and kind of each page that exists."""
    rows = _linked(keys=[int(key) for key in keys if key.isdecimal()])
    return {str(key): (path, code, kind) for key, path, code, kind in rows}


@contextmanager
def read_by(reader: str) -> Iterator[None]:
    """Links drawn meanwhile open pages with advice at that of a group of readers; none: as before."""
    token = _reader.set(reader or _reader.get())
    try:
        yield
    finally:
        _reader.reset(token)


@contextmanager
def asked_once(*bodies: Any) -> Iterator[None]:
    """Find the pages to which the rich text of these bodies links in one query, while a page is drawn."""
    tags = [tag for body in bodies for tag in TAG.findall(repr(list(body.raw_data)))]
    keys = {key for tag in tags for key in ID.findall(tag)}
    token = _known.set(_places(keys) if keys else {})
    try:
        yield
    finally:
        _known.reset(token)


def expanded(text: str) -> str:
    """What the links and the embedded things of rich text become, in order: all that visitors see of it and
    that it does not say itself."""
    tags = "".join(EXPANDED.findall(text))
    return expand_db_html(tags) if tags else ""


class PageLinks(PageLinkHandler):
    """Wagtail's links to pages, found by addresses alone: one question for all links of a text.

    Wagtail loads each page whole, and asks for the active language once for every link.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """The opening tag of each link; without an address where there is no such page."""
        keys = [str(attrs.get("id")) for attrs in attrs_list]
        known = _known.get()
        if known is None or not known.keys() >= set(keys):
            known = _places(keys)
        there = list(dict.fromkeys(key for key in keys if key in known))
        hrefs = addresses_of([cls._path(key, *known[key][:2]) for key in there])
        tags = {key: cls._tag(href, known[key][2]) for key, href in zip(there, hrefs, strict=True)}
        return [tags.get(key, "<a>") for key in keys]

    @staticmethod
    def _tag(href: str, kind: int) -> str:
        reader = _reader.get()
        return f'<a href="{escape(readers.opened(href, reader) if reader and has_advice(kind) else href)}">'

    @staticmethod
    def _path(key: str, path: str, code: str) -> str:
        """Where the page is, or its translation into the language spoken."""
        if code == get_language():
            return path
        return str(Page.objects.get(pk=key).localized.url_path)
