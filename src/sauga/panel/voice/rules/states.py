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


ANSWERED = (ProposalState.ANSWERED_ACCEPTED, ProposalState.ANSWERED_PARTLY, ProposalState.ANSWERED_DECLINED)
PROPOSAL = StateTable(
    ProposalState.IDEA,
    {
        ProposalState.IDEA: {ProposalState.PRE_MODERATION, ProposalState.WITHDRAWN},
        ProposalState.PRE_MODERATION: {
            ProposalState.PUBLISHED,
            ProposalState.RETURNED,
            ProposalState.WITHDRAWN,
        },
        ProposalState.RETURNED: {ProposalState.PRE_MODERATION, ProposalState.WITHDRAWN},
        ProposalState.PUBLISHED: {ProposalState.DISCUSSION, ProposalState.WITHDRAWN, ProposalState.HIDDEN},
        ProposalState.DISCUSSION: {
            ProposalState.QUALIFIED,
            ProposalState.NOT_QUALIFIED,
            ProposalState.WITHDRAWN,
            ProposalState.HIDDEN,
        },
        ProposalState.QUALIFIED: {ProposalState.VOTE_OPEN, ProposalState.WITHDRAWN, ProposalState.HIDDEN},
        ProposalState.NOT_QUALIFIED: {ProposalState.REPORTED_BACK, ProposalState.HIDDEN},
        ProposalState.VOTE_OPEN: {ProposalState.VOTE_CLOSED, ProposalState.HIDDEN},
        ProposalState.VOTE_CLOSED: {ProposalState.SENT, ProposalState.NOT_QUALIFIED, ProposalState.HIDDEN},
        ProposalState.SENT: {*ANSWERED, ProposalState.OVERDUE, ProposalState.HIDDEN},
        ProposalState.OVERDUE: {*ANSWERED, ProposalState.HIDDEN},
        ProposalState.ANSWERED_ACCEPTED: {ProposalState.IN_PROGRESS, ProposalState.HIDDEN},
        ProposalState.ANSWERED_PARTLY: {ProposalState.IN_PROGRESS, ProposalState.HIDDEN},
        ProposalState.ANSWERED_DECLINED: {ProposalState.REPORTED_BACK, ProposalState.HIDDEN},
        ProposalState.IN_PROGRESS: {ProposalState.DONE, ProposalState.NOT_DONE, ProposalState.HIDDEN},
        ProposalState.DONE: {ProposalState.REPORTED_BACK, ProposalState.HIDDEN},
        ProposalState.NOT_DONE: {ProposalState.REPORTED_BACK, ProposalState.HIDDEN},
        ProposalState.REPORTED_BACK: {ProposalState.ARCHIVED, ProposalState.HIDDEN},
        ProposalState.ARCHIVED: set(),
        ProposalState.WITHDRAWN: set(),
        ProposalState.HIDDEN: {ProposalState.PUBLISHED, ProposalState.ARCHIVED},
    },
)
DRAFTS = (ProposalState.IDEA, ProposalState.RETURNED)
"""Its authors may write."""
BEFORE_VOTE = (
    ProposalState.IDEA,
    ProposalState.PRE_MODERATION,
    ProposalState.RETURNED,
    ProposalState.PUBLISHED,
    ProposalState.DISCUSSION,
    ProposalState.QUALIFIED,
)
"""It can still be withdrawn."""
DISCUSSED = (ProposalState.PUBLISHED, ProposalState.DISCUSSION, ProposalState.QUALIFIED)
"""Members comment and suggest amendments; from the vote on, the text is frozen."""
WAITING = (ProposalState.SENT, ProposalState.OVERDUE)
"""The addressee has the word."""
ASKED = (
    *WAITING,
    *ANSWERED,
    ProposalState.IN_PROGRESS,
    ProposalState.DONE,
    ProposalState.NOT_DONE,
    ProposalState.REPORTED_BACK,
    ProposalState.ARCHIVED,
)
"""States in which a proposal that was sent may stand in the public ledger."""
UNSEEN = (
    ProposalState.IDEA,
    ProposalState.PRE_MODERATION,
    ProposalState.RETURNED,
    ProposalState.WITHDRAWN,
    ProposalState.HIDDEN,
)
"""Other members do not see it."""


class ContributionState(StrEnum):
    """A comment, a topic, something learned, a question: nothing is shown before a moderator has read it."""

    DRAFT = "DRAFT"
    WAITING = "WAITING"
    PUBLISHED = "PUBLISHED"
    RETURNED = "RETURNED"
    WITHDRAWN = "WITHDRAWN"
    HIDDEN = "HIDDEN"


CONTRIBUTION = StateTable(
    ContributionState.DRAFT,
    {
        ContributionState.DRAFT: {ContributionState.WAITING, ContributionState.WITHDRAWN},
        ContributionState.WAITING: {
            ContributionState.PUBLISHED,
            ContributionState.RETURNED,
            ContributionState.WITHDRAWN,
        },
        ContributionState.PUBLISHED: {ContributionState.WITHDRAWN, ContributionState.HIDDEN},
        ContributionState.RETURNED: {ContributionState.WAITING, ContributionState.WITHDRAWN},
        ContributionState.WITHDRAWN: set(),
        ContributionState.HIDDEN: {ContributionState.PUBLISHED, ContributionState.WITHDRAWN},
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


AMENDMENT = StateTable(
    AmendmentState.WAITING,
    {
        AmendmentState.WAITING: {AmendmentState.OFFERED, AmendmentState.RETURNED, AmendmentState.LAPSED},
        AmendmentState.RETURNED: {AmendmentState.WAITING, AmendmentState.LAPSED},
        AmendmentState.OFFERED: {AmendmentState.ACCEPTED, AmendmentState.DECLINED, AmendmentState.LAPSED},
        AmendmentState.ACCEPTED: set(),
        AmendmentState.DECLINED: set(),
        AmendmentState.LAPSED: set(),
    },
)
"""It lapses when the text that it would change has changed, or the proposal is no longer discussed."""


class MeetingState(StrEnum):
    """A meeting: planned, held, its minutes published; or cancelled."""

    PLANNED = "PLANNED"
    HELD = "HELD"
    MINUTED = "MINUTED"
    CANCELLED = "CANCELLED"


MEETING = StateTable(
    MeetingState.PLANNED,
    {
        MeetingState.PLANNED: {MeetingState.HELD, MeetingState.CANCELLED},
        MeetingState.HELD: {MeetingState.MINUTED},
        MeetingState.MINUTED: set(),
        MeetingState.CANCELLED: {MeetingState.PLANNED},
    },
)
