"""What reasons, kinds and the acts of adults are called, by code."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.panel.members.rules import purposes

PAUSED_WHY = {
    purposes.ASK_AGAIN: _("Turned 14 and has not answered yet"),
    purposes.OWN_WISH: _("The member’s own wish"),
    purposes.FACILITATOR: _("Agreed with the facilitator"),
    purposes.SAFETY: _("For safety"),
}
KINDS = {
    "BUTTON": _("“Something is wrong”"),
    "RISK_WORDS": _("Words of risk in a text"),
}
OUTCOMES = {
    "TALKED": _("Talked with the member"),
    "HELPLINE": _("The member told the helpline"),
    "SCHOOL": _("The school and child protection were informed"),
    "POLICE": _("The police were informed"),
    "NOTHING_WRONG": _("Nothing is wrong"),
}
HELPLINE_OUTCOMES = {
    "TAKEN": _("somebody helps now"),
    "TALKED": _("they called and talked"),
    "CAME_SELF": _("the member called or wrote"),
    "NOT_REACHED": _("they called and reached nobody"),
    "NOT_NEEDED": _("nothing more is needed"),
}
"""What the helpline answers, by its codes."""
EXPORT_REASONS = {
    "POLICE": _("The police ask"),
    "CHILD_PROTECTION": _("Child protection asks"),
    "INTERNAL": _("An inquiry of the centre"),
    "COURT": _("A court asks"),
}
PATTERNS = {
    "OFTEN": _("Much more often with this member than with others"),
    "LATE": _("Late in the evening or at night, several times"),
    "IDENTITY": _("Opened who the member is more than once"),
}
ACTS: dict[str, Any] = {
    "NOMINATED": _("Nominated a member"),
    "CONFIRMED_GUARDIAN": _("Confirmed the guardian for the school"),
    "ASKED_GUARDIAN": _("Sent the guardian a link"),
    "GAVE_CARD": _("Gave a sign-in card"),
    "OPENED_IDENTITY": _("Opened who a member is"),
    "MOVED_CONSENTING": _("Asked for consent"),
    "MOVED_ACTIVE": _("Welcomed or brought back a member"),
    "MOVED_PAUSED": _("Paused a member"),
    "MOVED_LEFT": _("Ended a membership"),
    "OPENED_FLAG": _("Read what a member wrote about something wrong"),
    "FLAG_TAKEN": _("Took a flag"),
    "FLAG_OPEN": _("Gave a flag back"),
    "FLAG_ANSWERED": _("Answered a flag"),
    "ASKED_EXPORT": _("Asked for records for an inquiry"),
    "EXPORT_APPROVED": _("Approved records for an inquiry"),
    "EXPORT_REFUSED": _("Refused records for an inquiry"),
    "EXPORT_TAKEN": _("Took records for an inquiry"),
}
