"""Collections at the desk."""

from django.db.models import Q, QuerySet
from django.http import Http404

from sauga.kernel.identity import PersonActor
from sauga.repository.catalogue.models import Collection
from sauga.repository.permissions import Permission
from sauga.repository.resources.models import Resource


def by_refs(refs: list[str]) -> list[Resource]:
    """Resources in the order of their references or addresses; unknown ones are omitted."""
    held = Resource.objects.filter(revision_of__isnull=True).filter(
        Q(ref__in=refs) | Q(slug_lt__in=refs) | Q(slug_en__in=refs)
    )
    rows = {name: row for row in held for name in (row.ref, row.slug_lt, row.slug_en)}
    return list(dict.fromkeys(rows[ref] for ref in refs if ref in rows))


def collections() -> QuerySet[Collection]:
    """All collections, last changed first."""
    return Collection.objects.prefetch_related("entries").order_by("-changed_at")


def collection_for(by: PersonActor, ref: str) -> Collection:
    """A collection for its editor. Raises Http404."""
    row = Collection.objects.filter(ref=ref).first() if by.can(Permission.EDIT_COLLECTION) else None
    if row is None:
        raise Http404
    return row


def members_of(collection: Collection) -> list[Resource]:
    """Its resources in order, whatever their state."""
    return [entry.resource for entry in collection.entries.select_related("resource").order_by("position")]
