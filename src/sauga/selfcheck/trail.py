"""What selfcheck records in the audit log, and the only facts each entry may carry: codes and numbers, never
texts. Nothing is recorded of anybody who takes the test.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

ZONE = "awareness"
BANK_CHANNEL = "selfcheck.bank"
"""Renews the pages of the desk about the personal test."""
LABEL_CHANNEL = "selfcheck.labels"
"""Those about the school label."""


class Trail(TextChoices):
    """Audit names, as subject:event."""

    BANK_CHANGED = "selfcheck_bank:changed", _("Questions of the personal test changed")
    BANK_MOVED = "selfcheck_bank:moved", _("State of the questions of the personal test changed")
    STARTED = "school_assessment:started", _("Self-assessment of the school started")
    JOINED = "school_assessment:joined", _("Joined the self-assessment of the school")
    MOVED = "school_assessment:moved", _("State of the school's self-assessment changed")
    EVIDENCE_ADDED = "label_evidence:added", _("Evidence added")
    EVIDENCE_RETURNED = "label_evidence:returned", _("Evidence returned")
    EVIDENCE_DELETED = "label_evidence:deleted", _("Evidence deleted")
    REVIEW_TAKEN = "label_review:taken", _("Review of the school taken")
    REVIEW_GIVEN_BACK = "label_review:given_back", _("Review of the school given back")
    VERDICT = "label_review:verdict", _("Assessor's verdict on an aspect given")
    LABELLED = "school_label:issued", _("School label issued")
    REVOKED = "school_label:revoked", _("School label revoked")
    LISTED = "school_label:listed", _("School put on the public list")
    UNLISTED = "school_label:unlisted", _("School taken off the public list")
    ASSESSOR_ASKED = "label_assessor:asked", _("Asked to become an assessor")
    ASSESSOR_MOVED = "label_assessor:moved", _("State of the assessor changed")
    RESCORED = "questionnaire:rescored", _("Questionnaire scored anew")
    QUESTIONNAIRE = "questionnaire:loaded", _("Questionnaire loaded")
    COMPARED = "label_comparison:published", _("Comparison of schools published")


FACTS: dict[Trail, set[str]] = {
    Trail.BANK_CHANGED: {"number", "what", "item"},
    Trail.BANK_MOVED: {"number", "to"},
    Trail.STARTED: {"round", "version"},
    Trail.JOINED: set(),
    Trail.MOVED: {"to", "round"},
    Trail.EVIDENCE_ADDED: {"aspect"},
    Trail.EVIDENCE_RETURNED: {"aspect", "reason"},
    Trail.EVIDENCE_DELETED: {"n"},
    Trail.REVIEW_TAKEN: set(),
    Trail.REVIEW_GIVEN_BACK: set(),
    Trail.VERDICT: {"aspect", "accepted"},
    Trail.LABELLED: {"level", "round", "reviewed"},
    Trail.REVOKED: {"why"},
    Trail.LISTED: set(),
    Trail.UNLISTED: set(),
    Trail.ASSESSOR_ASKED: set(),
    Trail.ASSESSOR_MOVED: {"to"},
    Trail.RESCORED: {"version", "n"},
    Trail.QUESTIONNAIRE: {"version"},
    Trail.COMPARED: {"n"},
}
