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
    FLAG_STOOD_IN = "panel_flag:stood_in"
    HELPLINE_TOLD = "panel_flag:helpline_told"
    HELPLINE_MOVED = "panel_flag:helpline_moved"
    GUARDIAN_TOLD = "panel_member:guardian_told"
    ACT_SEEN = "panel_adult_act:seen"
    EXPORT_MOVED = "panel_export:moved"

    # voice
    CYCLE_PLANNED = "panel_cycle:planned"
    CYCLE_CHANGED = "panel_cycle:changed"
    MEETING_MOVED = "panel_meeting:moved"
    PROPOSAL_STARTED = "panel_proposal:started"
    PROPOSAL_MOVED = "panel_proposal:moved"
    AMENDMENT_MOVED = "panel_amendment:moved"
    CONTRIBUTION_MOVED = "panel_contribution:moved"
    ADDRESSEE_CHANGED = "panel_addressee:changed"
    LINK_RENEWED = "panel_proposal:link_renewed"
    TERM_EXTENDED = "panel_proposal:term_extended"
    REMINDED = "panel_proposal:reminded"
    QUESTION_ASKED = "panel_proposal:question_asked"
    QUESTION_ANSWERED = "panel_proposal:question_answered"
    ANSWER_NOTED = "panel_answer:noted"
    ANSWER_PUBLISHED = "panel_answer:published"

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
    T.FLAG_STOOD_IN: set(),
    T.HELPLINE_TOLD: {"reach"},
    T.HELPLINE_MOVED: {"to", "outcome"},
    T.GUARDIAN_TOLD: {"by"},
    T.ACT_SEEN: {"n"},
    T.EXPORT_MOVED: {"to", "why"},
    # voice
    T.CYCLE_PLANNED: {"number"},
    T.CYCLE_CHANGED: {"number"},
    T.MEETING_MOVED: {"to"},
    T.PROPOSAL_STARTED: set(),
    T.PROPOSAL_MOVED: {"to"},
    T.AMENDMENT_MOVED: {"to"},
    T.CONTRIBUTION_MOVED: {"to", "kind"},
    T.ADDRESSEE_CHANGED: set(),
    T.LINK_RENEWED: set(),
    T.TERM_EXTENDED: set(),
    T.REMINDED: set(),
    T.QUESTION_ASKED: set(),
    T.QUESTION_ANSWERED: set(),
    T.ANSWER_NOTED: set(),
    T.ANSWER_PUBLISHED: set(),
    # voting
    T.BALLOT_WRITTEN: {"kind"},
    T.BALLOT_MOVED: {"to"},
    T.BALLOT_OPENED: {"kind", "n"},
    T.BALLOT_COUNTED: {"n"},
}
