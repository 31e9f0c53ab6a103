"""What is read of subscriptions: totals for the desk and the figures, and a member's own."""

from collections import Counter
from datetime import date

from django.db.models import Sum

from sauga.newsletter.models import DayCount, Happening, Subscription
from sauga.newsletter.queries.addresses import lookup_of

ADDS = (Happening.CONFIRMED, Happening.MOVED_IN)
TAKES = (Happening.LEFT, Happening.BOUNCED, Happening.MOVED_OUT)


def at_end(end: date) -> dict[str, int]:
    """How many there were before a day, by language: what was added, without what ended."""
    totals: Counter[str] = Counter()
    for language, kind, n in _sums(date.min, end):
        totals[language] += n if kind in ADDS else -n if kind in TAKES else 0
    return {language: max(0, n) for language, n in totals.items()}


def happened(kind: Happening, start: date, end: date) -> dict[str, int]:
    """How often something happened from `start` up to, not including, `end`, by language."""
    return {language: n for language, one, n in _sums(start, end) if one == kind}


def _sums(start: date, end: date) -> list[tuple[str, str, int]]:
    rows = DayCount.objects.filter(day__gte=start, day__lt=end).values_list("language", "kind")
    return list(rows.annotate(n=Sum("n")).order_by("language", "kind"))


def of_address(address: str) -> Subscription | None:
    """The subscription of an address that `normal_address` made."""
    return Subscription.objects.filter(lookup=lookup_of(address)).first()
