"""The hours of a line in words."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sauga.portal.rules.open_times import ALWAYS, Times

A_MONDAY = date(2026, 11, 30)
WHOLE_WEEK = (1, 7)


def said(times: Sequence[Times]) -> str:
    """„visą parą“, „darbo dienomis 9:00–13:00, 17:00–21:00“; empty where no hours are known."""
    return "; ".join(_row(one) for one in times)


def _row(row: Times) -> str:
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
    names = [date_format(A_MONDAY + timedelta(days=day - 1), "l").lower() for day in (first, last)]
    return "–".join(dict.fromkeys(names))


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
