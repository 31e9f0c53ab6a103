"""The page of figures that the kit draws: what is generated from measures, what is hidden, what is
exported and recorded.
"""

from datetime import date, timedelta

import pytest
from factories.hotline import AT
from factories.monitoring import item_at
from factories.resources import published

from sauga.helpline.permissions import Permission
from sauga.kernel import audit, clock, figures
from sauga.kernel.figures import Measure, Period, PeriodUnfinished, Total, counted, counted_by, rated, texts
from sauga.kernel.figures.pages import export_figures
from sauga.kernel.figures.trail import Trail
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.ui import charts
from sauga.repository.catalogue.models import DailyCount
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

MONTH = Period.parse("2026-11")


def measure(unit="REPORT", *by, additive=True) -> Measure:
    compute = counted(lambda period: 0)
    return Measure(
        "hotline.sample",
        "Sample",
        "What it counts",
        unit,
        "hotline",
        compute,
        breakdown=by,
        additive=additive,
    )


def total(value, n=None, hidden=False, **dims) -> Total:
    return Total("hotline.sample", MONTH, dims, value, n if n is not None else value, hidden, 0)


# Texts
# ------------------------------------------------------------------------------------------------------------
@pytest.mark.unit
@pytest.mark.parametrize(
    ("cell", "unit", "text"),
    [
        (None, "REPORT", "–"),
        (total(None, hidden=True), "REPORT", "hidden"),
        (total(None, 4), "DAY", "not yet"),
        (total(0.256, 90), "SHARE", "26%"),
        (total(1.256, 90), "INDEX", "1.26"),
        (total(0.25, 4), "INDEX", "too few cases"),
        (total(1.256, 90), "DAY", "1.3 d"),
        (total(0.25, 90), "DAY", "6 h"),
        (total(1065.9, 90), "MINUTE", "18 h"),
        (total(1200), "REPORT", "1,200 reports"),
        (total(1), "REPORT", "1 report"),
    ],
)
def test_a_cell_is_shown_with_its_unit_or_says_why_it_is_not(cell, unit, text):
    from django.utils.translation import override

    with override("en"):
        assert texts.with_unit(cell, unit) == text


@pytest.mark.unit
@pytest.mark.parametrize(
    ("span", "text"),
    [
        (None, "–"),
        (45, "45 s"),
        (99, "99 s"),
        (100, "2 min"),
        (7199, "120 min"),
        (7200, "2 h"),
        (86399, "24 h"),
        (181440, "2.1 d"),
    ],
)
def test_a_length_of_time_is_one_number(span, text):
    from django.utils.translation import override

    with override("en"):
        assert texts.duration_text(None if span is None else timedelta(seconds=span)) == text


@pytest.mark.unit
def test_counts_by_one_dimension_are_drawn_and_everything_else_is_a_table():
    cells = [total(7, part="A"), total(None, hidden=True, part="B"), total(12)]
    chart = texts.measure_part(measure("REPORT", "part"), cells)
    assert isinstance(chart, charts.Chart) and "7" in chart.svg and ">B<" not in chart.svg
    assert [row[0] for row in chart.table.rows][:2] == ["A", "B"] and len(chart.table.rows) == 3
    for one in (measure("SHARE", "part", additive=False), measure("REPORT", "part", "day")):
        assert not isinstance(texts.measure_part(one, cells), charts.Chart)


@pytest.mark.unit
def test_shares_of_exact_pages_say_on_how_many_they_rest():
    table = texts.measure_table(
        measure("SHARE", "part", additive=False), [total(0.5, 8, part="A")], with_base=True
    )
    assert "8" in table.rows[0][1]
    assert (
        "8"
        not in texts.measure_table(measure("SHARE", "part", additive=False), [total(0.5, 8, part="A")]).rows[
            0
        ][1]
    )


@pytest.mark.unit
def test_a_file_has_the_columns_that_are_asked_for():
    found = [(measure("REPORT", "part"), [total(7, part="A"), total(None, hidden=True)])]
    assert texts.measure_rows(
        found, ("measure", "dimension_1", "code_1", "code_2", "value", "hidden", "threshold")
    ) == [
        ["hotline.sample", "part", "A", "", 7, 0, 5],
        ["hotline.sample", "", "", "", None, 1, 5],
    ]


