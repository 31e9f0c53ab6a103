"""The wait after failures, and the count of those who came lately; neither keeps what it counts
by in readable form.
"""

from datetime import UTC, datetime, timedelta

import pytest

from sauga.kernel.rate_limits import Backoff, RecentCount
from sauga.kernel.rate_limits.memory import SecretMemory

pytestmark = pytest.mark.unit
AT = datetime(2026, 11, 27, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def test_the_wait_doubles_up_to_a_minute_and_is_forgotten_after_an_hour():
    backoff = Backoff()
    assert [backoff.delay(failures) for failures in (0, 3, 4, 5, 9, 10, 500)] == [0, 0, 1, 2, 32, 60, 60]
    assert backoff.wait(5, AT, AT) == 2
    assert backoff.wait(5, AT, AT + timedelta(seconds=0.5)) == 2, "a part of a second is a whole one"
    assert backoff.wait(5, AT, AT + timedelta(seconds=2)) == 0
    assert backoff.wait(500, AT, AT + timedelta(minutes=59)) == 0
    assert backoff.remembered(5, AT, AT + 59 * MINUTE) == 5
    assert backoff.remembered(5, AT, AT + 60 * MINUTE) == 0


def test_other_numbers_can_be_declared():
    strict = Backoff(free=1, longest=600, forget_after=DAY)
    assert [strict.delay(failures) for failures in (0, 1, 2, 10, 11, 100)] == [0, 1, 2, 512, 600, 600]
    assert strict.remembered(1, AT, AT + 23 * 60 * MINUTE) == 1


def test_who_comes_again_is_known_for_an_hour_of_the_same_day_and_refused_nothing():
    count, key = RecentCount(), "m1=" + "a" * 22
    assert [count.before(key, AT + n * MINUTE) for n in range(4)] == [0, 1, 2, 3]
    assert count.before("m1=" + "b" * 22, AT) == 0
    assert count.before(key, AT + 61 * MINUTE) == 2
    assert count.before(key, AT + DAY) == 0
    assert key not in repr(vars(count._times)) and all(len(name) == 16 for name in count._times._values)


def test_midnight_forgets_also_what_is_younger_than_an_hour():
    count, late = RecentCount(), datetime(2026, 11, 27, 23, 59, tzinfo=UTC)
    count.before("a", late)
    assert count.before("a", late + 2 * MINUTE) == 0


def test_memory_is_bounded_and_the_oldest_goes_first():
    memory: SecretMemory[int] = SecretMemory(2)
    for number, key in enumerate("abac"):
        memory.put(key, number)
    assert [memory.get(key) for key in "abc"] == [2, None, 3] and len(memory) == 2
