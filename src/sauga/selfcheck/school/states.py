"""State columns of the school label and their tables of moves."""

from enum import StrEnum

from sauga.kernel.states import StateTable


class AssessmentState(StrEnum):
    """A school's assessment: begun, answered, scored, labelled, renewed or expired."""

    STARTED = "STARTED"
    IN_PROGRESS = "IN_PROGRESS"
    SUBMITTED = "SUBMITTED"
    SCORED = "SCORED"
    EVIDENCE_REVIEW = "EVIDENCE_REVIEW"
    EVIDENCE_RETURNED = "EVIDENCE_RETURNED"
    LABELLED = "LABELLED"
    REDO_OPEN = "REDO_OPEN"
    EXPIRED = "EXPIRED"


S = AssessmentState
ASSESSMENT = StateTable(
    S.STARTED,
    {
        S.STARTED: {S.IN_PROGRESS},
        S.IN_PROGRESS: {S.SUBMITTED},
        S.SUBMITTED: {S.SCORED},
        S.SCORED: {S.LABELLED, S.EVIDENCE_REVIEW},
        S.EVIDENCE_REVIEW: {S.LABELLED, S.EVIDENCE_RETURNED},
        S.EVIDENCE_RETURNED: {S.EVIDENCE_REVIEW},
        S.LABELLED: {S.REDO_OPEN, S.EXPIRED},
        S.REDO_OPEN: {S.IN_PROGRESS, S.EXPIRED},
        S.EXPIRED: set(),
    },
)
ANSWERING = (S.STARTED, S.IN_PROGRESS)
"""Answers can be changed."""
GIVING_EVIDENCE = (S.SCORED, S.EVIDENCE_RETURNED)
"""Files can be added."""
HAS_SCORE = (S.SCORED, S.EVIDENCE_REVIEW, S.EVIDENCE_RETURNED, S.LABELLED, S.REDO_OPEN, S.EXPIRED)
"""The present round has a score and a plan."""


class AssessorState(StrEnum):
    """Somebody who reviews schools: asked for the role, granted it, refused it, or gave it up."""

    ASKED = "ASKED"
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"
    ENDED = "ENDED"


A = AssessorState
ASSESSOR = StateTable(
    A.ASKED,
    {
        A.ASKED: {A.GRANTED, A.REFUSED},
        A.GRANTED: {A.ENDED},
        A.REFUSED: set(),
        A.ENDED: set(),
    },
)
