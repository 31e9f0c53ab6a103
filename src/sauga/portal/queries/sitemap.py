"""The site for machines: every page with its translations, and the latest news."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from wagtail.models import PageLogEntry

from sauga.portal.models.articles import NewsPage
from sauga.portal.models.base import PortalPage
from sauga.portal.models.media import Attachment

SEEN_OUTSIDE = ("wagtail.publish", "wagtail.unpublish", "wagtail.delete", "wagtail.move", "wagtail.revert")
"""Acts of editors after which the map or the feed may be another."""


@dataclass(frozen=True)
class Place:
    """A page in one language: its path, and when it was last published."""

    path: str
    changed_at: datetime | None


def twin_sets() -> list[dict[str, Place]]:
    """For every text, language → its page; in tree order."""
    found: dict[object, dict[str, Place]] = {}
    pages = PortalPage.objects.live().select_related("locale").order_by("path")
    for page in pages:
        href = page.get_url()
        if href:
            found.setdefault(page.translation_key, {})[page.language_tag] = Place(
                href, page.last_published_at
            )
    return list(found.values())


def changed_at() -> datetime | None:
    """When something was last published, moved or deleted; None before."""
    last: datetime | None = PageLogEntry.objects.filter(action__in=SEEN_OUTSIDE).aggregate(
        last=Max("timestamp")
    )["last"]
    return last


def newest(language: str, number: int) -> list[NewsPage]:
    """The latest news of one language, for its feed."""
    rows = NewsPage.objects.live().filter(locale__language_code=language, main__isnull=True)
    return list(rows.order_by("-day", "-pk")[:number])


def document(key: int, filename: str) -> Attachment | None:
    """A file by its number; its name must match, so that numbers alone lead nowhere."""
    found = Attachment.objects.filter(pk=key).first()
    return found if found is not None and found.filename == filename else None
