"""Who may do what with the school label. Schools and assessors are members and hold no permission: actions
ask whether they act for the school, or were granted the role."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What a role may allow."""

    SEE_LABELS = "selfcheck.see_labels"
    GRANT_ASSESSORS = "selfcheck.grant_assessors"
    REVOKE_LABEL = "selfcheck.revoke_label"
    SEE_FIGURES = "selfcheck.see_figures"
    ISSUE_LABEL = "selfcheck.issue_label"
    ADVANCE_LABELS = "selfcheck.advance_labels"


P = Permission
ROLES: dict[str, set[Permission]] = {
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
    P.SEE_LABELS: _("See assessments of schools, without their comments and files"),
    P.GRANT_ASSESSORS: _("Grant ambassadors the role of an assessor, and end it"),
    P.REVOKE_LABEL: _("Revoke a school label"),
    P.SEE_FIGURES: _("See the national picture of the school label"),
}
