"""Notifications of the helpline to its staff; references and numbers only, never what a conversation is
about.
"""

from django.utils.translation import gettext_lazy as _

NEWS = {
    "helpline.immediate": _("Conversation %(ref)s: immediate danger. The counsellor asks for you now."),
    "helpline.danger_waits": _(
        "Conversation %(ref)s: immediate danger, and every counsellor is busy. Please take it now."
    ),
    "helpline.refusals": _("A counsellor has refused %(n)s offers in this duty."),
    "helpline.wants_another": _("Conversation %(ref)s: the child asks for another counsellor."),
    "helpline.lead_called": _("Conversation %(ref)s: the counsellor asks for the shift lead."),
    "helpline.quality_critical": _(
        "Review %(ref)s: a critical item was not done. Please talk it over with the counsellor."
    ),
    "helpline.call_at_risk": _("Call %(ref)s: the caller may be at risk. The counsellor asks for you."),
    "helpline.orphan": _("Conversation %(ref)s lost its counsellor and stands first in the queue."),
}
COVER = frozenset({"helpline.cover_missing_phone", "helpline.cover_missing_chat"})
"""People are missing: a ladder of its own, up to the coordinator's telephone; a person ends these alerts."""
ALERTS = COVER | frozenset(
    {
        "helpline.immediate",
        "helpline.danger_waits",
        "helpline.lead_called",
        "helpline.call_at_risk",
        "helpline.consult",
        "helpline.incoming",
        "helpline.letter_immediate",
    }
)
"""What cannot wait for somebody to look: raised as alerts, acknowledged by name, escalated by
`policy.alerts_helpline`.
"""
ON_DUTY_LEADS = "ON_DUTY_LEADS"
