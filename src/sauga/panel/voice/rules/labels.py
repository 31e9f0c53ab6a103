"""What the parts of a proposal and the four answers are called, for forms and pages alike."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.panel.voice.rules.answers import Verdict

PARTS: dict[str, Any] = {
    "problem": _("What is wrong"),
    "wish": _("What we want"),
    "why": _("Why it matters"),
}
VERDICT_HINTS: dict[str, Any] = {
    Verdict.ACCEPTED: _("We will do as proposed"),
    Verdict.PARTLY: _("We will do a part"),
    Verdict.DECLINED: _("We will not do it, and say why"),
    Verdict.OTHER: _("Say who"),
}
