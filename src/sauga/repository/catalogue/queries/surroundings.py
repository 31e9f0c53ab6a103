"""Everything around one resource on its page: files, parts, toolkits, collections, similar resources, and how
much it is used."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from sauga.kernel import statements
from sauga.repository.catalogue.models import Collection, UseReport
from sauga.repository.catalogue.queries.catalogue import SHOWN
from sauga.repository.catalogue.queries.entries import NAMED, Entry
from sauga.repository.resources.models import Rendition, Resource, Slot
from sauga.repository.resources.queries.snapshots import in_order
from sauga.repository.states import DEPLOYABLE, RUNNING

MOST_COMPARED, MOST_RELATED = 60, 4


@dataclass(frozen=True)
class Surroundings:
    """Everything on a resource's page beside its own fields."""

    files: list[Rendition]
    parts: list[Resource]
    part_files: dict[int, list[Rendition]]
    toolkits: list[Resource]
    collections: list[Collection]
    related: list[Resource]
    slots: list[Slot]
    adaptations: int
    deployments: int
    heads: int

    def entry(self, resource: Resource) -> Entry:
        """What the record of the resource refers to (`entries.entry`), without asking again."""
        return Entry(
            resource,
            self.files,
            [row for row in self.parts if row.revision_of_id is None],
            [row for row in self.toolkits if row.revision_of_id is None],
        )


def surroundings(resource: Resource) -> Surroundings:
    """Files, parts, toolkits, collections, similar resources, and how much it is used."""
    parts = _parts(toolkit=resource.pk)
    files = _files([resource.pk, *(part.pk for part in parts)])
    adaptations, own, adapted, heads = _copies(key=resource.pk)[0]
    return Surroundings(
        files=in_order(files.pop(resource.pk, [])),
        parts=parts,
        part_files=files,
        toolkits=_toolkits(part=resource.pk),
        collections=_collections(resource=resource.pk),
        related=_related(resource, [part.pk for part in parts]),
        slots=_slots(resource=resource.pk),
        adaptations=adaptations,
        deployments=own + adapted,
        heads=heads,
    )


def _related(resource: Resource, others: Iterable[int]) -> list[Resource]:
    """Up to four with topics in common, most in common first."""
    topics, audiences = set(resource.topics), set(resource.audiences)
    rows = _sharing(codes=resource.topics, others=[resource.pk, *others])
    shared = {key: len(topics & set(own)) * 2 + len(audiences & set(whom)) for key, own, whom in rows}
    keys = sorted(shared, key=lambda key: (-shared[key], key))[:MOST_RELATED]
    return sorted(_shown(keys=keys), key=lambda row: keys.index(row.pk)) if keys else []


@statements.prepared
def _sharing(*, codes: list[str], others: list[int]) -> Any:
    rows = Resource.objects.public().filter(topics__overlap=statements.codes(codes))
    return rows.exclude(pk__any_of=others).values_list("pk", "topics", "audiences")[:MOST_COMPARED]


@statements.fetched
def _shown(*, keys: list[int]) -> QuerySet[Resource]:
    return Resource.objects.filter(pk__any_of=keys).only(*SHOWN)


def _files(resources: list[int]) -> dict[int, list[Rendition]]:
    """The current files of each resource."""
    found: dict[int, list[Rendition]] = {}
    for row in _renditions(resources=resources):
        found.setdefault(row.resource_id, []).append(row)
    return found


@statements.fetched
def _renditions(*, resources: list[int]) -> QuerySet[Rendition]:
    rows = Rendition.objects.filter(resource__any_of=resources, removed_at__isnull=True)
    return rows.select_related("media").order_by("pk")


@statements.fetched
def _parts(*, toolkit: int) -> QuerySet[Resource]:
    rows = Resource.objects.public().filter(in_toolkits__toolkit=toolkit)
    return rows.order_by("in_toolkits__position").only(*SHOWN, *NAMED, "revision_of")


@statements.fetched
def _toolkits(*, part: int) -> QuerySet[Resource]:
    rows = Resource.objects.public().filter(parts__resource=part)
    return rows.order_by("parts__pk").only(*SHOWN, *NAMED, "revision_of")


@statements.fetched
def _collections(*, resource: int) -> QuerySet[Collection]:
    return Collection.objects.filter(is_public=True, entries__resource=resource)


@statements.fetched
def _slots(*, resource: int) -> QuerySet[Slot]:
    return Slot.objects.filter(resource=resource)


@statements.prepared
def _copies(*, key: int) -> Any:
    """How many released adaptations there are, how many running deployments of the resource and of its
    adaptations, and how many people took part."""
    reports = UseReport.objects.filter(resource=OuterRef("pk")).order_by().values("resource")
    rows = Resource.objects.filter(pk=key).values("pk").order_by()
    return rows.annotate(
        released=Count("adaptations", filter=Q(adaptations__state__in=DEPLOYABLE), distinct=True),
        own=Count("deployments", filter=Q(deployments__state__in=RUNNING), distinct=True),
        adapted=Count(
            "adaptations__deployments", filter=Q(adaptations__deployments__state__in=RUNNING), distinct=True
        ),
        heads=Coalesce(Subquery(reports.annotate(n=Sum("total")).values("n")), 0),
    ).values_list("released", "own", "adapted", "heads")
