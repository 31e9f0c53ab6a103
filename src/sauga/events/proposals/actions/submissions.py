"""A person proposes a session: the row, its key, its speaker in one transaction.

The same form sent twice is one proposal. Without an account the mailed link confirms the address; the page
after the form says the same to everybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.events.permissions import Permission
from sauga.events.programme.models import Track
from sauga.events.proposals.actions.transitions import apply, signal
from sauga.events.proposals.models import SUBMISSION, Call, CallQuestion, Proposal, ProposalSpeaker
from sauga.events.proposals.queries import content as protection
from sauga.events.proposals.queries.content import Content, Details
from sauga.events.proposals.rules.decisions import (
    ENDED,
    LONGEST_ABSTRACT,
    LONGEST_BIOGRAPHY,
    LONGEST_MESSAGE,
    LONGEST_NAME,
    LONGEST_ORGANISATION,
    LONGEST_ROLE,
    LONGEST_TITLE,
    MOST_OPEN,
    Command,
    CommandRefused,
    Phase,
)
from sauga.events.proposals.rules.letter_fields import names_author
from sauga.events.registration.actions.registrations import AnswerMissing
from sauga.events.registration.rules import LONGEST_ADDRESS, fits
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit, vocab
from sauga.kernel.identity import require
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.sealed import PreparedKey
from sauga.kernel.states import Actor, SystemActor

PROPOSER = SystemActor("proposer")
SEND_LINK = "events.proposal_link"
MOST_REMINDERS = 3


class ProposalRefused(ActionRefused):
    """Something is missing, too long, or not offered by the call."""

    messages = {
        "details": _("Something is missing, too long or not an email address. Please check what you wrote."),
        "code": _("Choose one of the answers that are offered."),
        "named": _(
            "The review is blind: reviewers must not see who you are. Please remove your name, your "
            "organisation and your address from the title and the abstract."
        ),
    }
    fields = {"named": "abstract"}


class TooManyProposals(ActionRefused):
    """The address has too many proposals for the call. Never shown to a visitor: it would tell that the
    address is known."""

    message = _("You have sent many proposals already. Withdraw one first, or write to us.")

    def __init__(self, proposal: Proposal) -> None:
        super().__init__()
        self.proposal = proposal


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What a person offers: `track` is the reference of one of the event's tracks, `language` that of the
    letters, `talk_language` that of the session."""

    content: Content
    details: Details
    kind: str
    minutes: int
    talk_language: str
    language: str
    sending: str = field(default="")
    track: str = ""


def propose(*, by: Actor, call: Call, offer: Offer, is_draft: bool, at: datetime) -> Proposal:
    """Send a proposal, or keep a draft, once for each `offer.sending`. A visitor's waits for the click on the
    mailed link. Raises CommandRefused, ProposalRefused, AnswerMissing, TooManyProposals."""
    if not isinstance(by, MemberActor):
        require(by, Permission.PROPOSE)
    if call.phase(at) is not Phase.OPEN:
        raise CommandRefused("closed")
    track = check_offer(call, offer, is_draft=is_draft)
    row, speaker, key = _new(by, call, offer, track, at)
    with transaction.atomic():
        Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
        if (sent := Proposal.objects.filter(sending=offer.sending).first()) is not None:
            return sent
        _refuse_many(row)
        try:
            with transaction.atomic():
                key.store()
                row.save()
        except IntegrityError:  # the same form, sent for another call at this moment
            return Proposal.objects.get(sending=offer.sending)
        speaker.proposal = row
        speaker.save()
        audit.record(by, Trail.PROPOSAL_RECEIVED, row, zone=ZONE, at=at)
        if not is_draft:
            return apply(by, row, Command.SUBMIT if row.member_id else Command.SEND, at=at)
        app.configure_task(SEND_LINK, queue="mail").defer(proposal_id=row.pk)
        return row


def _new(
    by: Actor, call: Call, offer: Offer, track: Track | None, at: datetime
) -> tuple[Proposal, ProposalSpeaker, PreparedKey]:
    row = Proposal(
        call=call,
        member_id=by.member_id if isinstance(by, MemberActor) else None,
        kind=offer.kind,
        minutes=offer.minutes,
        track=track,
        talk_language=offer.talk_language,
        language=offer.language,
        sending=offer.sending,
        created_at=at,
    )
    key = protection.key_for(row)
    protection.put_content(row, offer.content, key.key)
    row.address_lookup = protection.address_lookup(offer.details.address)
    speaker = ProposalSpeaker(
        proposal=row, is_main=True, language=offer.language, invited_at=at, answered_at=at
    )
    protection.put_details(speaker, offer.details, key.key)
    return row, speaker, key


