"""What the line itself says in a conversation, as codes; each page words them in its reader's language."""

from enum import StrEnum

TYPING = "typing."
"""How a signal begins that says who types (followed by the author)."""


class Event(StrEnum):
    """`Message.event` of messages whose author is LINE."""

    JOINED = "JOINED"
    """A counsellor is here."""
    COUNSELLOR_GONE = "COUNSELLOR_GONE"
    """The counsellor's connection broke; the child stands first in the queue."""
    STILL_THERE = "STILL_THERE"
    """Nobody wrote for a while: are you still here?"""
    TRANSFER_ASKED = "TRANSFER_ASKED"
    """The counsellor would like to hand over to a colleague; the child may say no."""
    TRANSFER_REFUSED = "TRANSFER_REFUSED"
    """The child said no; the counsellor stays."""
    TRANSFER_OVER = "TRANSFER_OVER"
    """Nobody took the conversation in time, or the counsellor changed their mind; the counsellor stays."""
    TRANSFERRED = "TRANSFERRED"
    """A colleague goes on."""
    TAKEN_OVER = "TAKEN_OVER"
    """The shift lead goes on."""
    WANTS_ANOTHER = "WANTS_ANOTHER"
    """The child asked for another counsellor; the shift lead is told."""
    SHARE_ASKED = "SHARE_ASKED"
    """May something be shared with another service? What and with whom stands on the child's page."""
    SHARE_AGREED = "SHARE_AGREED"
    """The child said yes; it can be taken back until it was sent."""
    SHARE_REFUSED = "SHARE_REFUSED"
    """The child said no, or took the yes back."""


class Author(StrEnum):
    """`Message.author`."""

    CHILD = "CHILD"
    COUNSELLOR = "COUNSELLOR"
    LINE = "LINE"
