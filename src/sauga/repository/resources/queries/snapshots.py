"""A resource as plain data: what a version keeps, what the gate checks, what a revision is copied from."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sauga.repository.resources.models import Rendition, Resource
from sauga.repository.resources.rules.metadata import CONTENT

FILE = ("ref", "kind", "mime", "language", "name", "sha256", "size")


def content_of(resource: Resource) -> dict[str, Any]:
    """The fields that an editor writes, unchanged."""
    return {name: getattr(resource, name) for name in CONTENT}


def files_of(resource: Resource) -> list[Rendition]:
    """Its current files, main ones first, then by kind and language."""
    return in_order(resource.renditions.filter(removed_at__isnull=True).select_related("media"))


def in_order(rows: Iterable[Rendition]) -> list[Rendition]:
    """Files in reading order: main ones first, then by kind and language."""
    return sorted(
        rows,
        key=lambda row: (
            row.kind != "main",
            row.kind,
            row.language not in {"lt", "en"},
            row.language,
            row.pk,
        ),
    )


def parts_of(resource: Resource) -> list[Resource]:
    """The parts of a toolkit in their order."""
    return [part.resource for part in resource.parts.select_related("resource").order_by("position")]


def snapshot_of(resource: Resource) -> dict[str, Any]:
    """Everything needed to show a version again, as JSON: fields, files with checksums, slots, parts with
    their versions.
    """
    content = {name: _plain(value) for name, value in content_of(resource).items()}
    return {
        **content,
        "ref": resource.ref,
        "files": [{name: getattr(row, name) for name in FILE} for row in files_of(resource)],
        "slots": [
            {"code": slot.code, "kind": slot.kind, "required": slot.required, "default": slot.default}
            for slot in resource.slots.order_by("position", "pk")
        ],
        "parts": [{"ref": part.ref, "version": part.version_number} for part in parts_of(resource)],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Resource):
        return value.ref
    return value.isoformat() if isinstance(value, date) else value
