"""Dates and instants in words. Instants are shown in the current time zone (Europe/Vilnius)."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.dateformat import format as dateformat
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from sauga.kernel.i18n import languages


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


def partial_date(text: str) -> str:
    """A year, a month or a day as registers keep it: „2012 m. liepos mėn.“ of 2012-07, “9 February 2027” of
    2027-02-09."""
    year, *rest = text.split("-")
    if not rest:
        return text
    if len(rest) == 1:
        pattern = pgettext("month and year, in Django's date format", "F Y")
        return dateformat(date(int(year), int(rest[0]), 1), pattern)
    return long_date(date.fromisoformat(text))


def date_with_weekday(day: date | datetime) -> str:
    """„2027 m. vasario 9 d., antradienis“ or “Tuesday, 9 February 2027”."""
    writing = languages.active().writing
    return writing.weekday.format(date=long_date(day), weekday=weekday(day))


def weekday(day: date | datetime) -> str:
    """„antradienis“ or “Tuesday”."""
    name = dateformat(_here(day), "l")
    return name.lower() if languages.active().writing.small_weekday else name


def date_range(first: date, last: date) -> str:
    """From a day to a day, both included: „2027 m. vasario 9–14 d.“, „2027 m. vasario 27 d. – kovo 3 d.“.

    Raises ValueError when the last day comes before the first.
    """
    if last < first:
        raise ValueError("the last day comes before the first")
    if first == last:
        return long_date(first)
    if first.year != last.year:
        return f"{long_date(first)} – {long_date(last)}"
    writing, dash = languages.active().writing, " – "
    begins, ends = writing.in_year
    if first.month == last.month:
        (begins, ends), dash = writing.in_month, "–"
    return f"{dateformat(first, begins)}{dash}{dateformat(last, ends)}"


def datetime_range(starts: datetime, ends: datetime) -> str:
    """From an instant to another: „2027 m. vasario 9 d., 10:00–16:30“; over several days their first and last
    hour, „2027 m. vasario 9–10 d., pirmą dieną nuo 10:00, paskutinę iki 16:30“.

    An end at midnight belongs to the day before. Raises ValueError when the end comes before the start.
    """
    first, last = _here(starts), _here(ends)
    days = date_range(first.date(), (last - timedelta(microseconds=1)).date())
    begins, ends_at = f"{first:%H:%M}", f"{last:%H:%M}"
    if (last - timedelta(microseconds=1)).date() == first.date():
        return f"{days}, {begins}–{ends_at}"
    hours = gettext("from %(begins)s on the first day to %(ends)s on the last")
    return f"{days}, {hours % {'begins': begins, 'ends': ends_at}}"


def _here[D: (date, datetime)](day: D) -> D:
    return timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day
