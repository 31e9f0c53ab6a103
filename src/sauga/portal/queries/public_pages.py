"""What a public page shows beside its own text: landing pages, news, the next campaign, variants, partners,
help services.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from wagtail.models import Locale, Page, Site

from sauga.kernel import organisations, statements, vocab
from sauga.kernel.organisations.queries.roles import RoleHeld, in_order
from sauga.kernel.organisations.terms import RoleCode
from sauga.portal.models.addresses import address_of, addresses_of
from sauga.portal.models.articles import CampaignPage, NewsIndexPage, NewsPage, PlainPage
from sauga.portal.models.base import PortalPage
from sauga.portal.models.landing_pages import AudiencePage, HomePage, TopicIndexPage, TopicPage
from sauga.portal.models.network import HelpEntry
from sauga.portal.queries.page_links import COLUMNS, PageLink, links, title_key
from sauga.portal.states import Audience, Level

ORDER = {code: place for place, code in enumerate(Audience.values)}
LEVELS = {code: place for place, code in enumerate(Level.values)}
LINKED = (
    *("title", "summary", "slug", "url_path", "path", "depth", "numchild", "live", "locale", "content_type"),
    *("translation_key", "audiences", "topics"),
)
"""What pages are told apart by: their bodies are not loaded for it."""
BELOW_HOME = 3
"""The depth of the pages right below a language's home page."""
NEWS_ON_HOME = 3
TOPICS_ON_HOME = 4
HELPERS = {RoleCode.ASSOCIATED, RoleCode.SUPPORTER}
"""Roles of those who help the centre and do not run it."""


def site() -> Site | None:
    """The site: there is one (`actions.site_setup`)."""
    return next(iter(_site()), None)


@statements.fetched
def _site() -> Any:
    return Site.objects.filter(is_default_site=True)


def page_at(language: str, path: str) -> PortalPage | None:
    """The live page at a path below a language's home page, with its language; the home page for an empty
    path.
    """
    parts = [part for part in path.split("/") if part]
    below = "".join(f"{part}/" for part in parts)
    for key, kind, locale, code in _place(
        language=language, below=below, slug=parts[-1] if parts else "", is_home=not parts
    ):
        model = ContentType.objects.get_for_id(kind).model_class()
        whole: list[PortalPage] = (
            _whole(model=model, key=key) if model is not None and issubclass(model, PortalPage) else []
        )
        for found in whole:
            found.locale = Locale.from_db(DEFAULT_DB_ALIAS, ["id", "language_code"], [locale, code])
            return found
    return None


@statements.prepared
def _place(*, language: str, below: str, slug: str, is_home: bool) -> Any:
    planted = Site.objects.filter(is_default_site=True).values("root_page__translation_key")[:1]
    home = Page.objects.filter(translation_key=Subquery(planted), locale__language_code=language, live=True)
    address = Concat(Subquery(home.values("url_path")[:1]), Value(below))
    found = home if is_home else Page.objects.filter(slug=slug, url_path=address, live=True)
    return found.values_list("pk", "content_type_id", "locale_id", "locale__language_code")


@statements.fetched
def _whole(*, model: type[PortalPage], key: int) -> Any:
    return model.objects.filter(pk=key)


def live_page(key: int) -> PortalPage | None:
    """A page that visitors can see, as what it is."""
    found = PortalPage.objects.live().filter(pk=key).select_related("locale").first()
    return found.specific if found else None


def twins(page: Page) -> dict[str, str]:
    """Language → address of the same page, for its languages; a variant's translation is the other language's
    main text.
    """
    rows = _twins(key=page.translation_key)
    hrefs = addresses_of([path for _code, path in rows])
    return {code: href for (code, _path), href in zip(rows, hrefs, strict=True) if href}


@statements.prepared
def _twins(*, key: UUID) -> Any:
    return Page.objects.filter(translation_key=key, live=True).values_list(
        "locale__language_code", "url_path"
    )


def variants(page: PortalPage) -> list[PortalPage]:
    """The text's variants, including this one, by level; empty when there is only one."""
    found = _variants(main=page.main_id or page.pk, locale=page.locale_id)
    for row in found:
        row.locale = page.locale
    return sorted(found, key=lambda row: LEVELS.get(row.level, 99)) if len(found) > 1 else []


@statements.fetched
def _variants(*, main: int, locale: int) -> Any:
    rows = PortalPage.objects.live().filter(Q(pk=main) | Q(main_id=main), locale_id=locale)
    return rows.only(*LINKED, "level")


def landing_pages(page: Page) -> list[PageLink]:
    """The landing pages of audiences in the language of a page, in the order of the design."""
    rows = links(_landing_pages(language=page.locale.language_code), "audience")
    return sorted(rows, key=lambda row: ORDER.get(row.audience, 99))


@statements.prepared
def _landing_pages(*, language: str) -> Any:
    rows = AudiencePage.objects.live().filter(
        depth=BELOW_HOME, locale__language_code=language, main__isnull=True
    )
    return rows.order_by("path").values_list(*COLUMNS, "audience")


def topics(page: Page) -> list[PageLink]:
    """The topic pages in the language of a page, by title."""
    rows = links(_topics(language=page.locale.language_code), "topic", "related")
    return sorted(rows, key=lambda row: title_key(row.title))


