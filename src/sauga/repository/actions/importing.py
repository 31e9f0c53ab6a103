"""Bringing in a file of records: read by a job and reported on first, then stored as a whole or not at all, and taken back as a whole.

A job that dies on the way leaves what was there before: the report is written in one transaction, the drafts in another. The job that is
put back finds the run in the state in which it was, and begins that step anew.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from sauga.kernel import audit, live
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock, move
from sauga.repository.actions.many import create_resources, discard_resources
from sauga.repository.actions.moving import ZONE
from sauga.repository.actions.resources import discard_resource, edit_resource, open_revision
from sauga.repository.models import ImportRow, ImportRun, Resource
from sauga.repository.queries import importing as queries
from sauga.repository.queries import progress
from sauga.repository.queries.snapshots import content_of
from sauga.repository.rules.importing.columns import BY_NAME, laid_in
from sauga.repository.rules.importing.opening import format_of, open_table
from sauga.repository.rules.importing.problems import TableRefused
from sauga.repository.rules.importing.reading import Given, Table
from sauga.repository.rules.permissions import Permission
from sauga.repository.states import EDITABLE, LIVE, ImportState
from sauga.repository.trail import Trail

TELL_EVERY = 500
AT_ONCE = 500


class SameFileAgain(ActionRefused):
    """This very file was read before; `run` is its import."""

    message = _("This very file was read before: %(number)s. To read it again, tick the box below.")

    def __init__(self, run: ImportRun) -> None:
        super().__init__(number=run.ref)
        self.run = run


def take_file(*, by: Actor, name: str, content: bytes, at: datetime, again: bool = False) -> ImportRun:
    """Keep a file and have a job read it. Raises TableRefused for what is no file of records, SameFileAgain unless `again`."""
    require(by, Permission.IMPORT_RECORDS)
    form = format_of(name, content)
    digest = hashlib.sha256(content).hexdigest()
    earlier = queries.same_file(digest)
    if earlier is not None and not again:
        raise SameFileAgain(earlier)
    with transaction.atomic():
        run = ImportRun(by_id=getattr(by, "person_id", None), name=name.replace("\\", "/").rpartition("/")[2][:160], format=form)
        run.sha256, run.size, run.started_at = digest, len(content), at
        run.file = default_storage.save(f"repository/imports/{run.ref}.{form}", ContentFile(content))
        run.save()
        _defer(run)
        live.signal("repository.imports")
        return run


def read_run(*, by: Actor, run: ImportRun, at: datetime) -> ImportRun:
    """Read the file and report on every row; writes nothing else. The job's first step, without effect once it was done."""
    require(by, Permission.IMPORT_RECORDS)
    if run.state != ImportState.READING:
        return run
    try:
        with run.file.open("rb") as file:
            table = open_table(file.read(), run.format)
        rows = _read(run, table)
    except TableRefused as refused:
        return _settle(by, run, ImportState.UNREADABLE, at, notes={"why": refused.why, **refused.facts})
    verdicts = list(queries.judged(rows))
    with transaction.atomic():
        run = lock(run)
        if run.state != ImportState.READING:
            return run
        run.rows.all().delete()
        ImportRow.objects.bulk_create((_row(run, verdict) for verdict in verdicts), batch_size=AT_ONCE)
        _count(run, Counter(verdict.outcome for verdict in verdicts))
        return _settle(by, run, ImportState.REPORTED, at, notes=table.notes)


def bring_in(*, by: Actor, run: ImportRun, at: datetime, with_changed: bool = False) -> ImportRun:
    """Have a job store what the report found, all of it or nothing. Raises MoveNotAllowed."""
    require(by, Permission.IMPORT_RECORDS)
    with transaction.atomic():
        run = lock(run)
        run.with_changed = with_changed
        run.save(update_fields=["with_changed"])
        return _set_off(by, run, ImportState.STORING, at)


def drop_run(*, by: Actor, run: ImportRun, at: datetime) -> ImportRun:
    """Leave it at the report. Raises MoveNotAllowed."""
    require(by, Permission.IMPORT_RECORDS)
    return _settle(by, run, ImportState.DROPPED, at)


def take_back(*, by: Actor, run: ImportRun, at: datetime) -> ImportRun:
    """Have a job undo a whole import. Raises MoveNotAllowed."""
    require(by, Permission.IMPORT_RECORDS)
    with transaction.atomic():
        return _set_off(by, lock(run), ImportState.UNDOING, at)


