"""Periods begin and end at midnight in Vilnius and are written as people write them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauga.kernel.figures import Period, PeriodKind, PeriodUnreadable

pytestmark = pytest.mark.unit
DAYS = st.dates(min_value=date(1990, 1, 8), max_value=date(2190, 12, 30))


@pytest.mark.parametrize(
    ("code", "first", "after", "lt", "en"),
    [
        ("2026", date(2026, 1, 1), date(2027, 1, 1), "2026 m.", "2026"),
        ("2026-Q3", date(2026, 7, 1), date(2026, 10, 1), "2026 m. III ketvirtis", "Q3 2026"),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1), "2026 m. gruodis", "December 2026"),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 5), "2026 m. 1 savaitė", "Week 1, 2026"),
        ("2026-07-01", date(2026, 7, 1), date(2026, 7, 2), "2026 m. liepos 1 d.", "1 July 2026"),
    ],
)
def test_a_period_is_read_bounded_and_named(code, first, after, lt, en):
    period = Period.parse(code)
    assert (period.start, period.end, period.code) == (first, after, code)
    assert period.label("lt").replace("\u00a0", " ") == lt
    assert period.label("en").replace("\u00a0", " ") == en


@pytest.mark.parametrize(
    "code",
    [
        "",
        "26",
        "2026-13",
        "2026-W54",
        "2026-Q5",
        "2026-02-30",
        "2026-1",
        "٢٠٢٦",
        "0000",
        "2026-00",
        "2026-W00",
        " 2026",
    ],
)
def test_anything_else_is_refused(code):
    with pytest.raises(PeriodUnreadable):
        Period.parse(code)


@given(DAYS, st.sampled_from(PeriodKind))
def test_periods_of_one_kind_tile_the_calendar(day, kind):
    period = Period.of(kind, day)
    assert period.start <= day < period.end
    assert period.next.start == period.end
    assert period.next.previous == period
    assert Period.parse(period.code) == period


def test_bounds_follow_the_clock_change():
    begin, end = Period.parse("2026-03-29").bounds
    assert end.astimezone(UTC) - begin.astimezone(UTC) == timedelta(hours=23)
    begin, end = Period.parse("2026-10-25").bounds
    assert end.astimezone(UTC) - begin.astimezone(UTC) == timedelta(hours=25)


def test_an_instant_counts_by_its_day_in_vilnius():
    assert Period.of(PeriodKind.DAY, datetime(2026, 6, 30, 21, 30, tzinfo=UTC)).code == "2026-07-01"


def test_a_period_is_over_only_after_its_last_instant():
    period = Period.parse("2026-06")
    assert not period.is_over(datetime(2026, 6, 30, 20, 59, tzinfo=UTC))
    assert period.is_over(datetime(2026, 6, 30, 21, 0, tzinfo=UTC))


def test_a_period_begins_on_its_first_day():
    with pytest.raises(ValueError, match="begins no WEEK"):
        Period(PeriodKind.WEEK, date(2026, 7, 1))
