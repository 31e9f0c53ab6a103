"""What the figures of attendance count."""

from datetime import date

from django.db.models import Sum

from sauga.events.checkin.models import AttendanceCount
from sauga.events.programme.rules.local_times import day_start


def heads(first: date, last: date, column: str) -> dict[str, int]:
    """The sum of `registered` or `attended` of events that ended in these days, by kind; only where it is
    known."""
    rows = AttendanceCount.objects.filter(
        event__ends__gt=day_start(first), event__ends__lte=day_start(last), **{f"{column}__isnull": False}
    )
    found = rows.values_list("event__kind").annotate(n=Sum(column)).order_by()
    return {kind: n for kind, n in found if n}


def no_show(first: date, last: date) -> tuple[float | None, int]:
    """The share of seats to which nobody came, and how many seats it rests on."""
    rows = AttendanceCount.objects.filter(
        event__ends__gt=day_start(first), event__ends__lte=day_start(last), attended__isnull=False
    )
    sums = rows.aggregate(registered=Sum("registered"), attended=Sum("attended"))
    registered = sums["registered"] or 0
    return (1 - sums["attended"] / registered if registered else None), registered
