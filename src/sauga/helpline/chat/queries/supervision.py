"""One conversation as its shift lead may see it: notes always, the child's messages only
while listening in.
"""

from dataclasses import dataclass
from datetime import datetime

from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.queries.conversations import Said, Whispered, keys_at_desk, messages_after, whispers
from sauga.helpline.permissions import Permission
from sauga.helpline.volunteers.queries.volunteers import short_names
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.sealed import KeyNotAvailable

SHOWN = 60


@dataclass(frozen=True)
class Beside:
    """A whisper with its author's name."""

    who: str
    is_mine: bool
    text: str
    at: datetime


@dataclass(frozen=True)
class LeadView:
    """What the lead's page shows.

    `said` is None when the lead is not listening or the vault is shut; `beside` None when it is shut.
    """

    who: str
    listener: str
    since: datetime
    beside: tuple[Beside, ...] | None
    said: tuple[Said, ...] | None


def lead_view(*, by: PersonActor, conversation: Conversation) -> LeadView:
    """Open what may be opened with the lead's vault."""
    require(by, Permission.LEAD_SHIFT)
    beside: tuple[Beside, ...] | None = None
    said: tuple[Said, ...] | None = None
    names = short_names([conversation.owner_id, conversation.monitored_by_id])
    if by.vault is not None:
        try:
            key, desk_key = keys_at_desk(conversation, by.vault)
        except KeyNotAvailable:
            pass
        else:
            noted: list[Whispered] = [
                one for one in whispers(by, conversation, desk_key) if not one.is_private
            ]
            names |= short_names(one.author_id for one in noted)
            beside = tuple(
                Beside(names.get(one.author_id or 0, ""), one.author_id == by.person_id, one.text, one.at)
                for one in noted
            )
            if conversation.monitored_by_id == by.person_id:
                said = tuple(messages_after(conversation, key, max(conversation.last_number - SHOWN, 0)))
    since = conversation.taken_at or conversation.since or conversation.started_at
    return LeadView(
        names.get(conversation.owner_id or 0, ""),
        names.get(conversation.monitored_by_id or 0, ""),
        since,
        beside,
        said,
    )
