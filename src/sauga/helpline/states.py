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


C = ChatState
CHAT = StateTable(
    C.NEW,
    {
        C.NEW: {C.OUT_OF_HOURS, C.PRECHAT},
        C.OUT_OF_HOURS: {C.PURGED},
        C.PRECHAT: {C.QUEUED, C.ABANDONED, C.LETTER_INSTEAD, C.QUEUE_CLOSED},
        C.QUEUED: {C.OFFERED, C.ABANDONED, C.LETTER_INSTEAD, C.QUEUE_CLOSED},
        C.OFFERED: {C.ACTIVE, C.QUEUED, C.REQUEUED_TOP, C.ABANDONED, C.LETTER_INSTEAD},
        C.ACTIVE: {C.PAUSED, C.TRANSFER_OFFERED, C.REQUEUED_TOP, C.ENDED},
        C.PAUSED: {C.ACTIVE, C.DROPPED, C.REQUEUED_TOP, C.ENDED},
        C.TRANSFER_OFFERED: {C.ACTIVE, C.REQUEUED_TOP, C.ENDED, C.DROPPED},
        C.REQUEUED_TOP: {C.OFFERED, C.ENDED, C.DROPPED, C.LETTER_INSTEAD},
        C.ABANDONED: {C.PURGED},
        C.LETTER_INSTEAD: {C.PURGED},
        C.QUEUE_CLOSED: {C.LETTER_INSTEAD, C.PURGED},
        C.DROPPED: {C.WRAP_UP},
        C.ENDED: {C.WRAP_UP},
        C.WRAP_UP: {C.CLOSED, C.CLOSED_NONDATA},
        C.CLOSED: {C.PURGED},
        C.CLOSED_NONDATA: {C.PURGED},
        C.PURGED: set(),
    },
)
WAITING = (C.QUEUED, C.OFFERED, C.REQUEUED_TOP)
"""Seen by the queue; the child is in the waiting room (or, requeued, in a conversation that lost
its counsellor).
"""
TALKING = (C.ACTIVE, C.PAUSED, C.TRANSFER_OFFERED)
LIVE = (C.PRECHAT, *WAITING, *TALKING)
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


L = LetterState
LETTER = StateTable(
    L.RECEIVED,
    {
        L.RECEIVED: {L.SCREENED},
        L.SCREENED: {L.CLAIMED, L.CLOSED_NONDATA},
        L.CLAIMED: {L.DRAFTED, L.SCREENED},
        L.DRAFTED: {L.IN_REVIEW, L.SCREENED},
        L.IN_REVIEW: {L.RETURNED, L.APPROVED},
        L.RETURNED: {L.DRAFTED, L.SCREENED},
        L.APPROVED: {L.DELIVERED},
        L.DELIVERED: {L.READ, L.REPLIED, L.CLOSED},
        L.READ: {L.REPLIED, L.CLOSED},
        L.REPLIED: {L.CLAIMED, L.SCREENED, L.CLOSED_NONDATA},
        L.CLOSED: {L.PURGED},
        L.CLOSED_NONDATA: {L.PURGED},
        L.PURGED: set(),
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


K = CallState
CALL = StateTable(
    K.RINGING,
    {
        K.RINGING: {K.OUT_OF_HOURS, K.BUSY, K.GREETING, K.CONNECTED, K.ABANDONED},
        K.OUT_OF_HOURS: {K.PURGED},
        K.BUSY: {K.PURGED},
        K.GREETING: {K.WAITING, K.ABANDONED},
        K.WAITING: {K.OFFERED, K.ABANDONED},
        K.OFFERED: {K.CONNECTED, K.WAITING, K.ABANDONED},
        K.ABANDONED: {K.PURGED},
        K.CONNECTED: {K.HELD, K.CONSULT, K.ENDED},
        K.HELD: {K.CONNECTED, K.ENDED},
        K.CONSULT: {K.CONNECTED, K.TRANSFERRED, K.ENDED},
        K.TRANSFERRED: {K.ENDED},
        K.ENDED: {K.WRAP_UP},
        K.WRAP_UP: {K.CLOSED, K.CLOSED_NONDATA},
        K.CLOSED: {K.PURGED},
        K.CLOSED_NONDATA: {K.PURGED},
        K.PURGED: set(),
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


S = ConcernState
CONCERN = StateTable(
    S.CONCERN,
    {
        S.CONCERN: {S.CONSULT},
        S.CONSULT: {S.WATCH, S.ACT_WITH_CONSENT, S.ACT_WITHOUT_CONSENT},
        S.WATCH: {S.CONSULT, S.REVIEWED},
        S.ACT_WITH_CONSENT: {S.APPROVED, S.REFUSED},
        S.ACT_WITHOUT_CONSENT: {S.APPROVED, S.REFUSED},
        S.REFUSED: {S.WATCH},
        S.APPROVED: {S.NOTIFIED},
        S.NOTIFIED: {S.ACKNOWLEDGED},
        S.ACKNOWLEDGED: {S.CHILD_INFORMED, S.CHILD_NOT_REACHABLE},
        S.CHILD_INFORMED: {S.REVIEWED},
        S.CHILD_NOT_REACHABLE: {S.CHILD_INFORMED, S.REVIEWED},
        S.REVIEWED: set(),
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


R = ReferralState
REFERRAL = StateTable(
    R.SUGGESTED,
    {
        R.SUGGESTED: {R.CONSENT_ASKED},
        R.CONSENT_ASKED: {R.DECLINED, R.CONSENTED},
        R.DECLINED: {R.CLOSED},
        R.CONSENTED: {R.SENT, R.WITHDRAWN},
        R.WITHDRAWN: {R.CLOSED},
        R.SENT: {R.ACKNOWLEDGED, R.CHASED},
        R.CHASED: {R.ESCALATED, R.ACKNOWLEDGED},
        R.ESCALATED: {R.ACKNOWLEDGED},
        R.ACKNOWLEDGED: {R.IN_SERVICE, R.OUTCOME},
        R.IN_SERVICE: {R.OUTCOME},
        R.OUTCOME: {R.CLOSED},
        R.CLOSED: set(),
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


H = ShiftState
SHIFT = StateTable(
    H.TEMPLATE,
    {
        H.TEMPLATE: {H.PUBLISHED},
        H.PUBLISHED: {H.OPEN},
        H.OPEN: {H.CLAIMED, H.CANCELLED},  # a place that is not needed after all
        H.CLAIMED: {H.CONFIRMED, H.OPEN},
        H.CONFIRMED: {H.SWAP_OFFERED, H.CHECKED_IN, H.CANCELLED, H.LATE_CANCELLED, H.NO_SHOW},
        H.SWAP_OFFERED: {H.SWAPPED, H.CONFIRMED},
        H.SWAPPED: set(),
        H.CANCELLED: set(),
        H.LATE_CANCELLED: set(),
        H.NO_SHOW: set(),
        H.CHECKED_IN: {H.ON_DUTY},
        H.ON_DUTY: {H.BREAK, H.CHECKED_OUT},
        H.BREAK: {H.ON_DUTY},
        H.CHECKED_OUT: {H.DEBRIEFED},
        H.DEBRIEFED: set(),
    },
)
