"""Small-cell suppression: small counts are hidden, and so many others that nobody can work them out again
from the totals.

A table's equations (each row and each column adds up to its total) form a network of rows and columns in
which every cell is an edge. A hidden cell's possible values reach as far up as flow can be sent round it
through other hidden cells, and likewise down (Gusfield, SIAM J. Comput. 17, 1988, 552–571). Cells are hidden,
cheapest first, until every small one could be anything over a range of at least its threshold, which may
differ from cell to cell. Zeros stay visible. Differences between overlapping periods are not looked at;
between measures, only where one says that it rests on another.
"""

import heapq
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

type Cell = tuple[str | None, str | None]
"""Row and column; None is the total. (None, None) is the grand total."""
type Node = tuple[str, str | None]

DEAR_TOTAL, DEAREST_TOTAL = 10**9, 10**12
"""Totals are hidden only where no inner cell helps, the grand total last."""


def suppress(
    cells: Mapping[Cell, int], below: int | Mapping[Cell, int], also: Collection[Cell] = ()
) -> frozenset[Cell]:
    """Which of the published cells of a one-way or two-way table to hide. A total that is not among `cells`
    is not published.

    A one-way table has None in every column (or every row), and (None, None) for its total. Counts are not
    negative. `below` is the threshold: one for the table, or one for each cell. What is small could be
    anything over a range of its own threshold. `also` are cells to hide for a reason of the caller's,
    whatever they hold; they are protected as small ones are.
    """
    if any(n < 0 for n in cells.values()):
        raise ValueError("a count is negative")
    thresholds = dict.fromkeys(cells, below) if isinstance(below, int) else below
    if any(None not in cell for cell in cells):
        return _suppress_table(cells, thresholds, also)
    # A one-way table is one column (or row) of a two-way table whose only total is the grand one.
    by_row: dict[Cell, int] = {(row, ""): n for (row, column), n in cells.items() if column is None}
    by_column: dict[Cell, int] = {("", column): n for (row, column), n in cells.items() if row is None}
    row_thresholds: dict[Cell, int] = {(row, ""): thresholds[row, None] for row, _ in by_row}
    column_thresholds: dict[Cell, int] = {("", column): thresholds[None, column] for _, column in by_column}
    rows = _suppress_table(by_row, row_thresholds, {(row, "") for row, column in also if column is None})
    columns = _suppress_table(
        by_column, column_thresholds, {("", column) for row, column in also if row is None}
    )
    return frozenset({(row, None) for row, _ in rows} | {(None, column) for _, column in columns})


def _suppress_table(
    cells: Mapping[Cell, int], thresholds: Mapping[Cell, int], also: Collection[Cell]
) -> frozenset[Cell]:
    network = _Network(cells)
    small = [cell for cell, n in cells.items() if 0 < n < thresholds[cell] or cell in also]
    network.hidden |= set(small)
    for cell in sorted(small, key=lambda cell: (cells[cell], *map(repr, cell))):
        network.protect(cell, thresholds[cell])
    return frozenset(network.hidden & cells.keys())


@dataclass
class _Network:
    """The table as a network.

    Moving along an edge from row to column lowers its signed value; totals have the sign minus.
    """

    cells: Mapping[Cell, int]
    hidden: set[Cell] = field(default_factory=set)
    value: dict[Cell, float] = field(default_factory=dict)
    around: dict[Node, list[Cell]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = dict.fromkeys([*(row for row, _ in self.cells), None])
        columns = dict.fromkeys([*(column for _, column in self.cells), None])
        for row in rows:
            for column in columns:
                cell = (row, column)
                if cell not in self.cells and None not in cell:
                    continue  # nothing was counted there and everybody knows it
                self.value[cell] = self.cells.get(cell, math.inf)
                self.around.setdefault(("row", row), []).append(cell)
                self.around.setdefault(("column", column), []).append(cell)
                if cell not in self.cells:
                    self.hidden.add(cell)

    def protect(self, cell: Cell, width: float) -> None:
        """Hide further cells until what `cell` can be spans at least `width`."""
        row, column = ("row", cell[0]), ("column", cell[1])
        up, down = (
            (row, column) if _is_plus(cell) else (column, row),
            (column, row) if _is_plus(cell) else (row, column),
        )
        reach = min(self.value[cell], self._flow(cell, *down, width, {}, hide=False))
        self._flow(cell, *up, width - reach, {}, hide=True)

    def _flow(
        self, around: Cell, source: Node, sink: Node, wanted: float, moved: dict[Cell, float], *, hide: bool
    ) -> float:
        """Send up to `wanted` from source to sink without the cell `around`; with `hide`, through visible
        cells too, which it hides."""
        sent = 0.0
        while sent < wanted and (path := self._path(around, source, sink, moved, hide=hide)):
            amount = min(wanted - sent, *(self._room(cell, downward, moved) for cell, downward in path))
            for cell, downward in path:
                moved[cell] = moved.get(cell, 0.0) + (amount if downward else -amount)
                self.hidden.add(cell)
            sent += amount
        return sent

    def _path(
        self, around: Cell, source: Node, sink: Node, moved: Mapping[Cell, float], *, hide: bool
    ) -> list[tuple[Cell, bool]]:
        """The cheapest way on which something can still move; [] when there is none (Dijkstra)."""
        best: dict[Node, float] = {source: 0.0}
        came: dict[Node, tuple[Node, Cell, bool]] = {}
        queue: list[tuple[float, int, Node]] = [(0.0, 0, source)]
        turn = count(1)  # breaks ties, so that the result does not depend on names
        while queue:
            cost, _, node = heapq.heappop(queue)
            if node == sink:
                return list(_walk_back(came, source, sink))
            for cell in self.around[node]:
                downward = node[0] == "row"
                if (
                    cell == around
                    or self._room(cell, downward, moved) <= 0
                    or not (hide or cell in self.hidden)
                ):
                    continue
                other: Node = ("column", cell[1]) if downward else ("row", cell[0])
                if (price := cost + self._price(cell)) < best.get(other, math.inf):
                    best[other], came[other] = price, (node, cell, downward)
                    heapq.heappush(queue, (price, next(turn), other))
        return []

    def _room(self, cell: Cell, downward: bool, moved: Mapping[Cell, float]) -> float:
        """How much may still move over a cell: its true value cannot fall below zero, and can rise without
        bound."""
        lowers = downward == _is_plus(cell)
        if not lowers:
            return math.inf
        already = moved.get(cell, 0.0)
        return self.value[cell] - (already if _is_plus(cell) else -already)

    def _price(self, cell: Cell) -> float:
        if cell in self.hidden:
            return 0.0
        if self.value[cell] == 0:
            return math.inf
        dear = {0: 0, 1: DEAR_TOTAL, 2: DEAREST_TOTAL}[cell.count(None)]
        return dear + 1 + self.value[cell]


def _is_plus(cell: Cell) -> bool:
    return cell.count(None) != 1


def _walk_back(
    came: Mapping[Node, tuple[Node, Cell, bool]], source: Node, sink: Node
) -> Iterator[tuple[Cell, bool]]:
    node = sink
    while node != source:
        node, cell, downward = came[node]
        yield cell, downward