def store_run(*, by: Actor, run: ImportRun, at: datetime) -> ImportRun:
    """Store a report's rows as drafts in one transaction. Back to the report, anew, when something changed since it was made."""
    require(by, Permission.IMPORT_RECORDS)
    if run.state != ImportState.STORING:
        return run
    try:
        with transaction.atomic():
            run = lock(run)
            if run.state != ImportState.STORING:
                return run
            rows = list(run.rows.exclude(outcome=queries.REFUSED).order_by("number"))
            if _judged_again(run, rows):
                return _settle(by, run, ImportState.REPORTED, at, why="changed_meanwhile")
            _store(by, run, rows, at)
            written = run.fresh + (run.changed if run.with_changed else 0)
            facts: dict[str, str | int | bool] = {"format": run.format, "rows": written, "refused": run.refused}
            audit.record(by, Trail.IMPORTED, run, zone=ZONE, at=at, facts=facts)
            return _settle(by, run, ImportState.STORED, at)
    except IntegrityError:  # somebody took an address in this very moment
        return _settle(by, run, ImportState.REPORTED, at, why="changed_meanwhile")


def undo_run(*, by: Actor, run: ImportRun, at: datetime) -> ImportRun:
    """Take back all that an import wrote, in one transaction; nothing when somebody has touched one of its drafts since."""
    require(by, Permission.IMPORT_RECORDS)
    if run.state != ImportState.UNDOING:
        return run
    with transaction.atomic():
        run = lock(run)
        if run.state != ImportState.UNDOING:
            return run
        rows = list(run.rows.filter(resource__isnull=False, outcome__in=(queries.NEW, queries.CHANGED), known_at__isnull=False))
        held = {one.pk: one for one in Resource.objects.select_for_update().filter(pk__in=[row.resource_id for row in rows])}
        touched = _touched(rows, held)
        if touched:
            return _settle(by, run, ImportState.STORED, at, why="touched", notes={**run.notes, "touched": touched[:20]})
        told = _telling(run, len(rows))
        own = [held[row.resource_id] for row in rows if _is_own(row)]
        discard_resources(by=by, resources=own, at=at, told=told)
        for number, row in enumerate((row for row in rows if row.outcome == queries.CHANGED), len(own)):
            if row.resource_id in held:
                _put_back(by, row, held[row.resource_id], at)
            told(number)
        audit.record(by, Trail.IMPORT_UNDONE, run, zone=ZONE, at=at, facts={"rows": len(rows)})
        return _settle(by, run, ImportState.UNDONE, at)


def carry_on(*, by: Actor, run: ImportRun, at: datetime) -> ImportRun:
    """What a job does for a run: the step in which it stands. A fault leaves it where a person can decide anew, and is raised."""
    steps = {ImportState.READING: read_run, ImportState.STORING: store_run, ImportState.UNDOING: undo_run}
    back = {ImportState.READING: ImportState.UNREADABLE, ImportState.STORING: ImportState.REPORTED, ImportState.UNDOING: ImportState.STORED}
    state = ImportState(run.state)
    if state not in steps:
        return run
    try:
        return steps[state](by=by, run=run, at=at)
    except Exception:
        _settle(by, ImportRun.objects.get(pk=run.pk), back[state], at, why="fault", notes={**run.notes, "why": "fault"})
        raise


def _read(run: ImportRun, table: Table) -> list[Given]:
    """All rows. How far it has come is kept outside any transaction, so that the page can show it."""
    rows: list[Given] = []
    for row in table.rows:
        rows.append(row)
        if len(rows) % TELL_EVERY == 0:
            ImportRun.objects.filter(pk=run.pk).update(done=len(rows), total=max(table.total, len(rows)))
            live.signal(f"repository.import.{run.ref}")
    return rows


def _row(run: ImportRun, verdict: queries.Verdict) -> ImportRow:
    keeps = verdict.outcome in {queries.NEW, queries.CHANGED}
    return ImportRow(
        run=run,
        number=verdict.given.number,
        outcome=verdict.outcome,
        title=verdict.given.title[:200].replace("\0", ""),
        uuid=verdict.uuid,
        content=verdict.given.content if keeps else {},
        before={"differs": sorted(verdict.content or {})} if verdict.outcome == queries.CHANGED else {},
        problems=[list(problem) for problem in verdict.problems],
        resource=verdict.target,
        known_at=verdict.known_at,
    )


def _count(run: ImportRun, counts: Counter[str]) -> None:
    run.fresh, run.changed = counts[queries.NEW], counts[queries.CHANGED]
    run.unchanged, run.refused = counts[queries.UNCHANGED], counts[queries.REFUSED]
    run.total = run.done = counts.total()
    run.save(update_fields=["fresh", "changed", "unchanged", "refused", "total", "done"])


def _judged_again(run: ImportRun, rows: list[ImportRow]) -> bool:
    """Whether what the rows mean has changed since the report; then the rows say what they mean now."""
    judging = [row for row in rows if row.outcome != queries.UNCHANGED]
    differs = []
    for row, verdict in zip(judging, queries.judged(queries.given_again(row) for row in judging), strict=True):
        fresh = _row(run, verdict)
        if (fresh.outcome, fresh.resource_id, fresh.known_at) != (row.outcome, row.resource_id, row.known_at):
            fresh.pk = row.pk
            differs.append(fresh)
    if differs:
        ImportRow.objects.bulk_update(
            differs, ["outcome", "uuid", "content", "before", "problems", "resource", "known_at"], batch_size=AT_ONCE
        )
        _count(run, Counter(run.rows.values_list("outcome", flat=True)))
    return bool(differs)


