"""The period picker understands addresses and falls back to the present."""

from datetime import date

import pytest
from django.utils import translation

from sauga.kernel.clock.periods import PeriodKind
from sauga.kernel.ui.parameters.periods import Choice, around, read

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("query", "code", "first", "last"),
    [
        ({}, "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ({"period": "2026-Q3"}, "2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ({"period": "2024-02"}, "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ({"period": "2025"}, "2025", date(2025, 1, 1), date(2025, 12, 31)),
        (
            {"from": "2026-07-03", "to": "2026-07-09"},
            "2026-07-03..2026-07-09",
            date(2026, 7, 3),
            date(2026, 7, 9),
        ),
        ({"from": "2026-07-01", "to": "2026-09-30"}, "2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
    ],
)
def test_period_is_read_from_the_address(query, code, first, last):
    period = read(query, TODAY)
    assert (period.code, period.start, period.last) == (code, first, last)


@pytest.mark.parametrize(
    "query",
    [
        {"period": "2026-Q5"},
        {"period": "2026-13"},
        {"period": "x"},
        {"period": "9999"},
        {"from": "2026-09-01", "to": "2026-08-01"},
        {"from": "x", "to": "2026-08-01"},
    ],
)
def test_period_that_cannot_be_understood_falls_back_to_this_quarter(query):
    assert read(query, TODAY).code == "2026-Q4"


def test_period_steps_to_its_neighbours_and_stops_at_the_edge_of_time():
    assert read({"period": "2026-01"}, TODAY).before == around(date(2025, 12, 1), PeriodKind.MONTH)
    assert read({"period": "2026-Q4"}, TODAY).after == around(date(2027, 1, 1), PeriodKind.QUARTER)
    assert read({"period": "2000"}, TODAY).before is None
    own = read({"from": "2026-07-03", "to": "2026-07-09"}, TODAY)
    assert own.before is None and own.after is None


def test_segments_keep_the_beginning_of_the_period():
    segments = read({"period": "2026-Q3"}, TODAY).lengths
    assert [(segment.code, segment.current) for segment in segments] == [
        ("2026-07", False),
        ("2026-Q3", True),
        ("2026", False),
    ]


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (around(TODAY, PeriodKind.MONTH), "2026\u00a0m.\u00a0lapkritis"),
        (around(TODAY, PeriodKind.QUARTER), "2026\u00a0m.\u00a0IV\u00a0ketvirtis"),
        (around(TODAY, PeriodKind.YEAR), "2026\u00a0m."),
        (Choice(TODAY, date(2026, 11, 26)), "2026-11-24 – 2026-11-25"),
    ],
)
def test_period_has_a_name_in_words(period, words):
    with translation.override("lt"):
        assert str(period) == words
