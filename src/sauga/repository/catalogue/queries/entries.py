"""Resources with what their records refer to: files, public parts, toolkits. A fixed number of queries for
any number of rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch

from sauga.repository.resources.models import Part, Rendition, Resource
from sauga.repository.resources.queries.snapshots import in_order


@dataclass(frozen=True)
class Entry:
    """One resource and what its record refers to. Only what a visitor may see."""

    resource: Resource
    files: list[Rendition] = field(default_factory=list)
    parts: list[Resource] = field(default_factory=list)
    wholes: list[Resource] = field(default_factory=list)


def entries(rows: Iterable[Resource]) -> list[Entry]:
    """The entries of these resources, in their order."""
    held = list(rows)
    pks = [row.pk for row in held]
    files: dict[int, list[Rendition]] = {}
    for file in Rendition.objects.filter(resource__in=pks, removed_at__isnull=True):
        files.setdefault(file.resource_id, []).append(file)
    parts: dict[int, list[Resource]] = {}
    wholes: dict[int, list[Resource]] = {}
    shown = (
        Prefetch("resource", Resource.objects.only(*NAMED)),
        Prefetch("toolkit", Resource.objects.only(*NAMED)),
    )
    public = Resource.objects.public().filter(revision_of__isnull=True)
    for part in (
        Part.objects.filter(toolkit__in=pks, resource__in=public)
        .prefetch_related(shown[0])
        .order_by("position")
    ):
        parts.setdefault(part.toolkit_id, []).append(part.resource)
    for part in (
        Part.objects.filter(resource__in=pks, toolkit__in=public).prefetch_related(shown[1]).order_by("pk")
    ):
        wholes.setdefault(part.resource_id, []).append(part.toolkit)
    return [
        Entry(row, in_order(files.get(row.pk, [])), parts.get(row.pk, []), wholes.get(row.pk, []))
        for row in held
    ]


NAMED = ("ref", "uuid", "slug_lt", "slug_en", "title", "type", "state", "sensitivity")
"""The fields of a resource that another record refers to."""


def entry(resource: Resource) -> Entry:
    """The entry of one resource."""
    return entries([resource])[0]
