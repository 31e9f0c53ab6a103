"""Cards of resources on a page of the site. Without the repository there are none."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.urls import reverse

from sauga.kernel import vocab
from sauga.kernel.i18n import languages


def cards(slugs: Iterable[str]) -> list[dict[str, str]]:
    """Kind, title, summary and address of the public ones among these resources, in the order asked for."""
    if not apps.is_installed("sauga.repository"):
        return []
    from sauga.repository.catalogue.queries.catalogue import by_slugs

    return _cards(by_slugs([slug.strip() for slug in slugs]))


def about(topic: str) -> list[dict[str, str]]:
    """The same of the public resources about a topic, the most used first."""
    if not apps.is_installed("sauga.repository"):
        return []
    from sauga.repository.catalogue.queries.catalogue import about_topic

    return _cards(about_topic(topic))


def _cards(rows: Iterable[Any]) -> list[dict[str, str]]:
    language = languages.active().code
    return [
        {
            "kind": vocab.label("resource_types", row.type),
            "title": str(row.words("title", language)),
            "note": str(row.words("abstract", language) or ""),
            "href": reverse("repository-resource", args=[row.slug(language)]),
        }
        for row in rows
    ]
