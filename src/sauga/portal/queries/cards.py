"""Cards of resources on a page of the site. Without the repository there are none."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps

from sauga.kernel import vocab
from sauga.kernel.i18n import languages
from sauga.kernel.ui.hrefs import public_address

MOST = 4
"""Resources at the end of a page."""


def cards(slugs: Iterable[str]) -> list[dict[str, Any]]:
    """What a page shows of the public ones among these resources, in the order asked for."""
    return _cards(resources(slugs))


def resources(slugs: Iterable[str]) -> list[Any]:
    """The public ones among these resources, in the order asked for."""
    if not apps.is_installed("sauga.repository"):
        return []
    from sauga.repository.catalogue.queries.catalogue import by_slugs

    return by_slugs([slug.strip() for slug in slugs])


def about(topics: Sequence[str]) -> list[dict[str, Any]]:
    """The same of the public resources about any of some topics, the most used first."""
    if not apps.is_installed("sauga.repository"):
        return []
    from sauga.repository.catalogue.queries.catalogue import about_topics

    return _cards(about_topics(topics))


def for_audience(audience: str) -> list[dict[str, Any]]:
    """The same of the public resources for an audience."""
    if not apps.is_installed("sauga.repository"):
        return []
    from sauga.repository.catalogue.queries.catalogue import for_audience

    return _cards(for_audience(audience))


def in_collection(collection: Any) -> list[dict[str, Any]]:
    """The same of the public resources of a collection, in its order."""
    from sauga.repository.catalogue.queries.catalogue import members_of

    return _cards(members_of(collection))


def _cards(rows: Iterable[Any]) -> list[dict[str, Any]]:
    from sauga.repository.catalogue.presenters import cover
    from sauga.repository.catalogue.queries.covers import covers

    shown, language = list(rows), languages.active().code
    first_pages = covers([row.pk for row in shown], language) if shown else {}
    return [
        {
            "kind": vocab.label("resource_types", row.type),
            "title": str(row.words("title", language)),
            "note": str(row.words("abstract", language) or ""),
            "href": public_address("repository-resource", row.slug(language)),
            "archive": public_address("repository-archive", row.slug(language)),
            "cover": cover(first_pages.get(row.pk, ())),
        }
        for row in shown
    ]
