"""State columns of the helpline and their tables of allowed moves (diagrams: docs/services/helpline.md)."""

from enum import StrEnum

from sauga.kernel.states import StateTable


class ChatState(StrEnum):
    """Life of a conversation, from the child's first step to the destruction of its key."""

    NEW = "NEW"
    OUT_OF_HOURS = "OUT_OF_HOURS"
    PRECHAT = "PRECHAT"
    QUEUED = "QUEUED"
    OFFERED = "OFFERED"
    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    TRANSFER_OFFERED = "TRANSFER_OFFERED"
    REQUEUED_TOP = "REQUEUED_TOP"
    ABANDONED = "ABANDONED"
    LETTER_INSTEAD = "LETTER_INSTEAD"
    QUEUE_CLOSED = "QUEUE_CLOSED"
    DROPPED = "DROPPED"
    ENDED = "ENDED"
    WRAP_UP = "WRAP_UP"
    CLOSED = "CLOSED"
    CLOSED_NONDATA = "CLOSED_NONDATA"
    PURGED = "PURGED"


CHAT = StateTable(
    ChatState.NEW,
    {
        ChatState.NEW: {ChatState.OUT_OF_HOURS, ChatState.PRECHAT},
        ChatState.OUT_OF_HOURS: {ChatState.PURGED},
        ChatState.PRECHAT: {
            ChatState.QUEUED,
            ChatState.ABANDONED,
            ChatState.LETTER_INSTEAD,
            ChatState.QUEUE_CLOSED,
        },
        ChatState.QUEUED: {
            ChatState.OFFERED,
            ChatState.ABANDONED,
            ChatState.LETTER_INSTEAD,
            ChatState.QUEUE_CLOSED,
        },
        ChatState.OFFERED: {
            ChatState.ACTIVE,
            ChatState.QUEUED,
            ChatState.REQUEUED_TOP,
            ChatState.ABANDONED,
            ChatState.LETTER_INSTEAD,
        },
        ChatState.ACTIVE: {
            ChatState.PAUSED,
            ChatState.TRANSFER_OFFERED,
            ChatState.REQUEUED_TOP,
            ChatState.ENDED,
        },
        ChatState.PAUSED: {ChatState.ACTIVE, ChatState.DROPPED, ChatState.REQUEUED_TOP, ChatState.ENDED},
        ChatState.TRANSFER_OFFERED: {
            ChatState.ACTIVE,
            ChatState.REQUEUED_TOP,
            ChatState.ENDED,
            ChatState.DROPPED,
        },
        ChatState.REQUEUED_TOP: {
            ChatState.OFFERED,
            ChatState.ENDED,
            ChatState.DROPPED,
            ChatState.LETTER_INSTEAD,
        },
        ChatState.ABANDONED: {ChatState.PURGED},
        ChatState.LETTER_INSTEAD: {ChatState.PURGED},
        ChatState.QUEUE_CLOSED: {ChatState.LETTER_INSTEAD, ChatState.PURGED},
        ChatState.DROPPED: {ChatState.WRAP_UP},
        ChatState.ENDED: {ChatState.WRAP_UP},
        ChatState.WRAP_UP: {ChatState.CLOSED, ChatState.CLOSED_NONDATA},
        ChatState.CLOSED: {ChatState.PURGED},
        ChatState.CLOSED_NONDATA: {ChatState.PURGED},
        ChatState.PURGED: set(),
    },
)
WAITING = (ChatState.QUEUED, ChatState.OFFERED, ChatState.REQUEUED_TOP)
"""Seen by the queue; the child is in the waiting room (or, requeued, in a conversation that lost
its counsellor).
"""
TALKING = (ChatState.ACTIVE, ChatState.PAUSED, ChatState.TRANSFER_OFFERED)
LIVE = (ChatState.PRECHAT, *WAITING, *TALKING)
"""Still going on for the child."""


class LetterState(StrEnum):
    """Life of a letter: one thread between a child and the line, answered by one person and
    reviewed by another.
    """

    RECEIVED = "RECEIVED"
    SCREENED = "SCREENED"
    CLAIMED = "CLAIMED"
    DRAFTED = "DRAFTED"
    IN_REVIEW = "IN_REVIEW"
    RETURNED = "RETURNED"
    APPROVED = "APPROVED"
    DELIVERED = "DELIVERED"
    READ = "READ"
    REPLIED = "REPLIED"
    CLOSED = "CLOSED"
    CLOSED_NONDATA = "CLOSED_NONDATA"
    PURGED = "PURGED"


