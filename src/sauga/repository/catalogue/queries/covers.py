"""Previews of resources: the first page of a file as a cover, and the pages behind it."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sauga.kernel import statements
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
    parts = _parts(toolkits=list(missing))
    lent = _first_pages({part for _toolkit, part in parts}, language) if parts else {}
    for toolkit, part in parts:
        if part in lent:
            found.setdefault(toolkit, lent[part])
    return found


@statements.prepared
def _parts(*, toolkits: list[int]) -> Any:
    rows = Part.objects.filter(toolkit__any_of=toolkits, resource__in=Resource.objects.live())
    return rows.order_by("toolkit", "position").values_list("toolkit", "resource")


def _first_pages(resources: Collection[int], language: str) -> dict[int, list[Page]]:
    return {
        pk: [page for page in pages if page.page == 1]
        for pk, pages in _pages(resources, language, only_first=True).items()
    }


def pages(resource: int, language: str) -> list[Page]:
    """All previews of the file that shows a resource best, page by page."""
    return _pages([resource], language, only_first=False).get(resource, [])


def _pages(resources: Collection[int], language: str, *, only_first: bool) -> dict[int, list[Page]]:
    found: dict[int, list[Page]] = {}
    values = _previews(resources=list(resources), only_first=only_first)
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


@statements.prepared
def _previews(*, resources: list[int], only_first: bool) -> Any:
    rows = Preview.objects.filter(
        media__state=FileState.READY,
        media__renditions__resource__any_of=resources,
        media__renditions__kind__in=KINDS,
        media__renditions__removed_at__isnull=True,
    )
    if only_first:
        rows = rows.filter(page__lte=1)
    names = ("kind", "language", "pk", "ref", "resource")
    return rows.order_by("media__renditions__resource").values_list(
        *(f"media__renditions__{name}" for name in names), "page", "width", "height", "media__alt"
    )
