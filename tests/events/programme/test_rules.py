"""Rules of the programme, without a database: hours of the clock, collisions, the grid, months, addresses."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauga.events.programme.rules.addresses import address
from sauga.events.programme.rules.local_times import LocalTime, Which, days_of, instants_of, local_time
from sauga.events.programme.rules.months import Month, read_month
from sauga.events.programme.rules.readiness import Missing, Shown, missing
from sauga.events.programme.rules.schedule import collides, days

pytestmark = pytest.mark.unit
SPRING, AUTUMN = datetime(2027, 3, 28, 3, 30), datetime(2027, 10, 31, 3, 30)
YEAR = datetime(2027, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Part:
    """A session for the rules."""

    starts: datetime
    ends: datetime


def part(start: int, minutes: int) -> Part:
    first = datetime(2027, 2, 9, 7, tzinfo=UTC) + timedelta(minutes=start)
    return Part(first, first + timedelta(minutes=minutes))


def test_the_skipped_hour_is_no_instant_and_the_doubled_hour_is_two():
    assert instants_of(SPRING) == ()
    first, second = instants_of(AUTUMN)
    assert second - first == timedelta(hours=1)
    assert LocalTime(AUTUMN).instants == (first, second)
    assert LocalTime(AUTUMN, Which.FIRST).instants == (first,)
    assert LocalTime(AUTUMN, Which.SECOND).instants == (second,)
    assert local_time(first).which == Which.FIRST and local_time(second).which == Which.SECOND
    assert LocalTime(SPRING, Which.SECOND).instants == ()


@given(st.integers(0, 365 * 24 * 12 - 1))
def test_every_instant_of_the_year_is_shown_by_the_clock_and_found_again(number: int):
    at = YEAR + timedelta(minutes=5 * number)
    assert local_time(at).instants == (at,)


@pytest.mark.parametrize(
    ("from_day", "to_day"),
    [
        (datetime(2027, 3, 21, 10), datetime(2027, 3, 28, 10)),
        (datetime(2027, 10, 24, 10), datetime(2027, 11, 1, 10)),
    ],
)
def test_a_shift_over_a_change_of_clocks_keeps_the_hour(from_day: datetime, to_day: datetime):
    moved = LocalTime(from_day).moved(to_day - from_day)
    (before,), (after,) = LocalTime(from_day).instants, moved.instants
    assert local_time(after).naive.hour == 10 and after - before != to_day - from_day


def test_an_end_at_midnight_belongs_to_the_day_before():
    (start,), (end,) = LocalTime(datetime(2027, 2, 9, 20)).instants, LocalTime(datetime(2027, 2, 10)).instants
    assert days_of(start, end) == [date(2027, 2, 9)]
    assert len(days_of(start, end + timedelta(minutes=1))) == 2


def test_sessions_collide_in_one_place_and_with_what_is_for_everybody():
    one, other, later = part(0, 60), part(30, 60), part(60, 30)
    assert collides(one, "A", other, "A") and not collides(one, "A", other, "B")
    assert collides(one, "", other, "B") and not collides(one, "A", later, "A")


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(1, 6), st.sampled_from(["", "A", "B", "C"])), max_size=12
    )
)
def test_the_grid_holds_every_session_once_where_it_belongs(entered: list[tuple[int, int, str]]):
    sessions = [(part(start * 15, length * 15), place) for start, length, place in entered]
    for day in days(sessions, ["A", "B", "C"]):
        assert len(day.slots) == len(sessions)
        for slot in day.slots:
            assert day.times[slot.row - 1] == slot.session.starts
            assert day.times[slot.row - 1 + slot.rows] == slot.session.ends and slot.rows > 0
            assert (slot.session, "" if not slot.place else day.places[slot.place - 1]) in sessions
        starts = [slot.session.starts for slot in day.slots]
        assert starts == sorted(starts)


def test_sessions_that_do_not_collide_never_share_a_cell():
    sessions = [
        (part(0, 30), ""),
        (part(30, 60), "A"),
        (part(30, 30), "B"),
        (part(60, 30), "B"),
        (part(90, 30), ""),
    ]
    (day,) = days(sessions, ["A", "B"])
    columns = {0: (1, 2), 1: (1,), 2: (2,)}
    cells = [
        (row, column)
        for slot in day.slots
        for row in range(slot.row, slot.row + slot.rows)
        for column in columns[slot.place]
    ]
    assert len(cells) == len(set(cells)) and day.has_grid


@pytest.mark.parametrize("text", ["2027-2", "2027-13", "1999-01", "9999-01", "x", "2027-02-01", ""])
def test_what_is_no_month_is_none(text: str):
    assert read_month(text) is None


def test_months_follow_each_other_and_begin_at_midnight_in_vilnius():
    month = read_month("2026-12")
    assert month is not None and (str(month.next), str(month.previous)) == ("2027-01", "2026-11")
    march = Month(2027, 3)
    first, last = march.span
    assert (last - first) == timedelta(days=31) - timedelta(hours=1)  # the clocks go forward
    assert all(len(week) == 7 for week in march.weeks)


def test_addresses_end_with_the_year_and_are_free():
    taken = {"teviu-vakaras-2027"}
    day = date(2027, 2, 9)
    assert address("Tėvų vakaras", day, taken.__contains__, "K7") == "tevu-vakaras-2027"
    assert address("Tevių vakaras", day, taken.__contains__, "K7") == "teviu-vakaras-2027-2"
    assert address("Diena 2027", day, taken.__contains__, "K7") == "diena-2027"
    assert address("„…“", day, taken.__contains__, "K7AB") == "k7ab-2027"
    assert address("Archyvas", None, taken.__contains__, "K7") == "archyvas"


COMPLETE = {
    "title": {"lt": "T"},
    "summary": {"lt": "S"},
    "description": {"lt": "D"},
    "audiences": ["teachers"],
    "languages": ["lt"],
    "has_place": True,
    "is_online": True,
    "has_venue": True,
    "venue_access": ["step_free"],
    "access": ["captions"],
    "photo_policy": "none",
}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": {"en": "T"}}, Missing.TITLE),
        ({"summary": {}}, Missing.SUMMARY),
        ({"description": {"en": "D"}}, Missing.DESCRIPTION),
        ({"audiences": []}, Missing.AUDIENCES),
        ({"languages": []}, Missing.LANGUAGES),
        ({"has_venue": False, "venue_access": []}, Missing.VENUE),
        ({"venue_access": []}, Missing.VENUE_ACCESS),
        ({"access": []}, Missing.ACCESS),
        ({"photo_policy": ""}, Missing.PHOTO_POLICY),
    ],
)
def test_what_visitors_need_is_missing(change, code):
    assert missing(Shown(**COMPLETE), "lt") == []
    assert missing(Shown(**COMPLETE | change), "lt") == [code]
