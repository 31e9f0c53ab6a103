"""The life of an issue: written, checked by a second person, sent in batches."""

from enum import StrEnum

from sauga.kernel.states import StateTable


class IssueState(StrEnum):
    """Where an issue stands."""

    DRAFT = "DRAFT"
    READY = "READY"
    SCHEDULED = "SCHEDULED"
    SENDING = "SENDING"
    PAUSED = "PAUSED"
    SENT = "SENT"
    CANCELLED = "CANCELLED"


ISSUE = StateTable(
    IssueState.DRAFT,
    {
        IssueState.DRAFT: {IssueState.READY},
        IssueState.READY: {IssueState.DRAFT, IssueState.SCHEDULED},
        IssueState.SCHEDULED: {IssueState.DRAFT, IssueState.SENDING},
        IssueState.SENDING: {IssueState.PAUSED, IssueState.SENT, IssueState.CANCELLED},
        IssueState.PAUSED: {IssueState.SENDING, IssueState.CANCELLED},
        IssueState.SENT: set(),
        IssueState.CANCELLED: set(),
    },
)
BEGUN = (IssueState.SENDING, IssueState.PAUSED, IssueState.SENT, IssueState.CANCELLED)
"""States in which people have received the issue, or may have."""
