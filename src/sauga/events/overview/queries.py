"""What the figures of events count."""

from datetime import date

from django.db.models import Count

from sauga.events.programme.models import Event
from sauga.events.programme.rules.local_times import day_start
from sauga.events.states import EventState

HELD = (EventState.PUBLISHED, EventState.OVER)


def held(first: date, last: date, column: str) -> dict[str, int]:
    """Events that ended in these days and were not cancelled, by a column of codes."""
    rows = Event.objects.filter(state__in=HELD, ends__gt=day_start(first), ends__lte=day_start(last))
    return {code: number for code, number in rows.values_list(column).annotate(number=Count("pk"))}


def cancelled(first: date, last: date) -> dict[str, int]:
    """Events that were cancelled in these days, by the reason."""
    rows = Event.objects.filter(
        state=EventState.CANCELLED, cancelled_at__gte=day_start(first), cancelled_at__lt=day_start(last)
    )
    return {code: number for code, number in rows.values_list("cancel_reason").annotate(number=Count("pk"))}
