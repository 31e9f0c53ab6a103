"""The public page of figures and its data as CSV. No cookie, no session, nothing about the visitor."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import get_language, npgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sauga.kernel import clock, page_cache
from sauga.kernel.figures import Period, PeriodUnreadable, Total, csv_text
from sauga.kernel.ui import charts
from sauga.kernel.ui.parts import Figure, Table
from sauga.statistics import queries
from sauga.statistics.queries import Shown, dimension
from sauga.statistics.views.themes import Theme, themes

CARDS = ("helpline.answered", "helpline.answer_rate", "hotline.received", "hotline.takedown_median")
TAKEDOWN = (
    "hotline.takedown_median",
    "hotline.takedown_low",
    "hotline.takedown_high",
    "hotline.takedown_p95",
    "hotline.still_online",
    "hotline.gone_curve",
)
PLACES = ("LT", "ABROAD", "UNKNOWN")
DECIMAL = {"DAY", "MINUTE"}
TICKS = (0.0, 1.0, 2.0, 3.0, 5.0, 7.0, 14.0, 28.0)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """One period: cards, takedown curve and table, every other measure folded away by theme, with its definition."""
    at = clock.now()
    periods = queries.offered_periods(at)
    period = _asked(request, periods)
    language = get_language() or "lt"
    cards = queries.shown(CARDS, period, at)
    takedown = queries.shown(TAKEDOWN, period, at)
    every = [one for one in queries.everything(period, at) if one.measure.code not in TAKEDOWN]
    context: dict[str, Any] = {
        "period": period,
        "label": period.label(language),
        "periods": [(p.code, p.label(language), p == period) for p in periods],
        "is_over": period.is_over(at),
        "is_frozen": bool(every) and all(one.is_frozen for one in every),
        "figures": [_card(one) for one in cards.values()],
        "chart": _chart(takedown),
        "rows": _rows(takedown),
        "themes": [_theme(one) for one in themes(every)],
    }
    return page_cache.cache_response(request, render(request, "statistics/public/figures.html", context), seconds=page_cache.MINUTE)


def _asked(request: HttpRequest, offered: list[Period]) -> Period:
    try:
        asked = Period.parse(request.GET.get("period", ""))
    except PeriodUnreadable:
        return offered[0]
    return asked if asked in offered else offered[0]


def _value(total: Total | None, unit: str = "") -> str:
    """A cell in words: hidden cells say so (the foot of the page says why), a value that has not come yet too."""
    if total is None:
        return "–"
    if total.hidden:
        return _("hidden")
    if total.value is None:
        return _("not yet")
    if unit == "SHARE":
        return f"{round(total.value * 100)}\u00a0%"
    if unit == "INDEX":
        return number_format(round(total.value, 2), decimal_pos=2)
    return number_format(round(total.value, 1), decimal_pos=1) if unit in DECIMAL else number_format(total.value, decimal_pos=0)


def _unit(code: str) -> str:
    """The unit as the head of a column."""
    units = {
        "DAY": _("days"),
        "REPORT": _("reports"),
        "ADDRESS": _("addresses"),
        "CONTACT": _("contacts"),
        "MINUTE": _("minutes"),
        "NOTICE": _("notices"),
        "RESOURCE": _("resources"),
        "HEAD": _("people"),
        "VIEW": _("times"),
        "DOWNLOAD": _("times"),
    }
    return units.get(code, "")


def _counted(total: Total | None, unit: str) -> str:
    """The unit behind a number, in the form that the number asks for; nothing behind a cell that holds no number."""
    if total is None or total.hidden or total.value is None:
        return ""
    if unit in DECIMAL:
        return _unit(unit)  # „0,6 dienos“: a fraction's form is that of the column's head in both languages
    n = round(total.value)
    forms = {
        "REPORT": npgettext("unit", "report", "reports", n),
        "ADDRESS": npgettext("unit", "address", "addresses", n),
        "CONTACT": npgettext("unit", "contact", "contacts", n),
        "NOTICE": npgettext("unit", "notice", "notices", n),
    }
    return forms.get(unit, "")


def _card(one: Shown) -> Figure:
    unit = one.measure.unit
    return Figure(
        title=one.title,
        value=_value(one.all, unit),
        unit=_counted(one.all, unit),
        definition=one.measure.definition,
        code=one.measure.code,
    )


def _chart(takedown: Mapping[str, Shown]) -> charts.Chart | None:
    """The share still online at home and abroad, from the published points."""
    points, medians = takedown.get("hotline.gone_curve"), takedown.get("hotline.takedown_median")
    if points is None:
        return None
    curves = []
    for place in PLACES[:2]:
        cells = sorted(
            (float(total.dims["day"]), total.value)
            for total in points.totals
            if total.dims.get("hosting") == place and total.value is not None
        )
        if cells:
            median = medians.at(hosting=place) if medians else None
            half = median.value if median and median.value is not None else None
            note = "" if half is None else _("half gone in %(days)s days") % {"days": number_format(round(half, 1), decimal_pos=1)}
            drawn = [charts.Point(day, 1 - share) for day, share in cells]
            curves.append(charts.Curve(label=dimension("hosting", place), points=drawn, note=note, median=half))
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


def _share(one: charts.Curve, day: float) -> str:
    held = [point.y for point in one.points if point.x <= day]
    return f"{round((1 - held[-1]) * 100)}\u00a0%" if held else "–"


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
            for code in ("hotline.takedown_low", "hotline.takedown_high", "hotline.takedown_p95", "hotline.still_online")
        )
        lines.append(
            {
                "name": dimension("hosting", place) if place else _("All"),
                "n": "–" if cell.n is None else number_format(cell.n, decimal_pos=0),
                "median": _value(cell, "DAY"),
                "range": _value(low, "DAY") if low is None or low.hidden else f"{_value(low, 'DAY')}–{_value(high, 'DAY')}",
                "p95": _value(p95, "DAY"),
                "still": _value(still),
            }
        )
    return lines


def _number(one: Shown) -> str:
    return f"{_value(one.all, one.measure.unit)} {_counted(one.all, one.measure.unit)}".strip()


def _theme(theme: Theme) -> dict[str, Any]:
    """A theme as the page folds it: its single numbers in one table, then a table for each breakdown, then what each number means."""
    numbers = [
        (str(one.title), f"{_value(one.all, one.measure.unit)} {_counted(one.all, one.measure.unit)}".strip()) for one in theme.numbers
    ]
    tables = [_table(one) for one in theme.broken_down]
    if numbers:
        tables.insert(0, Table(caption=_("Single numbers"), head=[_("Measure"), _("Value")], rows=numbers))
    defined = [(one.title, one.measure.definition, one.measure.threshold) for one in (*theme.numbers, *theme.broken_down)]
    return {"title": theme.title, "tables": tables, "defined": defined}


def _table(one: Shown) -> Table:
    """A measure with a breakdown as a table; the total last."""
    cells = [(_place(total), _value(total, one.measure.unit)) for total in one.totals if total.dims]
    if one.all is not None:
        cells.append((_("All"), _value(one.all, one.measure.unit)))
    return Table(caption=one.title, head=[_("Group"), _unit(one.measure.unit) or _("Share")], rows=cells)


def _place(total: Total) -> str:
    return ", ".join(dimension(name, code) for name, code in total.dims.items())


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Every published cell of one period as CSV: the same numbers, the same cells hidden."""
    at = clock.now()
    period = _asked(request, queries.offered_periods(at))
    head = [
        "measure",
        "title",
        "unit",
        "evidence",
        "period",
        "dimension_1",
        "code_1",
        "dimension_2",
        "code_2",
        "value",
        "n",
        "hidden",
        "revision",
        "threshold",
    ]
    rows = [_cells(one, total) for one in queries.everything(period, at) for total in one.totals]
    response = HttpResponse(csv_text(head, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="figures-{period.code}.csv"'
    return response


def _cells(one: Shown, total: Total) -> list[str | int | float | None]:
    pairs = [part for pair in total.dims.items() for part in pair]
    dims: list[str] = [*pairs, "", "", "", ""][:4]
    m = one.measure
    return [
        m.code,
        str(m.title),
        m.unit,
        str(m.evidence),
        total.period.code,
        *dims,
        total.value,
        total.n,
        int(total.hidden),
        total.revision,
        m.threshold,
    ]
