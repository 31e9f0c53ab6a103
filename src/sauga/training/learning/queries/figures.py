"""What the figures of training count: enrolments that became active, completed ones, their hours."""

from collections import Counter
from datetime import date, datetime, time

from django.db.models import Count, Sum

from sauga.kernel.clock import VILNIUS
from sauga.training.learning.models import Enrolment
from sauga.training.states import COMPLETE


def _start(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=VILNIUS)


def enrolled(first: date, last: date, column: str) -> dict[str, int]:
    """People whose enrolment became active in these days, each once, by role or municipality."""
    rows = Enrolment.objects.filter(started_at__gte=_start(first), started_at__lt=_start(last))
    found = rows.exclude(**{column: ""}).values_list(column).annotate(n=Count("member", distinct=True))
    return dict(found.order_by())


def completed(first: date, last: date, column: str) -> dict[str, int]:
    """People who completed a course in these days, each once, by role or municipality."""
    rows = Enrolment.objects.filter(
        state__in=COMPLETE, completed_at__gte=_start(first), completed_at__lt=_start(last)
    )
    found = rows.exclude(**{column: ""}).values_list(column).annotate(n=Count("member", distinct=True))
    return dict(found.order_by())


def hours(first: date, last: date) -> dict[str, int]:
    """The hours of the courses completed in these days, by role, in whole hours."""
    rows = Enrolment.objects.filter(
        state__in=COMPLETE, completed_at__gte=_start(first), completed_at__lt=_start(last)
    )
    found: Counter[str] = Counter()
    for role, n in rows.values_list("role").annotate(n=Sum("version__hours")).order_by():
        found[role] += int(n or 0)
    return dict(found)
