"""Questions that every request asks: the ORM puts each into SQL once in a process, later calls only bind
values.

Composing a query costs the web process more than asking it. What is asked stays one query set, built from the
same filters as everywhere.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import wraps
from typing import Any, cast, get_type_hints
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    ForeignObject,
    IntegerField,
    Lookup,
    Model,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.query import get_related_populators
from psycopg import Binary


def _day(number: int) -> date:
    return date(1000 + 37 * number, 1 + 5 * number % 12, 1 + 5 * number % 28)


def _number(number: int) -> int:
    return 2_046_029_254 + 1_000_003 * number  # a field for positive numbers takes it, too


MARKS: dict[Any, Callable[[int], Any]] = {
    int: _number,
    datetime: lambda number: datetime.combine(_day(number), time(7 * number % 24, 59 - number), UTC),
    date: _day,
    str: lambda number: f"statement value {number}" + "-" * number,
    bytes: lambda number: b"statement value %d" % number,
    UUID: lambda number: UUID(int=2**127 + number),
    list[int]: lambda number: [_number(number), number],
    list[str]: lambda number: [f"statement values {number}"],
}
"""Values that no row has, different in every part.

A query is composed with them, and whatever is given later is bound in their places.
"""


MOST_SHAPES = 500
"""So many statements of one function are kept: visitors choose filters, and so shapes, as they like."""


@ForeignObject.register_lookup
@Field.register_lookup
class AnyOf(Lookup):  # type: ignore[type-arg]  # the generic is known to the checker alone
    """`key__any_of=keys`: what `key__in` finds, with the list bound as one value, so that the statement is
    the same however long the list is.
    """

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Compare with an array of PostgreSQL."""
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*values, list(self.rhs)]


def codes(values: list[str]) -> Value:
    """For `topics__overlap=codes(values)` and the like: a list of codes, bound as one value."""
    return Value(values, ArrayField(TextField()))


type _Marks = Mapping[str, Any]
"""Name of a parameter → the value it is composed with."""


class ValueChanged(TypeError):
    """A value does not reach the database as it was given, so that its place in the statement cannot be
    found."""


@dataclass(frozen=True)
class _Place:
    """Where a given value is bound; `wrap` is what the field makes of it for the driver."""

    name: str
    wrap: Callable[[Any], Any] | None


@dataclass(frozen=True)
class _Statement:
    sql: str
    values: tuple[Any, ...]
    converters: Mapping[int, tuple[list[Callable[..., Any]], Any]]

    @property
    def text(self) -> tuple[Any, ...]:
        """What is sent, with places instead of the given values."""
        return self.sql, self.values

    def ask(self, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        if not self.sql:
            return []
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [_bound(value, given) for value in self.values])
            rows = cursor.fetchall()
        return [self._converted(row, connection) for row in rows] if self.converters else rows

    def _converted(self, row: tuple[Any, ...], connection: Any) -> tuple[Any, ...]:
        held = list(row)
        for place, (converters, expression) in self.converters.items():
            for convert in converters:
                held[place] = convert(held[place], expression, connection)
        return tuple(held)


NOTHING = _Statement("", (), {})


def prepared[**P](compose: Callable[P, QuerySet[Any, Any]]) -> Callable[P, list[tuple[Any, ...]]]:
    """Turn a function that composes a query set of `values_list` into one that asks it and returns the rows.

    Its parameters are keyword-only. Those of type int (keys), datetime, date, str, bytes and UUID are values,
    as are list[int] and list[str] (for `any_of` and `codes`); every other one decides about the shape of the
    query, which is composed once for each. Raises ValueChanged at the first call for a value that a lookup
    changes.
    """

    def draw(rows: QuerySet[Any, Any], marks: _Marks) -> tuple[_Statement, None]:
        return _composed(rows, marks), None

    return _question(compose, draw, lambda rows, _keys: rows)


