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


P = Permission
ROLES: dict[str, set[Permission]] = {
    "EDITOR": {P.SEE_BANK, P.EDIT_BANK},
    "SAFEGUARDING_EDITOR": {P.SEE_BANK, P.EDIT_BANK, P.PUBLISH_BANK},
    "PUBLISHER": {P.SEE_BANK, P.EDIT_BANK, P.PUBLISH_BANK},
    "LABEL_COORDINATOR": {P.SEE_LABELS, P.GRANT_ASSESSORS, P.REVOKE_LABEL, P.SEE_FIGURES},
    "AWARENESS_STATISTICIAN": {P.SEE_FIGURES},
}
TWO_PEOPLE = {P.GRANT_ASSESSORS}
"""Who grants the role decides who may make a school gold."""
LABELS: dict[str, dict[str, str]] = {
    "LABEL_COORDINATOR": {"lt": "Mokyklos ženklo koordinatorius", "en": "School label coordinator"},
}
SYSTEM: dict[str, set[Permission]] = {"selfcheck": {P.ISSUE_LABEL, P.ADVANCE_LABELS}}
"""What jobs may do, by the name of their SystemActor."""
WORDING = {
    P.SEE_BANK: _("See the versions of the personal test"),
    P.EDIT_BANK: _("Write the questions and advice of the personal test"),
    P.PUBLISH_BANK: _("Publish a version of the personal test that somebody else handed in"),
    P.SEE_LABELS: _("See assessments of schools, without their comments and files"),
    P.GRANT_ASSESSORS: _("Grant ambassadors the role of an assessor, and end it"),
    P.REVOKE_LABEL: _("Revoke a school label"),
    P.SEE_FIGURES: _("See the national picture of the school label"),
}
"""What each permission lets people do."""