@pytest.mark.unit
def test_the_usual_measures_compute_counts_groups_and_rates():
    def rows(compute):
        return [(dict(row.dims), row.value, row.n) for row in compute(MONTH)]

    assert rows(counted(lambda period: 3)) == [({}, 3, 3)]
    assert rows(counted_by("a", counts=lambda period: {"x": 1})) == [({"a": "x"}, 1, 1)]
    assert rows(counted_by("a", "b", counts=lambda period: {("x", "y"): 2})) == [({"a": "x", "b": "y"}, 2, 2)]
    assert rows(rated(lambda period: (1 / 3, 9))) == [({}, 0.3333, 9)]
    assert (
        rows(rated(lambda period: (None, 9))) == [({}, None, 9)]
        and rows(rated(lambda period: (None, 0))) == []
    )


# The page
# ------------------------------------------------------------------------------------------------------------
def test_the_page_draws_the_measures_of_its_service_and_hides_what_is_small(centre: Centre):
    few, many = published(centre), published(centre, title={"lt": "Daug", "en": "Many"}, type="poster")
    for resource, n in ((few, 9), (many, 4000)):
        DailyCount.objects.create(resource=resource, day=date(2026, 10, 5), kind="view", n=n)
    desk = sign_in(centre, "AWARENESS_STATISTICIAN")
    page = desk.get("/desk/repository/figures/?period=2026-10").text
    assert (
        "<svg" in page
        and "paslėpta" in page.lower()
        and str(figures.measure("repository.resource_page_views").definition) in page
    )
    assert "4009" not in page and ">9<" not in page
    days = desk.get("/desk/repository/figures/?from=2026-10-05&to=2026-10-06").text
    assert '<svg class="chart' not in days, "days of one's own would tell hidden numbers apart"
    assert "Pasirinkite mėnesį" in days


def test_a_period_without_anything_says_so(centre: Centre):
    page = sign_in(centre, "HELPLINE_STATISTICIAN").get("/desk/helpline/figures/?period=2021").text
    assert "Pasirinkite kitą laikotarpį" in page and 'data-figure="wait"' not in page


def test_files_keep_the_period_and_the_choices_of_the_page(centre: Centre):
    item_at("http://k.online.behave.example/", at=AT, verdict="PROHIBITED")
    desk = sign_in(centre, "STATISTICIAN")
    page = desk.get("/desk/hotline/figures/?period=2026-11&by=country").text
    assert "/desk/hotline/figures/export.csv?period=2026-11&amp;by=country" in page
    assert (
        "/desk/hotline/figures/export.csv?from=2026-11-02&amp;to=2026-11-05"
        in desk.get("/desk/hotline/figures/?from=2026-11-02&to=2026-11-05").text
    )
    assert desk.get("/desk/hotline/figures/nothing.csv?period=2026-11").status_code == 404
    for name in ("returns", "dsa22"):
        assert desk.get(f"/desk/hotline/figures/{name}.csv").status_code == 404, "no period is named"
    assert "figures/export.csv" not in sign_in(centre, "ANALYST").get("/desk/hotline/figures/").text


def test_an_export_is_recorded_and_refused_while_cases_are_in_hand(centre: Centre):
    by, given = (
        centre.actor("HELPLINE_STATISTICIAN"),
        {"zone": "helpline", "what": "all", "period": "2026", "cases": 3, "at": clock.now()},
    )
    with pytest.raises(PeriodUnfinished):
        export_figures(by=by, permission=Permission.EXPORT_FIGURES, left=1, **given)
    with pytest.raises(PermissionRefused):
        export_figures(by=centre.actor("COUNSELLOR"), permission=Permission.EXPORT_FIGURES, left=0, **given)
    assert not audit.timeline("all")
    export_figures(by=by, permission=Permission.EXPORT_FIGURES, left=0, **given)
    assert [(line.action, line.facts) for line in audit.timeline("all")] == [
        (Trail.FIGURES_EXPORTED, {"what": "all", "period": "2026", "rows": 3})
    ]
