"""The end of listening in, however it comes about. The audit log always keeps for how many seconds a lead
listened.
"""

from datetime import datetime

from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.queries.conversations import ZONE
from sauga.helpline.trail import Trail
from sauga.kernel import audit
from sauga.kernel.states import Actor


def end_listening(conversation: Conversation, *, by: Actor, at: datetime) -> bool:
    """End listening in on a locked conversation; whether anybody was listening."""
    if conversation.monitored_since is None:
        return False
    seconds = max(int((at - conversation.monitored_since).total_seconds()), 0)
    conversation.monitored_by = conversation.monitored_since = conversation.monitor_seen_at = None
    conversation.save(update_fields=["monitored_by", "monitored_since", "monitor_seen_at"])
    audit.record(
        by, Trail.CHAT_LISTENED, conversation, zone=ZONE, at=at, facts={"part": "END", "seconds": seconds}
    )
    return True
