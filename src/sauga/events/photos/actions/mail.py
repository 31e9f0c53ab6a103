"""Mails to people in pictures: that they are shown, and what was done after they withdrew. Composed when they
go out, so no queue holds an address.
"""

from datetime import datetime

from procrastinate.contrib.django import app

from sauga.events.permissions import Permission
from sauga.events.photos import mail_text
from sauga.events.photos.models import PhotoConsent
from sauga.events.photos.queries import consents
from sauga.kernel.identity import require
from sauga.kernel.notifications import MailRefused, deliver
from sauga.kernel.states import Actor

SEND = "events.photo_mail"
SHOWN, DONE = "shown", "done"


class NotHanded(Exception):
    """The mail server did not take the mail now; the job tries again."""


def tell(consent: PhotoConsent, what: str) -> None:
    """Ask, in the caller's transaction, for a mail: SHOWN or DONE."""
    app.configure_task(SEND, queue="mail").defer(consent_id=consent.pk, what=what)


def send_mail(*, by: Actor, consent_id: int, what: str, at: datetime) -> bool:
    """Send it; whether the server took it. Raises PermissionRefused, NotHanded."""
    require(by, Permission.MAIL_ORGANISERS)
    row = PhotoConsent.objects.select_related("event").filter(pk=consent_id).first()
    address = consents.address_of(row) if row is not None else ""
    if row is None or not address:
        return False
    try:
        letter = mail_text.photo_mail(row, what, address, at)
    except MailRefused:  # an address that passes the form and that no mail can be sent to
        return False
    handed = deliver(letter)
    if not handed.accepted and handed.temporary:
        raise NotHanded(handed.code)
    return handed.accepted
