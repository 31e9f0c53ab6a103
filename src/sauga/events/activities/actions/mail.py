"""Sends the mails about activities. Each is composed when it goes out: no queue holds an address."""

from datetime import datetime

from django.db import transaction

from sauga.events.activities.documents import Mail, mail_about
from sauga.events.activities.models import Activity, ActivityContact
from sauga.events.activities.queries import contacts
from sauga.events.activities.rules.codes import MOST_UNCONFIRMED
from sauga.events.permissions import Permission
from sauga.events.states import ActivityState
from sauga.kernel.identity import require
from sauga.kernel.notifications import MailRefused, deliver
from sauga.kernel.sealed import KeyNotAvailable
from sauga.kernel.states import Actor


class NotHanded(Exception):
    """The mail server did not take the mail now; the job tries again."""


def send_mail(*, by: Actor, activity_id: int, what: str, at: datetime) -> bool:
    """Send one. False where it is no longer wanted: the activity or its address is gone, it was confirmed
    meanwhile, or the address had enough mails. Raises NotHanded.
    """
    require(by, Permission.MAIL_ORGANISERS)
    with transaction.atomic():
        contact = (
            ActivityContact.objects.select_for_update(of=("self",))
            .select_related("activity__organisation")
            .filter(activity=activity_id)
            .first()
        )
        if contact is None or not _is_wanted(contact, Mail(what), at):
            return False
        try:
            address = contacts.address_of(contact)
        except KeyNotAvailable:
            return False
        contact.mailed_at = at
        contact.save(update_fields=["mailed_at"])
    try:
        letter = mail_about(contact.activity, Mail(what), address, at)
    except MailRefused:  # an address that passes the form and that no mail can be sent to
        return False
    handed = deliver(letter)
    if not handed.accepted and handed.temporary:
        raise NotHanded(handed.code)
    return handed.accepted


def _is_wanted(contact: ActivityContact, what: Mail, at: datetime) -> bool:
    row: Activity = contact.activity
    if what is Mail.REMIND:
        return row.state == ActivityState.REGISTERED
    if what is Mail.SHOWN:
        return row.is_shown
    if what is not Mail.CONFIRM:
        return row.state != ActivityState.UNCONFIRMED
    if row.state != ActivityState.UNCONFIRMED or row.is_over(at):
        return False
    others = ActivityContact.objects.filter(
        lookup=contact.lookup, mailed_at__isnull=False, activity__state=ActivityState.UNCONFIRMED
    ).exclude(pk=contact.pk)
    return others.filter(activity__expires_at__gt=at).count() < MOST_UNCONFIRMED
