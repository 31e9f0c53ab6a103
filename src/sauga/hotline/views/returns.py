"""Figures that are handed in and those of quality, exact, for the desk: tables of the figures' page, and two files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sauga.hotline.actions.exporting import export_figures
from sauga.hotline.figures import MEASURES, quality, returns
from sauga.hotline.queries import counting
from sauga.hotline.rules.permissions import Permission
from sauga.kernel import clock, vocab
from sauga.kernel.figures import Measure, Period, PeriodUnreadable, Row, computed, csv_text
from sauga.kernel.identity import actor, needs, sudo_required

LISTS = {
    "volume": "ec.volume",
    "kind": "ec.csam_kind",
    "topic": "ec.other_kind",
    "site": "ec.site_type",
    "location": "ec.hosting",
    "action": "ec.action",
    "age": "iccam.age",
    "sex": "iccam.sex",
    "sort": "iccam.site_type",
    "novelty": "inhope.dimension",
    "answer": "notice.provider_response",
    "decision": "notice.dispute_decision",
    "withdrawal": "notice.withdrawal_reason",
    "route": "rrt.route",
    "reason": "rrt.not_actioned",
    "bucket": "inhope.removal_bucket",
}


def _words(name: str, code: str) -> str:
    said = {
        "MEMBER": _("Members of the memorandum"),
        "OTHER": _("Other providers"),
        returns.NOT_SAID: _("not recorded"),
        counting.NO_ANSWER: _("No answer"),
        counting.NOT_YET: _("Decided, not yet carried out"),
    }
    if name == "membership" or code in {returns.NOT_SAID, counting.NO_ANSWER, counting.NOT_YET}:
        return said.get(code, code)
    return vocab.label(LISTS[name], code) if name in LISTS else code


def _value(row: Row, unit: str) -> str:
    if row.value is None:
        return _("not yet")
    if unit == "SHARE":
        return f"{round(row.value * 100)}\u00a0%"
    digits = {"INDEX": 2, "MINUTE": 1}.get(unit, 0)
    return number_format(round(row.value, digits), decimal_pos=digits) + (f" {_('min')}" if unit == "MINUTE" else "")


def tables(code: str) -> list[dict[str, Any]]:
    """Every measure of returns and of quality for the page; empty for days of one's own, which no measure knows."""
    try:
        period = Period.parse(code)
    except PeriodUnreadable:
        return []
    groups = ((_("For the Commission, INHOPE and the press"), returns.MEASURES), (_("Our own quality"), quality.MEASURES))
    return [{"title": title, "tables": [_table(one, period) for one in measures]} for title, measures in groups]


def _table(one: Measure, period: Period) -> dict[str, Any]:
    rows = computed(one, period)
    lines = [(_words(*next(iter(row.dims.items()))) if row.dims else _("All"), _value(row, one.unit), row.n) for row in rows]
    return {"title": one.title, "definition": one.definition, "rows": lines, "shares": one.unit in {"SHARE", "INDEX", "MINUTE"}}


@require_safe
@needs(Permission.EXPORT_FIGURES)
@sudo_required
def everything(request: HttpRequest) -> HttpResponse:
    """Every measure of the hotline for one period as CSV, exact; the export stands in the trail."""
    at, period = clock.now(), _asked(request)
    export_figures(by=actor(request), figure="measures", period=period.code, at=at)
    head = ["measure", "title", "unit", "period", "dimension_1", "code_1", "dimension_2", "code_2", "value", "n"]
    body = [_cells(one, period, row) for one in MEASURES for row in computed(one, period)]
    return _file(csv_text(head, body), f"hotline-{period.code}.csv")


def _cells(one: Measure, period: Period, row: Row) -> list[str | int | float | None]:
    pairs = [part for pair in row.dims.items() for part in pair]
    return [one.code, str(one.title), one.unit, period.code, *[*pairs, "", "", "", ""][:4], row.value, row.n]


@require_safe
@needs(Permission.EXPORT_FIGURES)
@sudo_required
def dsa(request: HttpRequest) -> HttpResponse:
    """The table of the yearly report under article 22(3): provider, type of content, action, number. No personal data is in it."""
    at, period = clock.now(), _asked(request)
    export_figures(by=actor(request), figure="dsa-22", period=period.code, at=at)
    head = ["period", "provider", "type_code", "type", "action_code", "action", "addresses"]
    body = [_line(period, line) for line in counting.dsa_lines(*period.bounds)]
    return _file(csv_text(head, body), f"dsa-22-{period.code}.csv")


def _line(period: Period, line: counting.Line) -> list[str | int | float | None]:
    content = vocab.label("dsa.category", line.content) if line.content else ""
    return [period.code, line.provider, line.content, content, line.action, _words("answer", line.action), line.n]


def _asked(request: HttpRequest) -> Period:
    try:
        return Period.parse(request.GET.get("period", ""))
    except PeriodUnreadable:
        raise Http404 from None


def _file(body: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


desk_urls = [
    path("figures/returns.csv", everything, name="hotline-returns-csv"),
    path("figures/dsa22.csv", dsa, name="hotline-dsa-csv"),
]
