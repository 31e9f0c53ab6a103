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


BANK = StateTable(
    BankState.DRAFT,
    {
        BankState.DRAFT: {BankState.IN_REVIEW, BankState.DISCARDED},
        BankState.IN_REVIEW: {BankState.DRAFT, BankState.PUBLISHED},
        BankState.PUBLISHED: {BankState.REPLACED},
        BankState.REPLACED: {BankState.PUBLISHED},
        BankState.DISCARDED: {BankState.DRAFT},
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


ASSESSMENT = StateTable(
    AssessmentState.STARTED,
    {
        AssessmentState.STARTED: {AssessmentState.IN_PROGRESS},
        AssessmentState.IN_PROGRESS: {AssessmentState.SUBMITTED},
        AssessmentState.SUBMITTED: {AssessmentState.SCORED},
        AssessmentState.SCORED: {AssessmentState.LABELLED, AssessmentState.EVIDENCE_REVIEW},
        AssessmentState.EVIDENCE_REVIEW: {AssessmentState.LABELLED, AssessmentState.EVIDENCE_RETURNED},
        AssessmentState.EVIDENCE_RETURNED: {AssessmentState.EVIDENCE_REVIEW},
        AssessmentState.LABELLED: {AssessmentState.REDO_OPEN, AssessmentState.EXPIRED},
        AssessmentState.REDO_OPEN: {AssessmentState.IN_PROGRESS, AssessmentState.EXPIRED},
        AssessmentState.EXPIRED: set(),
    },
)
ANSWERING = (AssessmentState.STARTED, AssessmentState.IN_PROGRESS)
"""Answers can be changed."""
SUBMITTING = (AssessmentState.IN_PROGRESS,)
"""Answers can be submitted."""
GIVING_EVIDENCE = (AssessmentState.SCORED, AssessmentState.EVIDENCE_RETURNED)
"""Files can be added."""
TAKING_LABEL = (AssessmentState.SCORED,)
"""The label can be taken without a review."""
IN_REVIEW = (AssessmentState.EVIDENCE_REVIEW,)
"""An assessor looks at it."""
RENEWABLE = (AssessmentState.REDO_OPEN,)
"""The next round can begin."""
HAS_SCORE = (
    AssessmentState.SCORED,
    AssessmentState.EVIDENCE_REVIEW,
    AssessmentState.EVIDENCE_RETURNED,
    AssessmentState.LABELLED,
    AssessmentState.REDO_OPEN,
    AssessmentState.EXPIRED,
)
"""The present round has a score and a plan."""


class AssessorState(StrEnum):
    """A person who reviews schools: asked for the role, granted it, refused it, or gave it up."""

    ASKED = "ASKED"
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"
    ENDED = "ENDED"


ASSESSOR = StateTable(
    AssessorState.ASKED,
    {
        AssessorState.ASKED: {AssessorState.GRANTED, AssessorState.REFUSED},
        AssessorState.GRANTED: {AssessorState.ENDED},
        AssessorState.REFUSED: set(),
        AssessorState.ENDED: set(),
    },
)
