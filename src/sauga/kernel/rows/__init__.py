"""New rows that do not wait for each other: rows of several tables travel to the database in one statement and are answered once.

Storing one report is eight INSERTs, and each of them alone waits for an answer that says nothing but "done". Inside `together()` rows are
gathered and sent at the end of the block as one statement; whatever else the block says to the database travels ahead of them without
waiting (PostgreSQL's pipeline mode, psycopg's `Connection.pipeline`), unless it is a question. `insert` is the short way for rows whose
number nobody asks for; `number` asks beforehand. For everything else there is the ORM, which may be used inside `together()` too, with
two exceptions: rows gathered are **not there yet** for a question asked in the block, and **what counts the rows it has changed**
(`delete()`, `save(update_fields)`, `states.move`) sees -1 there and belongs outside.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from itertools import batched, count
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BooleanField, CharField, Field, Model, TextField

__all__ = ["ask", "insert", "number", "together"]

type _Fields = tuple[tuple[Field[Any, Any], str, type | None], ...]
"""Each field of a row, the attribute to read ("" where the field wants to be asked), and the type that may stay as it is."""

AS_IT_IS: dict[type, type] = {CharField: str, TextField: str, BooleanField: bool}
"""What a field would hand back as it got it, after four calls: half of all values."""

MOST_VALUES = 32_000
"""PostgreSQL takes 65,535 values a statement."""

_gathered: ContextVar[list[Model] | None] = ContextVar("gathered", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Gather the rows of this block, and send them at its end with whatever it said besides. Only inside a transaction.

    What the database refuses is raised by a question or at the end of the block, as Django's exception (IntegrityError, …).
    Raises RuntimeError outside a transaction: there each statement is a promise of its own; and inside another such block.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if not connection.in_atomic_block:
        raise RuntimeError("rows travel together inside a transaction only")
    if _gathered.get() is not None:
        raise RuntimeError("these rows travel with others already")
    gathered: list[Model] = []
    mark = _gathered.set(gathered)
    try:
        with connection.wrap_database_errors, connection.connection.pipeline():
            yield
            _gathered.set(None)
            _send(gathered)
    finally:
        _gathered.reset(mark)


def number(*tables: Sequence[Model]) -> Callable[[], None]:
    """Ask for the primary keys of rows that are not stored yet, so that rows of other tables can name them and nobody waits later.

    Each of `tables` is rows of one table; all are numbered by one question. The function that is returned waits for the answer and sets
    the keys, in the rows' order. A number that was drawn for a row that is then not stored is lost, as after a rollback.
    """
    wanted = [rows for rows in tables if rows]
    if not wanted:
        return _nothing
    places = range(1, 2 * len(wanted), 2)
    drawn = ", ".join(f"ARRAY(SELECT nextval(${place}::text::regclass) FROM generate_series(1, ${place + 1}))" for place in places)  # noqa: S608  our own text, values travel beside it
    cursor = ask(f"SELECT {drawn}", [part for rows in wanted for part in (_sequence(type(rows[0])), len(rows))])

    def set_keys() -> None:
        for rows, keys in zip(wanted, cursor.fetchone() or (), strict=True):
            for row, key in zip(rows, keys, strict=True):
                row.pk = key

    return set_keys


def ask(question: str, values: Sequence[Any]) -> psycopg.RawCursor[Any]:
    """Ask or tell the database something that is written out, with its values at $1, $2, …; read the answer from what is returned.

    Past Django's cursor, which takes a statement apart anew each time to find its places: for what is said hundreds of times a second.
    Raises what Django's cursor would. In the block of `together()` it waits for nothing until it is read.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        return psycopg.RawCursor(connection.connection).execute(question, values)


def insert(rows: Sequence[Model]) -> None:
    """Insert rows of one table, as they are: no signals, no `save()`. No rows, no statement.

    Rows that have a number (`number`) keep it. Others get one that nobody is told. Raises IntegrityError (inside `together()`: later).

    >>> insert([])
    """
    gathered = _gathered.get()
    if gathered is None:
        _send(rows)
    else:
        gathered.extend(rows)


def _nothing() -> None:
    """There is nothing to wait for."""


def _send(rows: Sequence[Model]) -> None:
    """All rows with one statement, or several where there are more values than one takes."""
    connection = connections[DEFAULT_DB_ALIAS]
    tables: dict[tuple[type[Model], bool], list[Model]] = {}
    for row in rows:
        tables.setdefault((type(row), row.pk is not None), []).append(row)
    shape: list[tuple[type[Model], bool, int]] = []
    values: list[Any] = []
    for (model, is_numbered), those in tables.items():
        fields = _fields(model, is_numbered)
        for some in batched(those, MOST_VALUES // len(fields)):
            if len(values) + len(some) * len(fields) > MOST_VALUES:
                _execute(shape, values)
                shape, values = [], []
            shape.append((model, is_numbered, len(some)))
            for row in some:
                for field, name, plain in fields:
                    value = getattr(row, name) if name else field.pre_save(row, True)
                    values.append(value if type(value) is plain else field.get_db_prep_save(value, connection))
    _execute(shape, values)
    for row in rows:
        row._state.adding, row._state.db = row.pk is None, connection.alias


def _execute(shape: list[tuple[type[Model], bool, int]], values: list[Any]) -> None:
    if shape:
        ask(_statement(tuple(shape)), values)


@lru_cache(maxsize=256)
def _statement(shape: tuple[tuple[type[Model], bool, int], ...]) -> str:
    """One INSERT, and the others before it as parts of the same statement."""
    place, parts = count(1), []
    for model, is_numbered, rows in shape:
        fields = _fields(model, is_numbered)
        columns = ", ".join(_quoted(field.column) for field, _, _ in fields)
        places = ", ".join(f"({', '.join(f'${next(place)}' for _ in fields)})" for _ in range(rows))
        parts.append(f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES {places}")  # noqa: S608  our own models, quoted
    named = ", ".join(f"r{number} AS ({part})" for number, part in enumerate(parts[:-1]))
    return f"WITH {named} {parts[-1]}" if named else parts[-1]


@lru_cache(maxsize=256)
def _fields(model: type[Model], is_numbered: bool) -> _Fields:
    return tuple(
        (field, field.attname if type(field).pre_save is Field.pre_save else "", AS_IT_IS.get(type(field)))
        for field in model._meta.concrete_fields
        if not field.generated and (is_numbered or not field.primary_key)
    )


@lru_cache(maxsize=64)
def _sequence(model: type[Model]) -> str:
    """The sequence of the table's key, as PostgreSQL names those of identity columns."""
    return _quoted(f"{model._meta.db_table}_{model._meta.pk.column}_seq")


def _quoted(name: str | None) -> str:
    return connections[DEFAULT_DB_ALIAS].ops.quote_name(str(name))
