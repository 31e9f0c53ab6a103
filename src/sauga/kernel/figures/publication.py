"""`publish` freezes a period; `totals` is all that anybody outside the service may read."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sauga.kernel import audit
from sauga.kernel.clock.periods import Period, PeriodKind
from sauga.kernel.figures.models import Figure
from sauga.kernel.figures.permissions import Permission
from sauga.kernel.figures.registry import Measure, Row, computed, measure, measures, unfinished
from sauga.kernel.figures.suppression import Cell, suppress
from sauga.kernel.figures.trail import Trail
from sauga.kernel.permissions import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor

ONE_PUBLISHER_AT_A_TIME = 0x5A06A_F1600


class PeriodNotOver(ActionRefused):
    """The period has not ended; what is still growing is never called final."""

    message = _("This period is not over yet; figures that still grow are never called final.")


class PeriodUnfinished(ActionRefused):
    """A service still has `left` open cases of the period; frozen now, its figures would be wrong
    tomorrow."""

    message = ngettext_lazy(
        "%(n)s case of this period is still open.", "%(n)s cases of this period are still open.", "n"
    )

    def __init__(self, service: str, left: int) -> None:
        super().__init__(service, n=left)
        self.service, self.left = service, left


@dataclass(frozen=True)
class Total:
    """One published cell.

    A hidden one has neither value nor n. `revision` 0 means provisional: computed now, not frozen.
    """

    measure: str
    period: Period
    dims: Mapping[str, str]
    value: float | int | None
    n: int | None
    hidden: bool
    revision: int


class FiguresChanged(ActionRefused):
    """The figures are not those that were looked at before they were to be frozen."""

    message = _("Look at the figures first: they have changed, or nobody has looked yet. Nothing was frozen.")


@dataclass(frozen=True)
class Pending:
    """What freezing one measure would write.

    For looking at, `now` and `before` are its cell for everything, hidden where it is small.
    """

    measure: Measure
    rows: tuple[Mapping[str, Any], ...]
    last: Figure | None
    now: Total | None = None
    before: Total | None = None

    @property
    def changes(self) -> bool:
        """Whether a new revision would be written."""
        return self.last is None or self.last.rows != list(self.rows)

    @property
    def revision(self) -> int:
        """The number it would have afterwards."""
        return (self.last.revision if self.last else 0) + self.changes


def pending(period: Period, codes: Iterable[str] | None = None) -> list[Pending]:
    """What `publish` would freeze now, to be looked at first. Raises MeasureUnknown, RowRefused."""
    chosen = measures() if codes is None else [measure(code) for code in codes]
    return [_looked_at(_pending(one, period), period) for one in chosen]


def mark_of(listed: Iterable[Pending]) -> str:
    """A short mark of these figures: another one when any of them has changed."""
    held = [[one.measure.code, list(one.rows), one.last.revision if one.last else 0] for one in listed]
    return hashlib.sha256(json.dumps(held, sort_keys=True, default=str).encode()).hexdigest()[:32]


def publish(
    *, by: Actor, period: Period, at: datetime, codes: Iterable[str] | None = None, seen: str | None = None
) -> list[Figure]:
    """Freeze the measures (all, or those named) for a period that is over.

    A measure whose cells are the same as in its last revision gets no new one. Returns what was written.
    `seen` is the mark of the figures that a person looked at before saying so. Raises PeriodNotOver,
    PeriodUnfinished, FiguresChanged, MeasureUnknown, RowRefused, PermissionRefused.
    """
    require(by, Permission.PUBLISH)
    if not period.is_over(at):
        raise PeriodNotOver(period.code)
    chosen = measures() if codes is None else [measure(code) for code in codes]
    for service in sorted({one.service for one in chosen}):
        if left := unfinished(service, period):
            raise PeriodUnfinished(service, left)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_PUBLISHER_AT_A_TIME])
        listed = [_pending(one, period) for one in chosen]
        if seen is not None and seen != mark_of(listed):
            raise FiguresChanged
        written = [_freeze(by, one, period, at) for one in listed]
    return [figure for figure in written if figure is not None]


def _pending(wanted: Measure, period: Period) -> Pending:
    rows = ({"dims": dict(row.dims), "value": row.value, "n": row.n} for row in computed(wanted, period))
    return Pending(wanted, tuple(rows), frozen(wanted.code, period))


def _looked_at(one: Pending, period: Period) -> Pending:
    """With what a person may see of it: the same small cells are hidden as when it is published."""

    def whole(rows: Iterable[Mapping[str, Any]], revision: int) -> Total | None:
        found = _suppressed(one.measure, [_thawed(row) for row in rows], period, revision)
        return next((total for total in found if not total.dims), None)

    before = whole(one.last.rows, one.last.revision) if one.last else None
    return replace(one, now=whole(one.rows, one.revision), before=before)


def _freeze(by: Actor, wanted: Pending, period: Period, at: datetime) -> Figure | None:
    if not wanted.changes:
        return None
    code = wanted.measure.code
    figure = Figure.objects.create(
        measure=code,
        period_kind=period.kind,
        period_start=period.start,
        revision=wanted.revision,
        rows=list(wanted.rows),
        published_at=at,
        published_by=by.pseudonym,
    )
    facts: dict[str, str | int | bool] = {
        "period": period.code,
        "revision": figure.revision,
        "rows": len(wanted.rows),
    }
    audit.record(by, Trail.FIGURE_PUBLISHED, code, zone=audit.INSTALLATION, at=at, facts=facts)
    return figure


def frozen(code: str, period: Period, revision: int | None = None) -> Figure | None:
    """A measure's last frozen revision for a period, or the one asked for."""
    found = Figure.objects.filter(measure=code, period_kind=period.kind, period_start=period.start)
    if revision is not None:
        found = found.filter(revision=revision)
    return found.order_by("-revision").first()


