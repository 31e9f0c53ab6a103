"""The figures of a service on one page: a period, key figures, charts with their tables, every measure with
its definition, files.

Without more than a title and a service the page is generated from the service's measures. See
docs/develop/figures-pages.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sauga.kernel import audit, clock, figures
from sauga.kernel.clock import VILNIUS
from sauga.kernel.figures.texts import EXACT_COLUMNS, measure_card, measure_part, measure_rows, measure_table
from sauga.kernel.figures.trail import Trail
from sauga.kernel.identity import actor, needs, require, sudo_required
from sauga.kernel.kit.actions import kit_page
from sauga.kernel.kit.lists import Empty
from sauga.kernel.kit.lists.export import file_response
from sauga.kernel.refusals import ActionRefused, Text
from sauga.kernel.states import Actor
from sauga.kernel.ui import charts, toasts
from sauga.kernel.ui.components import Figure, Table
from sauga.kernel.ui.formats.csv_files import Cell
from sauga.kernel.ui.parameters import periods

type Group = tuple[Text, Iterable[figures.Measure]]
"""Measures that belong together, under a heading."""


@dataclass(frozen=True)
class Section:
    """A part of the page under its own heading: charts with their tables, tables, or what is said where there
    is nothing to draw.

    Two parts stand side by side; a section without any is left out.
    """

    title: Text
    parts: Sequence[charts.Chart | Table | Empty]
    note: Text = ""
    definition: Text = ""


@dataclass(frozen=True, kw_only=True)
class FigureFile:
    """Rows to be exported.

    `what` names them in the audit log, `cases` is how many cases they rest on, `name` that of the file.
    """

    what: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    cases: int
    name: str


def export_figures(
    *, by: Actor, permission: StrEnum, zone: str, what: str, period: str, cases: int, left: int, at: datetime
) -> None:
    """Note who exports which figures of which period.

    Raises PermissionRefused; PeriodUnfinished while `left` cases are open.
    """
    require(by, permission)
    if left:
        raise figures.PeriodUnfinished(zone, left)
    audit.record(
        by,
        Trail.FIGURES_EXPORTED,
        what,
        zone=zone,
        at=at,
        facts={"what": what, "period": period, "rows": cases},
    )


class FiguresPage:
    """The figures of one service in a period. Subclasses declare it; `urls()` are its addresses.

    `permission` opens the page. `files` are offered to those who hold `export_permission`: by the end of
    their address, with their label; each export is recorded in the service's zone of the audit log. With
    `is_exact` nothing is hidden: only for pages of the service itself.
    """

    template = "ui/desk/figures.html"
    title: Text = ""
    service = ""
    permission: StrEnum
    export_permission: StrEnum | None = None
    is_exact = False
    length = figures.PeriodKind.QUARTER
    """How long the period is that is shown first: a month, quarter or year."""
    form_class: type[forms.Form] = forms.Form
    """Further choices, kept in the address; its cleaned values are `self.chosen`."""
    files: Mapping[str, Text] = {}
    definitions: Sequence[tuple[Text, Text]] = ()
    """What the words of the page mean, beside the definitions of its figures."""
    empty = Empty(title=_("Nothing was counted in this period"), text=_("Choose another period."))
    days_note: Text = _("Choose a month, a quarter or a year to see every figure.")
    """What is said of days of one's own, for which measures are not computed."""

    def __init__(self, request: HttpRequest) -> None:
        self.request, self.by, self.at = request, actor(request), clock.now()
        self.period = periods.read(request.GET, self.at.astimezone(VILNIUS).date(), self.length)
        self.form = self.form_class(request.GET or None)
        self.chosen: dict[str, Any] = self.form.cleaned_data if self.form.is_valid() else {}

    # What a page declares

    def intro(self) -> Text:
        """One sentence about the whole period."""
        return ""

    def warning(self) -> Text:
        """What still changes the figures of the period."""
        return ""

    def key_figures(self) -> Sequence[Figure]:
        """The figures at the head of the page: by default the measures without a breakdown."""
        return [measure_card(one, cells) for one, cells in self.counted if not one.breakdown]

    def sections(self) -> Iterable[Section]:
        """By default each measure with a breakdown, as a chart where it counts by one dimension."""
        found = [(one, cells) for one, cells in self.counted if one.breakdown and cells]
        return [
            Section(one.title, [measure_part(one, cells, with_base=self.is_exact)], "", one.definition)
            for one, cells in found
        ]

    def groups(self) -> Iterable[Group]:
        """Measures shown as small tables with their definitions; only whole months, quarters and years have
        them."""
        return ()

    def file(self, name: str) -> FigureFile:
        """The rows of one of the `files`. Raises Http404 for a period that it cannot be made for."""
        raise NotImplementedError(name)

    # What it is made of

    @cached_property
    def counted(self) -> list[tuple[figures.Measure, list[figures.Total]]]:
        """The service's measures with their cells."""
        return self.count(figures.measures(self.service))

    def count(self, measures: Iterable[figures.Measure]) -> list[tuple[figures.Measure, list[figures.Total]]]:
        """Measures with their cells as they may be shown here; none for days of one's own."""
        if self.period.whole is None:
            return []
        return [
            (
                one,
                figures.exact(one, self.period.whole)
                if self.is_exact
                else figures.totals(one.code, self.period.whole),
            )
            for one in measures
        ]

    def asked_whole(self) -> figures.Period:
        """The whole period for which a file is asked.

        Raises Http404: a file is not made for another period than that in its address.
        """
        if self.period.whole is None or self.period.code != self.request.GET.get("period"):
            raise Http404
        return self.period.whole

    def measures_file(self, measures: Iterable[figures.Measure]) -> FigureFile:
        """Every cell of these measures for the whole period that is asked for."""
        rows, name = (
            measure_rows(self.count(measures), EXACT_COLUMNS),
            f"{self.service}-{self.asked_whole().code}",
        )
        return FigureFile(what="measures", head=EXACT_COLUMNS, rows=rows, cases=len(rows), name=name)

    # The answer

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The addresses of the page and of its files: figures/ and figures/….csv."""

        def page(request: HttpRequest) -> HttpResponse:
            shown = cls(request)
            return render(request, shown.template, {"page": shown, "period": shown.period})

        page.__doc__, page.__module__ = cls.__doc__, cls.__module__
        found = [
            path(
                "figures/", needs(cls.permission)(kit_page(require_safe(page))), name=f"{cls.service}-figures"
            )
        ]
        if cls.export_permission is not None:
            export = require_safe(
                needs(cls.export_permission)(
                    sudo_required(lambda request, name: cls(request).file_response(name))
                )
            )
            found.append(path("figures/<str:name>.csv", export, name=f"{cls.service}-figures-csv"))
        return found

    def file_response(self, name: str) -> HttpResponse:
        """One of the files, or the page again with the reason why it is not made."""
        if name not in self.files or self.export_permission is None:
            raise Http404
        made, left = self.file(name), figures.unfinished(self.service, self.period)
        try:
            export_figures(
                by=self.by,
                permission=self.export_permission,
                zone=self.service,
                what=made.what,
                period=self.period.code,
                cases=made.cases,
                left=left,
                at=self.at,
            )
        except ActionRefused as refused:
            toasts.refuse(self.request, refused.text)
            return HttpResponseRedirect(f"{reverse(f'{self.service}-figures')}?{self._query()}")
        return file_response("csv", made.name, made.head, made.rows)

    def _query(self) -> str:
        return urlencode([*self.period_fields(), *self.kept()])

    # What the template asks for

    def period_fields(self) -> list[tuple[str, str]]:
        """The period as fields of its address."""
        days = [("from", self.period.start.isoformat()), ("to", self.period.last.isoformat())]
        return [("period", self.period.code)] if self.period.whole else days

    def kept(self) -> list[tuple[str, str]]:
        """The further choices, for the form of the period."""
        return [(name, str(value)) for name, value in self.chosen.items() if value]

    def downloads(self) -> list[tuple[Text, str]]:
        """The files with their addresses, for those who may export."""
        may_export = self.export_permission is not None and self.by.can(self.export_permission)
        files = self.files.items() if may_export else ()
        return [
            (label, f"{reverse(f'{self.service}-figures-csv', args=[name])}?{self._query()}")
            for name, label in files
        ]

    def tables(self) -> list[tuple[Text, list[tuple[Table, Text]]]]:
        """The groups with a table and a definition for each measure."""
        counted = (
            [(title, self.count(measures)) for title, measures in self.groups()] if self.period.whole else []
        )
        return [
            (
                title,
                [(measure_table(one, cells, with_base=self.is_exact), one.definition) for one, cells in ones],
            )
            for title, ones in counted
        ]
