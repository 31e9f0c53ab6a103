"""Mails about an application or a certification: to the employer, and to the ambassador."""

from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from sauga.certification.applications.models import Ambassador, EmployerAsk
from sauga.certification.applications.queries import links, protection
from sauga.certification.applications.queries.ambassadors import latest_certification
from sauga.certification.programme.rules.codes import level_name
from sauga.kernel.i18n import long_date
from sauga.kernel.notifications import OutgoingMail, compose
from sauga.kernel.ui.public_frame.language import whole


class Mail(StrEnum):
    """What a mail is about."""

    EMPLOYER = "employer"
    CERTIFIED = "certified"
    REJECTED = "rejected"
    SUSPENDED = "suspended"
    RESTORED = "restored"
    REVOKED = "revoked"
    APPEAL_REFUSED = "appeal_refused"
    RENEWAL_DUE = "renewal_due"
    RENEWED = "renewed"
    LAPSED = "lapsed"


def to_employer(ask: EmployerAsk, address: str, at: datetime) -> OutgoingMail:
    """The question to the employer. Raises MailRefused."""
    row = ask.ambassador
    with override(row.language):
        context = {
            "what": Mail.EMPLOYER.value,
            "name": protection.text_of(row, row, "name"),
            "organisation": ask.organisation.present_name(),
            "link": links.employer_address(ask, row.language),
            "until": long_date(ask.expires_at),
            "mail_domain": settings.ENV.mail_domain,
        }
        text = render_to_string("certification/mail/ambassador.txt", context)
        subject = gettext("Does your organisation agree? Safer Internet Ambassador")
    return compose(subject=subject, body_text=tidy(text), to=address, language=row.language, at=at)


def to_ambassador(row: Ambassador, what: Mail, address: str, at: datetime) -> OutgoingMail:
    """A mail to the ambassador, in their language. Raises MailRefused."""
    held = latest_certification(row)
    with override(row.language):
        context = {
            "what": what.value,
            "level": level_name(row.level),
            "until": long_date(held.until) if held else "",
            "link": whole(reverse("certification-mine")),
            "profile": whole(reverse("certification-profile")),
            "mail_domain": settings.ENV.mail_domain,
        }
        text = render_to_string("certification/mail/ambassador.txt", context)
        subject = _subject(what)
    return compose(subject=subject, body_text=tidy(text), to=address, language=row.language, at=at)


def _subject(what: Mail) -> str:
    return {
        Mail.CERTIFIED: gettext("You are a Safer Internet Ambassador"),
        Mail.REJECTED: gettext("The decision about your application"),
        Mail.SUSPENDED: gettext("Your certification is suspended"),
        Mail.RESTORED: gettext("Your certification is valid again"),
        Mail.REVOKED: gettext("Your certification is revoked"),
        Mail.APPEAL_REFUSED: gettext("The decision about your appeal"),
        Mail.RENEWAL_DUE: gettext("Time to renew your certification"),
        Mail.RENEWED: gettext("Your certification is renewed"),
        Mail.LAPSED: gettext("Your certification has lapsed"),
    }[what]


def tidy(text: str) -> str:
    """Without the empty lines that tags of a template leave behind: one at most between two paragraphs."""
    lines: list[str] = []
    for line in (one.rstrip() for one in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"
