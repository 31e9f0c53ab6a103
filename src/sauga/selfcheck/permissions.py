"""Who may do what with self-assessments. Roles are data; these are their defaults.

Schools and assessors are members and hold no permission: actions ask whether they act for the school, or were
granted the role.
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What a role may allow."""

    SEE_BANK = "selfcheck.see_bank"
    EDIT_BANK = "selfcheck.edit_bank"
    PUBLISH_BANK = "selfcheck.publish_bank"
    SEE_LABELS = "selfcheck.see_labels"
    GRANT_ASSESSORS = "selfcheck.grant_assessors"
    REVOKE_LABEL = "selfcheck.revoke_label"
    SEE_FIGURES = "selfcheck.see_figures"
    ISSUE_LABEL = "selfcheck.issue_label"
    ADVANCE_LABELS = "selfcheck.advance_labels"


ROLES: dict[str, set[Permission]] = {
    "EDITOR": {Permission.SEE_BANK, Permission.EDIT_BANK},
    "SAFEGUARDING_EDITOR": {Permission.SEE_BANK, Permission.EDIT_BANK, Permission.PUBLISH_BANK},
    "PUBLISHER": {Permission.SEE_BANK, Permission.EDIT_BANK, Permission.PUBLISH_BANK},
    "LABEL_COORDINATOR": {
        Permission.SEE_LABELS,
        Permission.GRANT_ASSESSORS,
        Permission.REVOKE_LABEL,
        Permission.SEE_FIGURES,
    },
    "AWARENESS_STATISTICIAN": {Permission.SEE_FIGURES},
}
TWO_PEOPLE = {Permission.GRANT_ASSESSORS}
"""Who grants the role decides who may make a school gold."""
LABELS: dict[str, dict[str, str]] = {
    "LABEL_COORDINATOR": {"lt": "Mokyklos ženklo koordinatorius", "en": "School label coordinator"},
}
SYSTEM: dict[str, set[Permission]] = {"selfcheck": {Permission.ISSUE_LABEL, Permission.ADVANCE_LABELS}}
"""What jobs may do, by the name of their SystemActor."""
WORDING = {
    Permission.SEE_BANK: _("See the versions of the personal test"),
    Permission.EDIT_BANK: _("Write the questions and advice of the personal test"),
    Permission.PUBLISH_BANK: _("Publish a version of the personal test that somebody else handed in"),
    Permission.SEE_LABELS: _("See assessments of schools, without their comments and files"),
    Permission.GRANT_ASSESSORS: _("Grant ambassadors the role of an assessor, and end it"),
    Permission.REVOKE_LABEL: _("Revoke a school label"),
    Permission.SEE_FIGURES: _("See the national picture of the school label"),
}
"""What each permission lets people do."""
