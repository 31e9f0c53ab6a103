"""Dates and instants in words. Instants are shown in the current time zone (Europe/Vilnius)."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.dateformat import format as dateformat
from django.utils.formats import date_format
from django.utils.translation import get_language


def long_date(day: date | datetime) -> str:
    """„2027 m. vasario 9 d.“ or “9 February 2027”."""
    return date_format(_here(day), "DATE_FORMAT")


def long_datetime(at: datetime) -> str:
    """„2027 m. vasario 9 d., 14:05“."""
    return date_format(_here(at), "DATETIME_FORMAT")


def short_date(day: date | datetime) -> str:
    """2027-02-09."""
    return date_format(_here(day), "SHORT_DATE_FORMAT")


def short_datetime(at: datetime) -> str:
    """2027-02-09 14:05."""
    return date_format(_here(at), "SHORT_DATETIME_FORMAT")


def month_and_year(day: date) -> str:
    """„2027 m. vasaris“ or “February 2027”."""
    return date_format(day, "YEAR_MONTH_FORMAT")


def date_with_weekday(day: date | datetime) -> str:
    """„2027 m. vasario 9 d., antradienis“ or “Tuesday, 9 February 2027”."""
    shown = _here(day)
    weekday = dateformat(shown, "l")
    if _lithuanian():
        return f"{long_date(shown)}, {weekday.lower()}"
    return f"{weekday}, {long_date(shown)}"


def date_range(first: date, last: date) -> str:
    """From a day to a day, both included: „2027 m. vasario 9–14 d.“, „2027 m. vasario 27 d. – kovo 3 d.“.

    Raises ValueError when the last day comes before the first.
    """
    if last < first:
        raise ValueError("the last day comes before the first")
    if first == last:
        return long_date(first)
    return _range_lt(first, last) if _lithuanian() else _range_en(first, last)


def _range_lt(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{dateformat(first, 'Y\u00a0\\m. E\u00a0j')}–{dateformat(last, 'j\u00a0\\d.')}"
    if first.year == last.year:
        return f"{long_date(first)} – {dateformat(last, 'E\u00a0j\u00a0\\d.')}"
    return f"{long_date(first)} – {long_date(last)}"


def _range_en(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{long_date(last)}"
    if first.year == last.year:
        return f"{dateformat(first, 'j\u00a0F')} – {long_date(last)}"
    return f"{long_date(first)} – {long_date(last)}"


def _here[D: (date, datetime)](day: D) -> D:
    return timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day


def _lithuanian() -> bool:
    return (get_language() or "lt").startswith("lt")
