"""Mails of the panel's voice: to addressees with their link, and to members, whose mail says only that there
is something new."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from sauga.kernel.clock import local_day
from sauga.kernel.i18n import long_date
from sauga.kernel.notifications import OutgoingMail, compose
from sauga.panel.voice.models import Proposal
from sauga.panel.voice.queries import addressees


def addressee_mail(proposal: Proposal, address: str, what: str, at: datetime) -> OutgoingMail:
    """The link on which the addressee answers: `what` is ASK, REMIND or LATE. A link that is sent anew after
    the day says that the day has passed. Raises MailRefused."""
    if proposal.addressee is None or proposal.due_on is None:
        raise ValueError("a proposal that was sent has an addressee and a date")
    is_late = local_day(at) > proposal.due_on
    with override(proposal.addressee.language):
        due = long_date(proposal.due_on)
        subjects = {
            "ASK": gettext("The youth panel asks: please answer by %(day)s"),
            "REMIND": gettext("Reminder: the youth panel waits for an answer by %(day)s"),
            "LATE": gettext("The answer to the youth panel was due on %(day)s"),
        }
        context = {
            "what": what,
            "is_late": is_late,
            "name": proposal.addressee.name,
            "code": proposal.code,
            "due": due,
            "link": addressees.answer_address(proposal, proposal.addressee.language),
            "mail_domain": settings.ENV.mail_domain,
        }
        text = render_to_string("panel/voice/mail/addressee.txt", context)
        subject = subjects["LATE" if is_late else what] % {"day": due}
    return compose(
        subject=subject,
        body_text=text.strip() + "\n",
        to=address,
        language=proposal.addressee.language,
        at=at,
    )


def news_mail(language: str, address: str, at: datetime) -> OutgoingMail:
    """There is something new for a member, and where to read it. Raises MailRefused."""
    with override(language):
        path = reverse("panel-space")
        context = {
            "link": f"{settings.ENV.base_url.rstrip('/')}{path}",
            "mail_domain": settings.ENV.mail_domain,
        }
        text = render_to_string("panel/voice/mail/new.txt", context)
        subject = gettext("Something new for you")
    return compose(subject=subject, body_text=text.strip() + "\n", to=address, language=language, at=at)
