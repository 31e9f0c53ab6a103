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


STREAM = StateTable(
    StreamState.PLANNED,
    {
        StreamState.PLANNED: {StreamState.WAITING},
        StreamState.WAITING: {StreamState.LIVE, StreamState.FAILED, StreamState.PLANNED, StreamState.ENDED},
        StreamState.LIVE: {StreamState.ENDED, StreamState.WAITING, StreamState.FAILED},
        StreamState.ENDED: set(),
        StreamState.FAILED: {StreamState.WAITING, StreamState.ENDED},
    },
)


class QuestionState(StrEnum):
    """A question to the speaker: read by the organisers before the speaker sees it."""

    WAITING = "WAITING"
    PASSED = "PASSED"
    DECLINED = "DECLINED"
    ANSWERED = "ANSWERED"


QUESTION = StateTable(
    QuestionState.WAITING,
    {
        QuestionState.WAITING: {QuestionState.PASSED, QuestionState.DECLINED},
        QuestionState.PASSED: {QuestionState.ANSWERED, QuestionState.WAITING},
        QuestionState.DECLINED: {QuestionState.WAITING},
        QuestionState.ANSWERED: {QuestionState.PASSED},
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


SITE = StateTable(
    SiteState.INVITED,
    {
        SiteState.INVITED: {SiteState.ENROLLED},
        SiteState.ENROLLED: {SiteState.TECH_TESTED, SiteState.NO_SHOW},
        SiteState.TECH_TESTED: {SiteState.READY, SiteState.NO_SHOW},
        SiteState.READY: {SiteState.LIVE, SiteState.NO_SHOW},
        SiteState.LIVE: {SiteState.COUNTED, SiteState.OVERDUE},
        SiteState.OVERDUE: {SiteState.COUNTED},
        SiteState.COUNTED: {SiteState.CLOSED},
        SiteState.NO_SHOW: {SiteState.CLOSED},
        SiteState.CLOSED: set(),
    },
)
TAKES_PART = (
    SiteState.ENROLLED,
    SiteState.TECH_TESTED,
    SiteState.READY,
    SiteState.LIVE,
    SiteState.OVERDUE,
    SiteState.COUNTED,
)
"""Libraries that show the webinar or will."""
BEFORE_SHOWING = (SiteState.ENROLLED, SiteState.TECH_TESTED, SiteState.READY)
SHOWED = (SiteState.LIVE, SiteState.OVERDUE, SiteState.COUNTED)


class VersionState(StrEnum):
    """Life of a version of a course: written, reviewed, published, replaced by the next."""

    DRAFT = "DRAFT"
    IN_REVIEW = "IN_REVIEW"
    PUBLISHED = "PUBLISHED"
    REPLACED = "REPLACED"


VERSION = StateTable(
    VersionState.DRAFT,
    {
        VersionState.DRAFT: {VersionState.IN_REVIEW},
        VersionState.IN_REVIEW: {VersionState.DRAFT, VersionState.PUBLISHED},
        VersionState.PUBLISHED: {VersionState.REPLACED},
        VersionState.REPLACED: set(),
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


ENROLMENT = StateTable(
    EnrolmentState.WAITLISTED,
    {
        EnrolmentState.WAITLISTED: {EnrolmentState.ACTIVE, EnrolmentState.WITHDRAWN},
        EnrolmentState.ACTIVE: {
            EnrolmentState.STALLED,
            EnrolmentState.COMPLETED,
            EnrolmentState.FAILED,
            EnrolmentState.WITHDRAWN,
        },
        EnrolmentState.STALLED: {EnrolmentState.ACTIVE, EnrolmentState.WITHDRAWN},
        EnrolmentState.COMPLETED: {EnrolmentState.CERTIFIED},
        EnrolmentState.FAILED: {EnrolmentState.ACTIVE, EnrolmentState.WITHDRAWN},
        EnrolmentState.CERTIFIED: set(),
        EnrolmentState.WITHDRAWN: set(),
    },
)
"""FAILED becomes ACTIVE again by an appeal or more tries; who wants neither leaves and gives the place up."""
LEARNING = (EnrolmentState.ACTIVE, EnrolmentState.STALLED)
"""Who can do something in the course now."""
OPEN = (EnrolmentState.WAITLISTED, EnrolmentState.ACTIVE, EnrolmentState.STALLED, EnrolmentState.FAILED)
"""What can still be completed."""
HOLDS_PLACE = (
    EnrolmentState.ACTIVE,
    EnrolmentState.STALLED,
    EnrolmentState.COMPLETED,
    EnrolmentState.CERTIFIED,
    EnrolmentState.FAILED,
)
"""A place is given back by withdrawing only."""
COMPLETE = (EnrolmentState.COMPLETED, EnrolmentState.CERTIFIED)
READS_ON = (
    EnrolmentState.ACTIVE,
    EnrolmentState.STALLED,
    EnrolmentState.COMPLETED,
    EnrolmentState.CERTIFIED,
    EnrolmentState.FAILED,
)
"""Who may read the course, also when it is over for them."""


class ToolState(StrEnum):
    """Whether a tool of another provider can be opened from courses."""

    OFF = "OFF"
    ON = "ON"


TOOL = StateTable(ToolState.OFF, {ToolState.OFF: {ToolState.ON}, ToolState.ON: {ToolState.OFF}})
