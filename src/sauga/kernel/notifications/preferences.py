"""When a person is mailed about news: what they chose, what is due by it, and choosing."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localtime

from sauga.kernel import audit
from sauga.kernel.audit.trail import INSTALLATION
from sauga.kernel.identity import PersonActor
from sauga.kernel.notifications.models import MailPreference, MailTime
from sauga.kernel.notifications.trail import Trail

DAILY_AT = time(8)
"""In the time of the installation."""


def mail_time_of(by: PersonActor) -> MailTime:
    """What the person chose; soon, if nothing."""
    row = MailPreference.objects.filter(pk=by.person_id).first()
    return MailTime(row.time) if row else MailTime.SOON


def choose_mail_time(*, by: PersonActor, time: MailTime, at: datetime) -> None:
    """From now on the person is mailed about news at this time. The same again changes nothing."""
    with transaction.atomic():
        if mail_time_of(by) == time:
            return
        MailPreference.objects.update_or_create(pk=by.person_id, defaults={"time": time, "changed_at": at})
        audit.record(by, Trail.MAIL_CHOSEN, by.person, zone=INSTALLATION, at=at, facts={"time": str(time)})


def due_by_mail(at: datetime) -> Q:
    """Which notifications their people wish to be mailed about at that moment: whatever is urgent, and the
    rest when they chose."""
    chose = "person__mail_preference__time"
    return (
        Q(is_urgent=True)
        | Q(person__mail_preference__isnull=True)
        | Q(**{chose: MailTime.SOON})
        | Q(**{chose: MailTime.DAILY, "created_at__lt": _last_morning(at)})
    )


def _last_morning(at: datetime) -> datetime:
    """The latest hour of the daily mail that has come."""
    local = localtime(at)
    day = local.date() if local.time() >= DAILY_AT else local.date() - timedelta(days=1)
    return datetime.combine(day, DAILY_AT, tzinfo=local.tzinfo)
