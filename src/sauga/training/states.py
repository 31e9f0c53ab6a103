"""State columns of training and their tables of allowed moves."""

from enum import StrEnum

from sauga.kernel.states import StateTable


class StreamState(StrEnum):
    """Life of a broadcast: planned, waiting for the speaker's picture, live, ended, or failed."""

    PLANNED = "PLANNED"
    WAITING = "WAITING"
    LIVE = "LIVE"
    ENDED = "ENDED"
    FAILED = "FAILED"


S = StreamState
STREAM = StateTable(
    S.PLANNED,
    {
        S.PLANNED: {S.WAITING},
        S.WAITING: {S.LIVE, S.FAILED, S.PLANNED},
        S.LIVE: {S.ENDED, S.WAITING, S.FAILED},
        S.ENDED: set(),
        S.FAILED: {S.WAITING},
    },
)
