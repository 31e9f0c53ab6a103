"""Sends the mail that asks to confirm a sign-up, composed when it goes out: no queue holds an address."""

from datetime import datetime

from django.db import transaction

from sauga.kernel.identity import require
from sauga.kernel.notifications import MailRefused, deliver
from sauga.kernel.sealed import KeyNotAvailable
from sauga.kernel.states import Actor
from sauga.newsletter.mail_text import confirmation
from sauga.newsletter.models import SignUp, Subscription
from sauga.newsletter.permissions import Permission
from sauga.newsletter.queries import addresses, links
from sauga.newsletter.rules import MOST_MAILS


class NotHanded(Exception):
    """The mail server did not take the mail now; the job tries again."""


def send_confirmation(*, by: Actor, signup_id: int, at: datetime) -> bool:
    """Send it. False when the sign-up is over, or when its address had enough mails: no one fills a
    stranger's mailbox with this form. Raises NotHanded.
    """
    require(by, Permission.DELIVER)
    with transaction.atomic():
        row = SignUp.objects.select_for_update().filter(pk=signup_id).first()
        if row is None or not row.is_open(at):
            return False
        others = SignUp.objects.filter(lookup=row.lookup, sent_at__isnull=False, expires_at__gt=at)
        if others.exclude(pk=row.pk).count() >= MOST_MAILS:
            return False
        try:
            address = addresses.address_of(row)
        except KeyNotAvailable:
            return False
        row.sent_at = at
        row.save(update_fields=["sent_at"])
        found = Subscription.objects.filter(lookup=row.lookup).first()
    known = links.own_address(links.own_token(found), row.language) if found is not None else ""
    try:
        letter = confirmation(row, address, known, at)
    except MailRefused:  # an address that passes the form and that no mail can be sent to
        return False
    handed = deliver(letter)
    if not handed.accepted and handed.temporary:
        raise NotHanded(handed.code)
    return handed.accepted