def all_frozen(periods: Collection[Period]) -> dict[tuple[str, Period], Figure]:
    """The last frozen revision of every measure for each of these periods, without its cells; one query."""
    rows = (
        Figure.objects.filter(period_start__in={period.start for period in periods})
        .defer("rows")
        .order_by("revision")
    )
    found = {(row.measure, Period(PeriodKind(row.period_kind), row.period_start)): row for row in rows}
    return {place: row for place, row in found.items() if place[1] in periods}


def totals(code: str, period: Period) -> list[Total]:
    """A measure's cells for a period, those below its threshold hidden: frozen if published, otherwise
    computed now and provisional."""
    wanted = measure(code)
    figure = frozen(code, period)
    rows = list(computed(wanted, period)) if figure is None else [_thawed(row) for row in figure.rows]
    return _suppressed(wanted, rows, period, 0 if figure is None else figure.revision)


def exact(wanted: Measure, period: Period) -> list[Total]:
    """A measure's cells as they are now, nothing hidden: never to be shown outside the service that counts
    them."""
    return [
        Total(wanted.code, period, dict(row.dims), row.value, row.n, False, 0)
        for row in computed(wanted, period)
    ]


def _suppressed(wanted: Measure, rows: Sequence[Row], period: Period, revision: int) -> list[Total]:
    places = {_place(wanted, row): row for row in rows}
    groups = _hidden_groups(wanted.rests_on, period)
    also = {place for place, row in places.items() if groups.hold(row)}
    # What would tell of a group that another measure hides is protected as well as it is there.
    below = {
        place: max(wanted.threshold, groups.threshold) if place in also else wanted.threshold
        for place in places
    }
    hidden = suppress({place: row.n for place, row in places.items()}, below, also)
    return [
        Total(
            measure=wanted.code,
            period=period,
            dims=dict(row.dims),
            value=None if place in hidden else row.value,
            n=None if place in hidden else row.n,
            hidden=place in hidden,
            revision=revision,
        )
        for place, row in places.items()
    ]


@dataclass(frozen=True)
class _Groups:
    """The groups of cases that a measure hides, by its dimensions `by` and its `threshold`."""

    by: tuple[str, ...] = ()
    hidden: frozenset[frozenset[tuple[str, str]]] = frozenset()
    threshold: int = 0

    def hold(self, row: Row) -> bool:
        """Whether the row tells of such a group."""
        return frozenset((name, code) for name, code in row.dims.items() if name in self.by) in self.hidden


def _hidden_groups(code: str, period: Period) -> _Groups:
    if not code:
        return _Groups()
    hidden = frozenset(frozenset(total.dims.items()) for total in totals(code, period) if total.hidden)
    counting = measure(code)
    return _Groups(counting.breakdown, hidden, counting.threshold)


def _thawed(row: Mapping[str, Any]) -> Row:
    return Row(row["dims"], row["value"], row["n"])


def _place(wanted: Measure, row: Row) -> Cell:
    parts = [row.dims.get(name) for name in wanted.breakdown] + [None, None]
    return parts[0], parts[1]
