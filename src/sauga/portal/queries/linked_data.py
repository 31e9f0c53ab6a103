"""Structured data of a page: schema.org as JSON-LD. Facts about the page only, nothing about its readers."""

from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from sauga.kernel.ui.formats import linked_data
from sauga.portal.models.articles import AppGuidePage, CampaignPage, ExplainerPage, NewsIndexPage, NewsPage
from sauga.portal.models.base import PortalPage
from sauga.portal.models.landing_pages import AudiencePage, TopicPage

KINDS: dict[type[PortalPage], str] = {
    NewsPage: "NewsArticle",
    ExplainerPage: "Article",
    AppGuidePage: "Article",
    CampaignPage: "Event",
    AudiencePage: "CollectionPage",
    TopicPage: "CollectionPage",
    NewsIndexPage: "CollectionPage",
}


def as_jsonld(page: PortalPage, address: str, base: str, day: date) -> dict[str, Any]:
    """The page as schema.org, in its own language. `address` is its full address, `base` the site's;
    `day` is today.
    """
    found: dict[str, Any] = {
        "@context": linked_data.SCHEMA,
        "@type": KINDS.get(type(page), "WebPage"),
        "@id": address,
        "url": address,
        "name": page.title,
        "description": page.search_description or page.summary,
        "inLanguage": page.locale.language_code,
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": "Sauga", "url": base},
    }
    if page.first_published_at:
        found["datePublished"] = page.first_published_at.isoformat()
    if page.last_published_at:
        found["dateModified"] = page.last_published_at.isoformat()
    if isinstance(page, NewsPage):
        found["headline"] = page.title
        found["datePublished"] = page.day.isoformat()
    if isinstance(page, CampaignPage):
        found["startDate"] = found["endDate"] = page.day_on(day).isoformat()
        found["location"] = {"@type": "VirtualLocation", "url": address}
    return found


def script(page: PortalPage, base: str, day: date) -> SafeString:
    """The block for the page's head."""
    return linked_data.script(as_jsonld(page, page.get_full_url() or base, base, day))
