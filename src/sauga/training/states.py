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
        S.FAILED: {S.WAITING, S.ENDED},
    },
)


class QuestionState(StrEnum):
    """A question to the speaker: read by the organisers before the speaker sees it."""

    WAITING = "WAITING"
    PASSED = "PASSED"
    DECLINED = "DECLINED"
    ANSWERED = "ANSWERED"


Q = QuestionState
QUESTION = StateTable(
    Q.WAITING,
    {
        Q.WAITING: {Q.PASSED, Q.DECLINED},
        Q.PASSED: {Q.ANSWERED, Q.WAITING},
        Q.DECLINED: {Q.WAITING},
        Q.ANSWERED: {Q.PASSED},
    },
)
"""A decision of the organisers, and a press of the speaker, can be taken back."""


class SiteState(StrEnum):
    """Life of a viewing site, from the invitation to the count."""

    INVITED = "INVITED"
    ENROLLED = "ENROLLED"
    TECH_TESTED = "TECH_TESTED"
    READY = "READY"
    LIVE = "LIVE"
    OVERDUE = "OVERDUE"
    COUNTED = "COUNTED"
    NO_SHOW = "NO_SHOW"
    CLOSED = "CLOSED"


V = SiteState
SITE = StateTable(
    V.INVITED,
    {
        V.INVITED: {V.ENROLLED},
        V.ENROLLED: {V.TECH_TESTED, V.NO_SHOW},
        V.TECH_TESTED: {V.READY, V.NO_SHOW},
        V.READY: {V.LIVE, V.NO_SHOW},
        V.LIVE: {V.COUNTED, V.OVERDUE},
        V.OVERDUE: {V.COUNTED},
        V.COUNTED: {V.CLOSED},
        V.NO_SHOW: {V.CLOSED},
        V.CLOSED: set(),
    },
)
TAKES_PART = (V.ENROLLED, V.TECH_TESTED, V.READY, V.LIVE, V.OVERDUE, V.COUNTED)
"""Libraries that show the webinar or will."""
BEFORE_SHOWING = (V.ENROLLED, V.TECH_TESTED, V.READY)
SHOWED = (V.LIVE, V.OVERDUE, V.COUNTED)
