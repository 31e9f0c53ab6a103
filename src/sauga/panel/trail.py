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


FACTS: dict[Trail, set[str]] = {
    # members
    Trail.NOMINATED: {"by"},
    Trail.MOVED: {"to", "why"},
    Trail.GUARDIAN_CONFIRMED: {"by"},
    Trail.GUARDIAN_ASKED: set(),
    Trail.CARD_GIVEN: set(),
    Trail.IDENTITY_OPENED: set(),
    Trail.ERASED: set(),
    Trail.FLAG_RAISED: {"kind"},
    Trail.FLAG_MOVED: {"to", "outcome"},
    Trail.FLAG_OPENED: set(),
    Trail.FLAG_STOOD_IN: set(),
    Trail.HELPLINE_TOLD: {"reach"},
    Trail.HELPLINE_MOVED: {"to", "outcome"},
    Trail.GUARDIAN_TOLD: {"by"},
    Trail.ACT_SEEN: {"n"},
    Trail.EXPORT_MOVED: {"to", "why"},
    # voice
    Trail.CYCLE_PLANNED: {"number"},
    Trail.CYCLE_CHANGED: {"number"},
    Trail.MEETING_MOVED: {"to"},
    Trail.PROPOSAL_STARTED: set(),
    Trail.PROPOSAL_MOVED: {"to"},
    Trail.AMENDMENT_MOVED: {"to"},
    Trail.CONTRIBUTION_MOVED: {"to", "kind"},
    Trail.ADDRESSEE_CHANGED: set(),
    Trail.LINK_RENEWED: set(),
    Trail.TERM_EXTENDED: set(),
    Trail.REMINDED: set(),
    Trail.QUESTION_ASKED: set(),
    Trail.QUESTION_ANSWERED: set(),
    Trail.ANSWER_NOTED: set(),
    Trail.ANSWER_PUBLISHED: set(),
    # voting
    Trail.BALLOT_WRITTEN: {"kind"},
    Trail.BALLOT_MOVED: {"to"},
    Trail.BALLOT_OPENED: {"kind", "n"},
    Trail.BALLOT_COUNTED: {"n"},
}
