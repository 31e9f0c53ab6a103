"""Within a conversation: messages of both sides, read marks, who types, notes beside it, and the risk flag.

What an event does is decided by `rules/messages.decide`; these actions carry it out, one transaction each.
"""

from datetime import datetime

from django.db import transaction

from sauga.helpline.chat.actions.messages import (
    NothingToSay,
    TooLong,
    add,
    changed,
    clean,
    said_before,
    snapshot,
)
from sauga.helpline.chat.models import Conversation, Message, Whisper
from sauga.helpline.chat.queries.conversations import WHISPER, ZONE
from sauga.helpline.chat.rules.messages import (
    Also,
    ConversationOver,
    NotYours,
    Read,
    Send,
    Typing,
    author_of,
    decide,
)
from sauga.helpline.permissions import Permission
from sauga.helpline.states import TALKING, WAITING, ChatState
from sauga.helpline.trail import Trail
from sauga.helpline.volunteers.actions import owe_after_alert
from sauga.kernel import audit, ids, live, notifications, sealed
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.states import Actor, lock, move

__all__ = [
    "ConversationOver",
    "NotYours",
    "NothingToSay",
    "TooLong",
    "mark_read",
    "send_message",
    "set_risk",
    "signal_typing",
    "whisper",
]
BOARD = "/desk/helpline/board/"
RANK = {"NONE": 0, "SOME": 1, "HIGH": 2, "IMMEDIATE": 3}


def send_message(
    *, by: Actor, conversation: Conversation, key: sealed.DataKey, text: str, nonce: bytes, at: datetime
) -> Message:
    """Send a message: the child while waiting or talking, the owner while talking.

    The same nonce stores the same message once.

    Raises NothingToSay, TooLong, NotYours, ConversationOver.
    """
    person_id = _person(by)
    text = clean(text)
    with transaction.atomic():
        conversation = lock(conversation)
        before = said_before(conversation, nonce)
        effects = decide(
            snapshot(conversation), Send(person_id, before.number if before is not None else None)
        )
        if before is not None:
            return before
        if effects.also == Also.RESUME:
            move(conversation, to=ChatState.ACTIVE, by=by, at=at, why="BACK")
        elif effects.also == Also.TRIAGE:
            _judge_again(conversation, text)
        return add(conversation, author=author_of(person_id), key=key, text=text, nonce=nonce, at=at)


def _person(by: Actor) -> int | None:
    """The person at the desk, None for the child. Raises PermissionRefused for anybody else."""
    require(by, Permission.TALK if isinstance(by, PersonActor) else Permission.VISIT)
    return by.person_id if isinstance(by, PersonActor) else None


def _judge_again(conversation: Conversation, text: str) -> None:
    """What a child adds while waiting may raise its band, never lower it, nor what a person decided."""
    from sauga.helpline.line.rules import triage

    if conversation.band_by:
        return
    judged = triage.judge(text, conversation.language)
    if RANK[judged.band] > RANK[conversation.band]:
        conversation.band, conversation.band_rules = str(judged.band), list(judged.rules)
        conversation.save(update_fields=["band", "band_rules"])
        live.signal("helpline.queue")


def mark_read(*, by: Actor, conversation: Conversation, up_to: int, at: datetime) -> bool:
    """The child, or the owner, has read up to a number; whether that was news.

    Marks never go back and never past the last message.
    """
    person_id = _person(by)
    with transaction.atomic():
        conversation = lock(conversation)
        effects = decide(snapshot(conversation), Read(person_id, up_to))
        if effects.signal is not None:
            conversation.child_read, conversation.staff_read = (
                effects.after.child_read,
                effects.after.staff_read,
            )
            conversation.save(update_fields=["child_read", "staff_read"])
            live.signal(conversation.channel, effects.signal)
    return bool(effects.answer)


def signal_typing(*, by: Actor, conversation: Conversation) -> bool:
    """One side types: told to the other at once and kept nowhere; whether it was told.

    The typing of a colleague is not shown.
    """
    person_id = _person(by)
    effects = decide(snapshot(Conversation.objects.get(pk=conversation.pk)), Typing(person_id))
    if effects.signal is not None:
        live.signal(conversation.channel, effects.signal)
    return bool(effects.answer)


def whisper(
    *,
    by: PersonActor,
    conversation: Conversation,
    desk_key: sealed.DataKey,
    text: str,
    private: bool = False,
    at: datetime,
) -> Whisper:
    """A note beside the conversation, for its counsellor and the leads; a private one for its author alone.

    Raises NothingToSay, TooLong, NotYours.
    """
    require(by, Permission.TALK)
    text = clean(text)
    with transaction.atomic():
        conversation = lock(conversation)
        if conversation.owner_id != by.person_id:
            if not by.can(Permission.WHISPER):
                raise NotYours
            require(by, Permission.WHISPER, conversation)
        ref = ids.new_reference()
        body = sealed.seal(desk_key, table=WHISPER, row=ref, field="body", text=text)
        noted = Whisper.objects.create(
            ref=ref, conversation=conversation, author_id=by.person_id, is_private=private, body=body, at=at
        )
        live.signal(f"{conversation.channel}.desk", noted.pk)
    return noted


def set_risk(*, by: PersonActor, conversation: Conversation, band: str, at: datetime) -> Conversation:
    """Set the band by a person's judgement.

    HIGH and IMMEDIATE raise the flag; IMMEDIATE alerts the leads. Lowering is allowed.

    Raises NotYours, ConversationOver, ValueError for an unknown band.
    """
    require(by, Permission.TALK)
    if band not in RANK:
        raise ValueError("no such band")
    with transaction.atomic():
        conversation = lock(conversation)
        if conversation.owner_id != by.person_id and not by.can(Permission.LEAD_SHIFT):
            raise NotYours
        if conversation.state not in (*TALKING, *WAITING):
            raise ConversationOver
        is_new = (
            conversation.band != band
            or not conversation.is_escalated
            or not notifications.stands(conversation.channel)
        )
        conversation.band, conversation.band_by = band, by.pseudonym
        conversation.is_at_risk = RANK[band] >= RANK["HIGH"]
        conversation.is_escalated = conversation.is_escalated or band == "IMMEDIATE"
        conversation.save(update_fields=["band", "band_by", "is_at_risk", "is_escalated"])
        audit.record(by, Trail.CHAT_RISK_RAISED, conversation, zone=ZONE, at=at, facts={"band": band})
        if band == "IMMEDIATE" and is_new:
            link, context = f"/desk/helpline/board/{conversation.ref}/", {"ref": conversation.ref}
            notifications.raise_alert(
                by=by,
                kind="helpline.immediate",
                about=conversation.channel,
                context=context,
                link=link,
                at=at,
            )
            owe_after_alert(person_id=conversation.owner_id, at=at)
        changed(conversation)
    return conversation
