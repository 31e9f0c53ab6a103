"""The mail with the personal link of a speaker."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from sauga.events.programme.models import said
from sauga.events.speakers.models import SpeakerContact
from sauga.events.speakers.queries import links
from sauga.kernel.notifications import OutgoingMail, compose


def link_mail(contact: SpeakerContact, address: str, at: datetime) -> OutgoingMail:
    """The personal link, in the language that the organiser chose. Raises MailRefused."""
    speaker = contact.speaker
    with override(contact.language):
        title = str(said(speaker.event.title, contact.language))
        context = {
            "name": speaker.name,
            "title": title,
            "link": links.own_address(speaker, contact.language),
            "mail_domain": settings.ENV.mail_domain,
        }
        text = render_to_string("events/speakers/mail/link.txt", context)
        subject = gettext("Your page as a speaker: %(event)s") % {"event": title}
    return compose(
        subject=" ".join(subject.split())[:180],
        body_text=text.strip() + "\n",
        to=address,
        language=contact.language,
        at=at,
    )
