"""The public page of figures and its data as CSV. No cookie, no session, nothing about the visitor."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sauga.kernel import clock, page_cache
from sauga.kernel.figures import Period, PeriodUnreadable, label
from sauga.kernel.figures.texts import (
    PUBLISHED_COLUMNS,
    duration_text,
    measure_rows,
    measure_table,
    percent,
    value_text,
    with_unit,
)
from sauga.kernel.kit.lists.export import file_response
from sauga.kernel.ui import charts
from sauga.kernel.ui.components import Table
from sauga.statistics import queries
from sauga.statistics.queries import Shown
from sauga.statistics.views import plainly
from sauga.statistics.views.themes import Theme, themes

TAKEDOWN = (
    "hotline.takedown_median",
    "hotline.takedown_low",
    "hotline.takedown_high",
    "hotline.takedown_p95",
    "hotline.still_online",
    "hotline.gone_curve",
)
PLACES = ("LT", "ABROAD", "UNKNOWN")
TICKS = (0.0, 1.0, 2.0, 3.0, 5.0, 7.0, 14.0, 28.0)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """One period: sentences, what children talk about, takedown curve and table, waiting times, and every
    other measure folded away by theme, with its definition."""
    at = clock.now()
    periods = queries.offered_periods(at)
    period = _asked(request, periods)
    language = get_language() or "lt"
    opening = queries.shown((*plainly.OPENING, *plainly.WAITING), period, at)
    takedown = queries.shown(TAKEDOWN, period, at)
    every = [one for one in queries.everything(period, at) if one.measure.code not in TAKEDOWN]
    context: dict[str, Any] = {
        "period": period,
        "label": period.label(language),
        "periods": [(p.code, p.label(language), p == period) for p in periods],
        "is_over": period.is_over(at),
        "is_frozen": bool(every) and all(one.is_frozen for one in every),
        "sentences": plainly.sentences(opening),
        "topics": plainly.topics(opening),
        "running": None if period == periods[-1] else (periods[-1].code, periods[-1].label(language)),
        "waiting": plainly.waiting_table(opening),
        "chart": _chart(takedown),
        "rows": _rows(takedown),
        "themes": [_theme(one) for one in themes(every)],
    }
    return page_cache.cache_response(
        request, render(request, "statistics/public/figures.html", context), seconds=page_cache.MINUTE
    )


def _asked(request: HttpRequest, offered: list[Period]) -> Period:
    """The period asked for; else the last finished quarter, whatever it holds: a running one would say
    today what it no longer says tomorrow.
    """
    try:
        asked = Period.parse(request.GET.get("period", ""))
    except PeriodUnreadable:
        asked = None
    return asked if asked in offered else offered[0]


def _chart(takedown: Mapping[str, Shown]) -> charts.Chart | None:
    """The share still online at home and abroad, from the published points."""
    points, medians = takedown.get("hotline.gone_curve"), takedown.get("hotline.takedown_median")
    if points is None:
        return None
    curves = [
        curve
        for place in PLACES[:2]
        if (curve := _curve(place, points, medians, takedown.get("hotline.takedown_p95")))
    ]
    if not curves:
        return None
    head = [_("Days"), *(one.label for one in curves)]
    rows = [[f"{day:g}", *(_share(one, day) for one in curves)] for day in TICKS[1:]]
    return charts.survival(
        curves,
        title=_("Share of addresses still online by days since the first notice"),
        description=". ".join(f"{one.label}: {one.note}" for one in curves),
        unit=_("days"),
        ticks=TICKS,
        table=Table(caption=_("Share gone"), head=head, rows=rows),
    )


def _curve(place: str, points: Shown, medians: Shown | None, p95: Shown | None) -> charts.Curve | None:
    """One place's curve through the published shares and the moments by which half and 95 percent were gone,
    so that drawing and table cannot disagree; it ends where nothing was watched longer yet.
    """
    cells = {
        float(total.dims["day"]): total.value
        for total in points.totals
        if total.dims.get("hosting") == place and total.value is not None
    }
    if not cells:
        return None
    half, most = (_known(shown, place) for shown in (medians, p95))
    gone = [(day, share) for day, share in ((half, 0.5), (most, 0.95)) if day is not None]
    steps: dict[float, float] = {}
    reached = 0.0
    for day, share in sorted([*cells.items(), *gone]):
        reached = max(reached, share)
        steps[day] = 1 - reached
    note = "" if half is None else _("median %(time)s") % {"time": duration_text(timedelta(days=half))}
    return charts.Curve(
        label=label(points.measure, "hosting", place),
        points=[charts.Point(day, share) for day, share in steps.items()],
        note=note,
        median=half,
        followed=None if reached >= 1 else max(steps),
    )


def _known(shown: Shown | None, place: str) -> float | None:
    """The published time of a place of hosting in days; None where it is hidden or has not come yet."""
    cell = shown.at(hosting=place) if shown else None
    return None if cell is None or cell.hidden else cell.value


def _share(one: charts.Curve, day: float) -> str:
    """The share gone by a day; beyond what anybody watched it can only have grown."""
    held = [point.y for point in one.points if point.x <= day]
    if not held:
        return percent(None)
    gone = percent(1 - held[-1])
    is_known = one.followed is None or day <= one.followed
    return gone if is_known else _("at least %(share)s") % {"share": gone}


def _rows(takedown: Mapping[str, Shown]) -> list[dict[str, str]]:
    """The takedown table: one line a place of hosting, and all."""
    median = takedown.get("hotline.takedown_median")
    if median is None:
        return []
    lines = []
    for place in (*PLACES, None):
        dims = {"hosting": place} if place else {}
        cell = median.at(**dims)
        if cell is None:
            continue
        low, high, p95, still = (
            takedown[code].at(**dims)
            for code in (
                "hotline.takedown_low",
                "hotline.takedown_high",
                "hotline.takedown_p95",
                "hotline.still_online",
            )
        )
        lines.append(
            {
                "name": label(median.measure, "hosting", place) if place else _("All"),
                "n": "–" if cell.n is None else number_format(cell.n, decimal_pos=0),
                "median": value_text(cell, "DAY"),
                "range": value_text(low, "DAY")
                if low is None or low.hidden
                else f"{value_text(low, 'DAY')}–{value_text(high, 'DAY')}",
                "p95": value_text(p95, "DAY"),
                "still": value_text(still),
            }
        )
    return lines


def _theme(theme: Theme) -> dict[str, Any]:
    """A theme as the page folds it: its single numbers in one table, then a table for each breakdown, then
    what each number means."""
    numbers = [(str(one.title), with_unit(one.all, one.measure.unit)) for one in theme.numbers]
    tables = [measure_table(one.measure, one.totals) for one in theme.broken_down]
    if numbers:
        tables.insert(0, Table(caption=_("Single numbers"), head=[_("Measure"), _("Value")], rows=numbers))
    defined = [
        (one.title, one.measure.definition, one.measure.threshold)
        for one in (*theme.numbers, *theme.broken_down)
    ]
    return {"title": theme.title, "tables": tables, "defined": defined}


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Every published cell of one period as CSV: the same numbers, the same cells hidden."""
    at = clock.now()
    period = _asked(request, queries.offered_periods(at))
    rows = measure_rows(
        ((one.measure, one.totals) for one in queries.everything(period, at)), PUBLISHED_COLUMNS
    )
    return file_response("csv", f"figures-{period.code}", PUBLISHED_COLUMNS, rows, is_private=False)
