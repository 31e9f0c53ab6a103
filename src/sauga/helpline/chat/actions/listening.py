"""The end of listening in, wherever it comes from: the lead, the time, another owner, or the end of the talk. Always with its seconds."""

from datetime import datetime

from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.queries.conversations import ZONE
from sauga.helpline.trail import Trail
from sauga.kernel import audit
from sauga.kernel.states import Actor


def hush(conversation: Conversation, *, by: Actor, at: datetime) -> bool:
    """Nobody listens to this locked conversation any more; whether somebody did."""
    if conversation.monitored_since is None:
        return False
    seconds = max(int((at - conversation.monitored_since).total_seconds()), 0)
    conversation.monitored_by = conversation.monitored_since = conversation.monitor_seen_at = None
    conversation.save(update_fields=["monitored_by", "monitored_since", "monitor_seen_at"])
    audit.record(by, Trail.CHAT_LISTENED, conversation, zone=ZONE, at=at, facts={"part": "END", "seconds": seconds})
    return True
