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


ROLES: dict[str, set[Permission]] = {
    "EDITOR": {Permission.WRITE, Permission.SEE_FIGURES},
    "PUBLISHER": {Permission.WRITE, Permission.SEND, Permission.SEE_FIGURES, Permission.SETTINGS},
    "AWARENESS_STATISTICIAN": {Permission.SEE_FIGURES},
}
TWO_PEOPLE = {Permission.WRITE, Permission.SEND}
"""Both sides of an act that two people agree on: writing an issue and sending it."""
SYSTEM: dict[str, set[Permission]] = {
    "subscriber": {Permission.SUBSCRIBE},
    "newsletter": {Permission.DELIVER},
}
"""What outside people and jobs may do, by the name of their SystemActor."""

WORDING = {
    Permission.WRITE: _("Write newsletter issues"),
    Permission.SEND: _("Check and send newsletter issues"),
    Permission.SEE_FIGURES: _("See the newsletter statistics"),
    Permission.SETTINGS: _("Edit the newsletter settings"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
