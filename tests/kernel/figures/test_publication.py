"""A published figure stands; a correction is a revision; small cells are hidden from every reader."""

from datetime import UTC, datetime

import pytest

from sauga.kernel import audit, figures, permissions
from sauga.kernel.figures import Measure, Period, Row
from sauga.kernel.figures.models import Figure
from sauga.kernel.figures.permissions import Permission
from sauga.kernel.states import SystemActor

AT = datetime(2026, 10, 11, 9, 30, tzinfo=UTC)
QUARTER = Period.parse("2026-Q3")
STATISTICIAN = SystemActor("figures")
COUNTS = {("LT", "x"): 30, ("LT", "y"): 2, ("DE", "x"): 9, ("DE", "y"): 40}


@pytest.fixture(autouse=True)
def allowed():
    permissions.register_system("figures", {Permission.PUBLISH})


@pytest.fixture
def counted(monkeypatch):
    """A measure of two dimensions whose counts a test may change."""
    from sauga.kernel.figures import registry

    monkeypatch.setattr(registry, "_measures", {})
    counts = dict(COUNTS)

    def compute(period):
        assert period == QUARTER
        return [Row({"country": country, "kind": kind}, n, n) for (country, kind), n in counts.items()]

    figures.register(
        Measure(
            "demo.reports",
            "Reports",
            "Reports received in the period",
            "reports",
            "demo",
            compute,
            ("country", "kind"),
        )
    )
    return counts


@pytest.mark.django_db
def test_a_frozen_figure_does_not_move_when_the_data_do(counted):
    (figure,) = figures.publish(by=STATISTICIAN, period=QUARTER, at=AT)
    before = figures.totals("demo.reports", QUARTER)
    counted["LT", "x"] = 31
    assert figures.totals("demo.reports", QUARTER) == before
    assert (figure.revision, figure.published_by) == (1, "system:figures")


@pytest.mark.django_db
def test_a_correction_is_a_revision_and_no_change_is_none(counted):
    figures.publish(by=STATISTICIAN, period=QUARTER, at=AT)
    assert figures.publish(by=STATISTICIAN, period=QUARTER, at=AT) == []
    counted["LT", "x"] = 31
    (second,) = figures.publish(by=STATISTICIAN, period=QUARTER, at=AT, codes=["demo.reports"])
    assert second.revision == 2
    assert figures.frozen("demo.reports", QUARTER, 1).revision == 1
    assert Figure.objects.count() == 2
    assert [entry.facts["revision"] for entry in audit.timeline("demo.reports")] == [1, 2]


@pytest.mark.django_db
def test_an_open_period_is_never_called_final(counted):
    with pytest.raises(figures.PeriodNotOver):
        figures.publish(by=STATISTICIAN, period=QUARTER, at=datetime(2026, 9, 30, 20, 59, tzinfo=UTC))
    assert {total.revision for total in figures.totals("demo.reports", QUARTER)} == {0}


@pytest.mark.django_db
def test_somebody_without_the_permission_cannot_publish(counted):
    with pytest.raises(permissions.PermissionRefused):
        figures.publish(by=SystemActor("stranger"), period=QUARTER, at=AT)


@pytest.mark.django_db
def test_small_cells_are_hidden_with_what_would_betray_them(counted):
    found = {(t.dims.get("country"), t.dims.get("kind")): t for t in figures.totals("demo.reports", QUARTER)}
    assert found["LT", "y"].hidden
    assert found["LT", "y"].value is None
    assert found["LT", "y"].n is None
    assert found[None, None].value == 81
    assert found["LT", None].value == 32
    assert {place for place, total in found.items() if total.hidden} == {
        ("LT", "x"),
        ("LT", "y"),
        ("DE", "x"),
        ("DE", "y"),
    }


@pytest.mark.django_db
def test_a_median_over_few_cases_is_hidden(counted):
    def compute(period):
        return [Row({}, 36.5, 40), Row({"country": "LT"}, 12.0, 3), Row({"country": "DE"}, None, 37)]

    measure = Measure(
        "demo.median", "Median", "Median hours", "hours", "demo", compute, ("country",), additive=False
    )
    figures.register(measure)
    found = {t.dims.get("country"): t for t in figures.totals("demo.median", QUARTER)}
    assert (found["LT"].value, found["LT"].hidden) == (None, True)
    assert found["DE"].hidden
    assert found[None].value == 36.5


