"""What panel records in the audit log, and the only facts each entry may carry: codes and numbers, never
texts, never who a member is.
"""

from enum import StrEnum

ZONE = "panel"
MEMBERS_CHANNEL = "panel.members"
"""Renews the desk pages about members."""
FLAGS_CHANNEL = "panel.flags"
"""Renews the safeguarding queue."""
VOICE_CHANNEL = "panel.voice"
BALLOTS_CHANNEL = "panel.ballots"


class Trail(StrEnum):
    """Audit names, as subject:event."""

    # members
    NOMINATED = "panel_member:nominated"
    MOVED = "panel_member:moved"

    # voice

    # voting


T = Trail
FACTS: dict[Trail, set[str]] = {
    # members
    T.NOMINATED: {"by"},
    T.MOVED: {"to", "why"},
    # voice
    # voting
}