def change(*, by: Actor, row: Proposal, offer: Offer, at: datetime) -> Proposal:
    """Write a locked proposal anew; who may is asked by the caller. Raises as `propose`."""
    track = check_offer(row.call, offer, is_draft=row.submitted_at is None)
    key = protection.key_of(row)
    held = protection.content_of(row)
    row.kind, row.minutes, row.track = offer.kind, offer.minutes, track
    row.talk_language = offer.talk_language
    protection.put_content(row, replace(offer.content, later=held.later), key)
    row.save(update_fields=["kind", "minutes", "track", "talk_language", "content"])
    speaker = row.speakers.get(is_main=True)
    protection.put_details(speaker, offer.details, key)
    speaker.save(update_fields=["details", "address_lookup", "organisation_lookup"])
    audit.record(by, Trail.PROPOSAL_CHANGED, row, zone=ZONE, at=at, facts={"what": "content"})
    signal()
    return row


def check_offer(call: Call, offer: Offer, *, is_draft: bool) -> Track | None:
    """The offer is one that the call asks for, and complete unless it is a draft; its track. Raises
    ProposalRefused, AnswerMissing."""
    is_offered = offer.kind in call.kinds and offer.minutes in call.durations
    if not is_offered or not vocab.has_term("languages", offer.talk_language):
        raise ProposalRefused("code")
    track = call.event.tracks.filter(ref=offer.track).first() if offer.track else None
    if offer.track and track is None:
        raise ProposalRefused("code")
    check_details(offer.details)
    held = offer.content
    texts = ((held.title, LONGEST_TITLE), (held.abstract, LONGEST_ABSTRACT), (held.message, LONGEST_MESSAGE))
    if not held.title.strip() or any(len(text) > most for text, most in texts):
        raise ProposalRefused("details")
    if not is_draft and not held.abstract.strip():
        raise ProposalRefused("details")
    check_answers(call, held.answers, SUBMISSION, is_draft=is_draft)
    who = offer.details
    if call.is_blind and names_author(
        [held.title, held.abstract], name=who.name, organisation=who.organisation, address=who.address
    ):
        raise ProposalRefused("named")
    return track


def check_details(details: Details) -> None:
    """A person with a name who can be written to. Raises ProposalRefused."""
    texts = (
        (details.name, LONGEST_NAME),
        (details.address, LONGEST_ADDRESS),
        (details.organisation, LONGEST_ORGANISATION),
        (details.role, LONGEST_ROLE),
        (details.biography, LONGEST_BIOGRAPHY),
    )
    if not details.name.strip() or any(len(text) > most for text, most in texts):
        raise ProposalRefused("details")
    check_address(details.address)


def check_address(address: str) -> None:
    """An address that mail can be sent to. Raises ProposalRefused."""
    try:
        validate_email(address)
    except ValidationError:
        raise ProposalRefused("details") from None


def check_answers(call: Call, answers: Mapping[str, str], phase: str, *, is_draft: bool = False) -> None:
    """Answers are those of this phase's questions, of the kind that each asks for, and none that is required
    is missing. Raises ProposalRefused, AnswerMissing."""
    questions = {one.ref: one for one in CallQuestion.objects.filter(call=call, phase=phase)}
    if not set(answers) <= set(questions):
        raise ProposalRefused("code")
    for ref, question in questions.items():
        answer = answers.get(ref, "")
        if not answer and question.is_required and not is_draft:
            raise AnswerMissing
        if answer and not fits(question.kind, question.choices, answer):
            raise ProposalRefused("code")


def _refuse_many(row: Proposal) -> None:
    held = Proposal.objects.filter(call_id=row.call_id, address_lookup=row.address_lookup)
    held = held.exclude(state__in=ENDED)
    if held.count() >= MOST_OPEN:
        raise TooManyProposals(held.latest("pk"))


def remind(*, by: Actor, proposal: Proposal, at: datetime) -> bool:
    """Send the personal link again, a few times at most."""
    if not isinstance(by, MemberActor):
        require(by, Permission.PROPOSE)
    with transaction.atomic():
        row = Proposal.objects.select_for_update().get(pk=proposal.pk)
        if row.reminders >= MOST_REMINDERS:
            return False
        row.reminders += 1
        row.save(update_fields=["reminders"])
        app.configure_task(SEND_LINK, queue="mail").defer(proposal_id=row.pk)
        return True
