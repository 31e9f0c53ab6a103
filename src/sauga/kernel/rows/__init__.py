"""New rows that do not wait for each other: several INSERTs travel to the database together and are answered once.

Storing one report is eight INSERTs, and each of them alone waits for an answer that says nothing but "done". Inside `together()` they
are sent one behind the other (PostgreSQL's pipeline mode, psycopg's `Connection.pipeline`); a question asked in between, and the end of
the block, wait for all of them. `insert` is the short way for rows whose number nobody asks for: it neither asks PostgreSQL for it nor
builds a statement anew. For everything else there is the ORM, which may be used inside `together()` too, with one exception:
**what counts the rows it has changed** (`update()`, `delete()`, `states.move`) sees -1 there and belongs outside the block.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model

__all__ = ["insert", "together"]

type _Plan = tuple[str, str, tuple[Field[Any, Any], ...]]


@contextmanager
def together() -> Iterator[None]:
    """Send the statements of this block without waiting for each answer. Only inside a transaction.

    What the database refuses is raised by the next question or at the end of the block, as Django's exception (IntegrityError, …).
    Raises RuntimeError outside a transaction: there each statement is a promise of its own.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("rows travel together inside a transaction only")
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def insert(rows: Sequence[Model], *, keep_known: bool = False, numbered: bool = False) -> Callable[[], None]:
    """Insert rows of one table with one statement, as they are: no signals, no `save()`. No rows, no statement.

    `keep_known`: a row whose unique values are there already is left out, silently. `numbered`: the function that is returned waits for
    the rows' primary keys and sets them; it cannot be had with `keep_known`, since the rows left out have none.
    Raises IntegrityError (inside `together()`: later), ValueError for `keep_known` and `numbered` at once.

    >>> insert([])()
    """
    if keep_known and numbered:
        raise ValueError("rows that are left out have no number")
    if not rows:
        return _nothing
    head, one, fields = _plan(type(rows[0]))
    tail = " ON CONFLICT DO NOTHING" if keep_known else f" RETURNING {_quoted(rows[0]._meta.pk.column)}" if numbered else ""
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for row in rows for field in fields]
    cursor = connection.cursor()
    cursor.execute(f"{head}{', '.join([one] * len(rows))}{tail}", values)
    if not numbered:
        return _nothing

    def number() -> None:
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk, row._state.adding, row._state.db = key, False, connection.alias

    return number


def _nothing() -> None:
    """There is nothing to wait for."""


@lru_cache(maxsize=256)
def _plan(model: type[Model]) -> _Plan:
    fields = tuple(field for field in model._meta.concrete_fields if not field.primary_key and not field.generated)
    columns = ", ".join(_quoted(field.column) for field in fields)
    head = f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608  names of our own models, quoted
    return head, f"({', '.join(['%s'] * len(fields))})", fields


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))
