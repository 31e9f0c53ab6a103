"""The hours of a line as an editor writes them and as visitors read them, and whether it answers at a moment.

Written as Lithuanian offices write them: roman numbers of weekdays, then hours of the clock in Vilnius,
several stretches behind a comma, several rows behind a semicolon.

>>> read("I–V 9:00–13:00, 17:00–21:00; VI 10:00–14:00")[0]
Times(first=1, last=5, stretches=((540, 780), (1020, 1260)))
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import weekday

DAYS = ("I", "II", "III", "IV", "V", "VI", "VII")
ROW = re.compile(r"^(?P<first>[IV]+)(?:[-–](?P<last>[IV]+))? (?P<hours>.+)$")
STRETCH = re.compile(r"^(\d{1,2}):(\d{2})[-–](\d{1,2}):(\d{2})$")
DAY = 24 * 60
ALWAYS = ((0, DAY),)
A_MONDAY = date(2026, 11, 30)
WHOLE_WEEK = (1, 7)


class Unreadable(ValueError):
    """The hours are not written as they should be; the text is the part that cannot be read."""


@dataclass(frozen=True)
class Times:
    """The same hours on neighbouring weekdays (1 Monday … 7 Sunday), in minutes after midnight. A stretch
    that ends at or before its beginning goes on after midnight.
    """

    first: int
    last: int
    stretches: tuple[tuple[int, int], ...]


def read(text: str) -> tuple[Times, ...]:
    """The hours in a text; none for an empty one. Raises Unreadable."""
    rows = (" ".join(part.split()) for part in text.split(";"))
    return tuple(_row(row) for row in rows if row)


def _row(text: str) -> Times:
    found = ROW.match(text)
    if found is None or found["first"] not in DAYS or (found["last"] or "I") not in DAYS:
        raise Unreadable(text)
    first = DAYS.index(found["first"]) + 1
    last = DAYS.index(found["last"]) + 1 if found["last"] else first
    if last < first:
        raise Unreadable(text)
    return Times(first, last, tuple(_stretch(part.strip()) for part in found["hours"].split(",")))


def _stretch(text: str) -> tuple[int, int]:
    found = STRETCH.match(text)
    if found is None:
        raise Unreadable(text)
    hours, minutes, to_hours, to_minutes = map(int, found.groups())
    begins, ends = hours * 60 + minutes, to_hours * 60 + to_minutes
    if minutes > 59 or to_minutes > 59 or begins >= DAY or ends > DAY:
        raise Unreadable(text)
    return begins, ends


def is_open(times: Sequence[Times], at: datetime) -> bool | None:
    """Whether the line answers at that moment; None where no hours are known."""
    if not times:
        return None
    local = at.astimezone(VILNIUS)
    day, minute = local.isoweekday(), local.hour * 60 + local.minute
    before = 7 if day == 1 else day - 1
    return any(
        (one.first <= day <= one.last and begins <= minute < (ends if ends > begins else DAY))
        or (one.first <= before <= one.last and ends <= begins and minute < ends)
        for one in times
        for begins, ends in one.stretches
    )


def in_words(times: Sequence[Times]) -> str:
    """„visą parą“, „darbo dienomis 9:00–13:00, 17:00–21:00“; empty where no hours are known."""
    return "; ".join(_row_in_words(one) for one in times)


def _row_in_words(row: Times) -> str:
    if (row.first, row.last) == WHOLE_WEEK and row.stretches == ALWAYS:
        return pgettext("hours", "day and night")
    hours = ", ".join(f"{_clock(begins)}–{_clock(ends)}" for begins, ends in row.stretches)
    return f"{_days(row.first, row.last)} {hours}"


def _days(first: int, last: int) -> str:
    match first, last:
        case (1, 7):
            return _("every day")
        case (1, 5):
            return _("on working days")
        case (6, 7):
            return _("at weekends")
    names = [weekday(A_MONDAY + timedelta(days=day - 1)) for day in (first, last)]
    return "–".join(dict.fromkeys(names))


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
