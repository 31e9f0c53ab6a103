"""Reads of notifications."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sauga.kernel import statements
from sauga.kernel.identity import NotFound, PersonActor
from sauga.kernel.notifications.message_templates import words
from sauga.kernel.notifications.models import Notification
from sauga.kernel.notifications.preferences import due_by_mail

IN_THE_BELL = 8
MAIL_WITHIN = timedelta(days=3)


@dataclass(frozen=True)
class News:
    """One notification as its reader sees it."""

    pk: int
    text: str
    has_page: bool
    created_at: datetime
    is_read: bool
    is_urgent: bool


@dataclass(frozen=True)
class Bell:
    """What stands in the bell of every page: the latest notifications, newest first, and how many of all wait
    for the person."""

    news: list[News]
    unread: int


def bell_of(by: PersonActor) -> Bell:
    """The person's bell, in one question."""
    rows = _bell(person_id=by.person_id)
    return Bell([_news(row[:-1]) for row in rows], rows[0][-1] if rows else 0)


@statements.prepared
def _bell(*, person_id: int) -> Any:
    unread = Notification.objects.filter(person_id=OuterRef("person_id"), read_at__isnull=True).order_by()
    waiting = Coalesce(Subquery(unread.values("person_id").annotate(n=Count("pk")).values("n")), 0)
    return _latest(person_id).annotate(waiting=waiting).values_list(*COLUMNS, "waiting")[:IN_THE_BELL]


def notifications_of(by: PersonActor, *, only_unread: bool) -> QuerySet[Notification]:
    """The person's notifications, newest first."""
    rows = _latest(by.person_id)
    return rows.filter(read_at__isnull=True) if only_unread else rows


COLUMNS = ("pk", "template", "params", "link", "created_at", "read_at", "is_urgent")


def _latest(person_id: int) -> QuerySet[Notification]:
    return Notification.objects.filter(person_id=person_id).order_by("-created_at", "-pk")


def _news(row: tuple[Any, ...]) -> News:
    pk, template, params, link, created_at, read_at, is_urgent = row
    return News(pk, words(template, params), bool(link), created_at, read_at is not None, is_urgent)


def notification_for(by: PersonActor, pk: int) -> Notification:
    """The person's own notification; to anyone else it does not exist. Raises NotFound."""
    row = Notification.objects.filter(person_id=by.person_id, pk=pk).first()
    if row is None:
        raise NotFound
    return row


def people_to_mail(at: datetime) -> list[int]:
    """People with recent unread notifications that no mail has mentioned yet, and that they wish to be mailed
    about now."""
    waiting = Notification.objects.filter(
        due_by_mail(at),
        read_at__isnull=True,
        mailed_at__isnull=True,
        created_at__gt=at - MAIL_WITHIN,
        person__is_active=True,
    )
    return list(waiting.order_by("person_id").values_list("person_id", flat=True).distinct())


def was_notified(*, template: str, link: str, since: datetime) -> bool:
    """Whether anybody was notified of this about this page since an instant: so that a
    reminder is sent once.
    """
    return Notification.objects.filter(template=template, link=link, created_at__gte=since).exists()
