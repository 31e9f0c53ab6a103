"""The shift lead and a conversation: called by the counsellor, or listening in if the policy allows it;
always visible and logged.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.helpline.chat.actions import queue
from sauga.helpline.chat.actions.listening import end_listening
from sauga.helpline.chat.actions.messages import changed
from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.queries.conversations import ZONE
from sauga.helpline.chat.rules import time_limits
from sauga.helpline.chat.rules.messages import ConversationMovedOn, ConversationOver, NotYours
from sauga.helpline.permissions import Permission
from sauga.helpline.states import TALKING
from sauga.helpline.trail import Trail
from sauga.kernel import audit, live, notifications, vocab
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused, ReasonMissing
from sauga.kernel.states import Actor, SystemActor, lock

BOARD = "/desk/helpline/board/"
QUEUE = SystemActor("queue")


class ListeningOff(ActionRefused):
    """The policy of this line does not allow listening in."""

    message = _("Listening in is switched off at this line.")


class ListenedAlready(ActionRefused):
    """Another lead is listening in; one at a time."""

    message = _("A colleague is listening already.")


def listen_in(*, by: PersonActor, conversation: Conversation, at: datetime) -> Conversation:
    """Begin to listen in. The counsellor sees it at once and it is logged; it ends by itself after the
    policy's minutes.

    Raises ListeningOff, ListenedAlready, ConversationMovedOn.
    """
    require(by, Permission.LISTEN_IN, conversation)
    if not vocab.policy("policy.listening", at=at)["allowed"]:
        raise ListeningOff
    with transaction.atomic():
        conversation = lock(conversation)
        if conversation.state not in TALKING or conversation.owner_id == by.person_id:
            raise ConversationMovedOn
        if conversation.monitored_by_id == by.person_id:
            return conversation
        if conversation.monitored_by_id is not None:
            raise ListenedAlready
        conversation.monitored_by_id, conversation.monitored_since, conversation.monitor_seen_at = (
            by.person_id,
            at,
            at,
        )
        conversation.save(update_fields=["monitored_by", "monitored_since", "monitor_seen_at"])
        audit.record(by, Trail.CHAT_LISTENED, conversation, zone=ZONE, at=at, facts={"part": "BEGIN"})
        notifications.acknowledge_about(by=by, about=conversation.channel, at=at)
        changed(conversation)
        return conversation


def stop_listening(*, by: Actor, conversation: Conversation, at: datetime) -> Conversation:
    """End it, with its seconds in the trail.

    A lead ends their own listening, the sweep that of any lead; nothing happens when no lead listens.
    """
    require(by, Permission.SWEEP if isinstance(by, SystemActor) else Permission.LISTEN_IN, conversation)
    with transaction.atomic():
        conversation = lock(conversation)
        mine = not isinstance(by, PersonActor) or conversation.monitored_by_id == by.person_id
        if mine and end_listening(conversation, by=by, at=at):
            changed(conversation)
        return conversation


def still_listening(*, by: PersonActor, ref: str, at: datetime) -> None:
    """The page on which a lead listens is open; writes at most every few seconds.

    Of a conversation that is not listened to, nothing.
    """
    require(by, Permission.LISTEN_IN)
    rows = Conversation.objects.filter(ref=ref, monitored_by_id=by.person_id)
    rows.filter(monitor_seen_at__lte=at - time_limits.SEEN_EVERY).update(monitor_seen_at=at)


def sweep_listening(*, at: datetime) -> int:
    """End what was forgotten: the lead's page is gone, or the policy's minutes are over. (The end of the
    talk, or another owner, ends it at once.)
    """
    most = timedelta(minutes=int(vocab.policy("policy.listening", at=at)["most_minutes"]))
    gone = Q(monitor_seen_at__isnull=True) | Q(monitor_seen_at__lte=at - time_limits.GONE)
    due = Conversation.objects.filter(Q(monitored_since__lte=at - most) | gone, monitored_since__isnull=False)
    return len([stop_listening(by=QUEUE, conversation=row, at=at) for row in due.order_by("pk")[:200]])


def take_over(*, by: PersonActor, conversation: Conversation, reason: str, at: datetime) -> Conversation:
    """Take the conversation over, with a reason of the list; listening in ends. Raises ReasonMissing,
    ConversationOver.
    """
    if not vocab.has_term("takeover_reason", reason, at=at):
        raise ReasonMissing
    with transaction.atomic():
        require(by, Permission.TAKE_OVER)
        notifications.acknowledge_about(by=by, about=conversation.channel, at=at)
        return queue.take_over(by=by, conversation=conversation, reason=reason, at=at)


def change_order(
    *, by: PersonActor, conversation: Conversation, band: str, reason: str, at: datetime
) -> Conversation:
    """Change the band of a waiting conversation, with a reason of the list. Raises ReasonMissing,
    ConversationOver, ValueError.
    """
    if not vocab.has_term("order_reason", reason, at=at):
        raise ReasonMissing
    return queue.change_order(by=by, conversation=conversation, band=band, reason=reason, at=at)


def call_lead(*, by: PersonActor, conversation: Conversation, at: datetime) -> Conversation:
    """Alert the leads for a counsellor; the board shows it until one has come. Raises NotYours,
    ConversationOver.
    """
    require(by, Permission.TALK, conversation)
    with transaction.atomic():
        conversation = lock(conversation)
        if conversation.owner_id != by.person_id:
            raise NotYours
        if conversation.state not in TALKING:
            raise ConversationOver
        if not conversation.is_escalated:
            _escalate(conversation, True)
        link, context = f"{BOARD}{conversation.ref}/", {"ref": conversation.ref}
        notifications.raise_alert(
            by=by, kind="helpline.lead_called", about=conversation.channel, context=context, link=link, at=at
        )
        return conversation


def answer_call(*, by: PersonActor, conversation: Conversation, at: datetime) -> Conversation:
    """A lead has come: the counsellor sees it and the call leaves the board."""
    require(by, Permission.LEAD_SHIFT, conversation)
    with transaction.atomic():
        conversation = lock(conversation)
        if conversation.is_escalated:
            _escalate(conversation, False)
        notifications.acknowledge_about(by=by, about=conversation.channel, at=at)
        return conversation


def _escalate(conversation: Conversation, is_escalated: bool) -> None:
    conversation.is_escalated = is_escalated
    conversation.save(update_fields=["is_escalated"])
    changed(conversation)
    live.signal("helpline.queue")
