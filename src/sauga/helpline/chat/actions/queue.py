"""Offers conversations to counsellors: the server picks, an offer lasts 30 seconds, declining
needs a reason.
"""

from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.chat.actions import attempts
from sauga.helpline.chat.actions.conversations import close_offers
from sauga.helpline.chat.actions.listening import end_listening
from sauga.helpline.chat.actions.messages import changed, tell
from sauga.helpline.chat.models import Conversation, Offer, Transfer
from sauga.helpline.chat.queries.conversations import ZONE
from sauga.helpline.chat.queries.queue import in_hand, next_in_queue, open_offer
from sauga.helpline.chat.rules import time_limits
from sauga.helpline.chat.rules.events import Event
from sauga.helpline.chat.rules.messages import ConversationMovedOn
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.actions.duty import NotOnDuty
from sauga.helpline.rota.models import Duty
from sauga.helpline.rota.queries.duty import leads_present
from sauga.helpline.states import TALKING, WAITING, ChatState
from sauga.helpline.trail import Trail
from sauga.helpline.volunteers.actions import owe_after_alert
from sauga.kernel import audit, live, notifications, vocab
from sauga.kernel.i18n.languages import DEFAULT
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused, ReasonMissing
from sauga.kernel.states import Actor, lock, move

BOARD = "/desk/helpline/board/"
TIMED_OUT = "RF_TIMEOUT"
HOME = [DEFAULT]
"""What somebody speaks of whom nothing else is known."""
BANDS = ("NONE", "SOME", "HIGH", "IMMEDIATE")


class AtCapacity(ActionRefused):
    """This person has as many conversations as allowed at once."""

    message = _("You have as many conversations as you can hold. Finish one first.")


class OfferOver(ActionRefused):
    """The offer was answered already, its time has passed, or the child has left."""

    message = _("The offer is over; the child kept the place and was given to somebody else.")


def next_contact(*, by: PersonActor, at: datetime) -> Offer | None:
    """Offer this person the next child, for 30 seconds; None when no child waits.

    Asked again before the answer, the same offer.

    Raises NotOnDuty, AtCapacity.
    """
    require(by, Permission.TALK)
    with transaction.atomic():
        duty = Duty.objects.select_for_update().filter(person_id=by.person_id, ended_at__isnull=True).first()
        if duty is None or duty.is_on_break or "CHAT" not in duty.channels:
            raise NotOnDuty
        if (offer := open_offer(by.person_id, at)) is not None:
            return offer
        if in_hand(by.person_id) >= duty.capacity:
            raise AtCapacity
        chosen = next_in_queue(person_id=by.person_id, languages=duty.languages or HOME, at=at)
        return None if chosen is None else _offer(Conversation.objects.get(pk=chosen), by=by, at=at)


def _offer(conversation: Conversation, *, by: PersonActor, at: datetime) -> Offer:
    move(conversation, to=ChatState.OFFERED, by=by, at=at)
    conversation.offered_to_id, conversation.offered_until = by.person_id, at + time_limits.OFFER
    conversation.save(update_fields=["offered_to", "offered_until"])
    offer = Offer.objects.create(
        conversation=conversation, person_id=by.person_id, at=at, until=conversation.offered_until
    )
    audit.record(by, Trail.CHAT_OFFERED, conversation, zone=ZONE, at=at)
    live.signal("helpline.queue")
    return offer


def _locked(offer: Offer) -> tuple[Conversation, Offer]:
    """Both rows, the conversation first as everywhere."""
    conversation = lock(cast(Conversation, offer.conversation))
    return conversation, lock(offer)


def _answerable(by: PersonActor, conversation: Conversation, offer: Offer) -> None:
    if offer.person_id != by.person_id or offer.answer != "OPEN" or conversation.state != ChatState.OFFERED:
        raise OfferOver


def accept_offer(*, by: PersonActor, offer: Offer, at: datetime) -> Conversation:
    """Accept the conversation; the child is told that a counsellor joined. Accepting twice changes nothing.
    Raises OfferOver.
    """
    require(by, Permission.TALK)
    with transaction.atomic():
        conversation, offer = _locked(offer)
        if (
            offer.answer == "ACCEPTED"
            and offer.person_id == by.person_id
            and conversation.owner_id == by.person_id
        ):
            return conversation
        _answerable(by, conversation, offer)
        if offer.until <= at:
            raise OfferOver
        offer.answer = "ACCEPTED"
        offer.save(update_fields=["answer"])
        return _take(conversation, by=by, at=at, event=Event.JOINED)


def _take(conversation: Conversation, *, by: PersonActor, at: datetime, event: Event) -> Conversation:
    move(conversation, to=ChatState.ACTIVE, by=by, at=at)
    first = conversation.taken_at is None
    conversation.taken_at = conversation.taken_at or at
    conversation.owner_id, conversation.staff_seen_at, conversation.last_word_at = by.person_id, at, at
    conversation.prompts = 0
    conversation.save(update_fields=["owner", "taken_at", "staff_seen_at", "last_word_at", "prompts"])
    close_offers(conversation)
    if first:
        attempts.taken(conversation)
    tell(conversation, event, at)
    audit.record(by, Trail.CHAT_TAKEN, conversation, zone=ZONE, at=at)
    notifications.end_alerts(by=by, about=conversation.channel, kinds=["helpline.danger_waits"], at=at)
    if conversation.band == "IMMEDIATE":
        owe_after_alert(person_id=by.person_id, at=at)
    live.signal("helpline.queue")
    return conversation


