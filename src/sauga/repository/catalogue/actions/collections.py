"""Collections: an editor's selection for an occasion."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sauga.kernel import audit
from sauga.kernel.identity import require
from sauga.kernel.states import Actor, lock
from sauga.repository.catalogue.models import Collection, CollectionEntry
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions.transitions import ZONE
from sauga.repository.resources.models import Resource
from sauga.repository.resources.rules.metadata import MetadataRefused, checked, slug_of
from sauga.repository.trail import Trail


def save_collection(
    *,
    by: Actor,
    title: dict[str, str],
    abstract: dict[str, str],
    resources: Sequence[Resource],
    is_public: bool,
    at: datetime,
    collection: Collection | None = None,
) -> Collection:
    """Create or replace a collection: texts, order, visibility. Raises MetadataRefused."""
    require(by, Permission.EDIT_COLLECTION)
    words = checked({"title": title, "abstract": abstract})
    if not words["title"]:
        raise MetadataRefused("title", "empty")
    with transaction.atomic():
        row = lock(collection) if collection else Collection(changed_at=at, **_slugs(words["title"]))
        row.title, row.abstract, row.is_public, row.changed_at = (
            words["title"],
            words["abstract"],
            is_public,
            at,
        )
        row.save()
        row.entries.all().delete()
        unique = list(dict.fromkeys(resource.pk for resource in resources))
        CollectionEntry.objects.bulk_create(
            CollectionEntry(collection=row, resource_id=pk, position=place)
            for place, pk in enumerate(unique, 1)
        )
        what = "changed" if collection else "made"
        audit.record(
            by, Trail.COLLECTION_CHANGED, row, zone=ZONE, at=at, facts={"what": what, "entries": len(unique)}
        )
        return row


def delete_collection(*, by: Actor, collection: Collection, at: datetime) -> None:
    """Delete a collection; its resources stay."""
    require(by, Permission.EDIT_COLLECTION)
    with transaction.atomic():
        row = lock(collection)
        audit.record(
            by, Trail.COLLECTION_CHANGED, row, zone=ZONE, at=at, facts={"what": "deleted", "entries": 0}
        )
        row.delete()


def _slugs(title: dict[str, str]) -> dict[str, str]:
    first = next(iter(title.values()))
    found = {}
    for language in ("lt", "en"):
        wanted = slug = slug_of(title.get(language) or first) or "rinkinys"
        number = 1
        while Collection.objects.filter(**{f"slug_{language}": wanted}).exists():
            number += 1
            wanted = f"{slug}-{number}"
        found[f"slug_{language}"] = wanted
    return found
