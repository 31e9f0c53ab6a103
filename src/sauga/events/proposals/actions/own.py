"""What speakers do about their own proposal, by a personal link or as a member: change, send, withdraw,
invite, answer an invitation, confirm or decline, agree to publication and recording, take the consent back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.events.permissions import Permission
from sauga.events.programme.actions.speakers import CONSENT_VERSION, RECORDING_VERSION, withdraw_consent
from sauga.events.proposals.actions import submissions
from sauga.events.proposals.actions.submissions import (
    Offer,
    check_address,
    check_answers,
    check_details,
    check_offer,
)
from sauga.events.proposals.actions.transitions import apply, signal, situation
from sauga.events.proposals.models import ACCEPTANCE, Proposal, ProposalSpeaker
from sauga.events.proposals.queries import content as protection
from sauga.events.proposals.queries.content import Details
from sauga.events.proposals.rules.decisions import MOST_INVITATIONS, MOST_SPEAKERS, Command, decide
from sauga.events.states import ProposalState
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit, notifications
from sauga.kernel.identity import PermissionRefused, require
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, SystemActor, lock

SEND_INVITATION = "events.proposal_invitation"
WITHDRAWER = SystemActor("speaker")
"""Takes an entry of the programme down for a speaker, who holds no permission of staff."""
RECORDING = ("yes", "no")


class SpeakerRefused(ActionRefused):
    """A co-speaker who cannot be invited, or an answer that cannot be given."""

    messages = {
        "many": _("A session has at most six speakers. If somebody else is to come, write to us."),
        "twice": _("This address is among the speakers already."),
        "answered": _("This speaker has answered already and is no longer removed by you."),
        "recording": _("Say whether you may be recorded."),
        "none": _("There is no consent that could be withdrawn."),
    }
    fields = {"many": "email", "twice": "email", "recording": "recording"}


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What a speaker agrees to: that name and biography are published, and being recorded ("yes", "no")."""

    is_published: bool
    recording: str


def _require_own(by: Actor, row: Proposal) -> None:
    """A member's own, or the holder of the personal link, for whom the public site acts."""
    if not isinstance(by, MemberActor):
        require(by, Permission.PROPOSE)
    elif row.member_id != by.member_id:
        raise PermissionRefused(Permission.PROPOSE)


def change(*, by: Actor, proposal: Proposal, offer: Offer, submits: bool, at: datetime) -> Proposal:
    """Write a proposal anew, and send it with `submits`, which also confirms the address of the holder of the
    link. Raises CommandRefused, ProposalRefused, AnswerMissing."""
    _require_own(by, proposal)
    with transaction.atomic():
        row = lock(proposal)
        decide(row.state, Command.CHANGE, situation(row, at))
        is_sent = submits and row.state != ProposalState.SUBMITTED
        if is_sent:
            check_offer(row.call, offer, is_draft=False)
        submissions.change(by=by, row=row, offer=offer, at=at)
        return apply(by, row, Command.SUBMIT, at=at) if is_sent else row


def submit(*, by: Actor, proposal: Proposal, at: datetime) -> Proposal:
    """Send a draft as it is, or confirm the address of one that was sent.

    Raises CommandRefused, ProposalRefused, AnswerMissing.
    """
    _require_own(by, proposal)
    with transaction.atomic():
        row = lock(proposal)
        decide(row.state, Command.SUBMIT, situation(row, at))
        check_offer(row.call, offer_of(row), is_draft=False)
        return apply(by, row, Command.SUBMIT, at=at)


def withdraw(*, by: Actor, proposal: Proposal, at: datetime) -> Proposal:
    """Withdraw before it is decided, for good. Raises CommandRefused."""
    _require_own(by, proposal)
    with transaction.atomic():
        return apply(by, lock(proposal), Command.WITHDRAW, at=at)


def offer_of(row: Proposal) -> Offer:
    """A stored proposal as it was offered."""
    return Offer(
        content=protection.content_of(row),
        details=protection.details_of(row.speakers.get(is_main=True)),
        kind=row.kind,
        minutes=row.minutes,
        talk_language=row.talk_language,
        language=row.language,
        track=row.track.ref if row.track else "",
    )


def invite(*, by: Actor, proposal: Proposal, address: str, at: datetime) -> ProposalSpeaker:
    """Invite a co-speaker by mail, who answers by a link of their own.

    Raises CommandRefused, ProposalRefused, SpeakerRefused.
    """
    _require_own(by, proposal)
    check_address(address)
    with transaction.atomic():
        row = lock(proposal)
        decide(row.state, Command.INVITE, situation(row, at))
        if row.speakers.count() >= MOST_SPEAKERS or row.invitations >= MOST_INVITATIONS:
            raise SpeakerRefused("many")
        if row.speakers.filter(address_lookup=protection.address_lookup(address)).exists():
            raise SpeakerRefused("twice")
        made = ProposalSpeaker(proposal=row, language=row.language, invited_at=at)
        protection.put_details(made, Details("", address), protection.key_of(row))
        made.save()
        row.invitations += 1
        row.save(update_fields=["invitations"])
        _changed(by, row, "speaker_invited", at)
        app.configure_task(SEND_INVITATION, queue="mail").defer(speaker_id=made.pk)
        return made


def remove_invited(*, by: Actor, proposal: Proposal, speaker: ProposalSpeaker, at: datetime) -> None:
    """Take an invitation back that was not accepted. Raises SpeakerRefused."""
    _require_own(by, proposal)
    with transaction.atomic():
        row, held = lock(proposal), lock(speaker)
        if held.proposal_id != row.pk or held.is_main or (held.answered_at and not held.declined_at):
            raise SpeakerRefused("answered")
        held.delete()
        _changed(by, row, "speaker_removed", at)


