"""The life of a conversation from the child's side: begin, answer the first questions, join the queue, leave
it, end.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from sauga.helpline.chat.actions import attempts, timestamp_minimisation
from sauga.helpline.chat.actions.listening import end_listening
from sauga.helpline.chat.actions.messages import add, changed, clean, said_before
from sauga.helpline.chat.models import Conversation, Offer, Transfer
from sauga.helpline.chat.queries.conversations import ZONE, conversation_behind
from sauga.helpline.chat.queries.queue import in_hand
from sauga.helpline.chat.rules import time_limits
from sauga.helpline.chat.rules.events import Author
from sauga.helpline.chat.rules.messages import ConversationOver, NotYours
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.models import Duty
from sauga.helpline.states import LIVE, TALKING, ChatState
from sauga.helpline.trail import Trail
from sauga.kernel import audit, ids, live, notifications, sealed
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.states import Actor, MoveNotAllowed, lock, move

ATTEMPTS = 3  # a reference drawn by chance may be taken
LEFT_BEFORE, LEFT_SHORT, LEFT, LOST = "LEFT_PRECHAT", "LEFT_SHORT", "LEFT_QUEUE", "LOST_IN_QUEUE"
CHILD_ENDS = {"END_CHILD", "END_QUICK_EXIT"}
LINE_ENDS = {"END_IDLE", "END_LOST"}


def start_conversation(
    *, by: Actor, receipt: sealed.ReceiptKeys, language: str, audience: str, at: datetime
) -> Conversation:
    """Begin a conversation, in PRECHAT when the chat takes people in, else OUT_OF_HOURS.

    The same receipt: the same conversation.
    """
    require(by, Permission.VISIT)
    for left in reversed(range(ATTEMPTS)):  # pragma: no branch  it returns or raises
        conversation = Conversation(
            ref=ids.new_reference(),
            receipt=receipt.lookup,
            language=language,
            audience=audience,
            started_at=at,
            child_seen_at=at,
        )
        team = [sealed.Recipient.TEAM]
        words = sealed.prepare_data_key(
            zone=ZONE, holder=conversation.holder, recipients=team, receipt=receipt
        )
        desk = sealed.prepare_data_key(zone=ZONE, holder=conversation.desk_holder, recipients=team)
        try:
            with transaction.atomic():
                conversation.save(force_insert=True)
                sealed.store_keys([words, desk])
                return _open(conversation, by=by, at=at)
        except IntegrityError:
            stored = conversation_behind(receipt)
            if stored is not None:
                return stored
            if not left:
                raise
    raise AssertionError("unreachable")  # pragma: no cover


def _open(conversation: Conversation, *, by: Actor, at: datetime) -> Conversation:
    attempts.begin(conversation, at)
    audit.record(
        by,
        Trail.CHAT_STARTED,
        conversation,
        zone=ZONE,
        at=at,
        facts={"language": conversation.language, "audience": conversation.audience},
    )
    reason = closed_for(at)
    if not reason:
        move(conversation, to=ChatState.PRECHAT, by=by, at=at)
        return conversation
    move(conversation, to=ChatState.OUT_OF_HOURS, by=by, at=at, why=reason)
    attempts.settle(conversation, "DEFLECTED", reason)
    timestamp_minimisation.to_days(conversation, at)
    return conversation


def closed_for(at: datetime) -> str:
    """Why the chat is closed to new conversations now (an outcome reason), or "". Intake stops before the
    published hours end.
    """
    from sauga.helpline.rota.queries.opening_hours import opening

    state = opening("CHAT", at).state
    return {"OPEN": "", "FULL": "BUSY"}.get(str(state), "OUT_OF_HOURS")


def save_prechat(
    *,
    by: Actor,
    conversation: Conversation,
    mood: str = "",
    self_urgency: str = "",
    age_band: str = "",
    chip: str = "",
    at: datetime,
) -> Conversation:
    """Store the answers given before the first message. Raises ConversationOver when the queue was joined or
    left already.
    """
    require(by, Permission.VISIT)
    with transaction.atomic():
        conversation = lock(conversation)
        if conversation.state != ChatState.PRECHAT:
            raise ConversationOver
        conversation.mood_before, conversation.self_urgency, conversation.age_band, conversation.chip = (
            mood,
            self_urgency,
            age_band,
            chip,
        )
        conversation.child_seen_at = at
        conversation.save(update_fields=["mood_before", "self_urgency", "age_band", "chip", "child_seen_at"])
    return conversation


def enqueue(
    *, by: Actor, conversation: Conversation, key: sealed.DataKey, text: str, nonce: bytes, at: datetime
) -> Conversation:
    """Store the first message, triaged in memory and encrypted, and join the queue. The same nonce again
    changes nothing.

    Raises NothingToSay, TooLong, ConversationOver.
    """
    from sauga.helpline.line.rules import triage

    require(by, Permission.VISIT)
    text = clean(text)
    judged = triage.judge(
        text, conversation.language, self_urgency=conversation.self_urgency, chip=conversation.chip
    )
    with transaction.atomic():
        conversation = lock(conversation)
        if said_before(conversation, nonce):
            return conversation
        if conversation.state != ChatState.PRECHAT:
            raise ConversationOver
        add(conversation, author=Author.CHILD, key=key, text=text, nonce=nonce, at=at)
        conversation.band, conversation.band_rules, conversation.since = (
            str(judged.band),
            list(judged.rules),
            at,
        )
        conversation.save(update_fields=["band", "band_rules", "since"])
        move(conversation, to=ChatState.QUEUED, by=by, at=at)
        facts: dict[str, str | int] = {"band": str(judged.band), "rules": len(judged.rules)}
        audit.record(by, Trail.CHAT_QUEUED, conversation, zone=ZONE, at=at, facts=facts)
        danger_waits(conversation, by=by, at=at)
        live.signal("helpline.queue")
    return conversation


def leave_queue(
    *, by: Actor, conversation: Conversation, how: str, at: datetime, reason: str = ""
) -> Conversation:
    """Leave before a counsellor came: ABANDONED, LETTER_INSTEAD or QUEUE_CLOSED.

    Again, or once the talk is over, it changes nothing.

    `reason` is the outcome's reason when it is not told by the time waited (the line itself says
    LOST_IN_QUEUE). Raises MoveNotAllowed when a counsellor is there already.
    """
    require(by, Permission.SWEEP if how == ChatState.QUEUE_CLOSED or reason else Permission.VISIT)
    with transaction.atomic():
        conversation = lock(conversation)
        if conversation.state not in LIVE and not (
            conversation.state == ChatState.QUEUE_CLOSED and how == ChatState.LETTER_INSTEAD
        ):
            return conversation
        if conversation.taken_at is not None and how == ChatState.ABANDONED:
            return _end_requeued(conversation, by=by, how="END_CHILD", at=at)
        before = conversation.state
        move(conversation, to=how, by=by, at=at, why=reason)
        outcome, reason = (
            ("ABANDONED", reason or _left(conversation, before, at))
            if how == ChatState.ABANDONED
            else ("DEFLECTED", how)
        )
        close_offers(conversation)
        attempts.settle(conversation, outcome, reason)
        changed(conversation)
        audit.record(by, Trail.CHAT_ENDED, conversation, zone=ZONE, at=at, facts={"how": reason})
        timestamp_minimisation.to_days(conversation, at)
    return conversation


def _left(conversation: Conversation, before: str, at: datetime) -> str:
    if before == ChatState.PRECHAT or conversation.since is None:
        return LEFT_BEFORE
    return LEFT_SHORT if at - conversation.since < time_limits.SHORT else LEFT


def end_conversation(*, by: Actor, conversation: Conversation, how: str, at: datetime) -> Conversation:
    """End for good (a code of the vocabulary `ended_by`).

    A child who is still waiting leaves the queue; ending twice changes nothing.

    The child ends its own, the counsellor theirs (a lead on duty anybody's), the line idle and lost ones.
    Raises NotYours, and ConversationOver for a counsellor whose conversation has ended already.
    """
    _may_end(by, how)
    with transaction.atomic():
        conversation = lock(conversation)
        person = by if isinstance(by, PersonActor) else None
        if (
            person is not None
            and conversation.owner_id != person.person_id
            and not person.can(Permission.TAKE_OVER)
        ):
            raise NotYours
        if conversation.state not in LIVE:
            if person is not None:
                raise ConversationOver
            return conversation
        if conversation.state in TALKING:
            return _end(conversation, by=by, how=how, at=at)
        if conversation.taken_at is not None:
            return _end_requeued(conversation, by=by, how=how, at=at)
        if person is not None:
            raise MoveNotAllowed(conversation.state, ChatState.ENDED)
        return leave_queue(
            by=by,
            conversation=conversation,
            how=ChatState.ABANDONED,
            at=at,
            reason=LOST if how in LINE_ENDS else "",
        )


def _may_end(by: Actor, how: str) -> None:
    if how in CHILD_ENDS:
        require(by, Permission.VISIT)
    elif how in LINE_ENDS:
        require(by, Permission.SWEEP)
    elif how == "END_COUNSELLOR":
        require(by, Permission.TALK)
    else:
        raise ValueError("no such way to end")


def _end_requeued(conversation: Conversation, *, by: Actor, how: str, at: datetime) -> Conversation:
    """A conversation that lost its counsellor and is first in the queue, perhaps offered to the next one."""
    if conversation.state == ChatState.OFFERED:
        move(conversation, to=ChatState.REQUEUED_TOP, by=by, at=at, why="LEFT")
        close_offers(conversation)
    return _end(conversation, by=by, how=how, at=at)


def _end(conversation: Conversation, *, by: Actor, how: str, at: datetime) -> Conversation:
    lost = how == "END_LOST" and conversation.state != ChatState.ACTIVE
    move(conversation, to=ChatState.DROPPED if lost else ChatState.ENDED, by=by, at=at, why=how)
    conversation.ended_at, conversation.ended_by = at, how
    end_listening(conversation, by=by, at=at)
    conversation.save(update_fields=["ended_at", "ended_by"])
    Transfer.objects.filter(conversation=conversation, outcome="OPEN").update(outcome="ENDED")
    attempts.ended(conversation, at)
    audit.record(by, Trail.CHAT_ENDED, conversation, zone=ZONE, at=at, facts={"how": how})
    changed(conversation)
    return conversation


def close_offers(conversation: Conversation) -> None:
    """Close open offers of a conversation."""
    Offer.objects.filter(conversation=conversation, answer="OPEN").update(answer="GONE")
    conversation.offered_to = conversation.offered_until = None
    conversation.save(update_fields=["offered_to", "offered_until"])


BOARD = "/desk/helpline/board/"


def danger_waits(conversation: Conversation, *, by: Actor, at: datetime) -> bool:
    """Alert the leads to a conversation that has just queued; whether it was needed.

    Who is free gets it by "Next" at once.

    The counsellor who takes the conversation ends the alert (`queue`).
    """
    if conversation.band != "IMMEDIATE" or _somebody_is_free():
        return False
    context = {"ref": conversation.ref}
    notifications.raise_alert(
        by=by, kind="helpline.danger_waits", about=conversation.channel, context=context, link=BOARD, at=at
    )
    return True


def _somebody_is_free() -> bool:
    there = Duty.objects.present().filter(channels__contains=["CHAT"], is_on_break=False)
    return any(
        in_hand(duty.person_id) < min(1, duty.capacity) for duty in there.only("person_id", "capacity")
    )
