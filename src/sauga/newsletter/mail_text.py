"""An issue as a mail: plain text and HTML that say the same, and the headers of a list.

Nothing in it tells who reads it: no picture from elsewhere, no address but those of the pages, and the
reader's own link, the same in every mail to them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from sauga.kernel.notifications import OutgoingMail, compose
from sauga.newsletter.models import Delivery, Issue, SignUp, Subscription
from sauga.newsletter.queries import links
from sauga.newsletter.queries.issues import Piece
from sauga.newsletter.rules import CONSENT, RETURN_PREFIX, list_names

PERSONAL = "https://personal.invalid/"
"""Stands for the reader's own link until the mail is made."""


@dataclass(frozen=True)
class Written:
    """An issue rendered once, for all its readers."""

    subject: str
    text: str
    html: str
    language: str


def write(issue: Issue, pieces: Sequence[Piece]) -> Written:
    """Render an issue; pages that are not published are left out."""
    shown = [(piece, links.whole(piece.path)) for piece in pieces if piece.is_fit]
    with override(issue.language):
        context = {
            "issue": issue,
            "pieces": shown,
            "paragraphs": paragraphs(issue.intro),
            "lists": list_names(issue.lists),
            "personal": PERSONAL,
            "web": links.issue_address(issue),
            "privacy": links.page_address("portal-privacy", issue.language),
            "mail_domain": settings.ENV.mail_domain,
        }
        html = render_to_string("newsletter/mail/issue.html", context)
        text = render_to_string("newsletter/mail/issue.txt", context)
    return Written(issue.title, _tidy(text), html, issue.language)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a typed text."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return [" ".join(part.split()) for part in parts if part.strip()]


def letter(
    written: Written, delivery: Delivery, row: Subscription, address: str, at: datetime
) -> OutgoingMail:
    """The mail of one reader. Its Message-ID is always the same, so that a mail handed over twice is known as
    one. Raises MailRefused."""
    token = links.own_token(row)
    own = links.own_address(token, row.language)
    return compose(
        subject=written.subject,
        body_text=written.text.replace(PERSONAL, own),
        body_html=written.html.replace(PERSONAL, own),
        to=address,
        language=written.language,
        at=at,
        headers={
            "List-Id": f"Sauga <newsletter.{settings.ENV.mail_domain}>",
            "List-Unsubscribe": f"<{links.leave_address(token)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Archive": f"<{links.page_address('newsletter', written.language)}>",
            "Precedence": "list",
        },
        return_token=(RETURN_PREFIX, delivery.token),
        name=delivery.token,
    )


def trial_letter(written: Written, address: str, at: datetime) -> OutgoingMail:
    """The issue to a member of staff: its personal link leads to the page of the newsletter. Raises
    MailRefused."""
    with override(written.language):
        subject = gettext("Test: {title}").format(title=written.subject)
    page = links.page_address("newsletter", written.language)
    return compose(
        subject=subject,
        body_text=written.text.replace(PERSONAL, page),
        body_html=written.html.replace(PERSONAL, page),
        to=address,
        language=written.language,
        at=at,
    )


def confirmation(row: SignUp, address: str, known: str, at: datetime) -> OutgoingMail:
    """The mail that asks to confirm a sign-up; `known` is the own link of who is subscribed already. Raises
    MailRefused."""
    with override(row.language):
        context = {
            "link": links.confirm_address(row),
            "lists": list_names(row.lists),
            "consent": CONSENT[row.version],
            "known": known,
            "mail_domain": settings.ENV.mail_domain,
        }
        text = render_to_string("newsletter/mail/confirm.txt", context)
        subject = gettext("Confirm your subscription to the Sauga newsletter")
    return compose(subject=subject, body_text=_tidy(text), to=address, language=row.language, at=at)


def _tidy(text: str) -> str:
    """Without the empty lines that tags of a template leave behind: one at most between two paragraphs."""
    lines: list[str] = []
    for line in (one.rstrip() for one in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"
