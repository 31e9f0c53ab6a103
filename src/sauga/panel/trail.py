"""What panel records in the audit log, and the only facts each entry may carry: codes and numbers, never
texts, never who a member is.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

ZONE = "panel"
MEMBERS_CHANNEL = "panel.members"
"""Renews the desk pages about members."""
FLAGS_CHANNEL = "panel.flags"
"""Renews the safeguarding queue."""
VOICE_CHANNEL = "panel.voice"
BALLOTS_CHANNEL = "panel.ballots"


class Trail(TextChoices):
    """Audit names, as subject:event."""

    # members
    NOMINATED = "panel_member:nominated", _("Member of the panel nominated")
    MOVED = "panel_member:moved", _("State of the member of the panel changed")
    GUARDIAN_CONFIRMED = "panel_member:guardian_confirmed", _("Guardian's consent confirmed")
    GUARDIAN_ASKED = "panel_member:guardian_asked", _("Guardian of the member asked")
    CARD_GIVEN = "panel_member:card_given", _("Card of the member of the panel given")
    IDENTITY_OPENED = "panel_member:identity_opened", _("Identity of the member opened")
    ERASED = "panel_member:erased", _("Data of the member erased")
    FLAG_RAISED = "panel_flag:raised", _("Worry about a member raised")
    FLAG_MOVED = "panel_flag:moved", _("State of the worry changed")
    FLAG_OPENED = "panel_flag:opened", _("Worry about a member opened")
    FLAG_STOOD_IN = "panel_flag:stood_in", _("Somebody stood in for the safeguarding lead")
    HELPLINE_TOLD = "panel_flag:helpline_told", _("Helpline told of the worry")
    HELPLINE_MOVED = "panel_flag:helpline_moved", _("State of the worry at the helpline changed")
    GUARDIAN_TOLD = "panel_member:guardian_told", _("Guardian of the member told")
    ACT_SEEN = "panel_adult_act:seen", _("What adults did was looked at")
    EXPORT_MOVED = "panel_export:moved", _("State of the panel's export changed")

    # voice
    CYCLE_PLANNED = "panel_cycle:planned", _("Cycle of the panel planned")
    CYCLE_CHANGED = "panel_cycle:changed", _("Cycle of the panel changed")
    MEETING_MOVED = "panel_meeting:moved", _("State of the meeting changed")
    PROPOSAL_STARTED = "panel_proposal:started", _("Proposal of the panel started")
    PROPOSAL_MOVED = "panel_proposal:moved", _("State of the panel's proposal changed")
    AMENDMENT_MOVED = "panel_amendment:moved", _("State of the amendment changed")
    CONTRIBUTION_MOVED = "panel_contribution:moved", _("State of the contribution changed")
    ADDRESSEE_CHANGED = "panel_addressee:changed", _("Addressee changed")
    LINK_RENEWED = "panel_proposal:link_renewed", _("Link of the addressee renewed")
    TERM_EXTENDED = "panel_proposal:term_extended", _("Time to answer extended")
    REMINDED = "panel_proposal:reminded", _("Addressee reminded")
    QUESTION_ASKED = "panel_proposal:question_asked", _("Question asked by the addressee")
    QUESTION_ANSWERED = "panel_proposal:question_answered", _("Question of the addressee answered")
    ANSWER_NOTED = "panel_answer:noted", _("Answer of the addressee noted")
    ANSWER_PUBLISHED = "panel_answer:published", _("Answer of the addressee published")

    # voting
    BALLOT_WRITTEN = "panel_ballot:written", _("Ballot written")
    BALLOT_MOVED = "panel_ballot:moved", _("State of the ballot changed")
    BALLOT_OPENED = "panel_ballot:opened", _("Ballot opened")
    BALLOT_COUNTED = "panel_ballot:counted", _("Ballot counted")


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
