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
        S.WAITING: {S.LIVE, S.FAILED, S.PLANNED, S.ENDED},
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


W = SiteState
SITE = StateTable(
    W.INVITED,
    {
        W.INVITED: {W.ENROLLED},
        W.ENROLLED: {W.TECH_TESTED, W.NO_SHOW},
        W.TECH_TESTED: {W.READY, W.NO_SHOW},
        W.READY: {W.LIVE, W.NO_SHOW},
        W.LIVE: {W.COUNTED, W.OVERDUE},
        W.OVERDUE: {W.COUNTED},
        W.COUNTED: {W.CLOSED},
        W.NO_SHOW: {W.CLOSED},
        W.CLOSED: set(),
    },
)
TAKES_PART = (W.ENROLLED, W.TECH_TESTED, W.READY, W.LIVE, W.OVERDUE, W.COUNTED)
"""Libraries that show the webinar or will."""
BEFORE_SHOWING = (W.ENROLLED, W.TECH_TESTED, W.READY)
SHOWED = (W.LIVE, W.OVERDUE, W.COUNTED)


class VersionState(StrEnum):
    """Life of a version of a course: written, reviewed, published, replaced by the next."""

    DRAFT = "DRAFT"
    IN_REVIEW = "IN_REVIEW"
    PUBLISHED = "PUBLISHED"
    REPLACED = "REPLACED"


V = VersionState
VERSION = StateTable(
    V.DRAFT,
    {
        V.DRAFT: {V.IN_REVIEW},
        V.IN_REVIEW: {V.DRAFT, V.PUBLISHED},
        V.PUBLISHED: {V.REPLACED},
        V.REPLACED: set(),
    },
)


class EnrolmentState(StrEnum):
    """Life of an enrolment: in the waiting list, learning, without a step for a while, completed with or
    without certificate, failed, withdrawn."""

    WAITLISTED = "WAITLISTED"
    ACTIVE = "ACTIVE"
    STALLED = "STALLED"
    COMPLETED = "COMPLETED"
    CERTIFIED = "CERTIFIED"
    FAILED = "FAILED"
    WITHDRAWN = "WITHDRAWN"


E = EnrolmentState
ENROLMENT = StateTable(
    E.WAITLISTED,
    {
        E.WAITLISTED: {E.ACTIVE, E.WITHDRAWN},
        E.ACTIVE: {E.STALLED, E.COMPLETED, E.FAILED, E.WITHDRAWN},
        E.STALLED: {E.ACTIVE, E.WITHDRAWN},
        E.COMPLETED: {E.CERTIFIED},
        E.FAILED: {E.ACTIVE, E.WITHDRAWN},
        E.CERTIFIED: set(),
        E.WITHDRAWN: set(),
    },
)
"""FAILED becomes ACTIVE again by an appeal or more tries; who wants neither leaves and gives the place up."""
LEARNING = (E.ACTIVE, E.STALLED)
"""Who can do something in the course now."""
OPEN = (E.WAITLISTED, E.ACTIVE, E.STALLED, E.FAILED)
"""What can still be completed."""
HOLDS_PLACE = (E.ACTIVE, E.STALLED, E.COMPLETED, E.CERTIFIED, E.FAILED)
"""A place is given back by withdrawing only."""
COMPLETE = (E.COMPLETED, E.CERTIFIED)
READS_ON = (E.ACTIVE, E.STALLED, E.COMPLETED, E.CERTIFIED, E.FAILED)
"""Who may read the course, also when it is over for them."""


class ToolState(StrEnum):
    """Whether a tool of another provider can be opened from courses."""

    OFF = "OFF"
    ON = "ON"


T = ToolState
TOOL = StateTable(T.OFF, {T.OFF: {T.ON}, T.ON: {T.OFF}})
