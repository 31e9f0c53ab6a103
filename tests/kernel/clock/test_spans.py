"""Dates known in part: what was written, the days it may mean, the days that are certain."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauga.kernel.clock import Overlap, Span, partial_date
from sauga.kernel.clock.periods import PeriodUnreadable

pytestmark = pytest.mark.unit


@st.composite
def written(draw):
    day = draw(st.dates(date(2000, 1, 1), date(2030, 12, 31)))
    return day.isoformat()[: draw(st.sampled_from((4, 7, 10)))]


@st.composite
def spans(draw):
    since, until = draw(st.one_of(st.just(""), written())), draw(st.one_of(st.just(""), written()))
    try:
        return Span(since, until)
    except ValueError:
        return Span(until, since)


def surely(span, day):
    """Whether it certainly lasted on that day."""
    first, after = span.certain or (day, day)
    return (first is None or first <= day) and (after is None or day < after)


@pytest.mark.parametrize(
    "said", ["2026-W27", "2026-Q3", "2012-13", "2012-7", "12", "rytoj", "2012-02-30", "²012"]
)
def test_what_is_no_partial_date_is_refused(said):
    with pytest.raises(PeriodUnreadable):
        partial_date(said)
    with pytest.raises(PeriodUnreadable):
        Span(since=said)


def test_a_year_counts_from_its_first_to_its_last_day():
    span = Span("2012", "2019")
    assert span.possible == (date(2012, 1, 1), date(2020, 1, 1))
    assert span.certain == (date(2012, 12, 31), date(2019, 1, 2))
    assert span.covers(date(2012, 1, 1)) and not surely(span, date(2012, 12, 30))
    assert surely(span, date(2012, 12, 31)) and surely(span, date(2019, 1, 1))
    assert not span.is_exact and Span("2012-07-01").is_exact


def test_the_last_day_is_included():
    span = Span("2026-03-01", "2026-03-31")
    assert span.possible == span.certain == (date(2026, 3, 1), date(2026, 4, 1))
    assert span.covers(date(2026, 3, 31)) and not span.covers(date(2026, 4, 1))


def test_an_end_before_the_beginning_is_refused_where_it_is_sure():
    Span("2019-07", "2019")
    Span("2019", "2019-01-01")
    with pytest.raises(ValueError, match="ends before"):
        Span("2019-07", "2019-06")
    with pytest.raises(ValueError, match="ends before"):
        Span("2019", "2018")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Span("2012", "2019"), Span("2019", "2024"), Overlap.POSSIBLE),
        (Span("2012", "2019"), Span("2020"), Overlap.NONE),
        (Span("2012", "2019"), Span("2015", "2016"), Overlap.CERTAIN),
        (Span("2012-07"), Span("2025-02-01"), Overlap.CERTAIN),
        (Span("2012-07-01", "2019-05-31"), Span("2019-06-01"), Overlap.NONE),
        (Span("2012-07-01", "2019-05-31"), Span("2019-05-31"), Overlap.CERTAIN),
        (Span("2019", "2019"), Span("2019", "2019"), Overlap.POSSIBLE),
        (Span(), Span("2019", "2020"), Overlap.CERTAIN),
    ],
)
def test_whether_two_spans_overlap(one, other, expected):
    assert one.overlap(other) is other.overlap(one) is expected


@given(spans(), spans(), st.dates(date(1999, 1, 1), date(2031, 12, 31)))
def test_certain_days_are_possible_and_a_shared_certain_day_is_a_certain_overlap(one, other, day):
    assert not surely(one, day) or one.covers(day)
    if surely(one, day) and surely(other, day):
        assert one.overlap(other) is Overlap.CERTAIN
    if one.covers(day) and other.covers(day):
        assert one.overlap(other) is not Overlap.NONE


@given(spans(), written())
def test_what_ends_before_something_never_certainly_overlaps_it(span, since):
    try:
        ended = Span(span.since).ended_before(since)
    except ValueError:
        return
    assert ended.overlap(Span(since)) is not Overlap.CERTAIN
    assert ended.until
