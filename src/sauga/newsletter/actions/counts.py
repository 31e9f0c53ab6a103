"""Counts what happens to subscriptions and mails, by day and language."""

from datetime import datetime

from django.db.models import F

from sauga.kernel.clock import VILNIUS
from sauga.newsletter.models import DayCount, Happening


def count(kind: Happening, language: str, at: datetime, n: int = 1) -> None:
    """Add to the number of a day, in the caller's transaction."""
    if n <= 0:
        return
    row, _new = DayCount.objects.get_or_create(
        day=at.astimezone(VILNIUS).date(), language=language, kind=kind.value
    )
    DayCount.objects.filter(pk=row.pk).update(n=F("n") + n)
