"""Import of a file of resources: all arrive as drafts (`kernel.kit.imports`)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from sauga.kernel.kit.imports.runs import CHANGED, NEW, Import, OnProgress
from sauga.kernel.states import Actor
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions.bulk import create_resources, discard_resources
from sauga.repository.resources.actions.resources import discard_resource, edit_resource, open_revision
from sauga.repository.resources.actions.transitions import ZONE
from sauga.repository.resources.models import Resource
from sauga.repository.resources.queries.snapshots import content_of
from sauga.repository.states import EDITABLE, LIVE
from sauga.repository.syndication.models import ImportRow, ImportRun
from sauga.repository.syndication.queries.imports import judged
from sauga.repository.syndication.rules.import_columns import BY_NAME, LAYOUT, laid_in
from sauga.repository.trail import Trail


def _store(
    *,
    by: Actor,
    new: Sequence[ImportRow],
    changed: Sequence[ImportRow],
    at: datetime,
    on_progress: OnProgress,
) -> None:
    drafts = [fields_of(row.content) for row in new]
    made = create_resources(
        by=by, drafts=drafts, uuids=[row.uuid for row in new], how="import", at=at, on_progress=on_progress
    )
    _remember(new, made, at)
    for number, row in enumerate(changed, len(new) + 1):
        _change(by, row, at)
        on_progress(number)


def _undo(*, by: Actor, rows: Sequence[ImportRow], at: datetime, on_progress: OnProgress) -> list[str]:
    held = {
        one.pk: one
        for one in Resource.objects.select_for_update().filter(pk__in=[row.resource_id for row in rows])
    }
    if touched := _touched(rows, held):
        return touched
    own = [held[row.resource_id] for row in rows if row.resource_id in held and _is_own(row)]
    discard_resources(by=by, resources=own, at=at, on_progress=on_progress)
    for number, row in enumerate((row for row in rows if row.outcome == CHANGED), len(own)):
        if row.resource_id in held:
            _put_back(by, row, held[row.resource_id], at)
        on_progress(number)
    return []


def fields_of(content: dict[str, Any], base: dict[str, Any] | None = None) -> dict[str, Any]:
    """The fields of a resource from a row's columns, merged into existing ones."""
    given = {name: value for name, value in content.items() if name != "id"}
    fields = laid_in(base or {}, given)
    if isinstance(fields.get("review_by"), str):
        fields["review_by"] = date.fromisoformat(fields["review_by"])
    return fields


def _remember(rows: Sequence[ImportRow], made: Sequence[Resource], at: datetime) -> None:
    """Which row made which draft."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE repository_importrow AS r SET resource_id = t.resource, known_at = %s "
            "FROM unnest(%s::bigint[], %s::bigint[]) AS t(id, resource) WHERE r.id = t.id",
            [at, [row.pk for row in rows], [one.pk for one in made]],
        )


def _change(by: Actor, row: ImportRow, at: datetime) -> None:
    target = Resource.objects.get(pk=row.resource_id or 0)
    differs = {name: row.content[name] for name in row.before["differs"]}
    opened = target.state in LIVE
    if opened:
        target = open_revision(by=by, resource=target, at=at)
    held = content_of(target)
    fields = {BY_NAME[name].field for name in differs}
    before = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in held.items()
        if name in fields
    }
    made = fields_of(differs, held)
    target = edit_resource(by=by, resource=target, at=at, **{name: made[name] for name in fields})
    row.resource, row.known_at = target, target.modified_at
    row.before = {"differs": sorted(differs), "fields": before, "opened": opened}
    row.save(update_fields=["resource", "known_at", "before"])


def _touched(rows: Sequence[ImportRow], held: dict[int, Resource]) -> list[str]:
    """References of the drafts that others have changed, moved or built upon. There is nothing to undo for a
    discarded one.
    """
    used = set(Resource.objects.filter(pk__in=held, in_toolkits__isnull=False).values_list("pk", flat=True))
    used |= set(Resource.objects.filter(pk__in=held, derived__isnull=False).values_list("pk", flat=True))
    ours = [
        (row, held[row.resource_id])
        for row in rows
        if row.resource_id in held and (_is_own(row) or row.before.get("fields"))
    ]
    return [
        one.ref
        for row, one in ours
        if one.state not in EDITABLE
        or one.modified_at != row.known_at
        or one.version_number
        or (_is_own(row) and one.pk in used)
    ]


def _is_own(row: ImportRow) -> bool:
    return row.outcome == NEW


def _put_back(by: Actor, row: ImportRow, resource: Resource, at: datetime) -> None:
    if row.before.get("opened"):
        discard_resource(by=by, resource=resource, at=at)
        return
    fields = row.before.get("fields")
    if fields:
        if isinstance(fields.get("review_by"), str):
            fields["review_by"] = date.fromisoformat(fields["review_by"])
        edit_resource(by=by, resource=resource, at=at, **fields)


RESOURCES = Import(
    code="repository.import",
    layout=LAYOUT,
    runs=ImportRun,
    rows=ImportRow,
    permission=Permission.IMPORT_RECORDS,
    zone=ZONE,
    moved=Trail.IMPORT_MOVED,
    stored=Trail.IMPORTED,
    undone=Trail.IMPORT_UNDONE,
    judge=judged,
    store=_store,
    undo=_undo,
)
