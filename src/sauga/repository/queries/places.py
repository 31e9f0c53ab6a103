"""Where the collection's public pages are, for the map of the site."""

from typing import NamedTuple

from sauga.repository.models import Collection, Resource

MOST = 20_000
"""A map may hold 50,000 addresses, and each text has two."""


class Place(NamedTuple):
    """A page: the name of its address, and the last part of it in each language."""

    name: str
    slugs: dict[str, str]


def places() -> list[Place]:
    """Every public collection and resource; of very many resources the last changed."""
    kept = Collection.objects.filter(is_public=True).order_by("pk").values_list("slug_lt", "slug_en")
    rows = Resource.objects.public().filter(revision_of__isnull=True).order_by("-modified_at", "-pk").values_list("slug_lt", "slug_en")
    named = [("repository-collection", pair) for pair in kept] + [("repository-resource", pair) for pair in rows[:MOST]]
    return [Place(name, {"lt": lt, "en": en}) for name, (lt, en) in named]
