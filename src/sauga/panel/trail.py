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
    GUARDIAN_CONFIRMED = "panel_member:guardian_confirmed"
    GUARDIAN_ASKED = "panel_member:guardian_asked"
    CARD_GIVEN = "panel_member:card_given"
    IDENTITY_OPENED = "panel_member:identity_opened"
    ERASED = "panel_member:erased"
    FLAG_RAISED = "panel_flag:raised"
    FLAG_MOVED = "panel_flag:moved"
    FLAG_OPENED = "panel_flag:opened"
    ACT_SEEN = "panel_adult_act:seen"
    EXPORT_MOVED = "panel_export:moved"

    # voice

    # voting
    BALLOT_WRITTEN = "panel_ballot:written"
    BALLOT_MOVED = "panel_ballot:moved"
    BALLOT_OPENED = "panel_ballot:opened"
    BALLOT_COUNTED = "panel_ballot:counted"


T = Trail
FACTS: dict[Trail, set[str]] = {
    # members
    T.NOMINATED: {"by"},
    T.MOVED: {"to", "why"},
    T.GUARDIAN_CONFIRMED: {"by"},
    T.GUARDIAN_ASKED: set(),
    T.CARD_GIVEN: set(),
    T.IDENTITY_OPENED: set(),
    T.ERASED: set(),
    T.FLAG_RAISED: {"kind"},
    T.FLAG_MOVED: {"to", "outcome"},
    T.FLAG_OPENED: set(),
    T.ACT_SEEN: {"n"},
    T.EXPORT_MOVED: {"to", "why"},
    # voice
    # voting
    T.BALLOT_WRITTEN: {"kind"},
    T.BALLOT_MOVED: {"to"},
    T.BALLOT_OPENED: {"kind", "n"},
    T.BALLOT_COUNTED: {"n"},
}
