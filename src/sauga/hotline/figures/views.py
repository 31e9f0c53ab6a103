"""Time to removal and the counts of a period, exact: for the desk only.

The public reads the published figures (service statistics).
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, override

from django.http import HttpRequest
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from sauga.hotline.figures.forms import FiguresForm
from sauga.hotline.figures.measures import MEASURES, quality, statutory_reports
from sauga.hotline.figures.queries import counts
from sauga.hotline.figures.queries import takedown as q
from sauga.hotline.figures.rules.takedown import Clock, Hosted
from sauga.hotline.permissions import Permission
from sauga.kernel import vocab
from sauga.kernel.figures import Survival, curve, label, measure
from sauga.kernel.figures.pages import FigureFile, FiguresPage, Group, Section
from sauga.kernel.figures.texts import duration_text, percent
from sauga.kernel.kit.lists import Empty
from sauga.kernel.ui import charts
from sauga.kernel.ui.components import Figure, Table
from sauga.kernel.ui.formats.csv_files import Cell

DAY = timedelta(days=1)
TICKS = (0.0, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0)
SMALLEST = 10  # providers with fewer addresses are not compared on the page
DURATIONS = tuple(f"{name}_h" for name in ("median", "low", "high", "early", "p95"))
TAKEDOWN_COLUMNS = (
    "period",
    "clock",
    "group",
    "n",
    *DURATIONS,
    *(f"within_{day}" for day in (1, 2, 3, 7)),
    "online",
    "never_seen",
)
DSA_COLUMNS = ("period", "provider", "type_code", "type", "action_code", "action", "addresses")
DEFINITIONS = (
    (
        gettext_lazy("Address"),
        gettext_lazy(
            "One canonical URL with its referrer. Reports are counted elsewhere; one report may hold "
            "many addresses."
        ),
    ),
    (
        pgettext_lazy("definition", "Removed"),
        gettext_lazy(
            "Two agreeing checks at least 10 minutes apart, with two fetch profiles where a host "
            "may hide content, or a person’s confirmation."
        ),
    ),
    (
        gettext_lazy("Interval"),
        gettext_lazy("Last seen online to first seen gone. The true moment lies between the two."),
    ),
    (
        gettext_lazy("Not counted as removal"),
        gettext_lazy("No answer, a robot check, a changed file, a block for one country only."),
    ),
    (
        gettext_lazy("Percentages"),
        gettext_lazy("Computed from the rows each time, never typed, never averaged over periods."),
    ),
)


class HotlineFigures(FiguresPage):
    """Four key figures, the share still online, providers or another grouping, RRT's and INHOPE's counts,
    every measure."""

    title = gettext_lazy("Time to removal")
    service = "hotline"
    permission, export_permission = Permission.SEE_FIGURES, Permission.EXPORT_FIGURES
    is_exact = True
    form_class = FiguresForm
    days_note = gettext_lazy(
        "Choose a month, a quarter or a year to see what is handed in and the figures of quality."
    )
    definitions = DEFINITIONS
    files = {
        "export": "CSV",
        "returns": gettext_lazy("All measures as CSV"),
        "dsa22": gettext_lazy("Yearly report, article 22(3), as CSV"),
    }

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.clock, self.grouping = (
            Clock(self.chosen.get("clock") or Clock.T_NOTICE),
            self.chosen.get("by") or "provider",
        )
        self.spans = q.spans(self.clock, *self.period.bounds)
        self.compared = q.takedown_by(self.spans, self.clock, self.grouping)

    @override
    def intro(self) -> str:
        n = sum(group.survival.n for group in self.compared)
        text = ngettext(
            "%(n)s address judged illegal or harmful whose clock began between %(first)s and %(last)s.",
            "%(n)s addresses judged illegal or harmful whose clock began between %(first)s and %(last)s.",
            n,
        )
        return text % {"n": n, "first": date_format(self.period.start), "last": date_format(self.period.last)}

    @override
    def key_figures(self) -> list[Figure]:
        found = q.takedown(self.spans, self.clock)
        return [
            _median(found.survival, self.clock),
            _removed(found.survival),
            self._online(found),
            self._delivery(),
        ]

    def _online(self, found: q.Takedown) -> Figure:
        s, bounds = found.survival, self.period.bounds
        facts = {
            "back": q.reappeared(*bounds),
            "early": q.gone_before_notice(*bounds),
            "left": found.left_censored,
        }
        return Figure(
            title=_("Still online"),
            value=str(s.censored) if s.n else "–",
            unit=_("of %(n)s") % {"n": s.n} if s.n else "",
            note=_(
                "%(back)s reappeared after removal. %(early)s were gone before a notice, %(left)s "
                "before the first check."
            )
            % facts,
            definition=_(
                "Right-censored: the time until the last check that saw it counts. A reappearance "
                "starts a new occurrence with its own clock."
            ),
            code="still-online",
        )

    def _delivery(self) -> Figure:
        sent, half, worst = q.decision_to_delivery(*self.period.bounds)
        return Figure(
            title=_("Decision to delivery"),
            value=duration_text(half),
            note=_("p99 %(worst)s, at any hour; %(n)s notices") % {"worst": duration_text(worst), "n": sent},
            definition=_(
                "From the recorded verdict to delivery of the first notice. Police holds are in it."
            ),
            code="decision-to-delivery",
        )

    @override
    def sections(self) -> list[Section]:
        online = _("Kaplan–Meier, band: 95% interval"), _("Dots mark the medians on the 50% line.")
        nothing = Empty(
            title=_("No clock began in this period"), text=_("Choose another period or the other clock.")
        )
        press, title = q.press(*self.period.bounds), _("Removal time, INHOPE buckets")
        buckets = [
            (vocab.label("inhope.removal_bucket", name), str(n))
            for name, n in q.buckets(*self.period.bounds).items()
        ]
        return [
            Section(_("Share still online"), [_chart(self.spans, self.clock) or nothing], ". ".join(online)),
            self._comparison(),
            Section(
                _("Reports of the period, as RRT counts them"),
                [_outcomes(press), _routes(press)],
                _("one report once; both definitions of “confirmed”"),
            ),
            Section(
                title,
                [_table(title, _("Removal time"), _("Addresses"), buckets)],
                _("addresses; clock: receipt to removal"),
            ),
        ]

    def _comparison(self) -> Section:
        by = dict(FiguresForm.base_fields["by"].choices)[self.grouping]  # type: ignore[attr-defined]  # a ChoiceField
        shown = [
            group for group in self.compared if group.survival.n >= SMALLEST or self.grouping != "provider"
        ]
        smaller = len(self.compared) - len(shown)
        note = ngettext(
            "%(n)s smaller one is in the export.", "%(n)s smaller ones are in the export.", smaller
        ) % {"n": smaller}
        head = [by, _("Country"), _("Addresses"), _("Median"), _("95% interval"), "p95"]
        head += [_("1 day"), _("2 days"), _("3 days"), _("7 days"), _("Online")]
        rows = [_line(group, _name(group.group, self.grouping)) for group in shown]
        return Section(by, [Table(caption=by, head=head, rows=rows)] if rows else [], note if smaller else "")

    @override
    def groups(self) -> list[Group]:
        return [
            (_("For the Commission, INHOPE and the press"), statutory_reports.MEASURES),
            (_("Our own quality"), quality.MEASURES),
        ]

    @override
    def file(self, name: str) -> FigureFile:
        if name == "returns":
            return self.measures_file(MEASURES)
        if name == "dsa22":
            period = self.asked_whole()
            rows = [_dsa(period.code, line) for line in counts.dsa_lines(*period.bounds)]
            return FigureFile(
                what="dsa-22", head=DSA_COLUMNS, rows=rows, cases=len(rows), name=f"dsa-22-{period.code}"
            )
        rows, what = (
            [_cells(self.period.code, self.clock, group) for group in self.compared],
            f"takedown-{self.grouping}",
        )
        return FigureFile(
            what=what, head=TAKEDOWN_COLUMNS, rows=rows, cases=len(rows), name=f"{what}-{self.period.code}"
        )


def _median(s: Survival, measured: Clock) -> Figure:
    bounds = {"band": _band(s), "early": duration_text(s.median_early)}
    return Figure(
        title=_("Median time to removal"),
        value=duration_text(s.median),
        note=_("95%% interval %(band)s. Early end %(early)s") % bounds,
        definition=_(
            "Kaplan–Meier median over %(n)s addresses. Clock: %(clock)s. The removal counts at the "
            "late end of its interval, "
            "the first check that saw it gone."
        )
        % {"n": s.n, "clock": vocab.label("clock", measured)},
        code="median",
    )


def _shares(s: Survival) -> dict[int, str]:
    """The share removed within 1, 2, 3 and 7 days."""
    return {day: percent(ended.share if (ended := s.within[day]) else None) for day in (1, 2, 3, 7)}


def _removed(s: Survival) -> Figure:
    shares = _shares(s)
    return Figure(
        title=_("Removed within one day"),
        value=shares.pop(1),
        note=" · ".join(
            _("%(days)s days %(share)s") % {"days": day, "share": share} for day, share in shares.items()
        ),
        definition=_(
            "One minus the Kaplan–Meier estimate at that day, so addresses still online stay in the "
            "denominator."
        ),
        code="within-1",
    )


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
        note = _("median %(median)s") % {"median": duration_text(median)}
        curves.append(
            charts.Curve(
                label=name,
                points=points,
                note=note,
                median=None if median is None else median / DAY,
                at_risk=at_risk,
                followed=None if drawn.is_complete else drawn.followed / DAY,
            )
        )
        heads.append(name)
        table.append([drawn.lasting(timedelta(days=tick)) for tick in TICKS[1:]])
    if not curves:
        return None
    lines = [
        [
            number_format(tick, decimal_pos=0),
            *(percent(1 - step.share if (step := column[i]) else None) for column in table),
        ]
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


def _outcomes(press: Any) -> Table:
    rows = [
        (_("Received"), press.received),
        (_("Further action, repeats not counted (2016–2022)"), press.action_excl_dup),
        (_("Confirmed, repeats counted (from 2023)"), press.confirmed_incl_dup),
        (_("Repeats of confirmed reports"), press.duplicates),
        (_("Consultations"), press.consultations),
        (_("Decided, nothing sent or handed over yet"), press.decided_only),
        (_("Not answered yet"), press.open),
    ]
    return _table(_("Outcome"), _("Outcome"), pgettext("hotline", "Reports"), rows)


def _routes(press: Any) -> Table:
    rows = [
        (vocab.label("rrt.route", term.code), press.routes.get(term.code, 0))
        for term in vocab.every_term("rrt.route")
    ]
    return _table(_("Passed on to"), _("Passed on to"), pgettext("how many", "Number"), rows)


def _table(caption: str, name: str, number: str, rows: Sequence[tuple[str, Any]]) -> Table:
    return Table(caption=caption, head=[name, number], rows=rows)


def _band(s: Survival) -> str:
    """The 95 % interval of the median; too few removals leave it without an upper end."""
    low, high = duration_text(s.median_low), duration_text(s.median_high)
    if s.median_high is not None:
        return f"{low}–{high}"
    return low if s.median_low is None else f"≥ {low}"


def _line(group: q.Takedown, name: str) -> list[str]:
    s, one = group.survival, group.survival.within[1]
    first, *others = _shares(s).values()
    bar = format_html("{} {}", first, charts.share_bar(one.share if one else 0.0))
    median = format_html("<b>{}</b>", duration_text(s.median))
    return [
        name,
        group.country or "–",
        str(s.n),
        median,
        _band(s),
        duration_text(s.p95),
        bar,
        *others,
        str(s.censored),
    ]


def _name(code: str, by: str) -> str:
    if not code:
        return str(_("unknown"))
    return vocab.label("notice.legal_basis", code) if by == "basis" else code


def _cells(period: str, measured: Clock, group: q.Takedown) -> list[Cell]:
    s = group.survival
    hours = [
        None if span is None else round(span / timedelta(hours=1), 3)
        for span in (s.median, s.median_low, s.median_high, s.median_early, s.p95)
    ]
    shares = [None if ended is None else round(ended.share, 4) for ended in s.within.values()]
    return [period, str(measured), group.group, s.n, *hours, *shares, s.censored, group.left_censored]


def _dsa(period: str, line: counts.Line) -> list[Cell]:
    """Provider, type of content, action, number: no personal data is in it."""
    content = vocab.label("dsa.category", line.content) if line.content else ""
    return [
        period,
        line.provider,
        line.content,
        content,
        line.action,
        label(measure("hotline.answers"), "answer", line.action),
        line.n,
    ]
