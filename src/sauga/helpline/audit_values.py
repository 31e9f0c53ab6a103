"""What the codes in the helpline's audit log are called: the facts of its entries for the auditor."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.helpline.chat.rules.prompts import OPENING_REASONS
from sauga.helpline.line.presenters import CHANGES
from sauga.helpline.safeguarding.presenters import CASE, CONCERN, LINK, OUTCOMES, REFERRAL, Said
from sauga.kernel.figures import Labels
from sauga.kernel.integration import STATE_WORDS


def _said(states: Mapping[str, Said]) -> Labels:
    return {code: text for code, (_tone, _shape, text) in states.items()}


SHIFTS: Labels = {
    "OPEN": pgettext_lazy("shift", "open"),
    "CLAIMED": pgettext_lazy("shift", "claimed"),
    "CONFIRMED": pgettext_lazy("shift", "confirmed"),
    "SWAP_OFFERED": pgettext_lazy("shift", "offered for exchange"),
    "SWAPPED": pgettext_lazy("shift", "exchanged"),
    "CANCELLED": pgettext_lazy("shift", "cancelled"),
    "LATE_CANCELLED": pgettext_lazy("shift", "cancelled late"),
    "NO_SHOW": pgettext_lazy("shift", "nobody came"),
    "CHECKED_IN": pgettext_lazy("shift", "checked in"),
    "ON_DUTY": pgettext_lazy("shift", "on duty"),
    "BREAK": pgettext_lazy("shift", "break"),
    "CHECKED_OUT": pgettext_lazy("shift", "checked out"),
    "DEBRIEFED": pgettext_lazy("shift", "debriefed"),
}
INCOMING: Labels = {
    "RECEIVED": pgettext_lazy("incoming referral", "waits for somebody"),
    "TAKEN": pgettext_lazy("incoming referral", "taken"),
    "SETTLED": pgettext_lazy("incoming referral", "settled"),
    "WITHDRAWN": pgettext_lazy("incoming referral", "taken back by the young person"),
}
ALERTS: Labels = {
    "helpline.cover_missing_phone": _("people are missing on the telephone"),
    "helpline.cover_missing_chat": _("people are missing in the chat"),
    "helpline.immediate": _("immediate danger in a conversation"),
    "helpline.danger_waits": _("somebody in danger waits"),
    "helpline.lead_called": _("a counsellor calls the shift lead"),
    "helpline.call_at_risk": _("a caller may be at risk"),
    "helpline.consult": _("a worry about a child to consult now"),
    "helpline.incoming": _("a young person was passed to the helpline"),
    "helpline.letter_immediate": _("a letter suggests immediate danger"),
    "helpline.url": _("an address for the hotline"),
    "helpline.own_picture": _("leave to remove an own picture"),
}
VALUES: Mapping[str, Sequence[Labels]] = {
    "audience": ({"CHILD": _("a child"), "ADULT": _("an adult")},),
    "band": ("risk",),
    "channel": ("channel", "duty_channel"),
    "channels": ("duty_channel",),
    "clock": ("legal_clock",),
    "consent": ("consent_given", "yes_no_unknown"),
    "decision": ("safeguarding_decision",),
    "ending": ("alert_ending",),
    "ground": ("confidentiality_ground",),
    "how": (
        "ended_by",
        "outcome_reason",
        "child_told",
        {
            "NOT_REACHED": _("the child could not be told"),
            "ABANDONED": _("left while waiting"),
            "QUEUE_CLOSED": _("the queue was closed"),
        },
    ),
    "kind": (ALERTS,),
    "language": ("language",),
    "outcome": (
        "outcome_class",
        {
            "RINGING": pgettext_lazy("call", "rings"),
            "TAKEN_BACK": pgettext_lazy("call", "taken back"),
            "TALKED": _("We called and talked"),
            "CAME_SELF": _("The young person called or wrote"),
            "NOT_REACHED": _("We called several times and reached nobody"),
            "NOT_NEEDED": _("The young person needs nothing more"),
        },
        OUTCOMES,
    ),
    "part": ({"BEGIN": _("beginning"), "END": _("end")},),
    "reason": (
        OPENING_REASONS,
        "refusal_reason",
        "order_reason",
        "takeover_reason",
        "door_reason",
        "duty_pass_reason",
        "case_reading",
    ),
    "state": (_said(CONCERN), STATE_WORDS),
    "suspected": ("link_suspected",),
    "target": ("referral_target",),
    "to": (
        _said(CASE),
        _said(REFERRAL),
        _said(LINK),
        INCOMING,
        SHIFTS,
        {"CASE_WORKER": _("another case worker"), "FOLLOW_UP": _("a day to look again")},
    ),
    "what": (
        {
            "ENROLLED": _("enrolled"),
            "PROFILE": _("profile"),
            "TRAINING": _("training"),
            "CHECK": _("background check"),
            "SUPERVISION": _("supervision"),
            "LEFT": _("left the line"),
            "BACK": _("came back to the line"),
            "CALENDAR_LINK": _("calendar link made"),
            "CALENDAR_LINK_GONE": _("calendar link removed"),
            "TEMPLATE": _("template of shifts"),
            "WINDOW": _("opening hours"),
            "CLOSED_DAY": _("closed day"),
        },
        CHANGES,
    ),
    "why": ("quality_why", "line_policy_reason"),
}
"""Where the codes of a fact have their words: vocabularies, or words by code."""
