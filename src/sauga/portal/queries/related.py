"""What a page leads on to: what an editor has pinned, then what is about the same topics or for the same
audience, then what stands beside it, so that no page is an end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Func, IntegerField

from sauga.kernel import statements
from sauga.kernel.i18n.collation import lithuanian_order
from sauga.portal.models.addresses import address_of
from sauga.portal.models.articles import NewsPage
from sauga.portal.models.base import PortalPage
from sauga.portal.models.landing_pages import AudiencePage, HomePage, TopicPage
from sauga.portal.models.starter_texts import StarterText
from sauga.portal.queries import cards, public_pages
from sauga.portal.queries.around import whom_of
from sauga.portal.queries.page_links import COLUMNS, PageLink, links, opened_for, title_key
from sauga.portal.rules import readers

MOST_PAGES, MOST_TOPICS, MOST_NEWS = 8, 8, 3
MOST_COMPARED = 100
MOST_CONSIDERED = 500
"""Of more pages than these that share codes, the newest are compared: all of them would be read and sorted
for every page."""
ENOUGH = 3
"""So many links onward a page has at least, where the site has that many pages."""


type Rows = list[tuple[Any, ...]]
TOPIC = len(COLUMNS) + public_pages.OF_TOPIC.index("topic")


@dataclass
class Related:
    """The end of a page, in the order in which it is shown; `near` is filled where the rest is not enough."""

    pinned: list[PageLink] = field(default_factory=list)
    pages: list[PageLink] = field(default_factory=list)
    resources: list[dict[str, str]] = field(default_factory=list)
    filter: str = ""
    news: list[PageLink] = field(default_factory=list)
    topics: list[PageLink] = field(default_factory=list)
    near: list[PageLink] = field(default_factory=list)


def related_to(page: PortalPage, reader: str = "") -> Related:
    """What a page leads on to, without itself and without what an editor has pinned already. Pages with
    advice open at that of the reader, if any."""
    audiences, codes = whom_of(page)
    pinned, slugs = _pinned(page)
    found = Related(pinned=pinned, resources=cards.cards(slugs))
    known = {page.pk, *(one.pk for one in pinned)}
    column, wanted = ("audiences", [page.audience]) if isinstance(page, AudiencePage) else ("topics", codes)
    rows = _asked(
        column=column if wanted else "",
        codes=sorted(set(wanted)),
        is_one=len(set(wanted)) == 1,
        locale=page.locale_id,
        language=page.locale.language_code,
    )
    topics = [row for row in _topics(page, codes, rows["topics"]) if row[0] not in known]
    found.topics = links(topics[:MOST_TOPICS], *public_pages.OF_TOPIC)
    if isinstance(page, AudiencePage):
        found.filter = f"for={page.audience}"
        found.resources += cards.for_audience(page.audience)
    elif codes:
        found.filter = f"topic={codes[0]}" if len(codes) == 1 else ""
        found.resources += cards.about(codes)
        latest = links(rows["news"], "day")
        found.news = [row for row in latest if row.pk != page.pk][:MOST_NEWS]
    if wanted:
        found.pages = _most_shared(rows["sharing"], set(wanted), known)
    found.resources = list({card["href"]: card for card in found.resources}.values())[: cards.MOST]
    links_on = [*pinned, *found.pages, *found.news, *found.topics]
    if len(links_on) + len(found.resources) < ENOUGH and not isinstance(page, HomePage):
        known |= {one.pk for one in (*found.pages, *found.news, *found.topics)}
        found.near = _near(page, audiences, known)
    for name in ("pinned", "pages", "topics"):
        setattr(found, name, opened_for(getattr(found, name), reader))
    return found


def _pinned(page: PortalPage) -> tuple[list[PageLink], list[str]]:
    """The pinned pages in the language of the page, and the short names of the pinned resources."""
    chosen = [block.value for block in page.pinned if block.block_type == "page" and block.value]
    if not page.pinned:
        return [], []
    rows = PortalPage.objects.live().filter(
        translation_key__in=[one.translation_key for one in chosen], locale_id=page.locale_id
    )
    keys = dict(rows.exclude(pk=page.pk).values_list("translation_key", "pk"))
    known = {one.pk: one for one in links(rows.values_list(*COLUMNS))}
    found = [known[keys[one.translation_key]] for one in chosen if one.translation_key in keys]
    return found, [block.value for block in page.pinned if block.block_type == "resource"]


def _topics(page: PortalPage, codes: Sequence[str], rows: Rows) -> Rows:
    """Of all topic pages those that a page is about; those related to a topic, in both directions."""
    if isinstance(page, TopicPage):
        rows = sorted(rows, key=lambda row: title_key(row[1]))
        named = [*page.related, *(topic for *_columns, topic, related in rows if page.topic in related)]
    else:
        named = list(codes)
    order = {code: place for place, code in reversed(list(enumerate(named)))}
    return sorted((row for row in rows if row[TOPIC] in order), key=lambda row: order[row[TOPIC]])


def _most_shared(rows: Rows, wanted: set[str], known: set[int]) -> list[PageLink]:
    """Explanations, guides, stories and tools that share codes with a page: those that share most first."""
    place = len(COLUMNS)
    fit = [row for row in rows if row[0] not in known]
    fit.sort(key=lambda row: (-len(wanted & set(row[place])), title_key(row[1])))
    return links(row[:place] for row in fit[:MOST_PAGES])


@statements.united
def _asked(*, column: Any, codes: list[str], is_one: bool, locale: int, language: str) -> dict[str, Any]:
    """All topic pages, and what shares codes of a column with a page, where there are codes."""
    topics = {"topics": public_pages.topic_pages(language)}
    if not column:
        return topics
    sharing = _sharing(column, codes, locale, is_one=is_one)
    if column != "topics":
        return {**topics, "sharing": sharing}
    news = NewsPage.objects.live().filter(
        locale_id=locale, main__isnull=True, topics__overlap=statements.codes(codes)
    )
    latest = news.order_by("-day", "-pk").values_list(*COLUMNS, "day")[: MOST_NEWS + 1]
    return {**topics, "sharing": sharing, "news": latest}


def _sharing(column: str, codes: list[str], locale: int, *, is_one: bool) -> Any:
    """The first of them, nearly in the order of `_most_shared` (punctuation apart): however many there are,
    no more are read."""
    sharing = PortalPage.objects.live().filter(
        **{f"{column}__overlap": statements.codes(codes)},
        locale_id=locale,
        main__isnull=True,
        topicpage__isnull=True,
        newspage__isnull=True,
        audiencepage__isnull=True,
    )
    newest = sharing.order_by("-pk").values("pk")[:MOST_CONSIDERED]
    shared = [] if is_one else [_in_common(column, codes).desc()]
    ordered = PortalPage.objects.filter(pk__in=newest).order_by(*shared, lithuanian_order(F("title")), "pk")
    return ordered.values_list(*COLUMNS, F(column))[:MOST_COMPARED]


def _in_common(column: str, codes: list[str]) -> Func:
    """How many of the codes a row has."""
    return Func(
        F(column),
        statements.codes(codes),
        template="cardinality(ARRAY(SELECT unnest(%(expressions)s)))",
        arg_joiner=") INTERSECT SELECT unnest(",
        output_field=IntegerField(),
    )


def _near(page: PortalPage, audiences: Sequence[str], known: set[int]) -> list[PageLink]:
    """What stands beside a page, the landing pages of its readers, the list of topics."""
    first, last = PortalPage._get_children_path_interval(page.path[: -PortalPage.steplen])
    language = page.locale.language_code
    found = _around(first=first, last=last, depth=page.depth, locale=page.locale_id, language=language)
    rows = [*links(found["beside"]), *links(found["index"])[:1], *links(found["landing"], "audience")]
    rows.sort(key=lambda row: bool(row.audience) and row.audience not in audiences)
    once = {row.pk: row for row in rows if row.pk not in known}
    return list(once.values())[:MOST_PAGES]


@statements.united
def _around(*, first: str, last: str, depth: int, locale: int, language: str) -> dict[str, Any]:
    beside = PortalPage.objects.live().filter(
        path__range=(first, last),
        depth=depth,
        main__isnull=True,
        topicpage__isnull=True,
        audiencepage__isnull=True,
    )
    landing = AudiencePage.objects.live().filter(locale_id=locale, main__isnull=True)
    return {
        "beside": beside.order_by("path").values_list(*COLUMNS)[:MOST_PAGES],
        "index": public_pages.topic_index(language),
        "landing": landing.order_by("path").values_list(*COLUMNS, "audience"),
    }


def topics_about(codes: Sequence[str], language: str, audience: str = "") -> list[tuple[str, str]]:
    """Title and address of the topic pages with these codes, for pages of other services; they open at the
    advice for an audience, where the site has pages for it."""
    found = sorted(_about_topics(codes=list(codes), language=language), key=lambda row: title_key(row[0]))
    reader = readers.reads("", [audience])
    return [(title, readers.opened(href, reader)) for title, path in found if (href := address_of(path))]


def topics_by_code(codes: Sequence[str], language: str, audience: str = "") -> dict[str, tuple[str, str]]:
    """Title and address of the page of each topic that has one, for pages of other services; they open as
    those of `topics_about`."""
    found = _of_each_topic(codes=list(codes), language=language)
    reader = readers.reads("", [audience])
    return {
        topic: (title, readers.opened(href, reader))
        for topic, title, path in found
        if (href := address_of(path))
    }


def of_starter_texts(keys: Sequence[str], language: str) -> dict[str, tuple[str, str]]:
    """Title and address of the published pages that were loaded from shipped texts, for other services."""
    wanted = {f"{key}.{language}": key for key in keys}
    rows = StarterText.objects.filter(key__in=list(wanted), page__live=True)
    found = rows.values_list("key", "page__title", "page__url_path")
    return {wanted[key]: (title, href) for key, title, path in found if (href := address_of(path))}


@statements.prepared
def _about_topics(*, codes: list[str], language: str) -> Any:
    rows = TopicPage.objects.live().filter(
        topic__any_of=codes, locale__language_code=language, main__isnull=True
    )
    return rows.values_list("title", "url_path")


@statements.prepared
def _of_each_topic(*, codes: list[str], language: str) -> Any:
    rows = TopicPage.objects.live().filter(
        topic__any_of=codes, locale__language_code=language, main__isnull=True
    )
    return rows.values_list("topic", "title", "url_path")
