"""Figures of the collection at the desk: months beside each other, what is read most, small numbers hidden."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sauga.kernel import clock, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.figures import Period, PeriodKind, totals
from sauga.kernel.i18n import integer, month_and_year
from sauga.kernel.identity import needs
from sauga.repository.figures import MEASURES, READERS
from sauga.repository.queries import figures as q
from sauga.repository.rules.permissions import Permission

MONTHS = 6
TOP = 20


@require_safe
@needs(Permission.SEE_FIGURES)
def figures(request: HttpRequest) -> HttpResponse:
    """Each measure over the last months, by type in this month, and what is read most."""
    today = clock.now().astimezone(VILNIUS).date()
    months = _months(today)
    first, end = months[0].start, months[-1].end
    context = {
        "months": [month_and_year(month.start) for month in months],
        "measures": [_measure(measure, months) for measure in MEASURES],
        "available": sorted(((vocab.label("resource_types", code), integer(n)) for code, n in q.available().items())),
        "lists": [
            (gettext("Read most"), [_line(row, n) for row, n in q.most_read(q.VIEW, first, end, TOP)]),
            (gettext("Taken most"), [_line(row, n) for row, n in q.most_read(q.DOWNLOAD, first, end, TOP)]),
        ],
    }
    return render(request, "repository/desk/figures.html", context)


def _months(today: date) -> list[Period]:
    found = [Period.of(PeriodKind.MONTH, today)]
    while len(found) < MONTHS:
        before = found[0].start.replace(day=1)
        year, month = (before.year - 1, 12) if before.month == 1 else (before.year, before.month - 1)
        found.insert(0, Period.of(PeriodKind.MONTH, date(year, month, 1)))
    return found


def _measure(measure: Any, months: list[Period]) -> dict[str, Any]:
    sums = []
    for month in months:
        whole = next((total for total in totals(measure.code, month) if not total.dims), None)
        sums.append(_shown(whole, measure.threshold))
    return {"title": measure.title, "definition": measure.definition, "sums": sums}


def _shown(total: Any, threshold: int) -> str:
    if total is None:
        return "0"
    return gettext("under %(n)d") % {"n": threshold} if total.hidden else integer(int(total.value or 0))


def _line(row: Any, n: int) -> tuple[str, str, str]:
    shown = integer(n) if n >= READERS else gettext("under %(n)d") % {"n": READERS}
    return str(row.words("title", "lt")), row.ref, shown


desk_urls = [path("figures/", figures, name="repository-figures")]
