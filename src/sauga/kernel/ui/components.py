"""Values that components draw: a message, a timeline step, a column, a pager, a figure. Frozen, so that
queries may return them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise

type Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Message:
    """One entry of a thread.

    `mine` is written by the reader's own side; an `event` is a line in the middle without an author.
    """

    text: Text
    by: Text = ""
    when: datetime | date | None = None
    mine: bool = False
    event: bool = False
    seen: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One step of a timeline. `kind` is done, now, next or bad; `when` may be an instant or words („next“).

    `to_hour`: of `when` no more is known than its hour.
    """

    text: Text
    when: datetime | date | None = None
    to_hour: bool = False
    when_text: Text = ""
    note: Text = ""
    kind: str = "done"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a worklist or table.

    `sort` is the query value that sorts by it; `sorted` is "", ascending or descending.
    """

    label: Text
    css: str = ""
    sort: str = ""
    sorted: str = ""


@dataclass(frozen=True, kw_only=True)
class Pager:
    """Keyset pages: the query strings (without „?“) of the neighbours, empty at the ends, and how many rows
    are shown."""

    previous: str = ""
    next: str = ""
    note: Text = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number with its name, its base or interval, and its definition.

    Suppressed values are written as words („fewer than 5“).
    """

    title: Text
    value: Text
    unit: Text = ""
    note: Text = ""
    definition: Text = ""
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """The table under a chart. Cells after the first of each row are numbers or words, already formatted."""

    caption: Text
    head: Sequence[Text]
    rows: Sequence[Sequence[Text]] = field(default_factory=tuple)