def first_topics(home: HomePage) -> list[PageLink]:
    """A few topic pages for the home page, in the order of the list of topics: what is asked most comes first
    there.
    """
    order = {term.code: place for place, term in enumerate(vocab.terms("topics"))}
    rows = links(_topics(language=home.locale.language_code), "topic", "related")
    return sorted(rows, key=lambda row: order.get(row.topic, len(order)))[:TOPICS_ON_HOME]


def topic_index(page: Page) -> PageLink | None:
    """The page that lists all topics of one language."""
    return next(iter(links(_topic_index(language=page.locale.language_code))), None)


@statements.prepared
def _topic_index(*, language: str) -> Any:
    rows = TopicIndexPage.objects.live().filter(locale__language_code=language)
    return rows.values_list(*COLUMNS)


@statements.prepared
def _topics(*, language: str) -> Any:
    rows = TopicPage.objects.live().filter(
        depth=BELOW_HOME, locale__language_code=language, main__isnull=True
    )
    return rows.values_list(*COLUMNS, "topic", "related")


def first_pages(home: HomePage) -> list[PageLink]:
    """The plain pages right below the home page: what else there is on the site."""
    return links(_first_pages(language=home.locale.language_code))


@statements.prepared
def _first_pages(*, language: str) -> Any:
    return (
        PlainPage.objects.live()
        .filter(locale__language_code=language, depth=BELOW_HOME, main__isnull=True)
        .order_by("path")
        .values_list(*COLUMNS)
    )


def news(home: Page) -> list[PageLink]:
    """The latest news of one language, for its home page."""
    return links(_news(language=home.locale.language_code), "day")


def news_index(home: Page) -> str:
    """The address of the list of news; empty where there is none."""
    return next((address_of(path) for (path,) in _news_index(language=home.locale.language_code)), "")


@statements.prepared
def _news_index(*, language: str) -> Any:
    rows = NewsIndexPage.objects.filter(locale__language_code=language)
    return rows.order_by("path").values_list("url_path")[:1]


@statements.prepared
def _news(*, language: str) -> Any:
    rows = NewsPage.objects.live().filter(locale__language_code=language, main__isnull=True)
    return rows.order_by("-day", "-pk").values_list(*COLUMNS, "day")[:NEWS_ON_HOME]


@dataclass(frozen=True)
class AllNews:
    """All news of one list, newest first; for paging."""

    first: str
    last: str

    @classmethod
    def of(cls, index: Page) -> "AllNews":
        """The news below a list."""
        return cls(*Page._get_children_path_interval(index.path))

    def __len__(self) -> int:
        return _news_count(first=self.first, last=self.last)[""]

    def __getitem__(self, part: slice) -> list[PageLink]:
        return links(_news_part(first=self.first, last=self.last, part=(part.start, part.stop)), "day")


@statements.counted()
def _news_count(*, first: str, last: str) -> dict[str, Any]:
    return {"": _news_between(first, last)}


@statements.prepared
def _news_part(*, first: str, last: str, part: tuple[int, int]) -> Any:
    rows = _news_between(first, last).order_by("-day", "-pk").values_list(*COLUMNS, "day")
    return rows[slice(*part)]


def _news_between(first: str, last: str) -> Any:
    return NewsPage.objects.live().filter(path__range=(first, last), main__isnull=True)


def next_campaign(home: Page, day: date) -> CampaignPage | None:
    """The next campaign, including one of today."""
    rows = _campaigns(language=home.locale.language_code)
    coming = [row for row in rows if row.day_on(day) >= day]
    return min(coming, key=lambda row: (row.day_on(day), row.pk), default=None)


@statements.fetched
def _campaigns(*, language: str) -> Any:
    rows = CampaignPage.objects.live().filter(locale__language_code=language, main__isnull=True)
    return rows.only(*LINKED, "day", "repeats", "look")


def under(page: Page) -> list[PageLink]:
    """The pages below one, in the editor's order."""
    first, last = Page._get_children_path_interval(page.path)
    return links(_under(first=first, last=last, depth=page.depth + 1))


@statements.prepared
def _under(*, first: str, last: str, depth: int) -> Any:
    rows = PortalPage.objects.live().filter(path__range=(first, last), depth=depth, main__isnull=True)
    return rows.order_by("path").values_list(*COLUMNS)


def partners(day: date) -> list[RoleHeld]:
    """The partners on that day, by role and name, with the names of that day."""
    return organisations.roles_on(day)


def centre_on(day: date) -> tuple[list[RoleHeld], list[RoleHeld]]:
    """Who ran the centre on that day, and who helped it; each organisation once, by its first role."""
    first = {row.organisation.pk: row for row in reversed(partners(day))}
    shown = in_order(row for row in first.values() if row.row.role != RoleCode.ADVISORY_BOARD)
    return (
        [row for row in shown if row.row.role not in HELPERS],
        [row for row in shown if row.row.role in HELPERS],
    )


def help_entries(codes: Iterable[str], day: date) -> list[HelpEntry]:
    """Help services on that day, for some codes or for all. Unconfirmed ones are omitted."""
    wanted = set(codes)
    return [row for row in _help_entries(day=day) if not wanted or row.code in wanted]


@statements.fetched
def _help_entries(*, day: date) -> QuerySet[HelpEntry]:
    return HelpEntry.objects.on(day).confirmed().order_by("order", "pk")
