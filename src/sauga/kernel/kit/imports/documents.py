"""JSON: reads the records of a layout's document strictly. What JSON leaves open is refused, not guessed."""

import json
from collections.abc import Mapping
from typing import Any

from sauga.kernel.kit.imports.cells import row_of
from sauga.kernel.kit.imports.layout import (
    MOST_ROWS,
    SHOWN,
    Column,
    Document,
    Given,
    Layout,
    Problem,
    Table,
    TableRefused,
)
from sauga.kernel.kit.imports.tables import decoded


class _Doubled(ValueError):
    """A key stands twice in one object."""


class _NoNumber(ValueError):
    """NaN or an infinity."""


def open_json(layout: Layout[Any], content: bytes) -> Table:
    """The records of a document. Raises TableRefused."""
    form = layout.document
    assert form is not None
    text, encoding = decoded(content)
    if not text.strip():
        raise TableRefused("empty")
    records = _records(form, _parsed(text))
    if not records:
        raise TableRefused("no_rows")
    if len(records) > MOST_ROWS:
        raise TableRefused("too_many", most=MOST_ROWS)
    known = {str(column.path[0]) for column in layout.columns} | form.ignored
    notes: dict[str, Any] = {"encoding": encoding}
    if unknown := sorted(
        {str(key)[:SHOWN] for one in records if isinstance(one, Mapping) for key in one if key not in known}
    ):
        notes["unknown"] = unknown[:20]
    return Table((_row(layout, number, one) for number, one in enumerate(records, 1)), len(records), notes)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError as deep:
        raise TableRefused("deep") from deep
    except _Doubled as doubled:
        raise TableRefused("key_twice", columns=[str(doubled)[:SHOWN]]) from doubled
    except _NoNumber as wrong:
        raise TableRefused("no_number", columns=[str(wrong)]) from wrong
    except json.JSONDecodeError as wrong:
        raise TableRefused("json", row=wrong.lineno, place=wrong.colno) from wrong
    except ValueError as huge:  # Python refuses to read integers of more than 4,300 digits
        raise TableRefused("huge_number") from huge


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise _Doubled(key)
        made[key] = value
    return made


def _no_number(name: str) -> Any:
    raise _NoNumber(name)


def _records(form: Document, document: Any) -> list[Any]:
    if isinstance(document, Mapping):
        if not str(document.get("format", form.format)).startswith(form.format):
            raise TableRefused("format", columns=[str(document["format"])[:SHOWN]], known=form.format)
        document = document.get(form.records)
    if not isinstance(document, list):
        raise TableRefused("no_list", name=form.records)
    return document


def _row(layout: Layout[Any], number: int, record: Any) -> Given:
    if not isinstance(record, Mapping):
        return Given(number, {}, (Problem("", "shape"),))
    raw: list[tuple[str, Any]] = []
    problems: list[Problem] = []
    for column in layout.columns:
        try:
            raw.append((column.name, _leaf(record, column)))
        except TypeError:
            problems.append(Problem(column.name, "shape"))
    return row_of(layout, number, raw, dict.fromkeys(problems))


def _leaf(record: Mapping[str, Any], column: Column) -> Any:
    """What stands at a column's place in a record; None when a part of the way is missing.

    Raises TypeError for another shape.
    """
    value: Any = record
    for step in column.path:
        if value is None:
            return None
        if isinstance(step, int):
            if not isinstance(value, list):
                raise TypeError
            value = value[step] if step < len(value) else None
        elif isinstance(value, Mapping):
            value = value.get(step)
        else:
            raise TypeError
    return value
