"""The mails about a registration, each from the step that calls for it: a letter is written because the
state has moved, and says where it moved to.
"""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from sauga.events.programme.models import said
from sauga.events.registration.models import Registration, RegistrationStep
from sauga.events.registration.queries import links
from sauga.events.registration.queries.details import GONE, details_of
from sauga.events.registration.queries.line import position_of
from sauga.events.registration.rules import MOST_OFFERS
from sauga.events.states import RegistrationState as S
from sauga.kernel.notifications import OutgoingMail, compose

LETTERS: dict[str, str] = {
    S.GUARDIAN_PENDING: "guardian_pending",
    S.PENDING_APPROVAL: "pending_approval",
    S.CONFIRMED: "confirmed",
    S.WAITLISTED: "waitlisted",
    S.OFFERED: "offered",
    S.CANCELLED: "cancelled",
    S.REJECTED: "rejected",
    S.EVENT_CANCELLED: "event_cancelled",
}
"""The letter of each state that a registration moves to. There is no other reason to write one."""


def letters(step: RegistrationStep, at: datetime) -> list[OutgoingMail]:
    """What is to be sent because of a step: nothing once the registration has moved on, or its key is gone. A
    guardian is written to as well. Raises MailRefused."""
    row = step.subject
    name = LETTERS.get(step.after)
    if row.state != step.after or name is None:
        return []
    if step.after == S.WAITLISTED and step.before == S.OFFER_EXPIRED:
        name = "offer_expired"
    details = details_of(row)
    if details == GONE:
        return []
    made = [_letter(row, name, details.address, at, step)]
    if step.after == S.GUARDIAN_PENDING:
        made.append(_letter(row, "guardian", details.guardian, at, step))
    return made


def reminder(row: Registration, at: datetime) -> OutgoingMail | None:
    """To whoever is registered already and tried again: the personal link. Raises MailRefused."""
    details = details_of(row)
    return None if details == GONE else _letter(row, "again", details.address, at, None)


def moved(row: Registration, at: datetime) -> OutgoingMail | None:
    """The event is at another time. Raises MailRefused."""
    details = details_of(row)
    return None if details == GONE else _letter(row, "event_moved", details.address, at, None)


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
            "position": position_of(row) if row.state == S.WAITLISTED else 0,
            "most_offers": MOST_OFFERS,
            "mail_domain": settings.ENV.mail_domain,
        }
        text = render_to_string(f"events/registration/mail/{name}.txt", context)
        subject = _subject(name).format(event=said(row.event.title, row.language))
    return compose(
        subject=" ".join(subject.split())[:180],
        body_text=tidy(text),
        to=address,
        language=row.language,
        at=at,
        name=_name(step, name),
    )


def _name(step: RegistrationStep | None, name: str) -> str:
    """The same letter of the same step has the same Message-ID, so that a mail handed over twice is known as
    one."""
    return f"{step.pk:024x}{sum(name.encode()):08x}" if step is not None else ""


def _subject(name: str) -> str:
    subjects = {
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
