"""Published hours as instants: midnight, nights when the clocks change, holidays, gaps in the rota.

Pure arithmetic.
"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauga.helpline.line.rules import hours as rules
from sauga.helpline.line.rules.hours import Cover, Hours, Present, Span
from sauga.kernel.clock import VILNIUS

pytestmark = pytest.mark.unit
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # 03:00 → 04:00; 04:00 → 03:00
ALWAYS = date(2020, 1, 1)
times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
days = st.dates(date(2025, 1, 1), date(2030, 12, 31))


def hours(
    opens: time, closes: time, *, weekdays=range(7), channel: str = "CHAT", minimum: int = 1
) -> list[Hours]:
    return [Hours(channel, weekday, opens, closes, minimum, ALWAYS) for weekday in weekdays]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_evening_hours_are_utc_plus_two_in_winter_and_three_in_summer():
    assert rules.stretch(date(2026, 11, 24), time(18), time(23)) == (
        utc("2026-11-24 16:00"),
        utc("2026-11-24 21:00"),
    )
    assert rules.stretch(date(2026, 7, 1), time(18), time(23)) == (
        utc("2026-07-01 15:00"),
        utc("2026-07-01 20:00"),
    )


def test_hours_past_midnight_end_on_the_next_day_and_midnight_is_no_empty_span():
    assert rules.stretch(date(2026, 11, 24), time(20), time(2)) == (
        utc("2026-11-24 18:00"),
        utc("2026-11-25 00:00"),
    )
    assert rules.stretch(date(2026, 11, 24), time(20), time(0)) == (
        utc("2026-11-24 18:00"),
        utc("2026-11-24 22:00"),
    )
    assert rules.stretch(date(2026, 11, 24), time(0), time(0)) == (
        utc("2026-11-23 22:00"),
        utc("2026-11-24 22:00"),
    )


@pytest.mark.parametrize(("day", "length"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 11, 24), 24)])
def test_a_whole_day_is_as_long_as_the_day_is(day: date, length: int):
    begins, ends = rules.stretch(day, time(0), time(0))
    assert ends - begins == timedelta(hours=length)


def test_an_hour_that_the_clocks_jump_over_begins_with_the_jump():
    jump = utc("2026-03-29 01:00")
    assert (
        rules.instant(SPRING, time(3, 30))
        == rules.instant(SPRING, time(3))
        == rules.instant(SPRING, time(4))
        == jump
    )
    assert rules.spans(hours(time(3, 10), time(3, 50)), {}, "CHAT", SPRING, 1) == []


def test_an_hour_that_comes_twice_is_open_from_its_first_to_its_second():
    assert rules.stretch(AUTUMN, time(3, 30), time(3, 45)) == (
        utc("2026-10-25 00:30"),
        utc("2026-10-25 01:45"),
    )


@given(days, times, times)
def test_wall_clock_at_the_bounds_is_what_was_published(day: date, opens: time, closes: time):
    begins, ends = rules.stretch(day, opens, closes)
    lived = ends - begins
    assert timedelta(0) <= lived <= timedelta(hours=25)
    if day not in {SPRING - timedelta(days=1)} and not (opens.hour == 3 and day.month == 3 and day.day > 24):
        assert begins.astimezone(VILNIUS).time() == opens
    if not (closes.hour == 3 and day.month == 3):
        assert ends.astimezone(VILNIUS).time() == closes


@given(days, times, times, st.integers(0, 60 * 24 * 3))
def test_inside_a_span_or_not_agrees_with_every_single_span(
    day: date, opens: time, closes: time, minute: int
):
    found = rules.spans(hours(opens, closes), {}, "CHAT", day - timedelta(days=1), 5)
    at = rules.instant(day, time(0)) + timedelta(minutes=minute)
    span = rules.now_in(found, at)
    assert (span is not None) == any(one.begins <= at < one.ends for one in found)
    if span is not None:
        assert span.begins <= at < span.ends
        last = found[-1].ends
        assert span.ends == last or rules.now_in(found, span.ends) is None


def test_two_windows_without_a_gap_are_one_for_the_visitor_and_keep_the_minimum_of_now():
    found = [
        *rules.spans(hours(time(18), time(0), minimum=3), {}, "CHAT", date(2026, 11, 24), 1),
        *rules.spans(hours(time(0), time(2), minimum=1), {}, "CHAT", date(2026, 11, 25), 1),
    ]
    assert rules.now_in(found, utc("2026-11-24 21:59")) == Span(
        utc("2026-11-24 16:00"), utc("2026-11-25 00:00"), 3
    )
    assert rules.now_in(found, utc("2026-11-24 22:00")).minimum == 1
    assert rules.now_in(found, utc("2026-11-25 00:00")) is None


def test_a_closed_day_closes_its_channel_or_all_and_only_hours_that_begin_on_it():
    closed = rules.closings(
        [
            SimpleNamespace(date=date(2026, 12, 24), channel="CHAT"),
            SimpleNamespace(date=date(2026, 12, 25), channel=""),
        ]
    )
    both = [*hours(time(20), time(2)), *hours(time(20), time(2), channel="PHONE")]
    first = date(2026, 12, 23)
    assert [s.begins.day for s in rules.spans(both, closed, "CHAT", first, 4)] == [23, 26]
    assert [s.begins.day for s in rules.spans(both, closed, "PHONE", first, 4)] == [23, 24, 26]


def test_validity_counts_on_the_day_the_hours_begin():
    one = Hours("CHAT", 1, time(18), time(2), 1, date(2026, 11, 24), date(2026, 12, 1))
    found = rules.spans([one], {}, "CHAT", date(2026, 11, 16), 30)
    assert [span.begins.astimezone(VILNIUS).date() for span in found] == [
        date(2026, 11, 24),
        date(2026, 12, 1),
    ]


def test_pieces_are_certain_only_with_enough_people_and_a_lead():
    span = Span(utc("2026-11-24 16:00"), utc("2026-11-24 21:00"), 2)
    chat = frozenset({"CHAT"})
    cover = [
        Cover(utc("2026-11-24 16:00"), utc("2026-11-24 20:00"), chat),
        Cover(utc("2026-11-24 17:00"), utc("2026-11-24 21:00"), chat),
        Cover(utc("2026-11-24 16:00"), utc("2026-11-24 21:00"), frozenset({"PHONE"})),
        Cover(utc("2026-11-24 16:00"), utc("2026-11-24 19:00"), frozenset(), is_lead=True),
    ]
    assert [(p.begins.hour, p.ends.hour, p.is_certain) for p in rules.pieces(span, "CHAT", cover)] == [
        (16, 17, False),
        (17, 19, True),
        (19, 21, False),
    ]
    assert [p.is_certain for p in rules.pieces(span, "CHAT", [])] == [False]


@given(
    st.lists(
        st.tuples(st.integers(-120, 420), st.integers(1, 240), st.booleans(), st.booleans()), max_size=8
    ),
    st.integers(1, 3),
)
def test_pieces_fill_the_span_without_gap_and_say_the_truth_of_every_minute(rows, minimum):
    begin = utc("2026-11-24 16:00")
    span = Span(begin, begin + timedelta(hours=5), minimum)
    cover = [
        Cover(
            begin + timedelta(minutes=a),
            begin + timedelta(minutes=a + n),
            frozenset({"CHAT"}) if chat else frozenset(),
            lead,
        )
        for a, n, chat, lead in rows
    ]
    found = rules.pieces(span, "CHAT", cover)
    assert found[0].begins == span.begins and found[-1].ends == span.ends
    assert all(a.ends == b.begins and a.is_certain != b.is_certain for a, b in pairwise(found))
    for minute in range(0, 300, 7):
        at = begin + timedelta(minutes=minute)
        there = [one for one in cover if one.begins <= at < one.ends]
        truth = sum("CHAT" in one.channels for one in there) >= minimum and any(one.is_lead for one in there)
        assert next(p for p in found if p.begins <= at < p.ends).is_certain == truth


@pytest.mark.parametrize(
    ("people", "leads", "minimum", "covered"),
    [(1, 1, 1, True), (1, 0, 1, False), (0, 1, 1, False), (1, 1, 2, False), (2, 1, 2, True)],
)
def test_cover_needs_people_and_a_lead(people: int, leads: int, minimum: int, covered: bool):
    assert Present(people, leads).covers(minimum) is covered


@pytest.mark.parametrize(
    ("talking", "waiting", "full"), [(2, 15, False), (2, 16, True), (1, 99, False), (3, 16, True)]
)
def test_full_means_every_place_taken_and_a_long_queue(talking: int, waiting: int, full: bool):
    assert Present(2, 1, capacity=2, talking=talking, waiting=waiting).is_full(8) is full