@pytest.mark.django_db
def test_a_group_hidden_in_one_measure_is_hidden_in_those_that_rest_on_it(counted):
    def counts(period):
        return [Row({}, 5.0, 45), Row({"country": "LT"}, 2.0, 3), Row({"country": "DE"}, 3.0, 42)]

    def curve(period):
        return [
            Row({"country": country, "day": day}, 0.5, 42) for country in ("LT", "DE") for day in ("1", "2")
        ]

    def open_ones(period):
        return [Row({"country": "LT"}, 0, 0), Row({"country": "DE"}, 30, 30), Row({"country": "PL"}, 12, 12)]

    figures.register(Measure("demo.median", "m", "m", "DAY", "demo", counts, ("country",), additive=False))
    for code, compute, by, additive in (
        ("demo.curve", curve, ("country", "day"), False),
        ("demo.open", open_ones, ("country",), True),
    ):
        figures.register(
            Measure(code, "c", "c", "SHARE", "demo", compute, by, additive=additive, rests_on="demo.median")
        )
    assert {t.dims.get("country") for t in figures.totals("demo.median", QUARTER) if not t.hidden} == {None}
    assert all(t.hidden and t.value is None and t.n is None for t in figures.totals("demo.curve", QUARTER))
    found = {t.dims.get("country"): t for t in figures.totals("demo.open", QUARTER)}
    assert found["LT"].hidden and found["DE"].hidden, "whatever their own counts are"
    assert found[None].value == 42


@pytest.mark.django_db
def test_each_measure_hides_below_its_own_threshold(counted):
    def compute(period):
        return [Row({"type": "lesson"}, 7, 7), Row({"type": "poster"}, 30, 30), Row({"type": "film"}, 40, 40)]

    for code, threshold in (("demo.things", 5), ("demo.readers", 10)):
        figures.register(Measure(code, "m", "m", "VIEW", "demo", compute, ("type",), threshold=threshold))
    assert not any(total.hidden for total in figures.totals("demo.things", QUARTER))
    readers = {total.dims.get("type"): total.hidden for total in figures.totals("demo.readers", QUARTER)}
    assert readers == {"lesson": True, "poster": True, "film": False, None: False}
    figures.publish(by=STATISTICIAN, period=QUARTER, at=AT)
    assert {
        total.dims.get("type"): total.hidden for total in figures.totals("demo.readers", QUARTER)
    } == readers, "frozen, too"
    assert all(one.now is None or not one.now.hidden for one in figures.pending(QUARTER, ["demo.readers"]))


@pytest.mark.django_db
def test_a_group_hidden_below_ten_is_protected_as_well_where_less_would_do(counted):
    """Hiding the 5 beside it would leave the hidden 4 a range of nine: enough for five, not for ten."""

    def counts(period):
        return [Row({"country": "LT"}, 8, 8), Row({"country": "PL"}, 20, 20), Row({"country": "DE"}, 50, 50)]

    def open_ones(period):
        return [Row({"country": "LT"}, 4, 4), Row({"country": "PL"}, 5, 5), Row({"country": "DE"}, 60, 60)]

    figures.register(
        Measure("demo.groups", "m", "m", "VIEW", "demo", counts, ("country",), additive=False, threshold=10)
    )
    figures.register(
        Measure("demo.still", "m", "m", "VIEW", "demo", open_ones, ("country",), rests_on="demo.groups")
    )
    assert {t.dims["country"] for t in figures.totals("demo.groups", QUARTER) if t.hidden} == {"LT"}
    assert {t.dims.get("country") for t in figures.totals("demo.still", QUARTER) if t.hidden} == {
        "LT",
        "PL",
        "DE",
    }


@pytest.mark.parametrize("threshold", [0, 4, 20])
def test_no_other_threshold_than_five_or_ten(threshold):
    with pytest.raises(ValueError, match="must hide"):
        Measure("demo.one", "", "", "", "demo", list, threshold=threshold)


def test_measures_are_known_by_their_codes(counted):
    assert [m.code for m in figures.measures()] == ["demo.reports"]
    assert figures.measures("other") == []
    figures.register(figures.measure("demo.reports"))
    with pytest.raises(figures.MeasureUnknown):
        figures.measure("demo.nothing")
    with pytest.raises(ValueError, match="twice"):
        figures.register(Measure("demo.reports", "Other", "", "reports", "demo", list))
    with pytest.raises(ValueError, match="begin with"):
        Measure("Demo", "", "", "", "demo", list)
    with pytest.raises(ValueError, match="at most 2"):
        Measure("demo.deep", "", "", "", "demo", list, ("a", "b", "c"))


@pytest.mark.parametrize(
    "rows",
    [
        [Row({"age": "9"}, 1, 1)],
        [Row({"country": "LT"}, 1, 1), Row({"country": "LT"}, 2, 2)],
        [Row({}, -1, -1)],
    ],
)
def test_a_row_that_was_not_promised_is_refused(rows):
    measure = Measure("demo.rows", "", "", "", "demo", lambda period: rows, ("country",))
    with pytest.raises(figures.RowRefused):
        figures.computed(measure, QUARTER)


def test_a_measure_without_breakdown_is_one_number():
    measure = Measure("demo.one", "", "", "", "demo", lambda period: [Row({}, 7, 7)])
    assert figures.computed(measure, QUARTER) == [Row({}, 7, 7)]


def test_an_attribute_that_is_not_there_is_named():
    with pytest.raises(AttributeError):
        figures.nothing_of_the_kind  # noqa: B018  the look-up itself is what is tried
    assert {getattr(figures, name) for name in figures.__all__}
