"""The page of the line's settings: current values, a new version with a reason, earlier versions; and how
long things are kept.
"""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sauga.helpline.line.rules.line_settings import GROUPS, SETTINGS
from sauga.helpline.permissions import Permission
from sauga.helpline.trail import Trail
from sauga.kernel import sealed
from sauga.kernel.kit.editors import Settings
from sauga.kernel.retention import keep_terms

KEPT = {
    "helpline.chat": _("Conversations, calls and talks after a shift, after they are closed"),
    "helpline.letter": _("Letters, after they are finished"),
    "helpline.note": _("Notes of records"),
    "helpline.case": _("Cases, concerns and referrals, after they are closed"),
    "helpline.duty": _("Duties, shifts and pauses"),
}


def _kept() -> dict[str, Any]:
    days = [(label, keep_terms()[code].days) for code, label in KEPT.items()]
    return {
        "leave_to": settings.LEAVE_TO,
        "kept": [(label, ngettext("%(n)d day", "%(n)d days", n) % {"n": n}) for label, n in days if n],
    }


LINE = Settings(
    name="helpline",
    title=_("Helpline settings"),
    permission=Permission.EDIT_POLICY,
    zone=sealed.Zone.HELPLINE,
    changed=Trail.LINE_POLICY_CHANGED,
    reasons="line_policy_reason",
    groups=GROUPS,
    settings=SETTINGS,
    signals=("helpline.queue", "helpline.rota"),
    nothing_set=_("as the installation says"),
    template="helpline/line/desk/policies.html",
    context=_kept,
)
