"""State columns of voice and their tables of allowed moves.

The life of a proposal is the vocabulary `state.youth_proposal` of the awareness vocabularies; a test compares
the two.
"""

from enum import StrEnum

from sauga.kernel.states import StateTable


class ProposalState(StrEnum):
    """From an idea to what came of it."""

    IDEA = "IDEA"
    PRE_MODERATION = "PRE_MODERATION"
    RETURNED = "RETURNED"
    PUBLISHED = "PUBLISHED"
    DISCUSSION = "DISCUSSION"
    QUALIFIED = "QUALIFIED"
    NOT_QUALIFIED = "NOT_QUALIFIED"
    VOTE_OPEN = "VOTE_OPEN"
    VOTE_CLOSED = "VOTE_CLOSED"
    SENT = "SENT"
    OVERDUE = "OVERDUE"
    ANSWERED_ACCEPTED = "ANSWERED_ACCEPTED"
    ANSWERED_PARTLY = "ANSWERED_PARTLY"
    ANSWERED_DECLINED = "ANSWERED_DECLINED"
    IN_PROGRESS = "IN_PROGRESS"
    DONE = "DONE"
    NOT_DONE = "NOT_DONE"
    REPORTED_BACK = "REPORTED_BACK"
    ARCHIVED = "ARCHIVED"
    WITHDRAWN = "WITHDRAWN"
    HIDDEN = "HIDDEN"


P = ProposalState
ANSWERED = (P.ANSWERED_ACCEPTED, P.ANSWERED_PARTLY, P.ANSWERED_DECLINED)
PROPOSAL = StateTable(
    P.IDEA,
    {
        P.IDEA: {P.PRE_MODERATION, P.WITHDRAWN},
        P.PRE_MODERATION: {P.PUBLISHED, P.RETURNED, P.WITHDRAWN},
        P.RETURNED: {P.PRE_MODERATION, P.WITHDRAWN},
        P.PUBLISHED: {P.DISCUSSION, P.WITHDRAWN, P.HIDDEN},
        P.DISCUSSION: {P.QUALIFIED, P.NOT_QUALIFIED, P.WITHDRAWN, P.HIDDEN},
        P.QUALIFIED: {P.VOTE_OPEN, P.WITHDRAWN, P.HIDDEN},
        P.NOT_QUALIFIED: {P.REPORTED_BACK, P.HIDDEN},
        P.VOTE_OPEN: {P.VOTE_CLOSED, P.HIDDEN},
        P.VOTE_CLOSED: {P.SENT, P.NOT_QUALIFIED, P.HIDDEN},
        P.SENT: {*ANSWERED, P.OVERDUE, P.HIDDEN},
        P.OVERDUE: {*ANSWERED, P.HIDDEN},
        P.ANSWERED_ACCEPTED: {P.IN_PROGRESS, P.HIDDEN},
        P.ANSWERED_PARTLY: {P.IN_PROGRESS, P.HIDDEN},
        P.ANSWERED_DECLINED: {P.REPORTED_BACK, P.HIDDEN},
        P.IN_PROGRESS: {P.DONE, P.NOT_DONE, P.HIDDEN},
        P.DONE: {P.REPORTED_BACK, P.HIDDEN},
        P.NOT_DONE: {P.REPORTED_BACK, P.HIDDEN},
        P.REPORTED_BACK: {P.ARCHIVED, P.HIDDEN},
        P.ARCHIVED: set(),
        P.WITHDRAWN: set(),
        P.HIDDEN: {P.PUBLISHED, P.ARCHIVED},
    },
)
DRAFTS = (P.IDEA, P.RETURNED)
"""Its authors may write."""
BEFORE_VOTE = (P.IDEA, P.PRE_MODERATION, P.RETURNED, P.PUBLISHED, P.DISCUSSION, P.QUALIFIED)
"""It can still be withdrawn."""
DISCUSSED = (P.PUBLISHED, P.DISCUSSION, P.QUALIFIED)
"""Members comment and suggest amendments; from the vote on, the text is frozen."""
WAITING = (P.SENT, P.OVERDUE)
"""The addressee has the word."""
ASKED = (*WAITING, *ANSWERED, P.IN_PROGRESS, P.DONE, P.NOT_DONE, P.REPORTED_BACK, P.ARCHIVED)
"""States in which a proposal that was sent may stand in the public ledger."""
UNSEEN = (P.IDEA, P.PRE_MODERATION, P.RETURNED, P.WITHDRAWN, P.HIDDEN)
"""Other members do not see it."""


class ContributionState(StrEnum):
    """A comment, a topic, something learned, a question: nothing is shown before a moderator has read it."""

    DRAFT = "DRAFT"
    WAITING = "WAITING"
    PUBLISHED = "PUBLISHED"
    RETURNED = "RETURNED"
    WITHDRAWN = "WITHDRAWN"
    HIDDEN = "HIDDEN"


C = ContributionState
CONTRIBUTION = StateTable(
    C.DRAFT,
    {
        C.DRAFT: {C.WAITING, C.WITHDRAWN},
        C.WAITING: {C.PUBLISHED, C.RETURNED, C.WITHDRAWN},
        C.PUBLISHED: {C.WITHDRAWN, C.HIDDEN},
        C.RETURNED: {C.WAITING, C.WITHDRAWN},
        C.WITHDRAWN: set(),
        C.HIDDEN: {C.PUBLISHED, C.WITHDRAWN},
    },
)


class AmendmentState(StrEnum):
    """A change that a member suggests: read first, then the authors decide."""

    WAITING = "WAITING"
    RETURNED = "RETURNED"
    OFFERED = "OFFERED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    LAPSED = "LAPSED"


A = AmendmentState
AMENDMENT = StateTable(
    A.WAITING,
    {
        A.WAITING: {A.OFFERED, A.RETURNED, A.LAPSED},
        A.RETURNED: {A.WAITING, A.LAPSED},
        A.OFFERED: {A.ACCEPTED, A.DECLINED, A.LAPSED},
        A.ACCEPTED: set(),
        A.DECLINED: set(),
        A.LAPSED: set(),
    },
)
"""It lapses when the text that it would change has changed, or the proposal is no longer discussed."""


class MeetingState(StrEnum):
    """A meeting: planned, held, its minutes published; or cancelled."""

    PLANNED = "PLANNED"
    HELD = "HELD"
    MINUTED = "MINUTED"
    CANCELLED = "CANCELLED"


M = MeetingState
MEETING = StateTable(
    M.PLANNED,
    {
        M.PLANNED: {M.HELD, M.CANCELLED},
        M.HELD: {M.MINUTED},
        M.MINUTED: set(),
        M.CANCELLED: {M.PLANNED},
    },
)
