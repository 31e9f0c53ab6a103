"""When immediate danger waits and every counsellor is busy, the queue's order is not enough: the shift lead is alerted and takes it."""

from datetime import datetime

from sauga.helpline.models import Conversation, Duty
from sauga.helpline.queries.queue import in_hand
from sauga.kernel import notices
from sauga.kernel.states import Actor

BOARD = "/desk/helpline/board/"


def danger_waits(conversation: Conversation, *, by: Actor, at: datetime) -> bool:
    """Alert the leads to a conversation that has just queued; whether it was needed. Who is free gets it by "Next" at once.

    Whoever takes the conversation ends the alert (`queue`)."""
    if conversation.band != "IMMEDIATE" or _somebody_is_free():
        return False
    context = {"ref": conversation.ref}
    notices.raise_alert(by=by, kind="helpline.danger_waits", about=conversation.channel, context=context, link=BOARD, at=at)
    return True


def _somebody_is_free() -> bool:
    there = Duty.objects.present().filter(channels__contains=["CHAT"], is_on_break=False)
    return any(in_hand(duty.person_id) < min(1, duty.capacity) for duty in there.only("person_id", "capacity"))
