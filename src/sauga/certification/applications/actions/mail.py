"""Sends the mails about applications. Each is composed when it goes out: no queue holds an address."""

from datetime import datetime

from django.db import transaction

from sauga.certification.applications.mail_text import Mail, to_ambassador, to_employer
from sauga.certification.applications.models import Ambassador, EmployerAsk
from sauga.certification.applications.queries import protection
from sauga.certification.applications.rules.codes import MOST_MAILS
from sauga.certification.permissions import Permission
from sauga.certification.states import OPEN
from sauga.kernel.identity import require
from sauga.kernel.members import address_of
from sauga.kernel.notifications import MailRefused, OutgoingMail, deliver
from sauga.kernel.sealed import KeyNotAvailable
from sauga.kernel.states import Actor


class NotHanded(Exception):
    """The mail server did not take the mail now; the job tries again."""


def send_mail(*, by: Actor, ambassador_id: int, what: str, at: datetime) -> bool:
    """Send one. False where it is no longer wanted or the recipient cannot be reached. Raises NotHanded."""
    require(by, Permission.MAIL)
    kind = Mail(what)
    try:
        letter = _employer(ambassador_id, at) if kind is Mail.EMPLOYER else _own(ambassador_id, kind, at)
    except (KeyNotAvailable, MailRefused):
        return False
    return letter is not None and hand_over(letter)


def hand_over(letter: OutgoingMail) -> bool:
    """Give a mail to the server. Raises NotHanded where it may be tried again."""
    handed = deliver(letter)
    if not handed.accepted and handed.temporary:
        raise NotHanded(handed.code)
    return handed.accepted


def _employer(ambassador_id: int, at: datetime) -> OutgoingMail | None:
    with transaction.atomic():
        ask = (
            EmployerAsk.objects.select_for_update(of=("self",))
            .select_related("ambassador", "organisation")
            .filter(ambassador=ambassador_id, answered_at__isnull=True, mails__lt=MOST_MAILS)
            .exclude(address=b"")
            .first()
        )
        if ask is None or ask.ambassador.state not in OPEN:
            return None
        address = protection.unseal(protection.open_key(ask.ambassador), ask, "address", ask.address)
        ask.mails += 1
        ask.save(update_fields=["mails"])
    return to_employer(ask, address, at)


def _own(ambassador_id: int, what: Mail, at: datetime) -> OutgoingMail | None:
    row = Ambassador.objects.select_related("member", "programme").filter(pk=ambassador_id).first()
    if row is None or row.member is None:
        return None
    return to_ambassador(row, what, address_of(row.member), at)