LETTER = StateTable(
    LetterState.RECEIVED,
    {
        LetterState.RECEIVED: {LetterState.SCREENED},
        LetterState.SCREENED: {LetterState.CLAIMED, LetterState.CLOSED_NONDATA},
        LetterState.CLAIMED: {LetterState.DRAFTED, LetterState.SCREENED},
        LetterState.DRAFTED: {LetterState.IN_REVIEW, LetterState.SCREENED},
        LetterState.IN_REVIEW: {LetterState.RETURNED, LetterState.APPROVED},
        LetterState.RETURNED: {LetterState.DRAFTED, LetterState.SCREENED},
        LetterState.APPROVED: {LetterState.DELIVERED},
        LetterState.DELIVERED: {LetterState.READ, LetterState.REPLIED, LetterState.CLOSED},
        LetterState.READ: {LetterState.REPLIED, LetterState.CLOSED},
        LetterState.REPLIED: {LetterState.CLAIMED, LetterState.SCREENED, LetterState.CLOSED_NONDATA},
        LetterState.CLOSED: {LetterState.PURGED},
        LetterState.CLOSED_NONDATA: {LetterState.PURGED},
        LetterState.PURGED: set(),
    },
)


class CallState(StrEnum):
    """Life of a call, from the ring to its record."""

    RINGING = "RINGING"
    OUT_OF_HOURS = "OUT_OF_HOURS"
    BUSY = "BUSY"
    GREETING = "GREETING"
    WAITING = "WAITING"
    OFFERED = "OFFERED"
    ABANDONED = "ABANDONED"
    CONNECTED = "CONNECTED"
    HELD = "HELD"
    CONSULT = "CONSULT"
    TRANSFERRED = "TRANSFERRED"
    ENDED = "ENDED"
    WRAP_UP = "WRAP_UP"
    CLOSED = "CLOSED"
    CLOSED_NONDATA = "CLOSED_NONDATA"
    PURGED = "PURGED"


CALL = StateTable(
    CallState.RINGING,
    {
        CallState.RINGING: {
            CallState.OUT_OF_HOURS,
            CallState.BUSY,
            CallState.GREETING,
            CallState.CONNECTED,
            CallState.ABANDONED,
        },
        CallState.OUT_OF_HOURS: {CallState.PURGED},
        CallState.BUSY: {CallState.PURGED},
        CallState.GREETING: {CallState.WAITING, CallState.ABANDONED},
        CallState.WAITING: {CallState.OFFERED, CallState.ABANDONED},
        CallState.OFFERED: {CallState.CONNECTED, CallState.WAITING, CallState.ABANDONED},
        CallState.ABANDONED: {CallState.PURGED},
        CallState.CONNECTED: {CallState.HELD, CallState.CONSULT, CallState.ENDED},
        CallState.HELD: {CallState.CONNECTED, CallState.ENDED},
        CallState.CONSULT: {CallState.CONNECTED, CallState.TRANSFERRED, CallState.ENDED},
        CallState.TRANSFERRED: {CallState.ENDED},
        CallState.ENDED: {CallState.WRAP_UP},
        CallState.WRAP_UP: {CallState.CLOSED, CallState.CLOSED_NONDATA},
        CallState.CLOSED: {CallState.PURGED},
        CallState.CLOSED_NONDATA: {CallState.PURGED},
        CallState.PURGED: set(),
    },
)


class CaseState(StrEnum):
    """Life of a case: help that goes on beyond one contact."""

    DRAFT = "DRAFT"
    OPEN = "OPEN"
    IN_PROGRESS = "IN_PROGRESS"
    WAITING_EXTERNAL = "WAITING_EXTERNAL"
    CLOSE_PROPOSED = "CLOSE_PROPOSED"
    CLOSED = "CLOSED"


