"""What reporters wrote to us: which messages are unread, who read the others, how long they waited."""

from datetime import datetime, timedelta

from django.db.models import DateTimeField, F, Min, OuterRef, QuerySet, Subquery

from sauga.hotline.permissions import Permission
from sauga.hotline.reports.models import Message
from sauga.kernel.identity import PersonActor, home, require


def unread() -> QuerySet[Message]:
    """Messages of reporters that are unread."""
    return Message.objects.filter(from_reporter=True, read_at=None)


def unread_count(by: PersonActor) -> int:
    """How many messages wait to be read, for those who may answer; 0 for others."""
    return home.count_of(unread()) if by.can(Permission.WRITE_TO_REPORTER) else 0


def written_to_us(*, by: PersonActor, only_unread: bool = False) -> QuerySet[Message]:
    """Every message of a reporter, or the unread ones only: unread ones first, the oldest on top, then
    the others, newest first. Each has `answered_at`: our first message after it, None without one."""
    require(by, Permission.WRITE_TO_REPORTER)
    answers = Message.objects.filter(report=OuterRef("report"), from_reporter=False, pk__gt=OuterRef("pk"))
    first = Subquery(answers.order_by("pk").values("at")[:1], output_field=DateTimeField())
    waiting_since = Subquery(unread().filter(pk=OuterRef("pk")).values("at"), output_field=DateTimeField())
    chosen = unread() if only_unread else Message.objects.filter(from_reporter=True)
    rows = chosen.annotate(answered_at=first, waiting_since=waiting_since)
    return rows.select_related("report", "read_by").order_by(
        F("waiting_since").asc(nulls_last=True), "-at", "-pk"
    )


def oldest_wait(at: datetime) -> timedelta | None:
    """How long the oldest unread message has waited; None when all are read. A message carries its hour only,
    so this is up to an hour too long."""
    oldest = unread().aggregate(first=Min("at"))["first"]
    return max(at - oldest, timedelta()) if oldest is not None else None
