"""The mails about a registration, each from the step that calls for it: a letter is written because the
state has moved, and says where it moved to.
"""

import io
from datetime import datetime

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override, pgettext_lazy

from sauga.events.programme.models import said
from sauga.events.registration.models import Registration, RegistrationStep
from sauga.events.registration.queries import links
from sauga.events.registration.queries.details import details_of
from sauga.events.registration.queries.holds import waits_until
from sauga.events.registration.queries.waiting_list import position_of
from sauga.events.registration.rules import MOST_OFFERS
from sauga.events.states import UNPROVEN, RegistrationState
from sauga.kernel.notifications import Attachment, OutgoingMail, compose

TICKET_PREFIX = "SAUGA:"
"""What the QR code of a ticket begins with, so that check-in knows it from any other code."""
LETTERS: dict[str, str] = {
    RegistrationState.HELD: "held",
    RegistrationState.UNCONFIRMED: "unconfirmed",
    RegistrationState.GUARDIAN_PENDING: "guardian_pending",
    RegistrationState.PENDING_APPROVAL: "pending_approval",
    RegistrationState.CONFIRMED: "confirmed",
    RegistrationState.WAITLISTED: "waitlisted",
    RegistrationState.OFFERED: "offered",
    RegistrationState.CANCELLED: "cancelled",
    RegistrationState.REJECTED: "rejected",
    RegistrationState.EVENT_CANCELLED: "event_cancelled",
}
"""The letter of each state that a registration moves to. There is no other reason to write one."""


def letters(step: RegistrationStep, at: datetime) -> list[OutgoingMail]:
    """What is to be sent because of a step: nothing once the registration has moved on, its key is gone or
    there is no address. A guardian is written to as well. Raises MailRefused."""
    row = step.subject
    if step.after in UNPROVEN and row.state in UNPROVEN:  # the hold may be over before the mail goes out
        name = LETTERS.get(row.state)
    else:
        name = LETTERS.get(step.after) if row.state == step.after else None
    if name is None:
        return []
    if step.after == RegistrationState.WAITLISTED and step.before == RegistrationState.OFFER_EXPIRED:
        name = "offer_expired"
    details = details_of(row)
    if not details.address:
        return []
    made = [_letter(row, name, details.address, at, step)]
    if step.after == RegistrationState.GUARDIAN_PENDING:
        made.append(_letter(row, "guardian", details.guardian, at, step))
    return made


def ticket_picture(row: Registration) -> SafeString:
    """The QR code of a ticket as inline SVG without style, so that the policy of the page allows it."""
    svg = _ticket(row).svg_inline(scale=4, omitsize=True, svgclass="qr", lineclass=None, border=3)
    return mark_safe(svg)  # noqa: S308  made by segno from a code that we drew


def _ticket(row: Registration) -> segno.QRCode:
    return segno.make(f"{TICKET_PREFIX}{row.entry_token}", error="m", micro=False)


def ticket_file(row: Registration) -> Attachment:
    """The QR code of a ticket as a picture to go with a mail."""
    out = io.BytesIO()
    _ticket(row).save(out, kind="png", scale=8, border=4)
    return Attachment(f"ticket-{row.entry_code}.png", out.getvalue(), "image/png")


def reminder(row: Registration, at: datetime) -> OutgoingMail | None:
    """To a person who is registered already and tried again: the personal link, or once more the letter that
    asks to confirm. Raises MailRefused."""
    details, name = details_of(row), LETTERS[row.state] if row.state in UNPROVEN else "again"
    return None if not details.address else _letter(row, name, details.address, at, None)


def moved(row: Registration, at: datetime) -> OutgoingMail | None:
    """The event is at another time. Raises MailRefused."""
    details = details_of(row)
    return None if not details.address else _letter(row, "event_moved", details.address, at, None)


def _letter(
    row: Registration, name: str, address: str, at: datetime, step: RegistrationStep | None
) -> OutgoingMail:
    details = details_of(row)
    with override(row.language):
        context = {
            "row": row,
            "details": details,
            "event": row.event,
            "why": step.why if step else "",
            "own": links.own_address(row),
            "guardian": links.guardian_address(row) if name == "guardian" else "",
            "position": position_of(row) if row.state == RegistrationState.WAITLISTED else 0,
            "most_offers": MOST_OFFERS,
            "until": waits_until(row.state, row.created_at, row.event.starts),
            "has_ticket": row.state == RegistrationState.CONFIRMED,
            "mail_domain": settings.ENV.mail_domain,
        }
        text = render_to_string(f"events/registration/mail/{name}.txt", context)
        subject = _subject(name, to_child=row.speaks_to_child).format(
            event=said(row.event.title, row.language)
        )
    return compose(
        subject=" ".join(subject.split())[:180],
        body_text=tidy(text),
        to=address,
        language=row.language,
        at=at,
        name=_name(step, name),
        attachments=[ticket_file(row)] if row.state == RegistrationState.CONFIRMED else (),
    )


def _name(step: RegistrationStep | None, name: str) -> str:
    """The same letter of the same step has the same Message-ID, so that a mail handed over twice is known as
    one."""
    return f"{step.pk:024x}{sum(name.encode()):08x}" if step is not None else ""


TO_CHILD = {
    "held": pgettext_lazy("child", "Please confirm your registration: {event}"),
    "unconfirmed": pgettext_lazy("child", "Please confirm your registration: {event}"),
    "pending_approval": pgettext_lazy("child", "We have received your registration: {event}"),
    "confirmed": pgettext_lazy("child", "Your seat is confirmed: {event}"),
    "waitlisted": pgettext_lazy("child", "You are in the waiting list: {event}"),
    "offered": pgettext_lazy("child", "A seat is free for you, please confirm: {event}"),
    "offer_expired": pgettext_lazy("child", "The offer is over, you are waiting again: {event}"),
    "rejected": pgettext_lazy("child", "Your registration was not accepted: {event}"),
    "again": pgettext_lazy("child", "You are registered already: {event}"),
}
"""The same subjects where a child reads them."""


def _subject(name: str, *, to_child: bool) -> str:
    if to_child and name in TO_CHILD:
        return str(TO_CHILD[name])
    subjects = {
        "held": gettext("Please confirm your registration: {event}"),
        "unconfirmed": gettext("Please confirm your registration: {event}"),
        "guardian_pending": gettext("Your registration waits for your parent or guardian: {event}"),
        "guardian": gettext("A child asks you to agree: {event}"),
        "pending_approval": gettext("We have received your registration: {event}"),
        "confirmed": gettext("Your seat is confirmed: {event}"),
        "waitlisted": gettext("You are in the waiting list: {event}"),
        "offered": gettext("A seat is free for you, please confirm: {event}"),
        "offer_expired": gettext("The offer is over, you are waiting again: {event}"),
        "cancelled": gettext("Cancelled: {event}"),
        "rejected": gettext("Your registration was not accepted: {event}"),
        "event_cancelled": gettext("The event does not take place: {event}"),
        "again": gettext("You are registered already: {event}"),
        "event_moved": gettext("Another time: {event}"),
    }
    return subjects[name]


def tidy(text: str) -> str:
    """Without the empty lines that tags of a template leave behind: one at most between two paragraphs."""
    lines: list[str] = []
    for line in (one.rstrip() for one in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"