def refuse_offer(*, by: PersonActor, offer: Offer, reason: str, at: datetime) -> Conversation:
    """Decline the offer; the child keeps its position. Every third refusal of a duty is reported to the lead.

    Raises OfferOver, ReasonMissing.
    """
    require(by, Permission.TALK)
    if reason == TIMED_OUT or not vocab.has_term("refusal_reason", reason, at=at):
        raise ReasonMissing
    with transaction.atomic():
        conversation, offer = _locked(offer)
        _answerable(by, conversation, offer)
        return _back(conversation, offer, by=by, answer="REFUSED", reason=reason, at=at)


def time_out(*, by: Actor, offer: Offer, at: datetime) -> bool:
    """The offer was not answered in time: the conversation goes back to its place.

    False when the offer was answered meanwhile.
    """
    require(by, Permission.SWEEP)
    with transaction.atomic():
        conversation, offer = _locked(offer)
        if offer.answer != "OPEN" or offer.until > at or conversation.state != ChatState.OFFERED:
            return False
        _back(conversation, offer, by=by, answer="TIMED_OUT", reason=TIMED_OUT, at=at)
        return True


def _back(
    conversation: Conversation, offer: Offer, *, by: Actor, answer: str, reason: str, at: datetime
) -> Conversation:
    offer.answer, offer.reason = answer, reason
    offer.save(update_fields=["answer", "reason"])
    to = ChatState.QUEUED if conversation.taken_at is None else ChatState.REQUEUED_TOP
    move(conversation, to=to, by=by, at=at, why=reason)
    close_offers(conversation)
    audit.record(by, Trail.CHAT_REFUSED, conversation, zone=ZONE, at=at, facts={"reason": reason})
    _count_refusal(offer.person_id, at)
    live.signal("helpline.queue")
    return conversation


def _count_refusal(person_id: int, at: datetime) -> None:
    duty = Duty.objects.select_for_update().filter(person_id=person_id, ended_at__isnull=True).first()
    if duty is None:
        return
    duty.refusals += 1
    duty.save(update_fields=["refusals"])
    if duty.refusals % time_limits.REFUSALS_TOLD == 0:
        for lead in leads_present():
            notifications.notify(
                to=lead.person, template="helpline.refusals", context={"n": duty.refusals}, link=BOARD, at=at
            )


def change_order(
    *, by: PersonActor, conversation: Conversation, band: str, reason: str, at: datetime
) -> Conversation:
    """A lead gives a waiting child another band, with a reason (a code).

    Raises ReasonMissing, ConversationMovedOn, ValueError.
    """
    require(by, Permission.LEAD_SHIFT)
    if band not in BANDS:
        raise ValueError("no such band")
    if not reason:
        raise ReasonMissing
    with transaction.atomic():
        conversation = lock(conversation)
        if conversation.state not in WAITING:
            raise ConversationMovedOn
        conversation.band, conversation.band_by = band, by.pseudonym
        conversation.is_at_risk = band in {"HIGH", "IMMEDIATE"}
        conversation.save(update_fields=["band", "band_by", "is_at_risk"])
        audit.record(
            by,
            Trail.CHAT_ORDER_CHANGED,
            conversation,
            zone=ZONE,
            at=at,
            facts={"band": band, "reason": reason},
        )
        live.signal("helpline.queue")
    return conversation


def take_over(*, by: PersonActor, conversation: Conversation, reason: str, at: datetime) -> Conversation:
    """A lead takes over a conversation, also one from the queue. The child and the colleague are told.

    Raises ReasonMissing, ConversationMovedOn.
    """
    require(by, Permission.TAKE_OVER)
    if not reason:
        raise ReasonMissing
    with transaction.atomic():
        conversation = lock(conversation)
        if conversation.state not in (*WAITING, *TALKING):
            raise ConversationMovedOn
        if conversation.owner_id == by.person_id and conversation.state in TALKING:
            return conversation
        audit.record(by, Trail.CHAT_TAKEN_OVER, conversation, zone=ZONE, at=at, facts={"reason": reason})
        if conversation.state in TALKING:
            return _change_hands(conversation, by=by, at=at)
        if conversation.state != ChatState.OFFERED:
            move(conversation, to=ChatState.OFFERED, by=by, at=at, why="TAKEN_OVER")
        event = Event.JOINED if conversation.taken_at is None else Event.TAKEN_OVER
        return _take(conversation, by=by, at=at, event=event)


def _change_hands(conversation: Conversation, *, by: PersonActor, at: datetime) -> Conversation:
    """Change the owner from a counsellor to the lead during the conversation."""
    if conversation.state == ChatState.TRANSFER_OFFERED:
        move(conversation, to=ChatState.ACTIVE, by=by, at=at, why="TAKEN_OVER")
        Transfer.objects.filter(conversation=conversation, outcome="OPEN").update(outcome="ENDED")
    conversation.owner_id, conversation.staff_seen_at = by.person_id, at
    end_listening(conversation, by=by, at=at)
    conversation.save(update_fields=["owner", "staff_seen_at"])
    tell(conversation, Event.TAKEN_OVER, at)
    changed(conversation)
    return conversation
