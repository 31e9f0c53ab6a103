"""The usual ways to compute a measure: a count, counts by group, or a rate with its base."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sauga.kernel.clock.periods import Period
from sauga.kernel.figures.registry import Row

type Compute = Callable[[Period], Iterator[Row]]


def counted(count: Callable[[Period], int]) -> Compute:
    """One number: how many there were in the period."""

    def compute(period: Period) -> Iterator[Row]:
        n = count(period)
        yield Row({}, n, n)

    return compute


def counted_by(dimension: str, *more: str, counts: Callable[[Period], Mapping[Any, int]]) -> Compute:
    """How many there were in each group: by code, or by a code of each dimension. Without a dimension it is
    `counted`."""
    dimensions = (dimension, *more)

    def compute(period: Period) -> Iterator[Row]:
        for group, n in counts(period).items():
            codes = group if isinstance(group, tuple) else (group,)
            yield Row(dict(zip(dimensions, map(str, codes), strict=True)), n, n)

    return compute


def rated(rate: Callable[[Period], tuple[float | None, int]], digits: int = 4) -> Compute:
    """A share, index or median and how many cases it rests on; nothing without a case, and no value where it
    has not come yet."""

    def compute(period: Period) -> Iterator[Row]:
        value, n = rate(period)
        if n:
            yield Row({}, None if value is None else round(value, digits), n)

    return compute
