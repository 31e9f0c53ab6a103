"""When immediate danger waits and every counsellor is busy, the order of the queue is not enough: the shift lead is told and takes it."""

from datetime import datetime

from sauga.helpline.models import Conversation, Duty
from sauga.helpline.queries.queue import in_hand, leads_present
from sauga.kernel import notices

BOARD = "/desk/helpline/board/"


def danger_waits(conversation: Conversation, at: datetime) -> bool:
    """Tell the leads on duty about a conversation that has just queued; whether it was needed. Who is free gets it by "Next" at once."""
    if conversation.band != "IMMEDIATE" or _somebody_is_free():
        return False
    for lead in leads_present():
        notices.notify(to=lead.person, template="helpline.danger_waits", context={"ref": conversation.ref}, link=BOARD, urgent=True, at=at)
    return True


def _somebody_is_free() -> bool:
    there = Duty.objects.present().filter(channels__contains=["CHAT"], is_on_break=False)
    return any(in_hand(duty.person_id) < min(1, duty.capacity) for duty in there.only("person_id", "capacity"))
