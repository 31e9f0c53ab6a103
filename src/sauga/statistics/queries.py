"""Published figures of a period, ready to be shown: small cells hidden, frozen where frozen, otherwise
computed and marked provisional."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise

from sauga.kernel.clock import VILNIUS
from sauga.kernel.figures import (
    Measure,
    MeasureUnknown,
    Period,
    PeriodKind,
    Total,
    all_frozen,
    measure,
    measures,
    totals,
    unfinished,
)

FRESH = 600  # seconds for which a provisional figure is not computed again: the page is open to everyone
QUARTERS, YEARS = 8, 2
type Frozen = Mapping[tuple[str, Period], Any]
"""What `all_frozen` found: the last revision by measure and period."""


@dataclass(frozen=True)
class Shown:
    """One measure with its cells."""

    measure: Measure
    totals: tuple[Total, ...]

    @property
    def title(self) -> str | Promise:
        title: str | Promise = self.measure.title
        return title

    @property
    def all(self) -> Total | None:
        """The cell for everything, where the measure has one."""
        return next((total for total in self.totals if not total.dims), None)

    @property
    def is_frozen(self) -> bool:
        return any(total.revision for total in self.totals)

    def at(self, **dims: str) -> Total | None:
        """The cell with exactly these dimensions."""
        return next((total for total in self.totals if dict(total.dims) == dims), None)


def offered_periods(at: datetime) -> list[Period]:
    """What the picker offers: finished quarters and years, the newest first, then the quarter that is
    running."""
    today = at.astimezone(VILNIUS).date()
    running = Period.of(PeriodKind.QUARTER, today)
    found, quarter, year = [], running, Period.of(PeriodKind.YEAR, today)
    for _step in range(QUARTERS):
        quarter = quarter.previous
        found.append(quarter)
    for _step in range(YEARS):
        year = year.previous
        found.append(year)
    return [*found, running]


@dataclass(frozen=True)
class Freezing:
    """How one service's figures for a period stand.

    `revision` is the highest of its measures, 0 when none is frozen.
    """

    service: str
    period: Period
    measures: int
    frozen: int
    revision: int
    published_at: datetime | None
    left: int
    is_over: bool

    @property
    def can_be_frozen(self) -> bool:
        """The period is over and no case of it is open."""
        return self.is_over and not self.left


def freezings(at: datetime) -> list[Freezing]:
    """Every offered period with every service that counts something, the newest period first."""
    by_service: dict[str, list[Measure]] = {}
    for one in measures():
        by_service.setdefault(one.service, []).append(one)
    periods = offered_periods(at)
    known = all_frozen(periods)
    return [
        _freezing(service, held, period, known, at)
        for period in periods
        for service, held in sorted(by_service.items())
    ]


def _freezing(service: str, held: list[Measure], period: Period, known: Frozen, at: datetime) -> Freezing:
    figures = [figure for one in held if (figure := known.get((one.code, period))) is not None]
    return Freezing(
        service=service,
        period=period,
        measures=len(held),
        frozen=len(figures),
        revision=max((figure.revision for figure in figures), default=0),
        published_at=max((figure.published_at for figure in figures), default=None),
        left=unfinished(service, period),
        is_over=period.is_over(at),
    )


def shown(codes: Iterable[str], period: Period, at: datetime) -> dict[str, Shown]:
    """These measures, those left out that no service of this installation has."""
    result, known = {}, all_frozen([period])
    for code in codes:
        try:
            result[code] = Shown(measure(code), _totals(code, period, at, known))
        except MeasureUnknown:
            continue
    return result


def everything(period: Period, at: datetime) -> list[Shown]:
    """All measures of all services of this installation."""
    known = all_frozen([period])
    return [Shown(one, _totals(one.code, period, at, known)) for one in measures()]


def _totals(code: str, period: Period, at: datetime, known: Frozen) -> tuple[Total, ...]:
    if (code, period) in known:
        return tuple(totals(code, period))
    return _provisional(code, period, int(at.timestamp()) // FRESH)


@lru_cache(maxsize=512)
def _provisional(code: str, period: Period, moment: int) -> tuple[Total, ...]:
    return tuple(totals(code, period))


def forget() -> None:
    """Compute provisional figures anew, for tests."""
    _provisional.cache_clear()
