"""Counts of the collection: published, available, viewed, downloaded, used in class."""

from collections import Counter
from datetime import date

from django.db.models import Sum

from sauga.repository.adaptations.models import AdaptationStep
from sauga.repository.catalogue.models import DailyCount, UseReport
from sauga.repository.resources.models import Resource, ResourceVersion

VIEW, DOWNLOAD = ("view",), ("file", "archive")


def counted(kind: tuple[str, ...], start: date, end: date) -> dict[str, int]:
    """Views or downloads from `start` to before `end`, by type of resource."""
    rows = (
        DailyCount.objects.filter(kind__in=kind, day__gte=start, day__lt=end)
        .values("resource__type")
        .annotate(all=Sum("n"))
    )
    return {row["resource__type"]: row["all"] for row in rows}


def most_read(kind: tuple[str, ...], start: date, end: date, number: int) -> list[tuple[Resource, int]]:
    """The resources with most views or downloads."""
    rows = (
        DailyCount.objects.filter(kind__in=kind, day__gte=start, day__lt=end)
        .values("resource")
        .annotate(all=Sum("n"))
    )
    top = {row["resource"]: row["all"] for row in rows.order_by("-all", "resource")[:number]}
    held = Resource.objects.in_bulk(list(top))
    return [(held[pk], n) for pk, n in top.items() if pk in held]


def published(start: date, end: date) -> dict[str, int]:
    """First publications by type."""
    rows = ResourceVersion.objects.filter(number=1, published_at__date__gte=start, published_at__date__lt=end)
    return dict(Counter(rows.values_list("resource__type", flat=True)))


def available() -> dict[str, int]:
    """What is offered now, by type."""
    return dict(
        Counter(Resource.objects.live().filter(revision_of__isnull=True).values_list("type", flat=True))
    )


def heads(start: date, end: date) -> dict[str, int]:
    """Participants reported from classes, by group."""
    found: Counter[str] = Counter()
    for row in UseReport.objects.filter(date__gte=start, date__lt=end).values_list("heads", flat=True):
        found.update({group: int(n) for group, n in row.items()})
    return dict(found)


def steps_by(pseudonym: str) -> list[AdaptationStep]:
    """What a person did to adaptations, the oldest first; the name in the log is a pseudonym."""
    rows = AdaptationStep.objects.filter(by=pseudonym).select_related("subject__base")
    return list(rows.order_by("at", "pk"))
