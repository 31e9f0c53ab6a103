"""Figures as people and files read them: values with their units, cards, tables, charts, and rows of a file.

The desk's pages (`kit.figures`) and the public page show the same cells in the same words.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext, pgettext

from sauga.kernel import i18n
from sauga.kernel.figures import Measure, Total, label
from sauga.kernel.refusals import Text
from sauga.kernel.ui import charts
from sauga.kernel.ui.components import Figure, Table
from sauga.kernel.ui.formats.csv_files import Cell

DECIMALS = {"INDEX": 2}
TIMES = {"DAY": timedelta(days=1), "MINUTE": timedelta(minutes=1)}
"""Units of time: their values are said as a length of time, each with the unit that suits it."""
FEWEST_OF_AN_INDEX = 5
"""Cases that an index must rest on to be said: with fewer, one case decides its sign."""
DURATIONS = (
    (timedelta(seconds=1), gettext_lazy("%(n)s s"), timedelta(seconds=100)),
    (timedelta(minutes=1), gettext_lazy("%(n)s min"), timedelta(hours=2)),
    (timedelta(hours=1), gettext_lazy("%(n)s h"), timedelta(days=1)),
)
MOST_BARS = 12
"""What one drawing holds; the table below it has everything in full."""

_PLACE = ("measure", "title", "unit")
_CELL = ("period", "dimension_1", "code_1", "dimension_2", "code_2", "value", "n")
EXACT_COLUMNS = (*_PLACE, *_CELL)
"""Columns of a file that hides nothing."""
PUBLISHED_COLUMNS = (*_PLACE, "evidence", *_CELL, "hidden", "revision", "threshold")
"""Columns of a file of published figures."""


def percent(share: float | None) -> str:
    """A share as a whole percentage."""
    return "–" if share is None else i18n.percent(round(share * 100))


def duration_text(span: timedelta | None) -> str:
    """A length of time in one number: "45 s", "38 min", "7 h", "2.1 d"; a dash for none."""
    if span is None:
        return "–"
    for step, text, below in DURATIONS:
        if span < below:
            return text % {"n": round(span / step)}
    return _("%(n)s d") % {"n": number_format(round(span / timedelta(days=1), 1), decimal_pos=1)}


def value_text(total: Total | None, unit: str = "") -> str:
    """A cell in words: hidden cells say so, a value that has not come yet too."""
    if total is None:
        return "–"
    if total.hidden:
        return _("hidden")
    if total.value is None:
        return _("not yet")
    if unit == "INDEX" and total.n is not None and total.n < FEWEST_OF_AN_INDEX:
        return _("too few cases")
    return _number_text(total.value, unit)


def _number_text(value: float, unit: str) -> str:
    if unit == "SHARE":
        return percent(value)
    if unit in TIMES:
        return duration_text(value * TIMES[unit])
    digits = DECIMALS.get(unit, 0)
    return number_format(round(value, digits), decimal_pos=digits)


def unit_name(code: str) -> str:
    """The unit as the head of a column."""
    units = {
        "DAY": pgettext("unit", "time"),
        "REPORT": _("reports"),
        "ADDRESS": _("addresses"),
        "CONTACT": _("contacts"),
        "MINUTE": pgettext("unit", "time"),
        "NOTICE": _("notices"),
        "RESOURCE": _("resources"),
        "HEAD": _("people"),
        "VIEW": _("times"),
        "DOWNLOAD": _("times"),
        "ACTIVITY": pgettext("unit", "activities"),
        "ANSWER": pgettext("unit", "answers"),
        "BALLOT": pgettext("unit", "ballots"),
        "CERTIFICATE": pgettext("unit", "certificates"),
        "EVENT": pgettext("unit", "events"),
        "FLAG": pgettext("unit", "notifications"),
        "HOUR": pgettext("unit", "hours"),
        "INDEX": pgettext("unit", "index"),
        "MAIL": pgettext("unit", "emails"),
        "PERSON": _("people"),
        "PROPOSAL": pgettext("unit", "proposals"),
        "REGISTRATION": pgettext("unit", "registrations"),
        "REVIEW": pgettext("unit", "reviews"),
        "SCHOOL": pgettext("unit", "schools"),
        "SESSION": pgettext("unit", "sessions"),
        "SHARE": _("Share"),
        "SITE": pgettext("unit", "libraries"),
    }
    return units.get(code, "")


def unit_text(total: Total | None, unit: str) -> str:
    """The unit behind a number, in the form that the number asks for; nothing behind a cell that holds no
    number."""
    if total is None or total.hidden or total.value is None:
        return ""
    n = round(total.value)
    forms = {
        "REPORT": npgettext("unit", "report", "reports", n),
        "ADDRESS": npgettext("unit", "address", "addresses", n),
        "CONTACT": npgettext("unit", "contact", "contacts", n),
        "NOTICE": npgettext("unit", "notice", "notices", n),
    }
    return forms.get(unit, "")


def with_unit(total: Total | None, unit: str) -> str:
    """Value and unit; a length of time has its unit already."""
    return f"{value_text(total, unit)} {unit_text(total, unit)}".strip()


def overall(totals: Iterable[Total]) -> Total | None:
    """The cell for everything, where a measure has one."""
    return next((total for total in totals if not total.dims), None)


def measure_card(measure: Measure, totals: Iterable[Total]) -> Figure:
    """A measure's cell for everything as a key figure."""
    total = overall(totals)
    value, unit = value_text(total, measure.unit), unit_text(total, measure.unit)
    return Figure(
        title=measure.title, value=value, unit=unit, definition=measure.definition, code=measure.code
    )


