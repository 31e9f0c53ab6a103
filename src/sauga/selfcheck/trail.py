"""What selfcheck records in the audit log, and the only facts each entry may carry: codes and numbers, never
texts. Nothing is recorded of anybody who takes the test.
"""

from enum import StrEnum

ZONE = "awareness"
BANK_CHANNEL = "selfcheck.bank"
"""Renews the pages of the desk about the personal test."""
LABEL_CHANNEL = "selfcheck.labels"
"""Those about the school label."""


class Trail(StrEnum):
    """Audit names, as subject:event."""

    BANK_CHANGED = "selfcheck_bank:changed"
    BANK_MOVED = "selfcheck_bank:moved"
    STARTED = "school_assessment:started"
    JOINED = "school_assessment:joined"
    MOVED = "school_assessment:moved"
    EVIDENCE_ADDED = "label_evidence:added"
    EVIDENCE_RETURNED = "label_evidence:returned"
    EVIDENCE_DELETED = "label_evidence:deleted"
    REVIEW_TAKEN = "label_review:taken"
    REVIEW_GIVEN_BACK = "label_review:given_back"
    VERDICT = "label_review:verdict"
    LABELLED = "school_label:issued"
    REVOKED = "school_label:revoked"
    LISTED = "school_label:listed"
    UNLISTED = "school_label:unlisted"
    ASSESSOR_ASKED = "label_assessor:asked"
    ASSESSOR_MOVED = "label_assessor:moved"
    RESCORED = "questionnaire:rescored"
    QUESTIONNAIRE = "questionnaire:loaded"
    COMPARED = "label_comparison:published"


T = Trail
FACTS: dict[Trail, set[str]] = {
    T.BANK_CHANGED: {"number", "what", "item"},
    T.BANK_MOVED: {"number", "to"},
    T.STARTED: {"round", "version"},
    T.JOINED: set(),
    T.MOVED: {"to", "round"},
    T.EVIDENCE_ADDED: {"aspect"},
    T.EVIDENCE_RETURNED: {"aspect", "reason"},
    T.EVIDENCE_DELETED: {"n"},
    T.REVIEW_TAKEN: set(),
    T.REVIEW_GIVEN_BACK: set(),
    T.VERDICT: {"aspect", "accepted"},
    T.LABELLED: {"level", "round", "reviewed"},
    T.REVOKED: {"why"},
    T.LISTED: set(),
    T.UNLISTED: set(),
    T.ASSESSOR_ASKED: set(),
    T.ASSESSOR_MOVED: {"to"},
    T.RESCORED: {"version", "n"},
    T.QUESTIONNAIRE: {"version"},
    T.COMPARED: {"n"},
}
