"""Who may do what with the newsletter. Roles are data; these are their defaults."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What a role may allow."""

    WRITE = "newsletter.write"
    SEND = "newsletter.send"
    SEE_FIGURES = "newsletter.see_figures"
    SETTINGS = "newsletter.settings"
    SUBSCRIBE = "newsletter.subscribe"
    DELIVER = "newsletter.deliver"


P = Permission
ROLES: dict[str, set[Permission]] = {
    "EDITOR": {P.WRITE, P.SEE_FIGURES},
    "PUBLISHER": {P.WRITE, P.SEND, P.SEE_FIGURES, P.SETTINGS},
    "AWARENESS_STATISTICIAN": {P.SEE_FIGURES},
}
TWO_PEOPLE = {P.WRITE, P.SEND}
"""Both sides of an act that two people agree on: writing an issue and sending it."""
SYSTEM: dict[str, set[Permission]] = {"subscriber": {P.SUBSCRIBE}, "newsletter": {P.DELIVER}}
"""What outside people and jobs may do, by the name of their SystemActor."""

WORDING = {
    P.WRITE: _("Write newsletter issues"),
    P.SEND: _("Check and send newsletter issues"),
    P.SEE_FIGURES: _("See the newsletter statistics"),
    P.SETTINGS: _("Edit the newsletter settings"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
