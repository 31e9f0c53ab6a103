"""What stands against a session, and the boards of the schedule editor across both changes of clocks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sauga.events.programme.rules.boards import board_days, hours
from sauga.events.programme.rules.conflicts import (
    Absence,
    Conflict,
    Place,
    Placed,
    Surroundings,
    conflicts,
)

pytestmark = pytest.mark.unit
TEN = datetime(2027, 2, 9, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINE = Placed(ref="mine", title="Mine", starts=TEN, ends=TEN + HOUR, place="hall", speakers={"ona": "Ona"})
OTHER = replace(MINE, ref="other", speakers={})
EVENT = Surroundings(
    starts=TEN - HOUR,
    ends=TEN + 8 * HOUR,
    sessions=[MINE],
    places={"hall": Place("Hall", 50), "live": Place("Live", None, True)},
)


def found(wanted: Placed = MINE, **around) -> list[Conflict]:
    return [one.code for one in conflicts(wanted, replace(EVENT, **around))]


def test_a_session_does_not_collide_with_itself_or_with_what_it_touches():
    after = replace(OTHER, starts=MINE.ends, ends=MINE.ends + HOUR, speakers={"ona": "Ona"})
    assert found() == found(sessions=[MINE, after]) == []
    assert found(absences=[Absence("ona", MINE.ends, MINE.ends + HOUR)]) == []


@pytest.mark.parametrize(
    ("wanted", "around", "code"),
    [
        ({"starts": TEN - 2 * HOUR}, {}, Conflict.OUTSIDE),
        ({"ends": TEN + 9 * HOUR}, {}, Conflict.OUTSIDE),
        ({}, {"sessions": [OTHER]}, Conflict.PLACE),
        ({}, {"sessions": [replace(OTHER, place="")]}, Conflict.PLACE),
        ({}, {"elsewhere": [OTHER]}, Conflict.ROOM),
        ({}, {"sessions": [replace(OTHER, place="blue", speakers={"ona": "Ona"})]}, Conflict.SPEAKER),
        ({}, {"absences": [Absence("ona", TEN, TEN + HOUR / 12)]}, Conflict.ABSENT),
        ({"place": "live", "may_be_recorded": False}, {}, Conflict.RECORDED),
        ({"seats": 51}, {}, Conflict.SEATS),
    ],
)
def test_each_conflict_is_found_alone(wanted, around, code: Conflict):
    assert found(replace(MINE, **wanted), **around) == [code]
    refused = [one.is_refused for one in conflicts(replace(MINE, **wanted), replace(EVENT, **around))]
    assert refused == [code is not Conflict.SEATS]


@pytest.mark.parametrize(("day", "number"), [("2027-03-28", 23), ("2027-10-31", 25), ("2027-02-09", 24)])
def test_a_day_on_which_the_clocks_change_has_an_hour_less_or_more(day: str, number: int):
    from sauga.events.programme.rules.local_times import day_start

    begin = day_start(datetime.fromisoformat(day).date())
    end = day_start(datetime.fromisoformat(day).date() + timedelta(days=1))
    [(_day, first, last)] = board_days(begin, end, [])
    assert (last - first) == number * HOUR and len(hours(first, last)) == number + 1


def test_days_in_the_middle_show_the_hours_of_work_and_what_sessions_need():
    late = replace(MINE, starts=TEN + 24 * HOUR + 10 * HOUR, ends=TEN + 24 * HOUR + 11 * HOUR + HOUR / 2)
    boards = board_days(TEN + HOUR / 2, TEN + 50 * HOUR, [MINE, late])
    spans = [(first.hour, (last - first) / HOUR) for _day, first, last in boards]
    assert spans == [(8, 8), (6, 14), (6, 4)]