def join(
    *, by: Actor, speaker: ProposalSpeaker, details: Details, agreement: Agreement, at: datetime
) -> ProposalSpeaker:
    """A co-speaker agrees to speak and says who they are; or changes what they said. The address stays that
    of the invitation. Raises CommandRefused, ProposalRefused, SpeakerRefused."""
    require(by, Permission.PROPOSE)
    _check_agreement(agreement)
    with transaction.atomic():
        row = lock(speaker.proposal)
        decide(row.state, Command.INVITE, situation(row, at))
        held = lock(speaker)
        address = protection.details_of(held).address
        given = replace(details, address=address)
        check_details(given)
        protection.put_details(held, given, protection.key_of(row))
        held.answered_at, held.declined_at = at, None
        _agree(held, agreement, at)
        held.save()
        _changed(by, row, "speaker_joined", at)
        return held


def decline_invitation(*, by: Actor, speaker: ProposalSpeaker, at: datetime) -> ProposalSpeaker:
    """A co-speaker does not speak, or no longer; what was consented to ends. Raises SpeakerRefused."""
    require(by, Permission.PROPOSE)
    with transaction.atomic():
        row, held = lock(speaker.proposal), lock(speaker)
        if held.is_main or held.declined_at is not None:
            raise SpeakerRefused("none")
        held.answered_at, held.declined_at, held.consented_at = at, at, None
        protection.put_details(held, Details("", protection.details_of(held).address), protection.key_of(row))
        held.save()
        take_down(held, at)
        _changed(by, row, "speaker_declined", at)
        return held


CONFIRMED = "events.speaker_confirmed"


def confirm(
    *,
    by: Actor,
    proposal: Proposal,
    answers: Mapping[str, str],
    agreement: Agreement,
    details: Details,
    at: datetime,
) -> Proposal:
    """The speaker of an accepted proposal comes, answers what is asked only now, and says what may be
    published. Also changes it later.

    Raises CommandRefused, ProposalRefused, AnswerMissing, SpeakerRefused.
    """
    _require_own(by, proposal)
    _check_agreement(agreement)
    with transaction.atomic():
        row = lock(proposal)
        if row.state != ProposalState.CONFIRMED:
            decide(row.state, Command.CONFIRM, situation(row, at))
        check_answers(row.call, answers, ACCEPTANCE)
        key, held = protection.key_of(row), protection.content_of(row)
        speaker = lock(row.speakers.get(is_main=True))
        given = replace(details, address=protection.details_of(speaker).address)
        check_details(given)
        protection.put_details(speaker, given, key)
        protection.put_content(row, replace(held, later=dict(answers)), key)
        row.save(update_fields=["content"])
        _agree(speaker, agreement, at)
        speaker.save()
        _changed(by, row, "consents", at)
        if not agreement.is_published:
            take_down(speaker, at)
        if row.state == ProposalState.CONFIRMED:
            return row
        _tell_organisers(row, at)
        return apply(by, row, Command.CONFIRM, at=at)


def _tell_organisers(row: Proposal, at: datetime) -> None:
    """A speaker comes: the proposal can be put into the programme."""
    event = row.call.event
    link = f"{reverse('events-proposals', args=[event.ref])}?view=confirmed"
    context: dict[str, str | int] = {"ref": event.ref}
    notifications.notify(to="ORGANISER", template=CONFIRMED, context=context, link=link, once=True, at=at)


def decline(*, by: Actor, proposal: Proposal, at: datetime) -> Proposal:
    """The speaker of an accepted proposal does not come. Raises CommandRefused."""
    _require_own(by, proposal)
    with transaction.atomic():
        row = apply(by, lock(proposal), Command.DECLINE, at=at)
        for speaker in row.speakers.all():
            take_down(speaker, at)
        return row


def withdraw_publication(*, by: Actor, speaker: ProposalSpeaker, at: datetime) -> ProposalSpeaker:
    """The speaker no longer agrees that name and biography are shown: pages, files and calendars lose them at
    once. Raises SpeakerRefused."""
    if isinstance(by, MemberActor):
        _require_own(by, speaker.proposal)
    else:
        require(by, Permission.PROPOSE)
    with transaction.atomic():
        held = lock(speaker)
        if held.consented_at is None:
            raise SpeakerRefused("none")
        held.consented_at, held.consent_version = None, None
        held.save(update_fields=["consented_at", "consent_version"])
        take_down(held, at)
        _changed(by, held.proposal, "consent_withdrawn", at)
        return held


def _check_agreement(agreement: Agreement) -> None:
    if agreement.recording not in RECORDING:
        raise SpeakerRefused("recording")


def _agree(row: ProposalSpeaker, agreement: Agreement, at: datetime) -> None:
    row.consented_at = at if agreement.is_published else None
    row.consent_version = CONSENT_VERSION if agreement.is_published else None
    row.recording, row.recording_version = agreement.recording, RECORDING_VERSION


def take_down(row: ProposalSpeaker, at: datetime) -> None:
    """The speaker's entry is no longer shown in the programme, if there is one."""
    if row.speaker is not None and row.speaker.is_shown:
        withdraw_consent(by=WITHDRAWER, speaker=row.speaker, at=at)


def _changed(by: Actor, row: Proposal, what: str, at: datetime) -> None:
    audit.record(by, Trail.PROPOSAL_CHANGED, row, zone=ZONE, at=at, facts={"what": what})
    signal()
