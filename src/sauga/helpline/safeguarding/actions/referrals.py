"""Referrals to other services: the child sees what is shared and agrees first; the service answers by a
deadline.

Counselling itself needs no consent but the child's (GDPR recital 38).
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.calls.models import Call
from sauga.helpline.chat.actions.messages import tell
from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.rules.events import Event
from sauga.helpline.letters.models import Letter
from sauga.helpline.permissions import Permission
from sauga.helpline.safeguarding.actions.concerns import NO_SERVICE, ProposalIncomplete
from sauga.helpline.safeguarding.models import HelpCase, Referral
from sauga.helpline.safeguarding.queries.referrals import referral_of_child
from sauga.helpline.safeguarding.rules import deadlines
from sauga.helpline.states import TALKING, ReferralState
from sauga.helpline.trail import Trail
from sauga.kernel import audit, live, notifications, sealed, vocab
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.sealed import VaultLocked
from sauga.kernel.states import Actor, SystemActor, lock, move

ZONE = sealed.Zone.HELPLINE
TABLE = "helpline.referral"
CHILD = SystemActor("child")
OPEN_TO_CHILD = (ReferralState.CONSENT_ASKED, ReferralState.CONSENTED)
"""While the child may still answer, or take the answer back."""


class NotYours(ActionRefused):
    """The child answers for the own conversation only."""

    message = _("Only the child of this conversation can answer this.")


class NobodyThere(ActionRefused):
    """The child is not in a conversation now: ask in words, and write down the answer."""

    message = _("The child is not in the conversation now. Ask in words and write down the answer.")


def suggest(
    *,
    by: PersonActor,
    target: str,
    words: str,
    clock: str = "",
    conversation: Conversation | None = None,
    letter: Letter | None = None,
    call: Call | None = None,
    case: HelpCase | None = None,
    at: datetime,
) -> Referral:
    """Prepare a referral: to whom, by which clock, and the fewest words the service needs.

    The words are sealed twice where there is a conversation, so that the child can read them before
    answering. Raises ProposalIncomplete, TextMissing, VaultLocked, KeyNotAvailable.
    """
    require(by, Permission.REFER)
    _check(target, clock)
    if not words.strip():
        raise TextMissing
    if by.vault is None:
        raise VaultLocked
    about: dict[str, Any] = {"conversation": conversation, "letter": letter, "call": call, "case": case}
    if not any(about.values()):
        raise ProposalIncomplete("conversation")
    with transaction.atomic():
        referral = Referral(**about, author_id=by.person_id, target=target, clock=clock, made_at=at)
        key = sealed.new_data_key(zone=ZONE, holder=referral.holder, recipients=[sealed.Recipient.TEAM])
        referral.words = sealed.seal(key, table=TABLE, row=referral.ref, field="words", text=words.strip())
        if conversation is not None:
            shared = sealed.open_data_key(zone=ZONE, holder=conversation.holder, opener=by.vault)
            referral.asked = sealed.seal(
                shared, table=TABLE, row=referral.ref, field="asked", text=words.strip()
            )
        referral.save(force_insert=True)
        referral.steps.create(track="state", before="", after=str(referral.state), at=at, by=by.pseudonym)
        _trail(by, referral, at)
        return referral


def ask_in_chat(*, by: PersonActor, referral: Referral, at: datetime) -> Referral:
    """Put the question before the child, in the conversation: the page shows what would be shared and two
    buttons. Raises NobodyThere.
    """
    require(by, Permission.REFER, referral)
    if referral.conversation is None:
        raise NobodyThere
    with transaction.atomic():
        conversation, referral = lock(referral.conversation), lock(referral)
        if conversation.state not in TALKING:
            raise NobodyThere
        _go(referral, ReferralState.CONSENT_ASKED, by=by, at=at)
        tell(conversation, Event.SHARE_ASKED, at)
        return referral


def record_answer(*, by: PersonActor, referral: Referral, agrees: bool, how: str, at: datetime) -> Referral:
    """Write down what the child answered in own words: `how` is WRITTEN or SPOKEN.

    Raises ProposalIncomplete.
    """
    require(by, Permission.REFER, referral)
    if how not in {"WRITTEN", "SPOKEN"}:
        raise ProposalIncomplete("how")
    with transaction.atomic():
        referral = lock(referral)
        if referral.state == ReferralState.SUGGESTED:
            _go(referral, ReferralState.CONSENT_ASKED, by=by, at=at)
        return _answer(by, referral, agrees, how, at)


def answer_of_child(*, by: Actor, conversation: Conversation, ref: str, agrees: bool, at: datetime) -> None:
    """`answer_for_child` for the reference of a post; one that is not of this conversation
    changes nothing.
    """
    if (referral := referral_of_child(conversation, ref)) is not None:
        answer_for_child(by=by, referral=referral, conversation=conversation, agrees=agrees, at=at)


def answer_for_child(
    *, by: Actor, referral: Referral, conversation: Conversation, agrees: bool, at: datetime
) -> Referral:
    """The child answers with the button, or takes a yes back before anything was sent.

    `conversation` is the one of the visit.

    Raises NotYours for a referral of another conversation.
    """
    require(by, Permission.VISIT)
    if referral.conversation_id != conversation.pk:
        raise NotYours
    with transaction.atomic():
        conversation, referral = lock(conversation), lock(referral)
        if referral.state == ReferralState.CONSENTED and not agrees:
            referral = _withdraw(by, referral, at)
        else:
            referral = _answer(by, referral, agrees, "IN_CHAT", at)
        if referral.author is not None:
            link = f"/desk/helpline/referrals/{referral.ref}/"
            notifications.notify(
                to=referral.author,
                template="helpline.referral_consent",
                context={"ref": referral.ref},
                link=link,
                at=at,
            )
        if conversation.state in TALKING:
            tell(conversation, Event.SHARE_AGREED if agrees else Event.SHARE_REFUSED, at)
        return referral


def withdraw(*, by: PersonActor, referral: Referral, at: datetime) -> Referral:
    """The child took the yes back, or it is no longer needed. Only until it was sent."""
    require(by, Permission.REFER, referral)
    with transaction.atomic():
        return _withdraw(by, lock(referral), at)


def send(*, by: PersonActor, referral: Referral, at: datetime) -> Referral:
    """The service has got the words; from here runs its clock."""
    require(by, Permission.REFER, referral)
    with transaction.atomic():
        referral = lock(referral)
        _go(referral, ReferralState.SENT, by=by, at=at)
        clock = vocab.term("legal_clock", referral.clock).extra if referral.clock else {}
        days = vocab.policy("policy.referral", at=at)["acknowledge_working_days"]
        referral.sent_at, referral.due_at = (
            at,
            deadlines.legal_due(clock, at) or deadlines.working_days_after(at, days),
        )
        referral.save(update_fields=["sent_at", "due_at"])
        return referral


def acknowledge(*, by: PersonActor, referral: Referral, at: datetime) -> Referral:
    """The service has taken it up; its clock stops."""
    return _step(by, referral, ReferralState.ACKNOWLEDGED, at)


def in_service(*, by: PersonActor, referral: Referral, at: datetime) -> Referral:
    """The service works with the child."""
    return _step(by, referral, ReferralState.IN_SERVICE, at)


def record_outcome(*, by: PersonActor, referral: Referral, outcome: str, at: datetime) -> Referral:
    """What came of it: a code of `referral_outcome`. Raises ProposalIncomplete."""
    if not vocab.has_term("referral_outcome", outcome):
        raise ProposalIncomplete("outcome")
    with transaction.atomic():
        referral = _step(by, referral, ReferralState.OUTCOME, at)
        referral.outcome = outcome
        referral.save(update_fields=["outcome"])
        return referral


def close(*, by: PersonActor, referral: Referral, at: datetime) -> Referral:
    """Nothing more is to be done."""
    with transaction.atomic():
        referral = _step(by, referral, ReferralState.CLOSED, at)
        return _closed(referral, at)


def _check(target: str, clock: str) -> None:
    if not vocab.has_term("referral_target", target) or target == NO_SERVICE:
        raise ProposalIncomplete("target")
    timed = bool(vocab.term("referral_target", target).extra.get("legal_clock"))
    if timed != vocab.has_term("legal_clock", clock) or (clock and not timed):
        raise ProposalIncomplete("clock")


def _answer(by: Actor, referral: Referral, agrees: bool, how: str, at: datetime) -> Referral:
    _go(referral, ReferralState.CONSENTED if agrees else ReferralState.DECLINED, by=by, at=at, why=how)
    referral.consent = how
    referral.save(update_fields=["consent"])
    return referral


def _withdraw(by: Actor, referral: Referral, at: datetime) -> Referral:
    _go(referral, ReferralState.WITHDRAWN, by=by, at=at)
    return referral


def _step(by: PersonActor, referral: Referral, to: ReferralState, at: datetime) -> Referral:
    require(by, Permission.REFER, referral)
    with transaction.atomic():
        referral = lock(referral)
        _go(referral, to, by=by, at=at)
        if to in {ReferralState.ACKNOWLEDGED, ReferralState.CLOSED}:
            referral.due_at = None
            referral.save(update_fields=["due_at"])
        return referral


def _closed(referral: Referral, at: datetime) -> Referral:
    referral.closed_at = at
    referral.save(update_fields=["closed_at"])
    return referral


def _go(referral: Referral, to: ReferralState, *, by: Actor, at: datetime, why: str = "") -> None:
    move(referral, to=to, by=by, at=at, why=why)
    _trail(by, referral, at)


def _trail(by: Actor, referral: Referral, at: datetime) -> None:
    audit.record(
        by,
        Trail.REFERRAL_MOVED,
        referral,
        zone=ZONE,
        at=at,
        facts={"to": referral.state, "target": referral.target},
    )
    live.signal("helpline.safety")
