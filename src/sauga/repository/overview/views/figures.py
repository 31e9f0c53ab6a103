"""Statistics of the collection at the desk: months side by side, the most viewed, small numbers
suppressed.
"""

from typing import override

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from sauga.kernel import vocab
from sauga.kernel.figures import Period, PeriodKind, totals
from sauga.kernel.figures.pages import FiguresPage, Section
from sauga.kernel.figures.texts import overall, value_text
from sauga.kernel.i18n import integer, month_and_year
from sauga.kernel.ui.components import Table
from sauga.kernel.ui.hrefs import address
from sauga.repository.overview import queries as q
from sauga.repository.overview.figures import MEASURES, READERS
from sauga.repository.permissions import Permission
from sauga.repository.resources.models import Resource

MONTHS = 6
TOP = 20


class CollectionFigures(FiguresPage):
    """Each measure by type in the period, month by month up to its end, what is read most, and what
    is offered now.
    """

    title = gettext_lazy("Statistics of the collection")
    service = "repository"
    permission = Permission.SEE_FIGURES
    length = PeriodKind.MONTH
    days_note = gettext_lazy("Choose a month, a quarter or a year to see the figures by type.")

    definitions = [(one.title, one.definition) for one in MEASURES]

    @override
    def intro(self) -> str:
        return _("Daily totals without cookies: readers stay anonymous. Numbers under 10 are not shown.")

    @override
    def sections(self) -> list[Section]:
        months = [Period.of(PeriodKind.MONTH, self.period.last)]
        while len(months) < MONTHS:
            months.insert(0, months[0].previous)
        start, end = months[0].start, months[-1].end
        most = [
            _table(title, [_line(row, n) for row, n in q.most_read(kind, start, end, TOP)])
            for title, kind in ((_("Most viewed"), q.VIEW), (_("Most downloaded"), q.DOWNLOAD))
        ]
        offered = sorted(
            (vocab.label("resource_types", code), integer(n)) for code, n in q.available().items()
        )
        return [
            Section(_("Month by month"), [_month_by_month(months)]),
            *super().sections(),
            Section(_("Most used in these months"), most),
            Section(_("Available now"), [_table(_("Available now"), offered)]),
        ]


def _month_by_month(months: list[Period]) -> Table:
    sums = [[overall(totals(one.code, month)) for month in months] for one in MEASURES]
    rows = [
        [one.title, *("0" if cell is None else value_text(cell) for cell in cells)]
        for one, cells in zip(MEASURES, sums, strict=True)
    ]
    return Table(
        caption=_("Month by month"),
        head=[_("Measure"), *(month_and_year(month.start) for month in months)],
        rows=rows,
    )


def _table(title: str, rows: list[tuple[str, str]]) -> Table:
    return Table(caption=title, head=[_("Resource"), pgettext("how many", "Number")], rows=rows)


def _line(row: Resource, n: int) -> tuple[str, str]:
    name, href = str(row.words("title", "lt")), address("repository-desk-resource", row.ref)
    shown = integer(n) if n >= READERS else _("under %(n)d") % {"n": READERS}
    return format_html('<a href="{}">{}</a>', href, name) if href else name, shown