CASE = StateTable(
    CaseState.DRAFT,
    {
        CaseState.DRAFT: {CaseState.OPEN},
        CaseState.OPEN: {CaseState.IN_PROGRESS},
        CaseState.IN_PROGRESS: {CaseState.WAITING_EXTERNAL, CaseState.CLOSE_PROPOSED},
        CaseState.WAITING_EXTERNAL: {CaseState.IN_PROGRESS},
        CaseState.CLOSE_PROPOSED: {CaseState.CLOSED, CaseState.IN_PROGRESS},
        CaseState.CLOSED: {CaseState.IN_PROGRESS},
    },
)


class ConcernState(StrEnum):
    """A worry about a child's safety, from the first word to the review.

    Breaking confidentiality takes two people.
    """

    CONCERN = "CONCERN"
    CONSULT = "CONSULT"
    WATCH = "WATCH"
    ACT_WITH_CONSENT = "ACT_WITH_CONSENT"
    ACT_WITHOUT_CONSENT = "ACT_WITHOUT_CONSENT"
    REFUSED = "REFUSED"
    APPROVED = "APPROVED"
    NOTIFIED = "NOTIFIED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    CHILD_INFORMED = "CHILD_INFORMED"
    CHILD_NOT_REACHABLE = "CHILD_NOT_REACHABLE"
    REVIEWED = "REVIEWED"


CONCERN = StateTable(
    ConcernState.CONCERN,
    {
        ConcernState.CONCERN: {ConcernState.CONSULT},
        ConcernState.CONSULT: {
            ConcernState.WATCH,
            ConcernState.ACT_WITH_CONSENT,
            ConcernState.ACT_WITHOUT_CONSENT,
        },
        ConcernState.WATCH: {ConcernState.CONSULT, ConcernState.REVIEWED},
        ConcernState.ACT_WITH_CONSENT: {ConcernState.APPROVED, ConcernState.REFUSED},
        ConcernState.ACT_WITHOUT_CONSENT: {ConcernState.APPROVED, ConcernState.REFUSED},
        ConcernState.REFUSED: {ConcernState.WATCH},
        ConcernState.APPROVED: {ConcernState.NOTIFIED},
        ConcernState.NOTIFIED: {ConcernState.ACKNOWLEDGED},
        ConcernState.ACKNOWLEDGED: {ConcernState.CHILD_INFORMED, ConcernState.CHILD_NOT_REACHABLE},
        ConcernState.CHILD_INFORMED: {ConcernState.REVIEWED},
        ConcernState.CHILD_NOT_REACHABLE: {ConcernState.CHILD_INFORMED, ConcernState.REVIEWED},
        ConcernState.REVIEWED: set(),
    },
)


class ReferralState(StrEnum):
    """A child is passed on to another service, with consent and an outcome."""

    SUGGESTED = "SUGGESTED"
    CONSENT_ASKED = "CONSENT_ASKED"
    DECLINED = "DECLINED"
    CONSENTED = "CONSENTED"
    WITHDRAWN = "WITHDRAWN"
    SENT = "SENT"
    CHASED = "CHASED"
    ESCALATED = "ESCALATED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    IN_SERVICE = "IN_SERVICE"
    OUTCOME = "OUTCOME"
    CLOSED = "CLOSED"


REFERRAL = StateTable(
    ReferralState.SUGGESTED,
    {
        ReferralState.SUGGESTED: {ReferralState.CONSENT_ASKED},
        ReferralState.CONSENT_ASKED: {ReferralState.DECLINED, ReferralState.CONSENTED},
        ReferralState.DECLINED: {ReferralState.CLOSED},
        ReferralState.CONSENTED: {ReferralState.SENT, ReferralState.WITHDRAWN},
        ReferralState.WITHDRAWN: {ReferralState.CLOSED},
        ReferralState.SENT: {ReferralState.ACKNOWLEDGED, ReferralState.CHASED},
        ReferralState.CHASED: {ReferralState.ESCALATED, ReferralState.ACKNOWLEDGED},
        ReferralState.ESCALATED: {ReferralState.ACKNOWLEDGED},
        ReferralState.ACKNOWLEDGED: {ReferralState.IN_SERVICE, ReferralState.OUTCOME},
        ReferralState.IN_SERVICE: {ReferralState.OUTCOME},
        ReferralState.OUTCOME: {ReferralState.CLOSED},
        ReferralState.CLOSED: set(),
    },
)


