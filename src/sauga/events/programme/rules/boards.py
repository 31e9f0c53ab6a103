"""The days of the schedule editor: from when to when each is drawn, in instants, so that a day on which the
clocks change has 23 or 25 hours and no hour is doubtful.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from sauga.events.programme.rules.local_times import day_start, days_of
from sauga.events.programme.rules.schedule import Timed
from sauga.kernel.clock import VILNIUS

MORNING, EVENING = time(8), time(18)
HOUR = timedelta(hours=1)


def board_days(
    starts: datetime, ends: datetime, sessions: Iterable[Timed]
) -> list[tuple[date, datetime, datetime]]:
    """Each day of an event with the whole hours from which to which it is drawn: of a day in the middle the
    usual hours of work, and whatever sessions need."""
    held = list(sessions)
    return [(day, *_span(day, starts, ends, held)) for day in days_of(starts, ends)]


def hours(first: datetime, last: datetime) -> list[datetime]:
    """The instants of the hours between two whole hours."""
    return [first + HOUR * number for number in range(int((last - first) / HOUR) + 1)]


def _span(day: date, starts: datetime, ends: datetime, sessions: list[Timed]) -> tuple[datetime, datetime]:
    begin, end = day_start(day), day_start(day + timedelta(days=1))
    there = [one for one in sessions if one.starts < end and one.ends > begin]
    usual = datetime.combine(day, MORNING, VILNIUS), datetime.combine(day, EVENING, VILNIUS)
    first = starts if starts >= begin else min([usual[0], *(one.starts for one in there)])
    last = ends if ends <= end else max([usual[1], *(one.ends for one in there)])
    first = max(min([first, *(one.starts for one in there)]), begin)
    last = min(max([last, *(one.ends for one in there)]), end)
    return _whole_hour(first), _whole_hour(last + HOUR - timedelta(microseconds=1))


def _whole_hour(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
