"""The links of a page: to other pages, files and resources, to our own addresses, and external ones."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.urls import Resolver404, resolve
from django.utils.translation import get_language, override
from wagtail.models import Page, Revision

from sauga.kernel.identity import PersonActor
from sauga.kernel.ui.hrefs import parts_of
from sauga.kernel.ui.parameters.numbers import whole
from sauga.portal.models.base import PortalPage
from sauga.portal.models.media import Attachment
from sauga.portal.models.outside_links import OutsideLink
from sauga.portal.queries import cards
from sauga.repository.resources.rules.gate_facts import Finding

LONGEST = 2000
HERE = "wagtail_serve"
"""The name of the address under which all pages of the site stand."""


@dataclass
class Links:
    """Everything that a page links to, each once, in the order of the text: key → link text."""

    pages: dict[int, str] = field(default_factory=dict)
    files: dict[int, str] = field(default_factory=dict)
    resources: dict[str, str] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)
    outside: dict[str, str] = field(default_factory=dict)


class _Anchors(HTMLParser):
    """The links of rich text with their texts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[dict[str, str], str]] = []
        self._open: dict[str, str] | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._open, self._words = {name: value or "" for name, value in attrs}, []

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open is not None:
            self.found.append((self._open, " ".join("".join(self._words).split())))
            self._open = None


def links_of(page: PortalPage) -> Links:
    """Every link of the version that the object holds."""
    found = Links()
    for value in (page.body, getattr(page, "picks", None)):
        for block in value.get_prep_value() if value else ():
            _block(str(block["type"]), block["value"], found)
    for source in page.sources.get_prep_value():
        if address := source["value"].get("address"):
            found.outside.setdefault(address, source["value"]["title"])
    return found


def _block(kind: str, value: Any, found: Links) -> None:
    if kind == "pages":
        found.pages.update(
            {int(key): str(value.get("title", "")) for key in _items(value.get("pages")) if key}
        )
    elif kind == "advice":
        for inner in value["body"]:
            _block(str(inner["type"]), inner["value"], found)
    elif kind == "resources":
        found.resources.update({str(slug).strip(): str(slug) for slug in _items(value.get("slugs"))})
    else:
        for text in _strings(value):
            if "<a" in text:
                _rich(text, found)


def _items(value: Any) -> Iterator[Any]:
    yield from (one["value"] if isinstance(one, dict) and "value" in one else one for one in value or ())


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)
    elif isinstance(value, str):
        yield value


def _rich(text: str, found: Links) -> None:
    parser = _Anchors()
    parser.feed(text)
    for attributes, words in parser.found:
        kind, key, href = (
            attributes.get("linktype", ""),
            attributes.get("id", ""),
            attributes.get("href", "").strip(),
        )
        if kind == "page" and (number := whole(key)):
            found.pages.setdefault(number, words)
        elif kind == "document" and (number := whole(key)):
            found.files.setdefault(number, words)
        elif href and not href.startswith("#"):
            (found.inside if is_inside(href) else found.outside).setdefault(href, words)


def is_inside(href: str) -> bool:
    """Whether an address is one of ours. An unreadable one counts as such."""
    parts = parts_of(href)
    return (
        parts is None
        or (not parts.scheme and not parts.netloc)
        or f"{parts.scheme}://{parts.netloc}" == settings.ENV.base_url.rstrip("/")
    )


def faults(page: PortalPage, at: datetime) -> list[Finding]:
    """Broken or wrong links of a version, in the order of the text."""
    links = links_of(page)
    return [
        *_pages(page, links, at),
        *_files(links),
        *(Finding("link_resource", text=slug) for slug in links.resources if not cards.cards([slug])),
        *(
            Finding("link_nowhere", words, href)
            for href, words in links.inside.items()
            if not _leads_somewhere(href)
        ),
        *_broken(links),
    ]


def _pages(page: PortalPage, links: Links, at: datetime) -> Iterator[Finding]:
    """A link to a page that is not live fails, unless that page is published no later than this one."""
    held = Page.objects.in_bulk(links.pages)
    until = max(at, page.go_live_at or at)
    for key, words in links.pages.items():
        target = held.get(key)
        if target is None:
            yield Finding("link_lost", words)
        elif key != page.pk and not target.live and not _goes_up(target, until):
            yield Finding("link_draft", words, target.title)


def _goes_up(target: Page, until: datetime) -> bool:
    return bool(
        Revision.page_revisions.filter(object_id=str(target.pk), approved_go_live_at__lte=until).exists()
    )


def _files(links: Links) -> Iterator[Finding]:
    held = set(Attachment.objects.filter(pk__in=links.files).values_list("pk", flat=True))
    yield from (Finding("link_file", words) for key, words in links.files.items() if key not in held)


def _broken(links: Links) -> Iterator[Finding]:
    """External links by their last periodic check; one that was never checked, or failed once, is no
    fault.
    """
    gone = set(OutsideLink.objects.broken().filter(url__in=links.outside).values_list("url", flat=True))
    yield from (Finding("link_broken", words, href) for href, words in links.outside.items() if href in gone)


def can_be_asked(href: str) -> bool:
    """Whether an external link can be requested: not an email address or telephone number."""
    parts = parts_of(href)
    return (
        parts is not None
        and parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and len(href) <= LONGEST
    )


def broken_links() -> QuerySet[OutsideLink]:
    """Broken links with their places; longest broken first. Two queries."""
    return OutsideLink.objects.broken().prefetch_related("places").order_by("broken_at", "url")


def broken_on(page: PortalPage) -> list[OutsideLink]:
    """The broken ones among the links of the version that the object holds; longest broken first."""
    outside = links_of(page).outside
    return list(OutsideLink.objects.broken().filter(url__in=outside).order_by("broken_at", "url"))


def broken_count(by: PersonActor, at: datetime) -> int:
    """How many."""
    return int(OutsideLink.objects.broken().count())


def known() -> tuple[int, datetime | None]:
    """How many external links there are, and when one was last checked."""
    newest = (
        OutsideLink.objects.exclude(checked_at=None)
        .order_by("-checked_at")
        .values_list("checked_at", flat=True)
        .first()
    )
    return int(OutsideLink.objects.count()), newest


def link_for(key: int) -> OutsideLink:
    """One of them. Raises Http404."""
    found = OutsideLink.objects.filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _leads_somewhere(href: str) -> bool:
    """Whether one of our addresses responds: a live page, or any other existing address."""
    parts = parts_of(href)
    if parts is None:
        return False
    path = parts.path or "/"
    language = path.strip("/").split("/")[0]
    try:
        with override(language if language in dict(settings.LANGUAGES) else get_language()):
            met = resolve(path)  # addresses are translated
    except Resolver404:
        return False
    if met.url_name != HERE:
        return True
    return bool(
        PortalPage.objects.live()
        .filter(url_path=f"/{path.strip('/')}/", locale__language_code=language)
        .exists()
    )
