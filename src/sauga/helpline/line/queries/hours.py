"""Published hours, closed days and pauses."""

from datetime import date, datetime, timedelta

from django.http import Http404

from sauga.helpline.line.models import ClosedDay, Pause, Window
from sauga.kernel.clock import VILNIUS

DAY = timedelta(days=1)


def _day(at: datetime) -> date:
    return at.astimezone(VILNIUS).date()


def windows_in_force(at: datetime) -> list[Window]:
    """Published hours of today and of days to come."""
    rows = Window.objects.order_by("channel", "weekday", "opens", "valid_from")
    return [row for row in rows if not row.valid_to or row.valid_to >= _day(at)]


def window_for(pk: int) -> Window:
    """One window. Raises Http404."""
    found = Window.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def closed_days(at: datetime) -> list[ClosedDay]:
    """Closed days from today on."""
    return list(ClosedDay.objects.filter(date__gte=_day(at)).order_by("date", "channel"))


def closed_day_for(pk: int) -> ClosedDay:
    """One closed day. Raises Http404."""
    found = ClosedDay.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def holidays_ahead(at: datetime, days: int = 365) -> list[tuple[date, str, str]]:
    """Public holidays of Lithuania in the coming year that are not closed days yet, with both names: a
    help, not a rule.
    """
    import holidays

    first = _day(at)
    closed = set(ClosedDay.objects.filter(date__gte=first, channel="").values_list("date", flat=True))
    years = range(first.year, (first + DAY * days).year + 1)
    lt, en = (holidays.country_holidays("LT", years=years, language=code) for code in ("lt", "en_US"))
    return [
        (day, lt[day], en[day])
        for day in sorted(lt)
        if first <= day <= first + DAY * days and day not in closed
    ]


def pauses(at: datetime, days: int = 14) -> list[Pause]:
    """When channels were paused or people were missing lately, newest first."""
    return list(Pause.objects.filter(began_at__gte=at - DAY * days).order_by("-began_at")[:50])
