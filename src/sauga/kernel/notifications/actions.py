"""Writes of notifications: notify, mark as read, send pending mail."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django import app

from sauga.kernel import live
from sauga.kernel.identity import PersonActor
from sauga.kernel.identity.models import Person
from sauga.kernel.identity.queries import holders_of
from sauga.kernel.notifications.channel import channel_of
from sauga.kernel.notifications.mail import OutgoingMail, compose, deliver
from sauga.kernel.notifications.message_templates import NotificationRefused, check, words
from sauga.kernel.notifications.models import Alert, Notification
from sauga.kernel.notifications.preferences import due_by_mail
from sauga.kernel.notifications.queries import MAIL_WITHIN, notification_for
from sauga.kernel.outbound import MailResult

LINES_IN_A_MAIL = 12
IN_FLIGHT = timedelta(minutes=5)
"""Longer than the timeout of any server (`outbound.mail.SECONDS`): a job that has not recorded an answer by
then has died."""


def notify(
    *,
    to: Person | str,
    template: str,
    at: datetime,
    context: Mapping[str, str | int] | None = None,
    link: str = "",
    urgent: bool = False,
    once: bool = False,
    alert: Alert | None = None,
) -> list[Notification]:
    """Tell a person, or everyone who holds a role now (`to` is its code) in the template's service, within
    the caller's transaction.

    Their bells show it at once. Mail follows after commit, unless read before, when the person wishes
    (`preferences`), several notifications in one letter; with `urgent` at once, whatever they wish, with the
    urgency in its subject. `context` holds codes,
    numbers and references only, `link` a page of the desk. With `once`, a person who has not read the same
    sentence about the same page is not told again. `alert` is given by `raise_alert` alone. Raises
    NotificationRefused. A role without holders returns an empty list.
    """
    params = check(template, context or {})
    if link and not (link.startswith("/desk/") and link.isprintable() and len(link) <= 200):
        raise NotificationRefused("a notification leads to a page of the desk")
    known = Notification.objects.filter(template=template, link=link, read_at__isnull=True) if once else None
    waits = set(known.values_list("person_id", flat=True)) if known is not None else set()
    with transaction.atomic():
        rows = Notification.objects.bulk_create(
            [
                Notification(
                    person=person,
                    template=template,
                    params=params,
                    link=link,
                    created_at=at,
                    is_urgent=urgent,
                    alert=alert,
                )
                for person in _people(to, template, at)
                if person.pk not in waits
            ]
        )
        for row in rows:
            live.signal(channel_of(row.person_id))
            if urgent:
                app.configure_task("notices.mail_person", queue="mail").defer(person_id=row.person_id)
    return rows


def _people(to: Person | str, template: str, at: datetime) -> list[Person]:
    """Colleagues of another organisation may hold a role of the same name; what is said is of the template's
    service."""
    if isinstance(to, Person):
        return [to]
    return holders_of(to, template.partition(".")[0], at)


def mark_read(*, by: PersonActor, pk: int, at: datetime) -> Notification:
    """The person has seen one notification; one of an alert stays unread until it is acknowledged.

    Raises NotFound for another's.
    """
    row = notification_for(by, pk)
    if _readable(by).filter(pk=pk).update(read_at=at):
        live.signal(channel_of(by.person_id))
        row.read_at = at
    return row


def mark_all_read(*, by: PersonActor, at: datetime) -> int:
    """The person has seen everything up to `at`, but for alerts that wait for an answer; how
    many that were.
    """
    count = _readable(by).filter(created_at__lte=at).update(read_at=at)
    if count:
        live.signal(channel_of(by.person_id))
    return count


def settle_news(*, template: str, link: str, at: datetime) -> int:
    """What these notifications ask for has been done, by whomever: they wait no longer in any bell and in no
    mail. Returns how many."""
    waiting = Notification.objects.filter(
        template=template, link=link, read_at__isnull=True, alert__isnull=True
    )
    with transaction.atomic():
        people = list(waiting.order_by("pk").values_list("person_id", flat=True))
        waiting.update(read_at=at)
        for person_id in people:
            live.signal(channel_of(person_id))
    return len(people)


def _readable(by: PersonActor) -> QuerySet[Notification]:
    waiting = Notification.objects.filter(
        alert__isnull=False, alert__acknowledged_at__isnull=True, alert__ended_at__isnull=True
    )
    mine = Notification.objects.filter(person_id=by.person_id, read_at__isnull=True)
    return mine.exclude(pk__in=waiting.filter(person_id=by.person_id).values("pk"))


def mail_waiting(*, person_id: int, at: datetime) -> MailResult | None:
    """Send one letter about everything that waits for a person; None when nothing does. What a server refuses
    for good is not tried again.

    The notifications in the letter are recorded in a transaction before it is sent, the server's answer in
    one after. When the worker dies in between, it is unknown whether the server took it: after IN_FLIGHT the
    same letter, about the same news and under the same Message-ID, is handed over again, so that a mailbox
    that looks at it keeps one.
    """
    rows = _claim(person_id, at)
    if not rows:
        return None
    handed = deliver(_letter(rows[0].person, rows, at))
    told = Notification.objects.filter(letter=rows[0].letter)
    if not handed.temporary:
        told.update(mailed_at=at, handing_at=None)
    elif handed.code:
        told.update(letter="", handing_at=None)  # the server said no: the next letter is written anew
    else:
        told.update(handing_at=None)  # no answer came: it may have been taken
    return handed


def _claim(person_id: int, at: datetime) -> list[Notification]:
    """The rows of one letter, marked as being handed over: those of a letter left unfinished, else all that
    are due by the person's wish and are in none."""
    with transaction.atomic():
        if Person.objects.select_for_update(no_key=True).filter(pk=person_id, is_active=True).first() is None:
            return []
        waiting = Notification.objects.filter(
            due_by_mail(at), person_id=person_id, mailed_at__isnull=True, created_at__gt=at - MAIL_WITHIN
        )
        open_letters = (
            waiting.filter(read_at__isnull=True).exclude(letter="").exclude(handing_at__gt=at - IN_FLIGHT)
        )
        name = open_letters.order_by("created_at", "pk").values_list("letter", flat=True).first()
        if name is None:
            name = secrets.token_hex(16)
            waiting.filter(letter="", read_at__isnull=True).update(letter=name)
        Notification.objects.filter(letter=name).update(handing_at=at)
        return list(
            Notification.objects.filter(letter=name).select_related("person").order_by("created_at", "pk")
        )


def _letter(person: Person, rows: list[Notification], at: datetime) -> OutgoingMail:
    with translation.override(person.language):
        lines = list(dict.fromkeys(words(row.template, row.params) for row in rows))
        shown = "\n".join(f"– {line}" for line in lines[:LINES_IN_A_MAIL])
        body = _(
            "Hello,\n\nat your desk:\n\n{lines}\n\nRead and answer at the desk:\n{link}\n\n"
            "This letter holds no case content and needs no answer."
        )
        if any(row.is_urgent for row in rows):
            subject = ngettext(
                "URGENT: %(n)d notification at your desk",
                "URGENT: %(n)d notifications at your desk",
                len(rows),
            )
        else:
            subject = ngettext(
                "Sauga: %(n)d notification at your desk", "Sauga: %(n)d notifications at your desk", len(rows)
            )
        return compose(
            subject=subject % {"n": len(rows)},
            body_text=body.format(lines=shown, link=f"{settings.ENV.base_url.rstrip('/')}/desk/notices/"),
            to=person.email,
            language=person.language,
            at=at,
            name=rows[0].letter,
        )
