"""What services count: each measure says what it means, in which unit, and how to compute it for a period."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sauga.kernel.clock.periods import Period
from sauga.kernel.ui.parameters.periods import Choice

CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
THRESHOLDS = (5, 10)
"""Cells that count fewer than 5 are hidden; fewer than 10 where the cases are readers or pupils."""
MOST_DIMENSIONS = 2
"""Suppression is proven for tables of at most two dimensions; a finer breakdown is a measure of its own."""


class Evidence(StrEnum):
    """How a number came about. Numbers of different evidence stand side by side and are never added."""

    COUNTED = "COUNTED"
    CONFIRMED = "CONFIRMED"
    SELF_REPORTED = "SELF_REPORTED"
    ESTIMATED = "ESTIMATED"
    SURVEY = "SURVEY"


class MeasureUnknown(LookupError):
    """No service of this installation registers the measure."""


class RowRefused(ValueError):
    """A measure computed a row that it did not promise: an undeclared dimension, the same cell twice, or a
    negative count."""


@dataclass(frozen=True)
class Row:
    """One cell: `dims` names the dimensions it is broken down by (a missing one means all), `n` how many
    cases the value rests on."""

    dims: Mapping[str, str]
    value: float | int | None
    n: int


@dataclass(frozen=True)
class Measure:
    """A figure that a service publishes. `code` begins with the service's label; `additive`: values are
    counts and may be summed.

    `counted` says in English which rows are counted and `reads` names their tables (`hotline.Report`): the
    documentation prints them beside the definition, and a test compares `reads` with what `compute` asks the
    database. `rests_on` names the measure that counts this one's cases: a group that is hidden there is
    hidden here too, whatever its cells hold. `threshold`: cells that count fewer are hidden, wherever the
    measure is shown.
    """

    code: str
    title: Any
    definition: Any
    unit: str
    service: str
    compute: Callable[[Period], Iterable[Row]] = field(compare=False)
    breakdown: tuple[str, ...] = ()
    additive: bool = True
    evidence: Evidence = Evidence.COUNTED
    rests_on: str = ""
    counted: str = ""
    reads: tuple[str, ...] = ()
    threshold: int = THRESHOLDS[0]

    def __post_init__(self) -> None:
        if not CODE.fullmatch(self.code) or not self.code.startswith(f"{self.service}."):
            raise ValueError(f"{self.code!r} must be lower case and begin with {self.service}.")
        if len(set(self.breakdown)) != len(self.breakdown) or len(self.breakdown) > MOST_DIMENSIONS:
            raise ValueError(
                f"{self.code} may be broken down by at most {MOST_DIMENSIONS} different dimensions"
            )
        if self.threshold not in THRESHOLDS:
            raise ValueError(f"{self.code} must hide cells below one of {THRESHOLDS}")


_measures: dict[str, Measure] = {}


def register(measure: Measure) -> None:
    """Make a measure known, from the service's AppConfig.

    Raises ValueError when another measure has the code.
    """
    if _measures.setdefault(measure.code, measure) != measure:
        raise ValueError(f"{measure.code} is registered twice")


type Days = Period | Choice
"""Days from `start` up to but not including `end`: a period, or days of one's own."""

_unfinished: dict[str, Callable[[Days], int]] = {}


def register_unfinished(service: str, left: Callable[[Days], int]) -> None:
    """Say how many cases of a period a service has not finished; while there are any, its figures for that
    period are not frozen."""
    _unfinished[service] = left


def unfinished(service: str, period: Days) -> int:
    """How many cases of the period are not finished; 0 for a service that does not say."""
    return _unfinished[service](period) if service in _unfinished else 0


def measures(service: str | None = None) -> list[Measure]:
    """All measures, or one service's, in the order of their codes."""
    return [_measures[code] for code in sorted(_measures) if service in (None, _measures[code].service)]


def measure(code: str) -> Measure:
    """One measure. Raises MeasureUnknown."""
    try:
        return _measures[code]
    except KeyError:
        raise MeasureUnknown(code) from None


def computed(wanted: Measure, period: Period) -> list[Row]:
    """The measure's cells for a period, with the totals of an additive one filled in, in a fixed order.

    Raises RowRefused.
    """
    cells: dict[tuple[str | None, ...], Row] = {}
    for row in wanted.compute(period):
        if row.dims.keys() - set(wanted.breakdown):
            raise RowRefused(
                f"{wanted.code} has no dimension {sorted(row.dims.keys() - set(wanted.breakdown))[0]}"
            )
        place = tuple(row.dims.get(name) for name in wanted.breakdown)
        if place in cells or row.n < 0:
            raise RowRefused(f"{wanted.code} computed a cell twice or a negative count")
        cells[place] = row
    if wanted.additive:
        _fill_in_totals(wanted, cells)
    return [
        cells[place]
        for place in sorted(cells, key=lambda place: [(part is None, part or "") for part in place])
    ]


def _fill_in_totals(wanted: Measure, cells: dict[tuple[str | None, ...], Row]) -> None:
    """Sum what was not given: for two dimensions the totals of each, and the grand total."""
    finest = [(place, row) for place, row in cells.items() if None not in place]
    sums: dict[tuple[str | None, ...], int] = {}
    for place, row in finest:
        for mask in range(1, 2 ** len(place)):
            total = tuple(None if mask >> i & 1 else part for i, part in enumerate(place))
            sums[total] = sums.get(total, 0) + row.n
    for place, n in sums.items():
        dims = {name: part for name, part in zip(wanted.breakdown, place, strict=True) if part is not None}
        cells.setdefault(place, Row(dims, n, n))
