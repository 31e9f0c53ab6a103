"""The personal link of a speaker: sent by an organiser to an address that is encrypted; the mail is composed
when it goes out, so no queue holds an address.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.events.permissions import Permission
from sauga.events.programme.actions.speakers import note_speaker
from sauga.events.programme.models import Speaker
from sauga.events.speakers import mail_text
from sauga.events.speakers.models import PORTRAITS, SLIDES, Portrait, Slides, SpeakerContact
from sauga.events.speakers.queries import contacts
from sauga.kernel import sealed
from sauga.kernel.i18n import languages
from sauga.kernel.i18n.normal import normal_address
from sauga.kernel.identity import require
from sauga.kernel.notifications import MailRefused, deliver
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock

SEND = "events.speaker_mail"


class AddressRefused(ActionRefused):
    """No mail can be sent to what was typed."""

    message = _("Write an email address.")
    field = "address"


class NotHanded(Exception):
    """The mail server did not take the mail now; the job tries again."""


def send_link(*, by: Actor, speaker: Speaker, address: str, language: str, at: datetime) -> SpeakerContact:
    """Store the address of a speaker and send the personal link there. Raises PermissionRefused,
    AddressRefused."""
    require(by, Permission.EDIT_PROGRAMME, speaker)
    address = normal_address(address)
    try:
        validate_email(address)
    except ValidationError:
        raise AddressRefused from None
    code = language if language in {row.code for row in languages.for_editors()} else languages.DEFAULT
    with transaction.atomic():
        held = lock(speaker)
        before = contacts.contact_of(held)
        if before is not None:
            sealed.destroy_keys([before.holder])
            before.delete()
        row, key = contacts.new_contact(held, address, code)
        key.store()
        row.save()
        app.configure_task(SEND, queue="mail").defer(speaker_id=held.pk)
        note_speaker(by, held, "link_sent", at)
        return row


def forget_speaker(*, by: Actor, speaker: Speaker, at: datetime) -> int:
    """Before an entry is deleted: destroy the key of its address, delete its files. How many rows went."""
    contact = contacts.contact_of(speaker)
    if contact is not None:
        sealed.destroy_keys([contact.holder])
    names = [
        *((PORTRAITS, str(row.file.name)) for row in Portrait.objects.filter(speaker=speaker)),
        *((SLIDES, str(row.file.name)) for row in Slides.objects.filter(speaking__speaker=speaker)),
    ]
    for storage, name in names:
        storage.delete(name)
    return len(names) + (contact is not None)


def send_mail(*, by: Actor, speaker_id: int, at: datetime) -> bool:
    """Send the personal link; whether the server took it. Raises PermissionRefused, NotHanded."""
    require(by, Permission.MAIL_ORGANISERS)
    contact = SpeakerContact.objects.select_related("speaker__event").filter(speaker=speaker_id).first()
    address = contacts.address_of(contact) if contact is not None else ""
    if contact is None or not address:
        return False
    try:
        letter = mail_text.link_mail(contact, address, at)
    except MailRefused:  # an address that passes the form and that no mail can be sent to
        return False
    handed = deliver(letter)
    if not handed.accepted and handed.temporary:
        raise NotHanded(handed.code)
    if handed.accepted:
        SpeakerContact.objects.filter(pk=contact.pk).update(mailed_at=at)
    return handed.accepted
