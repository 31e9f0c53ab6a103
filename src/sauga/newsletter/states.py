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


S = IssueState
ISSUE = StateTable(
    S.DRAFT,
    {
        S.DRAFT: {S.READY},
        S.READY: {S.DRAFT, S.SCHEDULED},
        S.SCHEDULED: {S.DRAFT, S.SENDING},
        S.SENDING: {S.PAUSED, S.SENT, S.CANCELLED},
        S.PAUSED: {S.SENDING, S.CANCELLED},
        S.SENT: set(),
        S.CANCELLED: set(),
    },
)
BEGUN = (S.SENDING, S.PAUSED, S.SENT, S.CANCELLED)
"""States in which people have received the issue, or may have."""
