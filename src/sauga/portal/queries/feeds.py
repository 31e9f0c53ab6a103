"""What feeds of the site hold: the latest news, and everything new about a topic."""

from collections.abc import Iterable
from datetime import datetime

from django.http import Http404

from sauga.kernel.clock import VILNIUS
from sauga.kernel.ui.formats.feeds import MOST, Entry
from sauga.portal.models.articles import NewsPage
from sauga.portal.models.base import PortalPage
from sauga.portal.models.landing_pages import TopicPage
from sauga.portal.queries import sitemap
from sauga.repository.catalogue.queries import feeds as resources
from sauga.repository.catalogue.queries import sitemap as places


def news(language: str) -> list[Entry]:
    """The latest news of one language."""
    return list(_entries(sitemap.newest(language, MOST)))


def topic_page(topic: str, language: str) -> TopicPage:
    """The page of a topic. Raises Http404."""
    rows = TopicPage.objects.live().filter(topic=topic, locale__language_code=language, main__isnull=True)
    found: TopicPage | None = rows.order_by("pk").first()
    if found is None:
        raise Http404
    return found


def about(topic: str, language: str) -> list[Entry]:
    """News, articles and resources about a topic, the latest first."""
    pages = PortalPage.objects.live().filter(
        locale__language_code=language,
        main__isnull=True,
        topics__contains=[topic],
        topicpage__isnull=True,
        audiencepage__isnull=True,
    )
    latest = [page.specific for page in pages.order_by("-first_published_at", "-pk")[:MOST]]
    found = [*_entries(latest), *resources.newest_about(topic, language)]
    return sorted(found, key=lambda entry: (_day(entry), entry.path), reverse=True)[:MOST]


def changed_at() -> datetime | None:
    """When a page or a resource last changed."""
    return max((at for at in (sitemap.changed_at(), places.changed_at()) if at is not None), default=None)


def _entries(pages: Iterable[PortalPage]) -> Iterable[Entry]:
    for page in pages:
        path = page.get_url()
        if path and page.last_published_at is not None:
            yield Entry(
                title=page.title,
                path=path,
                published=page.day
                if isinstance(page, NewsPage)
                else page.first_published_at or page.last_published_at,
                updated=page.last_published_at,
                summary=page.summary,
            )


def _day(entry: Entry) -> str:
    moment = entry.published
    return str(moment.astimezone(VILNIUS).date() if isinstance(moment, datetime) else moment)