def place_text(measure: Measure, total: Total) -> str:
    """The group that a cell counts; empty for everything."""
    return ", ".join(label(measure, *pair) for pair in total.dims.items())


def measure_table(measure: Measure, totals: Iterable[Total], *, with_base: bool = False) -> Table:
    """A measure's cells as a table, the one for everything last.

    `with_base`: shares and medians with the number they rest on.
    """
    rows = [
        (place_text(measure, total) or _("All"), _with_base(total, measure, with_base))
        for total in sorted(totals, key=lambda total: not total.dims)
    ]
    return Table(caption=measure.title, head=[_("Group"), unit_name(measure.unit)], rows=rows)


def _with_base(total: Total, measure: Measure, with_base: bool) -> str:
    value = value_text(total, measure.unit)
    return (
        f"{value} ({_('of %(n)s') % {'n': total.n}})"
        if with_base and not measure.additive and total.n
        else value
    )


def bar_chart(title: Text, counts: Sequence[tuple[str, float]], table: Table) -> charts.Chart:
    """The first counts as bars; the first three are its description, and the table has all of them."""
    bars = [charts.Bar(name, n, number_format(n)) for name, n in counts[:MOST_BARS]]
    return charts.bars(
        bars,
        title=title,
        description=". ".join(f"{name}: {number_format(n)}" for name, n in counts[:3]),
        table=table,
    )


def measure_part(
    measure: Measure, totals: Sequence[Total], *, with_base: bool = False
) -> charts.Chart | Table:
    """A measure that counts by one dimension as bars with its table, any other as a table.

    Hidden cells are only in the table, in words; where nothing else was counted, there is no chart.
    """
    table = measure_table(measure, totals, with_base=with_base)
    if not measure.additive or len(measure.breakdown) > 1:
        return table
    counts = [
        (place_text(measure, total), total.value)
        for total in totals
        if total.dims and total.value is not None
    ]
    return bar_chart(measure.title, counts, table) if counts else table


def measure_rows(
    found: Iterable[tuple[Measure, Iterable[Total]]], columns: Sequence[str]
) -> list[list[Cell]]:
    """Every cell of the measures as a row of a file with these columns."""
    records = (_record(measure, total) for measure, totals in found for total in totals)
    return [[record[column] for column in columns] for record in records]


def _record(measure: Measure, total: Total) -> Mapping[str, Cell]:
    (first, first_code), (second, second_code) = [*total.dims.items(), ("", ""), ("", "")][:2]
    return {
        "measure": measure.code,
        "title": str(measure.title),
        "unit": measure.unit,
        "evidence": str(measure.evidence),
        "period": total.period.code,
        "dimension_1": first,
        "code_1": first_code,
        "dimension_2": second,
        "code_2": second_code,
        "value": total.value,
        "n": total.n,
        "hidden": int(total.hidden),
        "revision": total.revision,
        "threshold": measure.threshold,
    }
