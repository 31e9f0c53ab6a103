"""Lengths of time in words: how long ago, how long left, and the intervals the monitor measures.

One unit, two where it helps.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PATTERNS = {DAY: gettext_lazy("%(n)d d"), HOUR: gettext_lazy("%(n)d h"), MINUTE: gettext_lazy("%(n)d min")}


def duration(span: timedelta, *, exact: bool = False) -> str:
    """„45 sek.“, „9 min.“, „2 val.“, „3 d.“; with `exact` two units: „2 val. 15 min.“.

    Negative spans read as their length.
    """
    span = abs(span)
    if span < MINUTE:
        return _("%(n)d s") % {"n": span.seconds}
    for unit, smaller in ((DAY, HOUR), (HOUR, MINUTE), (MINUTE, None)):
        if span >= unit:
            first = _counted(span // unit, unit)
            rest = (span % unit) // smaller if exact and smaller else 0
            return f"{first} {_counted(rest, smaller)}" if rest and smaller else first
    raise AssertionError("a span of a minute or more has a unit")  # pragma: no cover


def _counted(count: int, unit: timedelta) -> str:
    return str(PATTERNS[unit]) % {"n": count}


def age_from_hour(hour: datetime, at: datetime) -> str:
    """How old something is of which only the hour is kept: „iki 1 val.“, „2–3 val.“, „4 d.“. Never claims a
    minute that was not stored.

    What began within that hour is between `at - hour` less an hour and `at - hour` old.
    """
    oldest = at - hour
    if oldest < 2 * HOUR:
        return _("under %(span)s") % {"span": duration(2 * HOUR if oldest >= HOUR else HOUR)}
    return interval(oldest - HOUR, oldest)


def age_from_day(day: datetime, at: datetime) -> str:
    """The same where only the day is kept, as its first instant: „iki 1 d.“, „4–5 d.“."""
    oldest = at - day
    if oldest < 2 * DAY:
        return _("under %(span)s") % {"span": duration(2 * DAY if oldest >= DAY else DAY)}
    return interval(oldest - DAY, oldest)


def ago(then: datetime, at: datetime) -> str:
    """„prieš 2 val.“; under a minute „ką tik“.

    An instant in the future reads as „ką tik“ too: clocks differ a little.
    """
    if at - then < MINUTE:
        return _("just now")
    return _("%(span)s ago") % {"span": duration(at - then)}


def left(deadline: datetime, at: datetime) -> str:
    """„liko 9 min.“ before the deadline, „vėluoja 3 val.“ after it."""
    if deadline >= at:
        return _("%(span)s left") % {"span": duration(deadline - at)}
    return _("%(span)s overdue") % {"span": duration(at - deadline)}


def within_days(count: int) -> str:
    """„per 2 dienas“, „per 10 dienų“."""
    return ngettext("within %(n)d day", "within %(n)d days", count) % {"n": count}


def interval(early: timedelta, late: timedelta | None) -> str:
    """A length known between two bounds: „2–3 val.“, „50 min. – 2 val.“; not ended yet: „daugiau kaip 2
    val.“."""
    if late is None:
        return _("more than %(span)s") % {"span": duration(early)}
    low, high = duration(early), duration(late)
    if low == high:
        return low
    low_number, _space, low_unit = low.partition(" ")
    high_number, _space, high_unit = high.partition(" ")
    if low_unit == high_unit:
        return f"{low_number}–{high_number} {high_unit}"
    return f"{low} – {high}"
