"""The latest resources, for feeds."""

from django.db.models import QuerySet
from django.urls import reverse

from sauga.kernel.ui.formats.feeds import MOST, Entry
from sauga.repository.resources.models import Resource


def newest(language: str) -> list[Entry]:
    """The public resources that were published last."""
    return _entries(_published(), language)


def newest_about(topic: str, language: str) -> list[Entry]:
    """The same, about a topic."""
    return _entries(_published().filter(topics__contains=[topic]), language)


def _published() -> QuerySet[Resource]:
    rows = Resource.objects.public().filter(revision_of__isnull=True, published_at__isnull=False)
    return rows.order_by("-published_at", "-pk")


def _entries(rows: QuerySet[Resource], language: str) -> list[Entry]:
    return [
        Entry(
            title=str(row.words("title", language)),
            path=reverse("repository-resource", args=[row.slug(language)]),
            published=row.published_at,
            updated=row.modified_at,
            summary=str(row.words("abstract", language) or ""),
        )
        for row in rows[:MOST]
        if row.published_at is not None
    ]
