"""Codes of the register that the code itself knows: roles in the centre, and what a mailbox is for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoleCode(TextChoices):
    """The role of an organisation in the centre. One organisation may hold several, and several one."""

    COORDINATOR = "COORDINATOR", _("Coordinator")
    AWARENESS_CENTRE = "AWARENESS_CENTRE", _("Awareness centre")
    TRAINING_CENTRE = "TRAINING_CENTRE", _("Training centre")
    HELPLINE = "HELPLINE", pgettext_lazy("partner", "Helpline")
    HOTLINE = "HOTLINE", pgettext_lazy("partner", "Hotline")
    PARTNER = "PARTNER", _("Partner")
    ADVISORY_BOARD = "ADVISORY_BOARD", _("Advisory board member")
    ASSOCIATED = "ASSOCIATED", _("Associated partner")
    SUPPORTER = "SUPPORTER", _("Supporter")


ORDER = {code: place for place, code in enumerate(RoleCode.values)}
"""In which order roles are listed."""
MADE_OF_ONE = frozenset({RoleCode.COORDINATOR})
"""Roles that somebody should hold on every day: days without a holder are pointed out."""


class Purpose(TextChoices):
    """What a mailbox of an organisation is for."""

    GENERAL = "GENERAL", _("General")
    COOPERATION = "COOPERATION", _("Cooperation")
    PRESS = "PRESS", _("Press")
    TECHNICAL = "TECHNICAL", _("Technical questions")
    CHILD_SAFETY = "CHILD_SAFETY", _("Child safety")
    DATA_PROTECTION = "DATA_PROTECTION", _("Data protection")


LANGUAGES = (
    "lt", "en", "pl", "ru", "uk", "be", "lv", "et", "de", "fr",
    "bg", "cs", "da", "el", "es", "fi", "ga", "hr", "hu", "is", "it", "lb", "mt", "nb", "nl", "pt", "ro",
    "sk", "sl", "sv", "tr",
)  # fmt: skip
"""Languages in which an organisation may have a name: our own, the neighbours', the network's."""
