"""What can be wrong with a file, and with one row of it."""

from typing import Any, NamedTuple

MOST_BYTES = 32 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_CELL = 60_000
SHOWN = 80
"""How much of a cell a report repeats."""


class TableRefused(ValueError):
    """The file cannot be read at all. `why` is a code, `facts` what its words need: a row, a name, the columns that lack."""

    def __init__(self, why: str, **facts: Any) -> None:
        super().__init__(why)
        self.why, self.facts = why, facts


class Problem(NamedTuple):
    """One thing wrong with a row: the column (empty: the row itself), a code, and what stood there."""

    column: str
    code: str
    said: str = ""


class CellRefused(ValueError):
    """A cell holds what its column may not. `said` is what a person should look for."""

    def __init__(self, code: str, said: str = "") -> None:
        super().__init__(code)
        self.code, self.said = code, said
