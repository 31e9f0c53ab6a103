"""What a page leads on to: what an editor has pinned, then what is about the same topics or for the same
audience, then what stands beside it, so that no page is an end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from sauga.kernel import statements
from sauga.kernel.i18n import sort_key
from sauga.portal.models.articles import NewsPage
from sauga.portal.models.base import PortalPage
from sauga.portal.models.landing_pages import AudiencePage, HomePage, TopicIndexPage, TopicPage
from sauga.portal.queries import cards, public_pages
from sauga.portal.queries.page_gate import whom_of

MOST_PAGES, MOST_TOPICS, MOST_NEWS = 8, 8, 3
ENOUGH = 3
"""So many links onward a page has at least, where the site has that many pages."""


@dataclass
class Related:
    """The end of a page, in the order in which it is shown; `near` is filled where the rest is not enough."""

    pinned: list[PortalPage] = field(default_factory=list)
    pages: list[PortalPage] = field(default_factory=list)
    resources: list[dict[str, str]] = field(default_factory=list)
    filter: str = ""
    news: list[NewsPage] = field(default_factory=list)
    topics: list[TopicPage] = field(default_factory=list)
    near: list[PortalPage] = field(default_factory=list)


def related_to(page: PortalPage) -> Related:
    """What a page leads on to, without itself and without what an editor has pinned already."""
    audiences, codes = whom_of(page)
    pinned, slugs = _pinned(page)
    found = Related(pinned=pinned, resources=cards.cards(slugs))
    known = {page.pk, *(one.pk for one in pinned)}
    found.topics = [one for one in _topics(page, codes) if one.pk not in known][:MOST_TOPICS]
    if isinstance(page, AudiencePage):
        found.pages = _about(page, "audiences", [page.audience], known)
        found.filter = f"for={page.audience}"
        found.resources += cards.for_audience(page.audience)
    elif codes:
        found.pages = _about(page, "topics", codes, known)
        found.filter = f"topic={codes[0]}" if len(codes) == 1 else ""
        found.resources += cards.about(codes)
        found.news = _news(page, codes)
    found.resources = list({card["href"]: card for card in found.resources}.values())[: cards.MOST]
    links = [*pinned, *found.pages, *found.resources, *found.news, *found.topics]
    if len(links) < ENOUGH and not isinstance(page, HomePage):
        known |= {one.pk for one in (*found.pages, *found.news, *found.topics)}
        found.near = _near(page, audiences, known)
    return found


def _pinned(page: PortalPage) -> tuple[list[PortalPage], list[str]]:
    """The pinned pages in the language of the page, and the short names of the pinned resources."""
    chosen = [block.value for block in page.pinned if block.block_type == "page" and block.value]
    rows = PortalPage.objects.live().filter(
        translation_key__in=[one.translation_key for one in chosen], locale_id=page.locale_id
    )
    known = {row.translation_key: row for row in rows if row.pk != page.pk}
    found = [known[one.translation_key] for one in chosen if one.translation_key in known]
    return found, [block.value for block in page.pinned if block.block_type == "resource"]


def _topics(page: PortalPage, codes: Sequence[str]) -> list[TopicPage]:
    """The topic pages that a page is about; those related to a topic, in both directions."""
    rows = public_pages.topics(page)
    if isinstance(page, TopicPage):
        named = [*page.related, *(row.topic for row in rows if page.topic in row.related)]
    else:
        named = list(codes)
    order = {code: place for place, code in reversed(list(enumerate(named)))}
    return sorted((row for row in rows if row.topic in order), key=lambda row: order[row.topic])


def _about(page: PortalPage, what: str, codes: Iterable[str], known: set[int]) -> list[PortalPage]:
    """Explanations, guides, stories and tools that share codes with a page: those that share most first."""
    wanted = set(codes)
    rows = _sharing(shared=(what, tuple(sorted(wanted))), locale=page.locale_id)
    fit = [row for row in rows if row.pk not in known]
    fit.sort(key=lambda row: (-len(wanted & set(getattr(row, what))), sort_key(row.title)))
    return fit[:MOST_PAGES]


@statements.fetched
def _sharing(*, shared: Any, locale: int) -> Any:
    what, codes = shared
    rows = PortalPage.objects.live().filter(
        **{f"{what}__overlap": list(codes)},
        locale_id=locale,
        main__isnull=True,
        topicpage__isnull=True,
        newspage__isnull=True,
        audiencepage__isnull=True,
    )
    return rows.only(*public_pages.LINKED)


def _news(page: PortalPage, codes: Sequence[str]) -> list[NewsPage]:
    rows = _latest_news(codes=tuple(codes), locale=page.locale_id)
    return [row for row in rows if row.pk != page.pk][:MOST_NEWS]


@statements.fetched
def _latest_news(*, codes: Any, locale: int) -> Any:
    rows = NewsPage.objects.live().filter(locale_id=locale, main__isnull=True, topics__overlap=list(codes))
    return rows.order_by("-day", "-pk")[: MOST_NEWS + 1]


def _near(page: PortalPage, audiences: Sequence[str], known: set[int]) -> list[PortalPage]:
    """What stands beside a page, the landing pages of its readers, the list of topics."""
    beside = (
        PortalPage.objects.sibling_of(page)
        .live()
        .filter(main__isnull=True, topicpage__isnull=True, audiencepage__isnull=True)
    )
    landing = AudiencePage.objects.live().filter(locale_id=page.locale_id, main__isnull=True)
    index = TopicIndexPage.objects.live().filter(locale_id=page.locale_id)
    rows: list[PortalPage] = [*beside.order_by("path")[:MOST_PAGES], *index, *landing.order_by("path")]
    rows.sort(key=lambda row: isinstance(row, AudiencePage) and row.audience not in audiences)
    once = {row.pk: row for row in rows if row.pk not in known}
    return list(once.values())[:MOST_PAGES]


def topics_about(codes: Sequence[str], language: str) -> list[tuple[str, str]]:
    """Title and address of the topic pages with these codes, for pages of other services."""
    rows = TopicPage.objects.live().filter(
        topic__in=list(codes), locale__language_code=language, main__isnull=True
    )
    found = sorted(rows.only("title", "url_path"), key=lambda row: sort_key(row.title))
    return [(row.title, href) for row in found if (href := Page(url_path=row.url_path).url)]
