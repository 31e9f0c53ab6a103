"""Encrypts and decrypts the rows of a file that is being imported."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.http import Http404

from sauga.events.planning.models import ImportedFile
from sauga.events.programme.models import Event
from sauga.events.registration.queries.details import OPENER, ZONE, prepared_key
from sauga.kernel import sealed
from sauga.kernel.identity import PersonActor

TABLE, FIELD = "events_importedfile", "rows"
NEW, UNCHANGED, REFUSED = "new", "unchanged", "refused"


@dataclass(frozen=True)
class Row:
    """One row of a sheet: what its cells give, and what storing it would do or why it cannot be.

    `problems` are a column (empty: the row), a code, and what stood there or, with the code `own`, the
    reason in words. `said` is where it would stand.
    """

    sheet: str
    number: int
    title: str
    content: dict[str, Any] = field(repr=False)
    outcome: str = NEW
    problems: tuple[tuple[str, str, str], ...] = ()
    said: str = ""


@dataclass(frozen=True)
class Content:
    """A file as it was read: its rows, and the letter of each column by sheet."""

    rows: tuple[Row, ...]
    letters: dict[str, dict[str, str]]

    @property
    def is_fit(self) -> bool:
        """Whether it can be stored: nothing is refused, and something is new."""
        outcomes = {row.outcome for row in self.rows}
        return REFUSED not in outcomes and NEW in outcomes


def put(file: ImportedFile, content: Content) -> None:
    """Store the file with its rows encrypted under a fresh key."""
    sealed.destroy_keys([file.holder])
    prepared = prepared_key(file.holder)
    text = json.dumps(asdict(content), ensure_ascii=False)
    file.rows = sealed.seal(prepared.key, table=TABLE, row=file.ref, field=FIELD, text=text)
    prepared.store()
    file.save()


def content_of(file: ImportedFile) -> Content:
    """The rows of a file. Raises Http404 once its key is destroyed."""
    try:
        key = sealed.open_data_key(zone=ZONE, holder=file.holder, opener=OPENER)
    except sealed.KeyNotAvailable:
        raise Http404 from None
    text = sealed.unseal(key, table=TABLE, row=file.ref, field=FIELD, envelope=bytes(file.rows))
    held = json.loads(text)
    rows = [Row(**{**row, "problems": _tuples(row["problems"])}) for row in held["rows"]]
    return Content(tuple(rows), held["letters"])


def file_of(by: PersonActor, event: Event, ref: str) -> ImportedFile:
    """A file that this person is bringing in for the event. Raises Http404."""
    found = ImportedFile.objects.filter(event=event, ref=ref, person=by.person_id).first()
    if found is None:
        raise Http404
    return found


def _tuples(problems: Sequence[Sequence[str]]) -> tuple[tuple[str, str, str], ...]:
    return tuple((column, code, said) for column, code, said in problems)
