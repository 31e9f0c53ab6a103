"""State columns of selfcheck and their tables of allowed moves."""

from enum import StrEnum

from sauga.kernel.states import StateTable


class BankState(StrEnum):
    """Life of a version of the personal test: written, reviewed, published, replaced by the next."""

    DRAFT = "DRAFT"
    IN_REVIEW = "IN_REVIEW"
    PUBLISHED = "PUBLISHED"
    REPLACED = "REPLACED"
    DISCARDED = "DISCARDED"


B = BankState
BANK = StateTable(
    B.DRAFT,
    {
        B.DRAFT: {B.IN_REVIEW, B.DISCARDED},
        B.IN_REVIEW: {B.DRAFT, B.PUBLISHED},
        B.PUBLISHED: {B.REPLACED},
        B.REPLACED: {B.PUBLISHED},
        B.DISCARDED: {B.DRAFT},
    },
)
"""A replaced version can be published again; a discarded draft can be taken up again."""


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
SUBMITTING = (S.IN_PROGRESS,)
"""Answers can be submitted."""
GIVING_EVIDENCE = (S.SCORED, S.EVIDENCE_RETURNED)
"""Files can be added."""
TAKING_LABEL = (S.SCORED,)
"""The label can be taken without a review."""
IN_REVIEW = (S.EVIDENCE_REVIEW,)
"""An assessor looks at it."""
RENEWABLE = (S.REDO_OPEN,)
"""The next round can begin."""
HAS_SCORE = (S.SCORED, S.EVIDENCE_REVIEW, S.EVIDENCE_RETURNED, S.LABELLED, S.REDO_OPEN, S.EXPIRED)
"""The present round has a score and a plan."""


class AssessorState(StrEnum):
    """A person who reviews schools: asked for the role, granted it, refused it, or gave it up."""

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