class IncomingState(StrEnum):
    """A young person whom another service of the centre told us about, because they wanted it."""

    RECEIVED = "RECEIVED"
    TAKEN = "TAKEN"
    SETTLED = "SETTLED"
    WITHDRAWN = "WITHDRAWN"


INCOMING = StateTable(
    IncomingState.RECEIVED,
    {
        IncomingState.RECEIVED: {IncomingState.TAKEN, IncomingState.WITHDRAWN},
        IncomingState.TAKEN: {IncomingState.RECEIVED, IncomingState.SETTLED, IncomingState.WITHDRAWN},
        IncomingState.SETTLED: set(),
        IncomingState.WITHDRAWN: set(),
    },
)
"""Whoever took it can give it back; the young person can take it back until it is settled."""


class LinkState(StrEnum):
    """An address passed on to the hotline without the child."""

    CAPTURED = "CAPTURED"
    SUBMITTED = "SUBMITTED"
    RECEIPTED = "RECEIPTED"
    ASSESSED = "ASSESSED"
    TOLD = "TOLD"


LINK = StateTable(
    LinkState.CAPTURED,
    {
        LinkState.CAPTURED: {LinkState.SUBMITTED},
        LinkState.SUBMITTED: {LinkState.RECEIPTED},
        LinkState.RECEIPTED: {LinkState.ASSESSED},
        LinkState.ASSESSED: {LinkState.TOLD},
        LinkState.TOLD: set(),
    },
)


class SelfImageState(StrEnum):
    """A one-time pass for a child who wants own pictures gone; used at the hotline directly."""

    TOKEN_ISSUED = "TOKEN_ISSUED"  # noqa: S105  a state, not a secret
    USED = "USED"
    EXPIRED = "EXPIRED"


SELF_IMAGE = StateTable(
    SelfImageState.TOKEN_ISSUED,
    {
        SelfImageState.TOKEN_ISSUED: {SelfImageState.USED, SelfImageState.EXPIRED},
        SelfImageState.USED: set(),
        SelfImageState.EXPIRED: set(),
    },
)


class ShiftState(StrEnum):
    """One place in the rota, from the template to the debrief."""

    TEMPLATE = "TEMPLATE"
    PUBLISHED = "PUBLISHED"
    OPEN = "OPEN"
    CLAIMED = "CLAIMED"
    CONFIRMED = "CONFIRMED"
    SWAP_OFFERED = "SWAP_OFFERED"
    SWAPPED = "SWAPPED"
    CANCELLED = "CANCELLED"
    LATE_CANCELLED = "LATE_CANCELLED"
    NO_SHOW = "NO_SHOW"
    CHECKED_IN = "CHECKED_IN"
    ON_DUTY = "ON_DUTY"
    BREAK = "BREAK"
    CHECKED_OUT = "CHECKED_OUT"
    DEBRIEFED = "DEBRIEFED"


SHIFT = StateTable(
    ShiftState.TEMPLATE,
    {
        ShiftState.TEMPLATE: {ShiftState.PUBLISHED},
        ShiftState.PUBLISHED: {ShiftState.OPEN},
        ShiftState.OPEN: {ShiftState.CLAIMED, ShiftState.CANCELLED},  # a place that is not needed after all
        ShiftState.CLAIMED: {ShiftState.CONFIRMED, ShiftState.OPEN},
        ShiftState.CONFIRMED: {
            ShiftState.SWAP_OFFERED,
            ShiftState.CHECKED_IN,
            ShiftState.CANCELLED,
            ShiftState.LATE_CANCELLED,
            ShiftState.NO_SHOW,
        },
        ShiftState.SWAP_OFFERED: {ShiftState.SWAPPED, ShiftState.CONFIRMED},
        ShiftState.SWAPPED: set(),
        ShiftState.CANCELLED: set(),
        ShiftState.LATE_CANCELLED: set(),
        ShiftState.NO_SHOW: set(),
        ShiftState.CHECKED_IN: {ShiftState.ON_DUTY},
        ShiftState.ON_DUTY: {ShiftState.BREAK, ShiftState.CHECKED_OUT},
        ShiftState.BREAK: {ShiftState.ON_DUTY},
        ShiftState.CHECKED_OUT: {ShiftState.DEBRIEFED},
        ShiftState.DEBRIEFED: set(),
    },
)
