"""The parts a list is declared with: views, columns, lines, buttons, actions on ticked rows, and what an
empty list says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Case, Expression, IntegerField, When

from sauga.kernel import vocab
from sauga.kernel.i18n import sort_key
from sauga.kernel.kit.lists.cells import Cell, Text


@dataclass(frozen=True)
class View:
    """A view of the list, drawn as a tab. Not sortable where ordering all its rows would cost too much."""

    code: str
    label: Text
    is_sortable: bool = True


@dataclass(frozen=True)
class Column:
    """A column. `sort`: the fields or expressions that put rows in ascending order, or a function where they
    depend on the language; without them the column is not sortable.

    `is_heading` marks the cell that names the row, `is_state` the one that says where it stands
    (`data-state`, which outside programs read); `is_hidden` hides the label from sight, not from screen
    readers.
    """

    name: str
    label: Text
    css: str = ""
    sort: Sequence[str | Expression] | Callable[[], Sequence[str | Expression]] = ()
    is_heading: bool = False
    is_state: bool = False
    is_hidden: bool = False


@dataclass(frozen=True)
class Line:
    """One row ready to be drawn: its reference (also the row's id) and a cell for each column."""

    ref: str
    cells: tuple[Cell, ...]
    css: str = ""


@dataclass(frozen=True, kw_only=True)
class Tool:
    """A button in the head of the page: a link, or a form that posts."""

    label: Text
    href: str
    key: str = ""
    icon: str = ""
    is_post: bool = False
    tone: str = ""


@dataclass(frozen=True, kw_only=True)
class BulkAction:
    """What can be done to ticked rows, from `least` rows on."""

    do: str
    label: Text
    key: str
    least: int = 1


@dataclass(frozen=True, kw_only=True)
class Empty:
    """What an empty list says, and a way out of it."""

    title: Text
    text: Text = ""
    href: Text = ""
    action: Text = ""


def label_order(field: str, vocabulary: str) -> Callable[[], list[Expression]]:
    """Sorts a column of codes by the labels that are shown for them; codes without a label come last."""

    def order() -> list[Expression]:
        ranked = sorted(vocab.choices(vocabulary), key=lambda choice: sort_key(choice[1]))
        ranks = [When(**{field: code}, then=rank) for rank, (code, _label) in enumerate(ranked)]
        return [Case(*ranks, default=len(ranks), output_field=IntegerField())]

    return order