def fetched[**P, M: Model](compose: Callable[P, QuerySet[M]]) -> Callable[P, list[M]]:
    """Turn a function that composes a query set of rows, whole or with `only`, alone or with
    `select_related`, into one that asks it and returns the rows.

    Parameters as in `prepared`. Raises ValueError at the first call for a query set with annotations.
    """

    def draw(rows: QuerySet[M], marks: _Marks) -> tuple[_Statement, "_Reader | None"]:
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        statement = _compiled(compiler, marks)
        if statement is NOTHING:
            return statement, None
        if compiler.annotation_col_map:
            raise ValueError(f"{rows.model.__name__} is fetched by itself: without annotations")
        return statement, _Reader.of(compiler, cast(Any, rows)._fetch_mode)

    def read(rows: list[tuple[Any, ...]], reader: "_Reader | None") -> list[M]:
        return [reader.row(row) for row in rows] if reader is not None else []

    return _question(compose, draw, read)


@dataclass(frozen=True)
class _Reader:
    """Makes objects of rows, as the iterator of a query set does."""

    model: type[Any]
    names: list[str]
    columns: slice
    related: Sequence[Any]

    @classmethod
    def of(cls, compiler: Any, fetch_mode: Any) -> "_Reader":
        held, select = compiler.klass_info, compiler.select
        columns = slice(held["select_fields"][0], held["select_fields"][-1] + 1)
        names = [column[0].target.attname for column in select[columns]]
        related = get_related_populators(held, select, DEFAULT_DB_ALIAS, fetch_mode)
        return cls(held["model"], names, columns, related)

    def row(self, values: tuple[Any, ...]) -> Any:
        """The object of a row, with the related ones that were selected."""
        found = self.model.from_db(DEFAULT_DB_ALIAS, self.names, values[self.columns])
        for one in self.related:
            one.populate(values, found)
        return found


def counted[**P, K](
    most: int | None = None,
) -> Callable[[Callable[P, Mapping[K, QuerySet[Any, Any]]]], Callable[P, dict[K, int]]]:
    """Turn a function that composes several query sets into one that counts each, in one statement. None is
    counted beyond `most`.

    Parameters as in `prepared`.
    """

    def draw(sets: Mapping[K, QuerySet[Any, Any]], marks: _Marks) -> tuple[_Statement, list[K]]:
        each = [_composed(one.order_by().values_list("pk")[:most], marks) for one in sets.values()]
        return _together([_counted(one) for one in each]), list(sets)

    def mark(compose: Callable[P, Mapping[K, QuerySet[Any, Any]]]) -> Callable[P, dict[K, int]]:
        return _question(compose, draw, lambda rows, keys: dict(zip(keys, rows[0], strict=True)))

    return mark


def united[**P, K](
    compose: Callable[P, Mapping[K, QuerySet[Any, Any]]],
) -> Callable[P, dict[K, list[tuple[Any, ...]]]]:
    """Turn a function that composes several query sets of `values_list` into one that asks them in one
    statement and returns the rows of each.

    Parameters as in `prepared`. Columns are texts, whole numbers, yes or no, days, and lists of texts or
    numbers; raises TypeError at the first call for any other.
    """

    def draw(sets: Mapping[K, QuerySet[Any, Any]], marks: _Marks) -> tuple[_Statement, list[Any]]:
        each = [_as_json(one, marks) for one in sets.values()]
        return _together([one for one, _days in each]), [
            (key, days) for key, (_one, days) in zip(sets, each, strict=True)
        ]

    def read(rows: list[tuple[Any, ...]], keys: list[Any]) -> dict[K, list[tuple[Any, ...]]]:
        return {key: _rows(text, days) for (key, days), text in zip(keys, rows[0], strict=True)}

    return _question(compose, draw, read)


