"""What the child's pages need: which page a conversation is on, and the counsellor's name."""

from datetime import datetime, timedelta
from enum import StrEnum

from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.queries.conversations import open_transfer
from sauga.helpline.states import TALKING, WAITING, ChatState
from sauga.helpline.volunteers.models import Volunteer
from sauga.kernel.clock import VILNIUS

FOR_GOOD = {"END_QUICK_EXIT"}


class Page(StrEnum):
    """Which page a conversation is on, seen from the child."""

    BEFORE = "before"
    WAITING = "waiting"
    TALK = "talk"
    OVER = "over"
    LOST = "lost"
    LETTER = "letter"
    CLOSED = "closed"


PAGES: dict[str, Page] = {
    ChatState.PRECHAT: Page.BEFORE,
    ChatState.OUT_OF_HOURS: Page.CLOSED,
    ChatState.QUEUE_CLOSED: Page.LETTER,
    ChatState.ABANDONED: Page.LOST,
    ChatState.DROPPED: Page.LOST,
    **dict.fromkeys(WAITING, Page.WAITING),
    **dict.fromkeys(TALKING, Page.TALK),
    **dict.fromkeys(
        (ChatState.ENDED, ChatState.WRAP_UP, ChatState.CLOSED, ChatState.CLOSED_NONDATA), Page.OVER
    ),
}


def page_of(conversation: Conversation) -> Page:
    """The page of a conversation that the visit cookie leads to. Who lost their counsellor stays in the
    thread while standing first.
    """
    if conversation.ended_by == "END_LOST":
        return Page.LOST
    if conversation.state in WAITING and conversation.taken_at is not None:
        return Page.TALK
    return PAGES.get(conversation.state, Page.LOST)


def leads_back(conversation: Conversation, at: datetime, after_end: timedelta) -> bool:
    """Whether the visit cookie still leads to this conversation. After a quick exit only the receipt does,
    and likewise some time after any other end. Instants are rounded to the day when the record is closed; the
    browser's own term holds then.
    """
    if conversation.ended_by in FOR_GOOD or conversation.state in {
        ChatState.LETTER_INSTEAD,
        ChatState.PURGED,
    }:
        return False
    over = conversation.ended_at or conversation.closed_at
    if over is None:
        return True
    local = over.astimezone(VILNIUS)
    is_rounded = (local.hour, local.minute, local.second) == (0, 0, 0) or (
        over.hour,
        over.minute,
        over.second,
    ) == (0, 0, 0)
    return at - over < (timedelta(days=1) + after_end if is_rounded else after_end)


def counsellor_name(conversation: Conversation) -> str:
    """The name under which the child knows the counsellor; empty when none is there or they have none."""
    if conversation.owner_id is None:
        return ""
    alias = Volunteer.objects.filter(person_id=conversation.owner_id).values_list("alias", flat=True).first()
    return alias or ""


def asks_consent(conversation: Conversation) -> bool:
    """Whether the child is being asked, and has not answered yet, if a colleague may go on."""
    if conversation.state != ChatState.TRANSFER_OFFERED:
        return False
    transfer = open_transfer(conversation)
    return transfer is not None and transfer.consent == "ASKED"
