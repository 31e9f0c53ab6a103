"""Reads of notifications."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sauga.kernel.identity import NotFound, PersonActor
from sauga.kernel.notices.models import Notification
from sauga.kernel.notices.wording import words

MOST_SHOWN = 100
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


def unread_count(by: PersonActor) -> int:
    """How many notifications wait for the person: the number beside the bell."""
    return Notification.objects.filter(person_id=by.person_id, read_at__isnull=True).count()


def news_of(by: PersonActor, most: int = MOST_SHOWN) -> list[News]:
    """The person's latest notifications, newest first."""
    rows = Notification.objects.filter(person_id=by.person_id).order_by("-created_at", "-pk")[:most]
    return [
        News(row.pk, words(row.template, row.params), bool(row.link), row.created_at, row.read_at is not None, row.is_urgent)
        for row in rows
    ]


def notification_for(by: PersonActor, pk: int) -> Notification:
    """The person's own notification; to anyone else it does not exist. Raises NotFound."""
    row = Notification.objects.filter(person_id=by.person_id, pk=pk).first()
    if row is None:
        raise NotFound
    return row


def people_to_mail(at: datetime) -> list[int]:
    """Who has unread notifications that no mail has told of yet, and could still want to hear."""
    waiting = Notification.objects.filter(
        read_at__isnull=True, mailed_at__isnull=True, created_at__gt=at - MAIL_WITHIN, person__is_active=True
    )
    return list(waiting.order_by("person_id").values_list("person_id", flat=True).distinct())


def was_told(*, template: str, link: str, since: datetime) -> bool:
    """Whether anybody was told this about this page since an instant: so that a reminder is given once."""
    return Notification.objects.filter(template=template, link=link, created_at__gte=since).exists()
