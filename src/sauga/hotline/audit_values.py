"""What the codes in the hotline's audit log are called: the facts of its entries for the auditor."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.hotline.policies.views import TITLES
from sauga.kernel.figures import Labels
from sauga.kernel.integration import STATE_WORDS

VALUES: Mapping[str, Sequence[Labels]] = {
    "act": ({"added": _("Added"), "edited": _("Changed"), "retired": _("Retired")},),
    "answer": ("notice.provider_response",),
    "basis": ("notice.legal_basis",),
    "before": ("priority",),
    "category": ("rrt.category",),
    "channel": ({"WEB": _("public form"), "HELPLINE": _("helpline")},),
    "confidence": ("trace.confidence",),
    "decision": ("notice.dispute_decision",),
    "delivery": (
        {
            "delivered": pgettext_lazy("audit", "delivered"),
            "failed": pgettext_lazy("audit", "not delivered"),
        },
    ),
    "from": ({"analyst": _("an analyst"), "reporter": _("the reporter")},),
    "hosting_class": ("item.hosting_class",),
    "kind": (
        {
            "FIRST": _("first verdict"),
            "SECOND": _("second verdict"),
            "ARBITRATION": _("verdict that decides between two"),
            "REOPENED": _("verdict after reopening"),
            "hotline.child_in_danger": _("a child is in danger"),
            "helpline.url": _("an address from the helpline"),
            "helpline.own_picture": _("leave to remove an own picture"),
        },
        "monitor.removal_kind",
    ),
    "language": ("language",),
    "match": ("duplicate.match",),
    "method": ("handover.method",),
    "outcome": ("state.report", "rrt.route"),
    "part": (
        {
            "danger": _("that a child is in danger"),
            "path": _("how it is reached"),
            "circumstances": _("the circumstances"),
            "note": _("a note"),
            "contact": _("a contact"),
        },
    ),
    "policy": (TITLES,),
    "presence": ("state.item_presence",),
    "priority": ("priority",),
    "reason": (
        "reveal.reason",
        "police_hold.reason",
        "notice.withdrawal_reason",
        "report.spam_reason",
        "handover.reason",
    ),
    "recipient": ("rrt.route",),
    "routes": ("rrt.route",),
    "rung": (
        {
            "REMIND": _("reminder"),
            "NEXT_CONTACT": _("next contact of the provider"),
            "UPSTREAM": _("network above the provider"),
            "REGISTRAR": _("registrar of the domain"),
            "DSC": _("Digital Services Coordinator"),
        },
        "rrt.route",
        "notice.legal_basis",
    ),
    "state": (STATE_WORDS,),
    "verdict": ("item.verdict",),
}
"""Where the codes of a fact have their words: vocabularies, or words by code."""
