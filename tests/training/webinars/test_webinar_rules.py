"""Pure rules of webinars: phases by the clock, presence as a union of intervals, addresses of rooms."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from sauga.training.webinars.actions.questions import rounded
from sauga.training.webinars.rules import (
    ADAPTERS,
    GAP,
    Phase,
    Room,
    Times,
    continues,
    minutes_present,
    was_present,
)

pytestmark = pytest.mark.unit
STARTS = datetime(2027, 1, 21, 15, 30, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=1)
WHOLE = (STARTS, ENDS)


def span(first: float, last: float):
    return STARTS + timedelta(minutes=first), STARTS + timedelta(minutes=last)


@pytest.mark.parametrize(
    ("minute", "phase"),
    [(-31, Phase.AHEAD), (-30, Phase.DOORS), (0, Phase.LIVE), (59, Phase.LIVE), (60, Phase.OVER)],
)
def test_a_webinar_is_where_the_clock_says(minute, phase):
    assert Times(STARTS, ENDS).phase(STARTS + timedelta(minutes=minute)) == phase


def test_a_webinar_that_was_ended_early_is_over():
    times = Times(STARTS, ENDS, STARTS + timedelta(minutes=40))
    assert times.phase(STARTS + timedelta(minutes=41)) == Phase.OVER
    assert Times(STARTS, ENDS, ENDS + timedelta(hours=9)).over_at == ENDS


@pytest.mark.parametrize(
    ("spans", "minutes", "is_enough"),
    [
        ([], 0, False),
        ([span(0, 60)], 60, True),
        ([span(0, 45)], 45, True),
        ([span(0, 44.9)], 44.9, False),
        ([span(0, 30), span(0, 30)], 30, False),
        ([span(0, 30), span(10, 40)], 40, False),
        ([span(0, 30), span(30, 45)], 45, True),
        ([span(50, 60), span(0, 36)], 46, True),
        ([span(-60, 10), span(55, 300)], 15, False),
        ([span(-30, -10), span(70, 90)], 0, False),
    ],
)
def test_two_devices_count_once_and_only_the_webinar_counts(spans, minutes, is_enough):
    assert minutes_present(spans, WHOLE) == pytest.approx(minutes)
    assert was_present(spans, WHOLE) is is_enough


def test_presence_equals_a_count_of_seconds():
    dice = random.Random(5)
    for _n in range(300):
        spans = []
        for _m in range(dice.randint(0, 6)):
            first = dice.randint(-600, 4000)
            spans.append((first, first + dice.randint(0, 1500)))
        seconds = {s for first, last in spans for s in range(max(0, first), min(3600, last))}
        given = [(STARTS + timedelta(seconds=a), STARTS + timedelta(seconds=b)) for a, b in spans]
        assert round(minutes_present(given, WHOLE) * 60) == len(seconds)


def test_nobody_is_present_at_a_webinar_without_length():
    assert not was_present([span(0, 60)], (STARTS, STARTS))


def test_an_interval_goes_on_until_its_page_is_silent_for_too_long():
    assert continues(STARTS, STARTS + GAP)
    assert not continues(STARTS, STARTS + GAP + timedelta(seconds=1))
    assert not continues(STARTS, STARTS - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("system", "address", "fits"),
    [
        (Room.JITSI, "https://meet.example/vakaras", True),
        (Room.BIG_BLUE_BUTTON, "https://bbb.example/b/abc", True),
        (Room.TEAMS, "https://teams.microsoft.com/l/meetup-join/19", True),
        (Room.TEAMS, "https://teams.microsoft.com.evil.example/l", False),
        (Room.TEAMS, "https://evilteams.live.com/", False),
        (Room.JITSI, "http://meet.example/vakaras", False),
        (Room.JITSI, "javascript:alert(1)", False),
        (Room.JITSI, "https://user:pass@meet.example/", False),
        (Room.JITSI, "https://localhost/", False),
        (Room.JITSI, "https://[::1/", False),
        (Room.JITSI, "https://meet.example/" + "a" * 600, False),
    ],
)
def test_only_addresses_that_can_be_rooms_are_taken(system, address, fits):
    assert ADAPTERS[system].fits(address) is fits


def test_the_hour_of_a_question_is_rounded_to_five_minutes():
    assert rounded(datetime(2027, 1, 21, 15, 34, 59, 999, tzinfo=UTC)) == STARTS
