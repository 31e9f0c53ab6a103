"""The layout of an import file: its columns, what a row needs, and the problems of a row. No database."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from sauga.kernel.i18n import normalised

MOST_BYTES = 32 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
SHOWN = 80
"""How much of a cell a report repeats."""


class TableRefused(ValueError):
    """The file cannot be read at all.

    `why` is a code, `facts` what its words need: a row, a name, the columns that lack.
    """

    def __init__(self, why: str, **facts: Any) -> None:
        super().__init__(why)
        self.why, self.facts = why, facts


class CellRefused(ValueError):
    """A cell holds what its column may not. `said` is what a person should look for."""

    def __init__(self, code: str, said: str = "") -> None:
        super().__init__(code)
        self.code, self.said = code, said


class Problem(NamedTuple):
    """One thing wrong with a row: the column (empty: the row itself), a code, and what stood there."""

    column: str
    code: str
    said: str = ""


@dataclass(frozen=True)
class Kind:
    """How cells are read.

    `read` gets the column and what the cell holds, and returns the value or raises CellRefused.
    """

    read: Callable[[Any, Any], Any]
    help: Any = ""
    is_text: bool = False
    """A workbook's template marks the cells as text, so that a spreadsheet does not turn codes into numbers
    or days."""
    is_list: bool = False
    may_be_formula: bool = False
    """What begins like a formula is taken as text."""


@dataclass(frozen=True)
class Column:
    """One column. `most` is the longest text or the largest number; `also` are other headings that it may
    have.

    `path` is its place in a JSON record, where the layout has a `document`.
    """

    name: str
    kind: Kind
    label: Any = field(default="", kw_only=True)
    help: Any = field(default="", kw_only=True)
    most: int = field(default=0, kw_only=True)
    vocabulary: str = field(default="", kw_only=True)
    also: tuple[str, ...] = field(default=(), kw_only=True)
    path: tuple[str | int, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True)
class Document:
    """The JSON form of a file: the name of its format, the key under which the records stand, keys of a
    record that are passed over."""

    format: str
    records: str
    ignored: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Given:
    """One row: its number as a person finds it in the file, what its columns give, what is wrong with it, and
    by what a person knows it."""

    number: int
    content: dict[str, Any]
    problems: tuple[Problem, ...] = ()
    title: str = ""


@dataclass(frozen=True)
class Table:
    """An opened file.

    `notes` tell how it was read; `total` is how many rows there are at most, 0 when it is not known before
    the end.
    """

    rows: Iterator[Given]
    total: int = 0
    notes: dict[str, Any] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    """The letter that a spreadsheet gives to each column of a CSV file or a workbook."""


def letters_of(head: Iterable[str]) -> dict[str, str]:
    """The letters of known columns (others are empty), in the order of a file: A to Z, then AA."""

    def letter(place: int) -> str:
        return (letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)

    return {name: letter(place) for place, name in enumerate(head) if name}


def _nothing(_content: Mapping[str, Any], _found: Sequence[Problem]) -> Iterable[Problem]:
    return ()


@dataclass(frozen=True)
class Layout[C: Column]:
    """The columns of a kind of file. `required` must be filled in every row, and at least one of `titles`, by
    which a row is named.

    `check` finds what is wrong with a row as a whole; it is given what the columns hold and the problems
    found so far.
    """

    columns: tuple[C, ...]
    titles: tuple[str, ...]
    required: tuple[str, ...] = ()
    check: Callable[[Mapping[str, Any], Sequence[Problem]], Iterable[Problem]] = _nothing
    document: Document | None = None

    @cached_property
    def by_name(self) -> dict[str, C]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}

    @cached_property
    def _headings(self) -> dict[str, str]:
        return {name.lower(): column.name for column in self.columns for name in (column.name, *column.also)}

    def named(self, heading: Any) -> str:
        """The column that a heading names; empty for an unknown one."""
        return self._headings.get(cleaned(heading), "")


def cleaned(heading: Any) -> str:
    """A heading without the spaces, capitals and marks that spreadsheets add."""
    return normalised(str(heading or "")).strip().strip("\ufeff").lower()[:SHOWN]
