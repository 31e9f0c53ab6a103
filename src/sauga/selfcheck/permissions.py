"""Who may do what with self-assessments. Roles are data; these are their defaults."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What a role may allow."""

    SEE_BANK = "selfcheck.see_bank"
    EDIT_BANK = "selfcheck.edit_bank"
    PUBLISH_BANK = "selfcheck.publish_bank"


P = Permission
ROLES: dict[str, set[Permission]] = {
    "EDITOR": {P.SEE_BANK, P.EDIT_BANK},
    "SAFEGUARDING_EDITOR": {P.SEE_BANK, P.EDIT_BANK, P.PUBLISH_BANK},
    "PUBLISHER": {P.SEE_BANK, P.EDIT_BANK, P.PUBLISH_BANK},
}
WORDING = {
    P.SEE_BANK: _("See the versions of the personal test"),
    P.EDIT_BANK: _("Write the questions and advice of the personal test"),
    P.PUBLISH_BANK: _("Publish a version of the personal test that somebody else handed in"),
}
"""What each permission lets people do."""
