"""Small cells are hidden so well that a solver who knows every published number cannot pin them down."""

import random

import pytest
from scipy.optimize import linprog

from sauga.kernel.figures import suppress

pytestmark = pytest.mark.unit


def table(counts, *, rows=True, columns=True, grand=True):
    """Cells of a two-way table with its totals; counts[(r, c)]."""
    cells = dict(counts)
    for (row, column), n in counts.items():
        if rows:
            cells[row, None] = cells.get((row, None), 0) + n
        if columns:
            cells[None, column] = cells.get((None, column), 0) + n
        if grand:
            cells[None, None] = cells.get((None, None), 0) + n
    return cells


def range_of(cells, hidden, target):
    """Smallest and largest possible count of a hidden cell for somebody who knows all others and
    that they add up.
    """
    inner = [cell for cell in cells if None not in cell]
    rows, columns = sorted({r for r, _ in inner}), sorted({c for _, c in inner})
    unknown = inner + [(r, None) for r in rows] + [(None, c) for c in columns] + [(None, None)]
    place = {cell: i for i, cell in enumerate(unknown)}
    equations, sums = [], []
    lines = [([cell for cell in inner if cell[0] == r], (r, None)) for r in rows]
    lines += [([cell for cell in inner if cell[1] == c], (None, c)) for c in columns]
    lines += [([(r, None) for r in rows], (None, None)), ([(None, c) for c in columns], (None, None))]
    for parts, total in lines:
        line = [0] * len(unknown)
        for part in parts:
            line[place[part]] += 1
        line[place[total]] -= 1
        equations.append(line)
        sums.append(0)
    known = [cell for cell in unknown if cell in cells and cell not in hidden]
    bounds = [(cells[cell], cells[cell]) if cell in known else (0, None) for cell in unknown]
    ends = []
    for sign in (1, -1):
        goal = [0] * len(unknown)
        goal[place[target]] = sign
        solved = linprog(goal, A_eq=equations, b_eq=sums, bounds=bounds)
        ends.append(solved.fun * sign if solved.status == 0 else float("inf"))
    return ends


@pytest.mark.parametrize("seed", range(60))
def test_no_small_cell_can_be_worked_out(seed):
    dice = random.Random(seed)
    counts = {
        (f"r{r}", f"c{c}"): dice.choice([0, 1, 2, 3, 4, 6, 9, 14, 40])
        for r in range(dice.randint(2, 5))
        for c in range(dice.randint(2, 5))
    }
    if dice.random() < 0.3:
        counts.pop(dice.choice(list(counts)))
    cells = table(counts, rows=dice.random() < 0.8, columns=dice.random() < 0.8, grand=dice.random() < 0.8)
    hidden = suppress(cells, 5)
    small = [cell for cell, n in cells.items() if 0 < n < 5]
    assert set(small) <= hidden
    for cell in small:
        low, high = range_of(cells, hidden, cell)
        assert high - low >= 5 - 1e-6, (cell, low, high)


def test_a_single_small_cell_takes_three_others_with_it():
    cells = table({(r, c): 20 for r in "abcd" for c in "wxyz"} | {("a", "w"): 2})
    hidden = suppress(cells, 5)
    assert len(hidden) == 4
    assert all(None not in cell for cell in hidden)


def test_small_cells_joined_only_by_a_bridge_are_not_recoverable():
    """Two hidden cells in every row and column are not enough: one alone between two blocks
    could be computed.
    """
    counts = {(r, c): 30 for r in "abcd" for c in "wxyz"}
    counts |= {
        ("a", "w"): 3,
        ("a", "x"): 3,
        ("b", "w"): 3,
        ("b", "x"): 3,
        ("c", "y"): 3,
        ("c", "z"): 3,
        ("d", "y"): 3,
        ("d", "z"): 3,
        ("b", "y"): 3,
    }
    cells = table(counts)
    hidden = suppress(cells, 5)
    low, high = range_of(cells, hidden, ("b", "y"))
    assert high - low >= 5


def test_nothing_small_hides_nothing():
    assert suppress(table({("a", "x"): 5, ("a", "y"): 0, ("b", "x"): 12, ("b", "y"): 7}), 5) == frozenset()
    assert suppress({}, 5) == frozenset()


def test_a_one_way_table_hides_a_second_cell_or_its_total():
    one_way = {("a", None): 2, ("b", None): 30, ("c", None): 8, (None, None): 40}
    assert suppress(one_way, 5) == {("a", None), ("c", None)}
    assert suppress({("a", None): 2, (None, None): 2}, 5) == {("a", None), (None, None)}
    assert suppress({("a", None): 2, ("b", None): 30}, 5) == {("a", None)}
    assert suppress({(None, "x"): 2, (None, "y"): 30, (None, "z"): 8, (None, None): 40}, 5) == {
        (None, "x"),
        (None, "z"),
    }


def test_a_lone_number_is_hidden_when_small():
    assert suppress({(None, None): 3}, 5) == {(None, None)}
    assert suppress({(None, None): 5}, 5) == frozenset()


def test_two_one_way_tables_share_their_total():
    cells = {("a", None): 2, ("b", None): 38, (None, "x"): 20, (None, "y"): 20, (None, None): 40}
    assert suppress(cells, 5) == {("a", None), ("b", None)}


def test_the_threshold_may_be_higher():
    assert suppress({("a", None): 7, ("b", None): 30, (None, None): 37}, 10) == {("a", None), ("b", None)}


@pytest.mark.parametrize("seed", range(60))
def test_no_cell_below_its_own_threshold_can_be_worked_out(seed):
    """Rows of one table may hide below five, others below ten; totals below the higher one of their parts."""
    dice = random.Random(seed)
    counts = {
        (f"r{r}", f"c{c}"): dice.choice([0, 1, 3, 6, 8, 9, 12, 40])
        for r in range(dice.randint(2, 5))
        for c in range(dice.randint(2, 5))
    }
    cells = table(counts, rows=dice.random() < 0.8, columns=dice.random() < 0.8, grand=dice.random() < 0.8)
    of_row = {row: dice.choice([5, 10]) for row in sorted({row for row, _ in counts})}
    below = {cell: of_row.get(cell[0], 10) for cell in cells}
    hidden = suppress(cells, below)
    for cell in (cell for cell, n in cells.items() if 0 < n < below[cell]):
        assert cell in hidden
        low, high = range_of(cells, hidden, cell)
        assert high - low >= below[cell] - 1e-6, (cell, low, high)


def test_the_lower_threshold_hides_no_more_than_it_must():
    cells = {("a", None): 7, ("b", None): 30, ("c", None): 12, (None, None): 49}
    assert suppress(cells, dict.fromkeys(cells, 5)) == suppress(cells, 5) == frozenset()
    assert suppress(cells, {**dict.fromkeys(cells, 5), ("a", None): 10}) == {("a", None), ("c", None)}


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="negative"):
        suppress({("a", None): -1}, 5)