def _store(by: Actor, run: ImportRun, rows: list[ImportRow], at: datetime) -> None:
    fresh = [row for row in rows if row.outcome == queries.NEW]
    changed = [row for row in rows if row.outcome == queries.CHANGED] if run.with_changed else []
    told = _telling(run, len(fresh) + len(changed))
    drafts = [fields_of(row.content) for row in fresh]
    made = create_resources(by=by, drafts=drafts, uuids=[row.uuid for row in fresh], how="import", at=at, told=told)
    _remember(fresh, made, at)
    for number, row in enumerate(changed, len(fresh) + 1):
        _change(by, row, at)
        told(number)


def _telling(run: ImportRun, of: int) -> Callable[[int], None]:
    """What says now and then how far the open transaction is; the page that shows it is told to look."""
    last = 0

    def told(done: int) -> None:
        nonlocal last
        if done - last >= TELL_EVERY:
            last = done
            progress.tell(queries.work_of(run), done, of)
            live.signal_now(f"repository.import.{run.ref}")

    return told


def fields_of(content: dict[str, Any], base: dict[str, Any] | None = None) -> dict[str, Any]:
    """The fields of a resource that a row's columns make, laid over what is there."""
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
    before = {name: value.isoformat() if isinstance(value, date) else value for name, value in held.items() if name in fields}
    made = fields_of(differs, held)
    target = edit_resource(by=by, resource=target, at=at, **{name: made[name] for name in fields})
    row.resource, row.known_at = target, target.modified_at
    row.before = {"differs": sorted(differs), "fields": before, "opened": opened}
    row.save(update_fields=["resource", "known_at", "before"])


def _touched(rows: Sequence[ImportRow], held: dict[int, Resource]) -> list[str]:
    """References of the drafts that another hand has changed, moved or built upon. One that was thrown away is nothing to undo."""
    used = set(Resource.objects.filter(pk__in=held, in_toolkits__isnull=False).values_list("pk", flat=True))
    used |= set(Resource.objects.filter(pk__in=held, derived__isnull=False).values_list("pk", flat=True))
    ours = [(row, held[row.resource_id]) for row in rows if row.resource_id in held and (_is_own(row) or row.before.get("fields"))]
    return [
        one.ref
        for row, one in ours
        if one.state not in EDITABLE or one.modified_at != row.known_at or one.version_number or (_is_own(row) and one.pk in used)
    ]


def _is_own(row: ImportRow) -> bool:
    return row.outcome == queries.NEW


def _put_back(by: Actor, row: ImportRow, resource: Resource, at: datetime) -> None:
    if row.before.get("opened"):
        discard_resource(by=by, resource=resource, at=at)
        return
    fields = row.before.get("fields")
    if fields:
        if isinstance(fields.get("review_by"), str):
            fields["review_by"] = date.fromisoformat(fields["review_by"])
        edit_resource(by=by, resource=resource, at=at, **fields)


def _set_off(by: Actor, run: ImportRun, to: ImportState, at: datetime) -> ImportRun:
    """Move a locked run to a step that a job does, and have it done."""
    move(run, to=to, by=by, at=at)
    audit.record(by, Trail.IMPORT_MOVED, run, zone=ZONE, at=at, facts={"to": str(to), "format": run.format, "rows": run.total})
    _defer(run)
    live.signal(f"repository.import.{run.ref}")
    return run


def _settle(by: Actor, run: ImportRun, to: ImportState, at: datetime, *, why: str = "", notes: dict[str, Any] | None = None) -> ImportRun:
    """Move a run to where it waits for a person or is over; its file is not needed any more."""
    with transaction.atomic():
        run = lock(run)
        name = run.file.name
        move(run, to=to, by=by, at=at, why=why)
        run.notes = run.notes if notes is None else notes
        run.ended_at, run.file = at, ""
        run.save(update_fields=["notes", "ended_at", "file"])
        audit.record(by, Trail.IMPORT_MOVED, run, zone=ZONE, at=at, facts={"to": str(to), "format": run.format, "rows": run.total})
        live.signal(f"repository.import.{run.ref}")
        live.signal("repository.imports")
        if name:
            transaction.on_commit(lambda: default_storage.delete(name))
        return run


def _defer(run: ImportRun) -> None:
    """A job for the run; one that waits already is enough."""
    try:
        with transaction.atomic():
            mark = f"repository.import.{run.pk}"
            app.configure_task("repository.import_run", queue="repository", lock=mark, queueing_lock=mark).defer(run_id=run.pk)
    except AlreadyEnqueued:
        pass
