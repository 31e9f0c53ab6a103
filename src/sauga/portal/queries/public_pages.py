"""What a public page shows beside its own text: landing pages, news, the next campaign, variants, partners,
help services.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet, Subquery, Value
from django.db.models.functions import Concat
from wagtail.models import Locale, Page, Site

from sauga.kernel import organisations, statements, vocab
from sauga.kernel.organisations.queries.roles import RoleHeld, in_order
from sauga.kernel.organisations.terms import RoleCode
from sauga.portal.models.addresses import address_of
from sauga.portal.models.articles import CampaignPage, NewsIndexPage, NewsPage, PlainPage
from sauga.portal.models.base import PortalPage
from sauga.portal.models.landing_pages import AudiencePage, TopicIndexPage, TopicPage
from sauga.portal.models.network import HelpEntry
from sauga.portal.queries.page_links import COLUMNS, PageLink, links, title_key
from sauga.portal.states import Audience

ORDER = {code: place for place, code in enumerate(Audience.values)}
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


@dataclass(frozen=True)
class Home:
    """What the home page of a language leads to: landing pages in the order of the design, a few topics (what
    is asked most comes first in the list of topics), the page of all topics, the latest news, the address of
    the list of news (empty where there is none), and the plain pages right below it: what else there is."""

    landing_pages: list[PageLink]
    topics: list[PageLink]
    topic_index: PageLink | None
    news: list[PageLink]
    news_index: str
    first_pages: list[PageLink]


def home(language: str) -> Home:
    """What the home page of a language leads to. One query."""
    found = _home(language=language)
    place = {term.code: place for place, term in enumerate(vocab.terms("topics"))}
    landing_pages = links(found["landing_pages"], "audience")
    topics = links(found["topics"], *OF_TOPIC)
    return Home(
        landing_pages=sorted(landing_pages, key=lambda row: ORDER.get(row.audience, 99)),
        topics=sorted(topics, key=lambda row: place.get(row.topic, len(place)))[:TOPICS_ON_HOME],
        topic_index=next(iter(links(found["topic_index"])), None),
        news=links(found["news"], "day"),
        news_index=next((address_of(path) for (path,) in found["news_index"]), ""),
        first_pages=links(found["first_pages"]),
    )


@statements.united
def _home(*, language: str) -> dict[str, Any]:
    audiences = AudiencePage.objects.live().filter(
        depth=BELOW_HOME, locale__language_code=language, main__isnull=True
    )
    news = NewsPage.objects.live().filter(locale__language_code=language, main__isnull=True)
    plain = PlainPage.objects.live().filter(
        locale__language_code=language, depth=BELOW_HOME, main__isnull=True
    )
    lists = NewsIndexPage.objects.filter(locale__language_code=language)
    return {
        "landing_pages": audiences.order_by("path").values_list(*COLUMNS, "audience"),
        "topics": topic_pages(language),
        "topic_index": topic_index(language),
        "news": news.order_by("-day", "-pk").values_list(*COLUMNS, "day")[:NEWS_ON_HOME],
        "news_index": lists.order_by("path").values_list("url_path")[:1],
        "first_pages": plain.order_by("path").values_list(*COLUMNS),
    }


def topic_index(language: str) -> Any:
    """The page that lists all topics of one language, with COLUMNS."""
    return TopicIndexPage.objects.live().filter(locale__language_code=language).values_list(*COLUMNS)


OF_TOPIC = ("topic", "related")


def topic_pages(language: str) -> Any:
    """The topic pages of one language, with COLUMNS and OF_TOPIC."""
    rows = TopicPage.objects.live().filter(
        depth=BELOW_HOME, locale__language_code=language, main__isnull=True
    )
    return rows.values_list(*COLUMNS, *OF_TOPIC)


@statements.prepared
def _topics(*, language: str) -> Any:
    return topic_pages(language)


def topics(page: Page) -> list[PageLink]:
    """The topic pages in the language of a page, by title."""
    rows = links(_topics(language=page.locale.language_code), *OF_TOPIC)
    return sorted(rows, key=lambda row: title_key(row.title))


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
