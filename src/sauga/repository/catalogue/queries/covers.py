"""Previews of resources: the first page of a file as a cover, and the pages behind it."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from sauga.kernel.media import FileState, Preview
from sauga.repository.resources.models import Part, Resource

KINDS = ("main", "print_ready", "thumbnail", "text_version")
"""The kinds of files that show what a resource looks like, the best one first."""


@dataclass(frozen=True)
class Page:
    """One preview: the file it belongs to, its page, its size in pixels, and the description of the file."""

    rendition: str
    page: int
    width: int
    height: int
    alt: str


def covers(resources: Collection[int], language: str) -> dict[int, list[Page]]:
    """The cover of each resource, in every width from the smallest: one query for a whole list, and two more
    where some have none; a toolkit then shows the cover of its first part that has one.
    """
    found = _first_pages(resources, language)
    missing = set(resources) - set(found)
    if not missing:
        return found
    parts = list(
        Part.objects.filter(toolkit__in=missing, resource__in=Resource.objects.live())
        .order_by("toolkit", "position")
        .values_list("toolkit", "resource")
    )
    lent = _first_pages({part for _toolkit, part in parts}, language) if parts else {}
    for toolkit, part in parts:
        if part in lent:
            found.setdefault(toolkit, lent[part])
    return found


def _first_pages(resources: Collection[int], language: str) -> dict[int, list[Page]]:
    return {
        pk: [page for page in pages if page.page == 1] for pk, pages in _pages(resources, language, 1).items()
    }


def pages(resource: int, language: str) -> list[Page]:
    """All previews of the file that shows a resource best, page by page."""
    return _pages([resource], language, None).get(resource, [])


def _pages(resources: Collection[int], language: str, most: int | None) -> dict[int, list[Page]]:
    rows = Preview.objects.filter(
        media__state=FileState.READY,
        media__renditions__resource__in=resources,
        media__renditions__kind__in=KINDS,
        media__renditions__removed_at__isnull=True,
    )
    if most is not None:
        rows = rows.filter(page__lte=most)
    found: dict[int, list[Page]] = {}
    names = ("kind", "language", "pk", "ref", "resource")
    values = rows.order_by("media__renditions__resource").values_list(
        *(f"media__renditions__{name}" for name in names), "page", "width", "height", "media__alt"
    )
    for pk, group in groupby(values, key=lambda value: int(value[4])):
        held = sorted(
            group, key=lambda value: (KINDS.index(value[0]), value[1] != language, value[2], value[5:7])
        )
        found[pk] = [
            Page(ref, page, width, height, alt.get(language, ""))
            for _kind, _language, number, ref, _resource, page, width, height, alt in held
            if number == held[0][2]
        ]
    return found
