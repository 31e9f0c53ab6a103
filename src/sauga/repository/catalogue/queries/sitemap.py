"""The public pages of the collection, for the sitemap."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Max
from django.db.models.functions import Greatest

from sauga.repository.catalogue.models import Collection
from sauga.repository.resources.models import Resource

MOST = 20_000
"""A sitemap may list 50,000 addresses, and each text has two."""


class Place(NamedTuple):
    """A page: its URL name, its slug in each language, and when it was changed."""

    name: str
    slugs: dict[str, str]
    changed_at: datetime


def places() -> list[Place]:
    """Every public collection and resource; of very many resources the last changed."""
    kept = (
        Collection.objects.filter(is_public=True)
        .order_by("pk")
        .values_list("slug_lt", "slug_en", "changed_at")
    )
    rows = Resource.objects.public().filter(revision_of__isnull=True).order_by("-modified_at", "-pk")
    named = [("repository-collection", row) for row in kept]
    named += [
        ("repository-resource", row) for row in rows.values_list("slug_lt", "slug_en", "modified_at")[:MOST]
    ]
    return [Place(name, {"lt": lt, "en": en}, changed_at) for name, (lt, en, changed_at) in named]


def changed_at() -> datetime | None:
    """When a resource or collection last changed or moved to another state; None before the first."""
    resources = Resource.objects.aggregate(last=Max(Greatest("modified_at", "state_since")))["last"]
    collections = Collection.objects.aggregate(last=Max("changed_at"))["last"]
    return max((at for at in (resources, collections) if at is not None), default=None)
