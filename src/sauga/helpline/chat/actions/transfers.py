"""Transfers a conversation to a colleague: with a context card, with the child's consent; the owner stays
until it is accepted.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.chat.actions.listening import end_listening
from sauga.helpline.chat.actions.messages import LONGEST, NothingToSay, TooLong, changed, tell
from sauga.helpline.chat.actions.queue import AtCapacity
from sauga.helpline.chat.models import Conversation, Transfer
from sauga.helpline.chat.queries.conversations import CARD, ZONE
from sauga.helpline.chat.queries.queue import in_hand
from sauga.helpline.chat.rules import time_limits
from sauga.helpline.chat.rules.events import Event
from sauga.helpline.chat.rules.messages import ConversationOver, NotYours
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.actions.duty import NotOnDuty
from sauga.helpline.rota.models import Duty
from sauga.helpline.rota.queries.duty import leads_present
from sauga.helpline.states import TALKING, ChatState
from sauga.helpline.trail import Trail
from sauga.kernel import audit, ids, notifications, sealed
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock, move

FIELDS = ("why", "story", "risk", "done", "next")
"""The five fields of the card: why it is handed over, what it is about, what is dangerous, what was done,
what would be next.
"""


class TransferOver(ActionRefused):
    """It was taken, refused or withdrawn already, or its time has passed."""

    message = _("It was taken, refused or withdrawn already.")


def offer_transfer(
    *,
    by: PersonActor,
    conversation: Conversation,
    desk_key: sealed.DataKey,
    card: Mapping[str, str],
    to: int | None = None,
    at: datetime,
) -> Transfer:
    """Offer the conversation to one colleague (`to`, a person's key) or to all; the child is told and may say
    no. Lasts 60 seconds.

    Raises NothingToSay when the card is empty, TooLong, NotYours, ConversationOver; MoveNotAllowed when one
    is offered already.
    """
    require(by, Permission.TALK)
    kept = {name: card.get(name, "").strip() for name in FIELDS}
    if not any(kept.values()):
        raise NothingToSay
    text = json.dumps(kept, ensure_ascii=False)
    if len(text) > LONGEST:
        raise TooLong
    with transaction.atomic():
        conversation = _own(by, conversation)
        ref = ids.new_reference()
        transfer = Transfer.objects.create(
            ref=ref,
            conversation=conversation,
            giver_id=by.person_id,
            taker_id=to,
            card=sealed.seal(desk_key, table=CARD, row=ref, field="card", text=text),
            at=at,
            until=at + time_limits.TRANSFER,
        )
        move(conversation, to=ChatState.TRANSFER_OFFERED, by=by, at=at)
        tell(conversation, Event.TRANSFER_ASKED, at)
        changed(conversation)
        return transfer


def answer_for_child(*, by: Actor, conversation: Conversation, agrees: bool, at: datetime) -> Transfer:
    """The child's own answer. A no ends the transfer and the counsellor stays. Raises TransferOver."""
    require(by, Permission.VISIT)
    with transaction.atomic():
        conversation = lock(conversation)
        transfer = _open(conversation)
        transfer.consent = "GIVEN" if agrees else "REFUSED"
        transfer.save(update_fields=["consent"])
        if agrees:
            changed(conversation)
            return transfer
        return _stay(conversation, transfer, by=by, outcome="REFUSED", event=Event.TRANSFER_REFUSED, at=at)


def withdraw_transfer(*, by: PersonActor, conversation: Conversation, at: datetime) -> Transfer:
    """Withdraw the transfer. Raises NotYours, ConversationOver, TransferOver."""
    require(by, Permission.TALK)
    with transaction.atomic():
        conversation = _own(by, conversation)
        return _stay(
            conversation, _open(conversation), by=by, outcome="WITHDRAWN", event=Event.TRANSFER_OVER, at=at
        )


def time_out(*, by: Actor, conversation: Conversation, at: datetime) -> bool:
    """No colleague took it in time: the old counsellor goes on. False when it was settled meanwhile."""
    require(by, Permission.SWEEP)
    with transaction.atomic():
        conversation = lock(conversation)
        transfer = Transfer.objects.filter(conversation=conversation, outcome="OPEN").order_by("-pk").first()
        if conversation.state != ChatState.TRANSFER_OFFERED or (transfer is not None and transfer.until > at):
            return False
        _stay(conversation, transfer, by=by, outcome="TIMED_OUT", event=Event.TRANSFER_OVER, at=at)
        return True


def take_transfer(*, by: PersonActor, transfer: Transfer, at: datetime) -> Conversation:
    """A colleague on duty takes it and is the owner from now on. Raises TransferOver,
    NotOnDuty, AtCapacity.
    """
    require(by, Permission.TALK)
    with transaction.atomic():
        conversation = lock(transfer.conversation)
        transfer = lock(transfer)
        over = (
            transfer.outcome != "OPEN"
            or transfer.until <= at
            or conversation.state != ChatState.TRANSFER_OFFERED
        )
        if over or conversation.owner_id == by.person_id or transfer.taker_id not in {None, by.person_id}:
            raise TransferOver
        _has_room(by)
        transfer.outcome, transfer.taker_id = "TAKEN", by.person_id
        transfer.save(update_fields=["outcome", "taker"])
        move(conversation, to=ChatState.ACTIVE, by=by, at=at, why="TRANSFERRED")
        conversation.owner_id, conversation.staff_seen_at = by.person_id, at
        end_listening(conversation, by=by, at=at)
        conversation.save(update_fields=["owner", "staff_seen_at"])
        tell(conversation, Event.TRANSFERRED, at)
        audit.record(
            by, Trail.CHAT_TRANSFERRED, conversation, zone=ZONE, at=at, facts={"consent": transfer.consent}
        )
        changed(conversation)
        return conversation


def ask_for_another(*, by: Actor, conversation: Conversation, at: datetime) -> Conversation:
    """The child would rather talk with another counsellor: the counsellor sees it and every lead on duty is
    told.

    Raises ConversationOver.
    """
    require(by, Permission.VISIT)
    with transaction.atomic():
        conversation = lock(conversation)
        if conversation.state not in TALKING:
            raise ConversationOver
        tell(conversation, Event.WANTS_ANOTHER, at)
        link = "/desk/helpline/board/"
        for lead in leads_present():
            notifications.notify(
                to=lead.person,
                template="helpline.wants_another",
                context={"ref": conversation.ref},
                link=link,
                at=at,
            )
        changed(conversation)
    return conversation


def _own(by: PersonActor, conversation: Conversation) -> Conversation:
    conversation = lock(conversation)
    if conversation.owner_id != by.person_id:
        raise NotYours
    if conversation.state not in TALKING:
        raise ConversationOver
    return conversation


def _open(conversation: Conversation) -> Transfer:
    transfer = Transfer.objects.filter(conversation=conversation, outcome="OPEN").order_by("-pk").first()
    if transfer is None or conversation.state != ChatState.TRANSFER_OFFERED:
        raise TransferOver
    return transfer


def _stay(
    conversation: Conversation,
    transfer: Transfer | None,
    *,
    by: Actor,
    outcome: str,
    event: Event,
    at: datetime,
) -> Transfer:
    assert transfer is not None
    transfer.outcome = outcome
    transfer.save(update_fields=["outcome"])
    move(conversation, to=ChatState.ACTIVE, by=by, at=at, why=outcome)
    tell(conversation, event, at)
    changed(conversation)
    return transfer


def _has_room(by: PersonActor) -> None:
    duty = Duty.objects.select_for_update().filter(person_id=by.person_id, ended_at__isnull=True).first()
    if duty is None or duty.is_on_break or "CHAT" not in duty.channels:
        raise NotOnDuty
    if in_hand(by.person_id) >= duty.capacity:
        raise AtCapacity
