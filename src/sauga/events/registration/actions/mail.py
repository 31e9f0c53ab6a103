"""Sends the mails about registrations, composed when they go out: no queue holds an address."""

from datetime import datetime

from sauga.events.permissions import Permission
from sauga.events.registration import mail_text
from sauga.events.registration.models import Registration, RegistrationStep
from sauga.kernel.identity import require
from sauga.kernel.notifications import MailRefused, OutgoingMail, deliver
from sauga.kernel.states import Actor


class NotHanded(Exception):
    """The mail server did not take the mail now; the job tries again."""


def send_letters(*, by: Actor, step_id: int, at: datetime) -> int:
    """Send what a step calls for, once; how many mails the server took. Raises NotHanded."""
    require(by, Permission.ADVANCE)
    steps = RegistrationStep.objects.select_related("subject__event", "subject__ticket")
    step = steps.filter(pk=step_id, mailed_at__isnull=True).first()
    if step is None:
        return 0
    try:
        made = mail_text.letters(step, at)
    except MailRefused:  # an address that passes the form and that no mail can be sent to
        made = []
    handed = sum(hand_over(letter) for letter in made)
    RegistrationStep.objects.filter(pk=step.pk).update(mailed_at=at)
    return handed


def send_reminder(*, by: Actor, registration_id: int, at: datetime) -> bool:
    """Send the personal link again to a person who is registered already. Raises NotHanded."""
    require(by, Permission.ADVANCE)
    row = Registration.objects.open().select_related("event").filter(pk=registration_id).first()
    letter = mail_text.reminder(row, at) if row is not None else None
    return letter is not None and hand_over(letter)


def send_moved(*, by: Actor, registration_id: int, at: datetime) -> bool:
    """Write that the event is at another time. Raises NotHanded."""
    require(by, Permission.ADVANCE)
    row = Registration.objects.open().select_related("event").filter(pk=registration_id).first()
    letter = mail_text.moved(row, at) if row is not None else None
    return letter is not None and hand_over(letter)


def hand_over(letter: OutgoingMail) -> bool:
    """Give a mail to the server; whether it took it. Raises NotHanded."""
    handed = deliver(letter)
    if not handed.accepted and handed.temporary:
        raise NotHanded(handed.code)
    return handed.accepted