def _as_json(rows: QuerySet[Any, Any], marks: _Marks) -> tuple[_Statement, tuple[int, ...]]:
    """The rows of a query set as one text, and the places of days in them."""
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    asked = _compiled(compiler, marks)
    kinds = [column[0].output_field for column in compiler.select] if asked.sql else []
    wrong = [kind for kind in kinds if not isinstance(kind, IN_JSON) or isinstance(kind, DateTimeField)]
    if wrong or asked.converters:
        raise TypeError(f"{rows.model.__name__}: {wrong or 'converted columns'} cannot be asked for together")
    names = [f"c{place}" for place in range(len(kinds))]
    sql = (
        f"SELECT coalesce(json_agg(json_build_array({', '.join(names)})), '[]')::text "  # noqa: S608  as below
        f"FROM ({asked.sql}) one({', '.join(names)})"
    )
    days = tuple(place for place, kind in enumerate(kinds) if isinstance(kind, DateField))
    return replace(asked, sql=sql if asked.sql else "SELECT '[]'"), days


IN_JSON = (CharField, TextField, IntegerField, BooleanField, DateField, ForeignKey, ArrayField)
"""The kinds of columns that come out of JSON as they went in; a day is made of its text."""


def _rows(text: str, days: tuple[int, ...]) -> list[tuple[Any, ...]]:
    rows = json.loads(text)
    for place in days:
        for row in rows:
            row[place] = None if row[place] is None else date.fromisoformat(row[place])
    return [tuple(row) for row in rows]


def _question(
    compose: Callable[..., Any], draw: Callable[..., Any], read: Callable[..., Any]
) -> Callable[..., Any]:
    """`compose` as a question: `draw` makes the statement from what it composes with marks, `read` the answer
    from the rows."""
    kinds = {name: kind for name, kind in get_type_hints(compose).items() if name != "return"}
    values = {name: kind for name, kind in kinds.items() if kind in MARKS}
    shapes = [name for name in kinds if name not in values]
    known: dict[tuple[Any, ...], tuple[_Statement, Any]] = {}

    def drawn(shape: tuple[Any, ...], first: int) -> tuple[_Statement, Any]:
        marks = {name: MARKS[kind](first + number) for number, (name, kind) in enumerate(values.items())}
        composed = compose(**dict(zip(shapes, shape, strict=True)), **marks)
        statement: tuple[_Statement, Any] = draw(composed, marks)
        return statement

    @wraps(compose)
    def ask(**given: Any) -> Any:
        shape = tuple([given[name] for name in shapes])
        held = known.get(shape)
        if held is None:
            held = drawn(shape, 0)
            if (
                values and held[0].text != drawn(shape, len(values))[0].text
            ):  # other marks: whatever differs came from a value
                raise ValueChanged(compose.__qualname__)
            if len(known) >= MOST_SHAPES:
                known.clear()
            known[shape] = held
        return read(held[0].ask(given), held[1])

    return ask


def _composed(rows: QuerySet[Any, Any], marks: _Marks) -> _Statement:
    return _compiled(rows.query.get_compiler(DEFAULT_DB_ALIAS), marks)


def _compiled(compiler: Any, marks: _Marks) -> _Statement:
    try:
        sql, values = compiler.as_sql()
    except EmptyResultSet:  # the filters exclude each other: there is nothing to ask
        return NOTHING
    converters = compiler.get_converters([column[0] for column in compiler.select])
    return _Statement(sql, tuple([_placed(value, marks) for value in values]), converters)


def _placed(value: Any, marks: _Marks) -> Any:
    held = value.obj if isinstance(value, Binary) else value  # bytes travel wrapped
    for name, mark in marks.items():
        if isinstance(held, type(mark)) and held == mark:
            return _Place(name, None if type(value) is type(mark) else type(value))
    return value


def _counted(one: _Statement) -> _Statement:
    return replace(one, sql=f"SELECT count(*) FROM ({one.sql}) counted" if one.sql else "SELECT 0")  # noqa: S608  the ORM's own text, values travel beside it


def _together(each: Sequence[_Statement]) -> _Statement:
    """Statements that each give one value, as one statement with a row of them."""
    sql = ", ".join(f"({one.sql})" for one in each)
    return _Statement(f"SELECT {sql}", tuple(value for one in each for value in one.values), {})


def _bound(value: Any, given: Mapping[str, Any]) -> Any:
    if not isinstance(value, _Place):
        return value
    return given[value.name] if value.wrap is None else value.wrap(given[value.name])
