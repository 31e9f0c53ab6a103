"""Opens a closed conversation once more for the counsellor who had it, for a reason that the
audit log keeps.
"""

from datetime import datetime

from django.db import transaction

from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.queries.conversations import ZONE
from sauga.helpline.chat.rules.messages import ConversationOver, NotYours
from sauga.helpline.chat.rules.prompts import OPENING_REASONS
from sauga.helpline.permissions import Permission
from sauga.helpline.states import ChatState
from sauga.helpline.trail import Trail
from sauga.kernel import audit
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ReasonMissing

CLOSED = (ChatState.CLOSED, ChatState.CLOSED_NONDATA)


def open_closed(*, by: PersonActor, conversation: Conversation, reason: str, at: datetime) -> Conversation:
    """Open one's own closed conversation for a reason; the trail keeps who and why. Raises NotYours,
    ReasonMissing, ConversationOver for one that is not closed.
    """
    require(by, Permission.TALK)
    if conversation.owner_id != by.person_id:
        raise NotYours
    if reason not in OPENING_REASONS:
        raise ReasonMissing
    if conversation.state not in CLOSED:
        raise ConversationOver
    with transaction.atomic():
        audit.record(by, Trail.CHAT_OPENED, conversation, zone=ZONE, at=at, facts={"reason": reason})
    return conversation
