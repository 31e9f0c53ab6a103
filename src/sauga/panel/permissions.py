"""Who may do what with the panel. Roles are data; these are their defaults.

Members, guardians and addressees hold no permission of staff: actions ask whose account or whose link it is.
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from sauga.kernel.members.rules import Permission as AccountPermission


class Permission(StrEnum):
    """What a role may allow."""

    # members
    SEE_MEMBERS = "panel.see_members"
    MANAGE_MEMBERS = "panel.manage_members"
    OPEN_IDENTITY = "panel.open_identity"
    ADVANCE_MEMBERS = "panel.advance_members"
    # safeguarding
    ANSWER_FLAGS = "panel.answer_flags"
    SEE_ADULT_ACTS = "panel.see_adult_acts"
    SEE_PATTERNS = "panel.see_patterns"
    SEE_EXPORTS = "panel.see_exports"
    ASK_EXPORT = "panel.ask_export"
    APPROVE_EXPORT = "panel.approve_export"
    EDIT_ALERTS = "panel.edit_alerts"
    RAISE_FLAG = "panel.raise_flag"
    STAND_IN = "panel.stand_in"
    FOLLOW_REFERRAL = "panel.follow_referral"
    # voice
    SEE_VOICE = "panel.see_voice"
    RUN_CYCLES = "panel.run_cycles"
    MODERATE = "panel.moderate"
    SEND_TO_ADDRESSEE = "panel.send_to_addressee"
    PUBLISH_ANSWER = "panel.publish_answer"
    ADVANCE_VOICE = "panel.advance_voice"
    # voting
    SEE_BALLOTS = "panel.see_ballots"
    RUN_BALLOTS = "panel.run_ballots"
    SEE_GROUPS = "panel.see_groups"
    COUNT_BALLOTS = "panel.count_ballots"
    # all
    SEE_FIGURES = "panel.see_figures"


FACILITATOR, LEAD, STAND_IN = "PANEL_FACILITATOR", "PANEL_SAFEGUARDING_LEAD", "COORDINATOR"
"""Who runs the panel; who answers what concerns an adult of the panel; and who does it where no lead can."""
MEMBERS = {Permission.SEE_MEMBERS, Permission.MANAGE_MEMBERS, Permission.OPEN_IDENTITY}
SAFEGUARDING = {Permission.ANSWER_FLAGS, Permission.SEE_ADULT_ACTS}
VOICE = {
    Permission.SEE_VOICE,
    Permission.RUN_CYCLES,
    Permission.MODERATE,
    Permission.SEND_TO_ADDRESSEE,
    Permission.PUBLISH_ANSWER,
}
VOTING = {Permission.SEE_BALLOTS, Permission.RUN_BALLOTS, Permission.SEE_GROUPS}
ROLES: dict[str, set[Permission]] = {
    "PANEL_FACILITATOR": {*MEMBERS, *SAFEGUARDING, *VOICE, *VOTING, Permission.SEE_FIGURES},
    "PANEL_SAFEGUARDING_LEAD": {
        *MEMBERS,
        *SAFEGUARDING,
        Permission.SEE_PATTERNS,
        Permission.SEE_EXPORTS,
        Permission.ASK_EXPORT,
        Permission.APPROVE_EXPORT,
        Permission.EDIT_ALERTS,
        Permission.SEE_VOICE,
        Permission.MODERATE,
        Permission.SEE_BALLOTS,
        Permission.SEE_FIGURES,
    },
    "COORDINATOR": {*SAFEGUARDING, Permission.STAND_IN},
    "DATA_PROTECTION_OFFICER": {Permission.SEE_EXPORTS, Permission.APPROVE_EXPORT},
    "AWARENESS_STATISTICIAN": {Permission.SEE_FIGURES},
}
TWO_PEOPLE = {
    Permission.MANAGE_MEMBERS,
    Permission.RUN_BALLOTS,
    Permission.ANSWER_FLAGS,
    Permission.SEE_ADULT_ACTS,
    Permission.ASK_EXPORT,
    Permission.APPROVE_EXPORT,
}
"""Who grants these roles decides which adults meet children."""
LABELS: dict[str, dict[str, str]] = {
    "PANEL_FACILITATOR": {"lt": "Jaunimo tarybos koordinatorius", "en": "Youth panel facilitator"},
    "PANEL_SAFEGUARDING_LEAD": {
        "lt": "Atsakingas už jaunimo tarybos narių saugumą",
        "en": "Youth panel safeguarding lead",
    },
}
SYSTEM: dict[str, set[StrEnum]] = {
    "panel": {
        Permission.ADVANCE_MEMBERS,
        Permission.ADVANCE_VOICE,
        Permission.COUNT_BALLOTS,
        Permission.RAISE_FLAG,
        Permission.FOLLOW_REFERRAL,
        AccountPermission.INVITE_YOUNG,
    },
}
"""What jobs may do, by the name of their SystemActor."""
WORDING = {
    # members
    Permission.SEE_MEMBERS: _("See the members of the youth panel by their pseudonyms"),
    Permission.MANAGE_MEMBERS: _(
        "Nominate, welcome and pause members of the youth panel, and give sign-in cards"
    ),
    Permission.OPEN_IDENTITY: _("Open who a member of the youth panel is"),
    Permission.ANSWER_FLAGS: _("Answer when a member says that something is wrong"),
    Permission.SEE_ADULT_ACTS: _("See what adults did in the youth panel"),
    Permission.SEE_PATTERNS: _("See whether one adult deals with one child unusually often"),
    Permission.SEE_EXPORTS: _("See which records of the youth panel were asked for"),
    Permission.ASK_EXPORT: _("Ask for the records of the youth panel for an inquiry"),
    Permission.APPROVE_EXPORT: _("Approve the records for an inquiry that somebody else asked for"),
    Permission.STAND_IN: _("Stand in for the safeguarding lead of the youth panel"),
    Permission.EDIT_ALERTS: _("Change whom an alert of the youth panel calls"),
    # voice
    Permission.SEE_VOICE: _("See meetings, topics and proposals of the youth panel"),
    Permission.RUN_CYCLES: _("Plan cycles and meetings of the youth panel"),
    Permission.MODERATE: _("Read what members write before it is published"),
    Permission.SEND_TO_ADDRESSEE: _("Send proposals of the youth panel to those who must answer"),
    Permission.PUBLISH_ANSWER: _("Publish answers to the youth panel"),
    # voting
    Permission.SEE_BALLOTS: _("See ballots of the youth panel and their results"),
    Permission.RUN_BALLOTS: _("Write, open and close ballots of the youth panel"),
    Permission.SEE_GROUPS: _("See groups of opinion in the youth panel"),
    # all
    Permission.SEE_FIGURES: _("See figures of the youth panel"),
}
"""What each permission lets people do."""
