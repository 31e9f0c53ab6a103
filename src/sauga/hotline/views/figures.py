"""Time to removal and the counts of a period, exact: for the desk only. The public reads the published figures (service statistics)."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sauga.hotline.actions.exporting import export_figures
from sauga.hotline.forms.watched import FiguresForm
from sauga.hotline.queries import figures as q
from sauga.hotline.rules.permissions import Permission
from sauga.hotline.rules.takedown import Clock, Hosted
from sauga.hotline.views import returns
from sauga.kernel import clock, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.figures import csv_text, curve
from sauga.kernel.identity import actor, needs, sudo_required
from sauga.kernel.ui import charts, periods
from sauga.kernel.ui.parts import Figure, Table

DAY = timedelta(days=1)
TICKS = (0.0, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0)
SMALLEST = 10  # providers with fewer addresses are not compared on the page


def short(span: timedelta | None) -> str:
    """A length of time in one number: "45 s", "38 min", "7 h", "2.1 d"; a dash for none."""
    if span is None:
        return "–"
    if span < timedelta(minutes=1):
        return _("%(n)s s") % {"n": span.seconds}
    if span < timedelta(hours=2):
        return _("%(n)s min") % {"n": round(span / timedelta(minutes=1))}
    if span < DAY:
        return _("%(n)s h") % {"n": round(span / timedelta(hours=1))}
    return _("%(n)s d") % {"n": number_format(round(span / DAY, 1), decimal_pos=1)}


def percent(share: float | None) -> str:
    """A share as a whole percentage."""
    return "–" if share is None else f"{round(share * 100)}\u00a0%"


def _bounds(period: periods.Period) -> tuple[datetime, datetime]:
    return datetime.combine(period.first, time(), VILNIUS), datetime.combine(period.end, time(), VILNIUS)


@require_safe
@needs(Permission.SEE_FIGURES)
def figures(request: HttpRequest) -> HttpResponse:
    """The page: four figures, the curve, providers or another grouping, RRT's and INHOPE's counts, definitions."""
    form = FiguresForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    measured = Clock(chosen.get("clock") or Clock.T_NOTICE)
    by = chosen.get("by") or "provider"
    period = periods.read(request.GET, clock.now().astimezone(VILNIUS).date())
    start, end = _bounds(period)
    rows = q.spans(measured, start, end)
    groups = q.takedown_by(rows, measured, by)
    shown = [group for group in groups if group.survival.n >= SMALLEST or by != "provider"]
    context: dict[str, Any] = {
        "form": form,
        "period": period,
        "keep": [(name, str(chosen[name])) for name in ("clock", "by") if chosen.get(name)],
        "figures": _cards(rows, measured, start, end),
        "chart": _chart(rows, measured),
        "groups": [_line(group, by) for group in shown],
        "smaller": len(groups) - len(shown),
        "by": form.fields["by"].choices and dict(form.fields["by"].choices)[by],  # type: ignore[attr-defined]  # a ChoiceField
        "total": sum(group.survival.n for group in groups),
        "press": q.press(start, end),
        "routes": _routes(q.press(start, end)),
        "buckets": [(vocab.label("inhope.removal_bucket", name), n) for name, n in q.buckets(start, end).items()],
        "more": returns.tables(period.code),
        "may_export": actor(request).can(Permission.EXPORT_FIGURES),
    }
    return render(request, "hotline/desk/figures.html", context)


def _routes(press: Any) -> list[tuple[str, int]]:
    codes = [term.code for term in vocab.every_term("rrt.route")]
    return [(vocab.label("rrt.route", code), press.routes.get(code, 0)) for code in codes]


def _cards(rows: Sequence[q.Span], measured: Clock, start: datetime, end: datetime) -> list[Figure]:
    all_ = q.takedown(rows, measured)
    s = all_.survival
    clock_words = vocab.label("clock", measured)
    within = {day: s.within[day] for day in (1, 2, 3, 7)}
    sent, half, worst = q.decision_to_delivery(start, end)
    back, early = q.reappeared(start, end), q.gone_before_notice(start, end)
    return [
        Figure(
            title=_("Median time to removal"),
            value=short(s.median),
            note=_("95%% interval %(low)s–%(high)s. Early end %(early)s")
            % {"low": short(s.median_low), "high": short(s.median_high), "early": short(s.median_early)},
            definition=_(
                "Kaplan–Meier median over %(n)s addresses. Clock: %(clock)s. The removal counts at the late end of its interval, "
                "the first check that saw it gone."
            )
            % {"n": s.n, "clock": clock_words},
            code="median",
        ),
        Figure(
            title=_("Removed within one day"),
            value=percent(within[1].share if within[1] else None),
            note=" · ".join(
                _("%(days)s days %(share)s") % {"days": day, "share": percent(e.share if e else None)}
                for day, e in within.items()
                if day > 1
            ),
            definition=_("One minus the Kaplan–Meier estimate at that day, so addresses still online stay in the denominator."),
            code="within-1",
        ),
        Figure(
            title=_("Still online"),
            value=str(s.censored),
            unit=_("of %(n)s") % {"n": s.n},
            note=_("%(back)s came back after removal. %(early)s were gone before a notice, %(left)s before the first look.")
            % {"back": back, "early": early, "left": all_.left_censored},
            definition=_(
                "Right-censored: the time until the last look that saw it counts. "
                "A reappearance starts a new occurrence with its own clock."
            ),
            code="still-online",
        ),
        Figure(
            title=_("Decision to delivery"),
            value=short(half),
            note=_("p99 %(worst)s, at any hour; %(n)s notices") % {"worst": short(worst), "n": sent},
            definition=_("From the recorded verdict to delivery of the first notice. Police holds are in it."),
            code="decision-to-delivery",
        ),
    ]


def _chart(rows: Sequence[q.Span], measured: Clock) -> charts.Chart | None:
    """The share still online, at home and abroad."""
    names = {Hosted.HOME: _("Lithuania"), Hosted.ABROAD: _("Abroad")}
    curves, table, heads = [], [], [_("Days")]
    for place, name in names.items():
        spans = q.intervals([row for row in rows if row.hosting is place], measured)
        if not spans:
            continue
        drawn = curve(spans)
        points = [charts.Point(step.at / DAY, step.share, step.low, step.high) for step in drawn.steps]
        median = drawn.quantile(0.5)
        at_risk = {tick: sum((span.late or span.early) / DAY >= tick for span in spans) for tick in TICKS}
        note = _("median %(median)s") % {"median": short(median)}
        curves.append(charts.Curve(label=name, points=points, note=note, median=None if median is None else median / DAY, at_risk=at_risk))
        heads.append(name)
        table.append([drawn.lasting(timedelta(days=tick)) for tick in TICKS[1:]])
    if not curves:
        return None
    lines = [
        [number_format(tick, decimal_pos=0), *(percent(None if column[i] is None else 1 - column[i].share) for column in table)]  # type: ignore[union-attr]  # checked beside it
        for i, tick in enumerate(TICKS[1:])
    ]
    return charts.survival(
        curves,
        title=_("Share of addresses still online by days since the clock began"),
        description=". ".join(f"{c.label}: {c.note}" for c in curves),
        unit=_("days"),
        ticks=TICKS,
        table=Table(caption=_("Removed within"), head=heads, rows=lines),
    )


def _line(group: q.Takedown, by: str) -> dict[str, Any]:
    s = group.survival
    one = s.within[1]
    return {
        "name": _name(group.group, by),
        "country": group.country or "–",
        "n": s.n,
        "median": short(s.median),
        "band": f"{short(s.median_low)}–{short(s.median_high)}",
        "p95": short(s.p95),
        "within": [percent(s.within[day].share if s.within[day] else None) for day in (1, 2, 3, 7)],  # type: ignore[union-attr]  # checked beside it
        "bar": charts.share_bar(one.share if one else 0.0),
        "online": s.censored,
    }


def _name(code: str, by: str) -> str:
    if not code:
        return str(_("unknown"))
    return vocab.label("notice.legal_basis", code) if by == "basis" else code


@require_safe
@needs(Permission.EXPORT_FIGURES)
@sudo_required
def export(request: HttpRequest) -> HttpResponse:
    """The page's table as CSV, every group, exact; the export stands in the trail."""
    form = FiguresForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    measured, by = Clock(chosen.get("clock") or Clock.T_NOTICE), chosen.get("by") or "provider"
    at = clock.now()
    period = periods.read(request.GET, at.astimezone(VILNIUS).date())
    export_figures(by=actor(request), figure=f"takedown-{by}", period=period.code, at=at)
    start, end = _bounds(period)
    groups = q.takedown_by(q.spans(measured, start, end), measured, by)
    head = ["period", "clock", "group", "n", *(f"{name}_h" for name in ("median", "low", "high", "early", "p95"))]
    head += [*(f"within_{day}" for day in (1, 2, 3, 7)), "online", "never_seen"]
    body = csv_text(head, [_cells(period.code, measured, group) for group in groups])
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="takedown-{by}-{period.code}.csv"'
    return response


def _cells(period: str, measured: Clock, group: q.Takedown) -> list[str | int | float | None]:
    s = group.survival
    hours = [
        None if span is None else round(span / timedelta(hours=1), 3)
        for span in (s.median, s.median_low, s.median_high, s.median_early, s.p95)
    ]
    shares = [None if ended is None else round(ended.share, 4) for ended in s.within.values()]
    return [period, str(measured), group.group, s.n, *hours, *shares, s.censored, group.left_censored]


desk_urls = [
    path("figures/", figures, name="hotline-figures"),
    path("figures/export.csv", export, name="hotline-figures-csv"),
]
