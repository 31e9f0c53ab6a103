"""Bringing in a file: it is read and tried out first, and then stored as a whole or not at all.

Trying out carries out the very actions and takes everything back, so that the report says what storing will
do. Rows that are there already change nothing, so the same file can be brought in again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import Permission
from sauga.events.planning.actions.imported_programme import ProgrammeWriter
from sauga.events.planning.actions.imported_registrations import RegistrationWriter
from sauga.events.planning.models import ImportedFile
from sauga.events.planning.queries import imported as protection
from sauga.events.planning.queries.imported import NEW, REFUSED, UNCHANGED, Content, Row
from sauga.events.planning.queries.layouts import layouts_of
from sauga.events.planning.rules.sheets import MOST_ROWS, Sheets
from sauga.events.programme.models import Event
from sauga.events.registration.models import new_ref
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit, sealed
from sauga.kernel.identity import PermissionRefused, PersonActor, require
from sauga.kernel.kit.imports.formats import format_of, open_table
from sauga.kernel.kit.imports.layout import Layout, Table, TableRefused
from sauga.kernel.kit.imports.sheets import open_sheets
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import lock

PERMISSIONS = {
    Sheets.PROGRAMME: Permission.EDIT_PROGRAMME,
    Sheets.REGISTRATIONS: Permission.KEEP_REGISTRATIONS,
}
CSV_SHEET = {Sheets.PROGRAMME: "sessions", Sheets.REGISTRATIONS: "registrations"}
"""What a file without sheets is taken for."""
WRITERS: Mapping[str, Callable[..., Any]] = {
    Sheets.PROGRAMME: ProgrammeWriter,
    Sheets.REGISTRATIONS: RegistrationWriter,
}


class FileUnfit(ActionRefused):
    """The report has changed since it was read, or a row cannot be stored."""

    message = _(
        "Something has changed since the report, or a row cannot be stored. Nothing was written: look at the "
        "report once more."
    )


def read_file(
    *, by: PersonActor, event: Event, kind: Sheets, name: str, content: bytes, at: datetime
) -> ImportedFile:
    """Read a file and report on every row; nothing else is written. Raises PermissionRefused,
    TableRefused."""
    require(by, PERMISSIONS[kind], event)
    tables = _tables(event, kind, name, content)
    rows: list[Row] = []
    for sheet, table in tables.items():
        for given in table.rows:
            problems = tuple((one.column, one.code, one.said) for one in given.problems)
            outcome = REFUSED if problems else NEW
            rows.append(Row(sheet, given.number, given.title, given.content, outcome, problems))
            if len(rows) > MOST_ROWS:
                raise TableRefused("too_many", most=MOST_ROWS)
    letters = {sheet: dict(table.letters) for sheet, table in tables.items()}
    file = ImportedFile(
        ref=new_ref(),
        event=event,
        kind=kind,
        person_id=by.person_id,
        name=name.replace("\\", "/").rpartition("/")[2][:160],
        read_at=at,
    )
    tried = Content(_tried(by, file, rows, at), letters)
    with transaction.atomic():
        protection.put(file, tried)
    return file


def store_file(*, by: PersonActor, file: ImportedFile, at: datetime) -> int:
    """Store all rows of a file in one transaction; how many were new. Raises PermissionRefused,
    FileUnfit."""
    require(by, PERMISSIONS[Sheets(file.kind)], file)
    with transaction.atomic():
        held = lock(file)
        content = protection.content_of(held)
        rows = _written(by, held, content.rows, at)
        written = Content(rows, content.letters)
        if content.is_fit and written.is_fit:
            n = sum(row.outcome == NEW for row in rows)
            facts: dict[str, str | int] = {"kind": held.kind, "rows": n}
            audit.record(by, Trail.FILE_IMPORTED, held.event, zone=ZONE, at=at, facts=facts)
            _forget(held)
            return n
        transaction.set_rollback(True)
    with transaction.atomic():
        protection.put(file, written)
    raise FileUnfit


def drop_file(*, by: PersonActor, file: ImportedFile, at: datetime) -> None:
    """Leave it at the report. Raises PermissionRefused."""
    require(by, PERMISSIONS[Sheets(file.kind)], file)
    with transaction.atomic():
        _forget(lock(file))


def note_export(*, by: PersonActor, event: Event, rows: int, at: datetime) -> None:
    """Record that the person exported everything about an event. Raises PermissionRefused."""
    require(by, Permission.EXPORT_REGISTRATIONS, event)
    with transaction.atomic():
        facts: dict[str, str | int] = {"kind": "everything", "rows": rows}
        audit.record(by, Trail.FILE_EXPORTED, event, zone=ZONE, at=at, facts=facts)


def _forget(file: ImportedFile) -> None:
    sealed.destroy_keys([file.holder])
    file.delete()


def _tables(event: Event, kind: Sheets, name: str, content: bytes) -> dict[str, Table]:
    layouts = layouts_of(event, kind)
    sheet = CSV_SHEET[kind]
    layout: Layout[Any] = layouts[sheet]
    form = format_of(layout, name, content)
    if form == "xlsx":
        return open_sheets(layouts, content)
    return {sheet: open_table(layout, content, form)}


def _tried(by: PersonActor, file: ImportedFile, rows: Sequence[Row], at: datetime) -> tuple[Row, ...]:
    """What storing would do, found out by doing it and taking it back."""
    with transaction.atomic():
        found = _written(by, file, rows, at)
        transaction.set_rollback(True)
    return found


def _written(by: PersonActor, file: ImportedFile, rows: Sequence[Row], at: datetime) -> tuple[Row, ...]:
    """Write every row that its cells allow, each for itself, and say what came of it."""
    writer = WRITERS[file.kind](by=by, event=file.event, file=file, at=at)
    return tuple(row if _has_bad_cells(row) else _one(writer, row) for row in rows)


def _has_bad_cells(row: Row) -> bool:
    return row.outcome == REFUSED and any(code != "own" for _column, code, _said in row.problems)


def _one(writer: Any, row: Row) -> Row:
    fresh = replace(row, outcome=NEW, problems=(), said="")
    try:
        with transaction.atomic():
            is_new, said = writer.write(row.sheet, row.number, row.content)
    except PermissionRefused:
        reason = str(_("You may not add this. Ask an organiser."))
        return replace(fresh, outcome=REFUSED, problems=(("", "own", reason),))
    except ActionRefused as refused:
        column = writer.column_of(row.sheet, refused.field)
        return replace(fresh, outcome=REFUSED, problems=((column, "own", refused.text),))
    return replace(fresh, outcome=NEW if is_new else UNCHANGED, said=said)
