"""The letters about a proposal, each from the step that calls for it: a letter is written because the state
has moved, and says where it moved to.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from sauga.events.programme.models import said
from sauga.events.proposals.models import Call, Proposal, ProposalSpeaker, ProposalStep
from sauga.events.proposals.queries import links
from sauga.events.proposals.queries.content import GONE, Content, Details, content_of, details_of
from sauga.events.proposals.rules.letter_fields import filled
from sauga.events.registration.mail_text import tidy
from sauga.events.states import ProposalState
from sauga.kernel.i18n import long_datetime
from sauga.kernel.notifications import OutgoingMail, compose

LETTERS: dict[str, str] = {
    ProposalState.UNCONFIRMED: "unconfirmed",
    ProposalState.SUBMITTED: "submitted",
    ProposalState.ACCEPTED: "accepted",
    ProposalState.ON_HOLD: "on_hold",
    ProposalState.REJECTED: "rejected",
    ProposalState.CONFIRMED: "confirmed",
    ProposalState.DECLINED: "declined",
    ProposalState.WITHDRAWN: "withdrawn",
}
"""The letter of each state that a proposal moves to."""


UNPROVEN = ("unconfirmed", "link")
"""Letters to an address that a stranger may have typed: without anything else that was typed."""


@dataclass(frozen=True)
class Text:
    """What a letter says."""

    subject: str
    body: str


def letter(step: ProposalStep, at: datetime) -> OutgoingMail | None:
    """What is to be sent because of a step: nothing once the proposal has moved on, or its key is gone.
    Raises MailRefused."""
    row = step.subject
    name = LETTERS.get(step.after)
    content = content_of(row)
    if row.state != step.after or name is None or content == GONE:
        return None
    details = details_of(row.speakers.get(is_main=True))
    text = written(row, name, content, details)
    stamp = f"{step.pk:024x}{sum(name.encode()):08x}"
    return _mail(text, details.address, row.language, at, stamp)


def link(row: Proposal, at: datetime) -> OutgoingMail | None:
    """The personal link of a draft, or once more. Raises MailRefused."""
    content = content_of(row)
    if content == GONE:
        return None
    details = details_of(row.speakers.get(is_main=True))
    return _mail(written(row, "link", content, details), details.address, row.language, at)


def reminder(row: Proposal, at: datetime) -> OutgoingMail | None:
    """That the answer to an accepted proposal is due. Raises MailRefused."""
    content = content_of(row)
    if content == GONE:
        return None
    details = details_of(row.speakers.get(is_main=True))
    return _mail(written(row, "reminder", content, details), details.address, row.language, at)


def event_cancelled(row: Proposal, at: datetime) -> OutgoingMail | None:
    """The event does not take place. Raises MailRefused."""
    content = content_of(row)
    if content == GONE:
        return None
    details = details_of(row.speakers.get(is_main=True))
    return _mail(written(row, "event_cancelled", content, details), details.address, row.language, at)


def invitation(speaker: ProposalSpeaker, at: datetime) -> OutgoingMail | None:
    """To a co-speaker: who invites to what, and the link to answer by. Raises MailRefused."""
    row = speaker.proposal
    content = content_of(row)
    if content == GONE:
        return None
    details = details_of(row.speakers.get(is_main=True))
    text = written(row, "invitation", content, details, own=links.speaker_address(speaker))
    return _mail(text, details_of(speaker).address, row.language, at)


def written(row: Proposal, name: str, content: Content, details: Details, *, own: str = "") -> Text:
    """A letter in the language of its reader; the organisers' own words where they wrote some."""
    with override(row.language):
        event = str(said(row.call.event.title, row.language))
        until = long_datetime(row.answer_by) if row.answer_by else ""
        values = {"name": details.name, "title": content.title, "event": event, "until": until}
        context = {
            "row": row,
            "call": row.call,
            "event": event,
            "title": "" if name in UNPROVEN else content.title,
            "inviter": details.name,
            "until": until,
            "own": own or links.own_address(row),
            "words": filled(_own_words(row.call, name, row.language), values),
            "mail_domain": settings.ENV.mail_domain,
        }
        body = tidy(render_to_string(f"events/proposals/mail/{name}.txt", context))
        return Text(" ".join(_subject(name).format(event=event).split())[:180], body)


def _own_words(call: Call, name: str, language: str) -> str:
    held = call.letters.get(name.upper(), {})
    return str(held.get(language) or next((text for text in held.values() if text), ""))


def _mail(text: Text, to: str, language: str, at: datetime, name: str = "") -> OutgoingMail:
    return compose(subject=text.subject, body_text=text.body, to=to, language=language, at=at, name=name)


def _subject(name: str) -> str:
    subjects = {
        "unconfirmed": gettext("Please confirm your proposal: {event}"),
        "submitted": gettext("We have received your proposal: {event}"),
        "accepted": gettext("Your proposal is accepted, please confirm: {event}"),
        "reminder": gettext("Please confirm that you are coming: {event}"),
        "on_hold": gettext("Your proposal is on hold: {event}"),
        "rejected": gettext("Your proposal was not accepted: {event}"),
        "confirmed": gettext("Thank you for confirming: {event}"),
        "declined": gettext("You are not coming: {event}"),
        "withdrawn": gettext("Your proposal is withdrawn: {event}"),
        "event_cancelled": gettext("The event does not take place: {event}"),
        "link": gettext("The link to your proposal: {event}"),
        "invitation": gettext("You are invited to speak together: {event}"),
    }
    return subjects[name]
