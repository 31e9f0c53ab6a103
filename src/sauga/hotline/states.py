"""State columns of the hotline and their tables of allowed moves (docs/services/hotline.md shows the
diagrams)."""

from enum import StrEnum

from sauga.kernel.states import StateTable


class ReportState(StrEnum):
    """States of a report, from arrival to the answer its reporter reads."""

    RECEIVED = "RECEIVED"
    TRIAGED = "TRIAGED"
    IN_ASSESSMENT = "IN_ASSESSMENT"
    WAITING_REPORTER = "WAITING_REPORTER"
    ACTIONED = "ACTIONED"
    DUPLICATE = "DUPLICATE"
    NOT_ILLEGAL = "NOT_ILLEGAL"
    LAWFUL_WHERE_HOSTED = "LAWFUL_WHERE_HOSTED"
    NOT_ACCESSIBLE = "NOT_ACCESSIBLE"
    NOT_FOUND = "NOT_FOUND"
    INSUFFICIENT = "INSUFFICIENT"
    OUT_OF_REMIT = "OUT_OF_REMIT"
    CONSULTED = "CONSULTED"
    SPAM = "SPAM"
    CLOSED = "CLOSED"


REPORT = StateTable(
    ReportState.RECEIVED,
    {
        ReportState.RECEIVED: {ReportState.TRIAGED},
        ReportState.TRIAGED: {
            ReportState.IN_ASSESSMENT,
            ReportState.DUPLICATE,
            ReportState.OUT_OF_REMIT,
            ReportState.SPAM,
        },
        ReportState.IN_ASSESSMENT: {
            ReportState.WAITING_REPORTER,
            ReportState.ACTIONED,
            ReportState.DUPLICATE,
            ReportState.NOT_ILLEGAL,
            ReportState.LAWFUL_WHERE_HOSTED,
            ReportState.NOT_ACCESSIBLE,
            ReportState.NOT_FOUND,
            ReportState.INSUFFICIENT,
            ReportState.OUT_OF_REMIT,
            ReportState.CONSULTED,
            ReportState.SPAM,
        },
        ReportState.WAITING_REPORTER: {ReportState.IN_ASSESSMENT},
        ReportState.ACTIONED: {ReportState.CLOSED},
        ReportState.DUPLICATE: {ReportState.CLOSED},
        ReportState.NOT_ILLEGAL: {ReportState.CLOSED},
        ReportState.LAWFUL_WHERE_HOSTED: {ReportState.CLOSED},
        ReportState.NOT_ACCESSIBLE: {ReportState.CLOSED},
        ReportState.NOT_FOUND: {ReportState.CLOSED},
        ReportState.INSUFFICIENT: {ReportState.CLOSED},
        ReportState.OUT_OF_REMIT: {ReportState.CLOSED},
        ReportState.CONSULTED: {ReportState.CLOSED},
        ReportState.SPAM: {ReportState.TRIAGED, ReportState.CLOSED},
        ReportState.CLOSED: {ReportState.IN_ASSESSMENT},
    },
)


class Handling(StrEnum):
    """What we do about a content item."""

    NEW = "NEW"
    AWAITING_ASSESSMENT = "AWAITING_ASSESSMENT"
    ASSESSED = "ASSESSED"
    SECOND_REVIEW = "SECOND_REVIEW"
    ARBITRATION = "ARBITRATION"
    NO_ACTION = "NO_ACTION"
    ROUTED = "ROUTED"
    POLICE_HOLD = "POLICE_HOLD"
    NOTICE_DUE = "NOTICE_DUE"
    FOLLOWED = "FOLLOWED"
    WATCHED = "WATCHED"
    ARCHIVED = "ARCHIVED"


HANDLING = StateTable(
    Handling.NEW,
    {
        Handling.NEW: {Handling.AWAITING_ASSESSMENT},
        Handling.AWAITING_ASSESSMENT: {Handling.ASSESSED},
        Handling.ASSESSED: {Handling.SECOND_REVIEW, Handling.NO_ACTION, Handling.ROUTED},
        Handling.SECOND_REVIEW: {Handling.ASSESSED, Handling.ARBITRATION},
        Handling.ARBITRATION: {Handling.ASSESSED},
        Handling.NO_ACTION: {Handling.ARCHIVED, Handling.ASSESSED},
        Handling.ROUTED: {Handling.POLICE_HOLD, Handling.NOTICE_DUE, Handling.FOLLOWED, Handling.ASSESSED},
        Handling.POLICE_HOLD: {Handling.NOTICE_DUE, Handling.FOLLOWED, Handling.ASSESSED},
        Handling.NOTICE_DUE: {Handling.FOLLOWED, Handling.WATCHED, Handling.ASSESSED},
        Handling.FOLLOWED: {Handling.NOTICE_DUE, Handling.WATCHED, Handling.ASSESSED},
        Handling.WATCHED: {Handling.NOTICE_DUE, Handling.FOLLOWED, Handling.ARCHIVED, Handling.ASSESSED},
        Handling.ARCHIVED: {Handling.ASSESSED},
    },
)


TO_ASSESS = (
    Handling.NEW,
    Handling.AWAITING_ASSESSMENT,
    Handling.ASSESSED,
    Handling.SECOND_REVIEW,
    Handling.ARBITRATION,
)


def awaits_verdict(handling: str) -> bool:
    """Whether an item still waits for a verdict that stands: only then does the triage deadline (`due_at`)
    run."""
    return handling in TO_ASSESS


class Presence(StrEnum):
    """Whether a content item can be reached; moved by checks, beside its handling."""

    UNKNOWN = "UNKNOWN"
    ONLINE = "ONLINE"
    UNREACHABLE = "UNREACHABLE"
    PRESUMED_REMOVED = "PRESUMED_REMOVED"
    REMOVED = "REMOVED"
    REAPPEARED = "REAPPEARED"


PRESENCE = StateTable(
    Presence.UNKNOWN,
    {
        Presence.UNKNOWN: {Presence.ONLINE, Presence.UNREACHABLE, Presence.PRESUMED_REMOVED},
        Presence.ONLINE: {Presence.UNREACHABLE, Presence.PRESUMED_REMOVED},
        Presence.UNREACHABLE: {Presence.ONLINE, Presence.PRESUMED_REMOVED, Presence.REMOVED},
        Presence.PRESUMED_REMOVED: {Presence.ONLINE, Presence.UNREACHABLE, Presence.REMOVED},
        Presence.REMOVED: {Presence.REAPPEARED, Presence.ONLINE},
        Presence.REAPPEARED: {Presence.ONLINE, Presence.UNREACHABLE, Presence.PRESUMED_REMOVED},
    },
)


class NoticeState(StrEnum):
    """States of a notice to one provider."""

    DRAFTED = "DRAFTED"
    APPROVED = "APPROVED"
    QUEUED = "QUEUED"
    SENT = "SENT"
    DELIVERED = "DELIVERED"
    BOUNCED = "BOUNCED"
    NO_RECEIPT = "NO_RECEIPT"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    CLAIMED_REMOVED = "CLAIMED_REMOVED"
    REFUSED = "REFUSED"
    DISPUTED = "DISPUTED"
    SATISFIED = "SATISFIED"
    PARTLY_SATISFIED = "PARTLY_SATISFIED"
    EXPIRED = "EXPIRED"
    ESCALATED = "ESCALATED"
    WITHDRAWN = "WITHDRAWN"
    CLOSED = "CLOSED"


NOTICE = StateTable(
    NoticeState.DRAFTED,
    {
        NoticeState.DRAFTED: {NoticeState.APPROVED, NoticeState.WITHDRAWN},
        NoticeState.APPROVED: {NoticeState.QUEUED, NoticeState.WITHDRAWN},
        NoticeState.QUEUED: {NoticeState.SENT, NoticeState.WITHDRAWN},
        NoticeState.SENT: {
            NoticeState.DELIVERED,
            NoticeState.BOUNCED,
            NoticeState.NO_RECEIPT,
            NoticeState.ACKNOWLEDGED,
            NoticeState.CLAIMED_REMOVED,
            NoticeState.REFUSED,
            NoticeState.DISPUTED,
            NoticeState.SATISFIED,
            NoticeState.EXPIRED,
            NoticeState.PARTLY_SATISFIED,
            NoticeState.WITHDRAWN,
        },
        NoticeState.DELIVERED: {
            NoticeState.ACKNOWLEDGED,
            NoticeState.CLAIMED_REMOVED,
            NoticeState.REFUSED,
            NoticeState.DISPUTED,
            NoticeState.SATISFIED,
            NoticeState.EXPIRED,
            NoticeState.PARTLY_SATISFIED,
            NoticeState.WITHDRAWN,
        },
        NoticeState.BOUNCED: {NoticeState.QUEUED, NoticeState.ESCALATED},
        NoticeState.NO_RECEIPT: {
            NoticeState.DELIVERED,
            NoticeState.BOUNCED,
            NoticeState.ACKNOWLEDGED,
            NoticeState.CLAIMED_REMOVED,
            NoticeState.REFUSED,
            NoticeState.DISPUTED,
            NoticeState.SATISFIED,
            NoticeState.EXPIRED,
            NoticeState.PARTLY_SATISFIED,
            NoticeState.WITHDRAWN,
        },
        NoticeState.ACKNOWLEDGED: {
            NoticeState.CLAIMED_REMOVED,
            NoticeState.REFUSED,
            NoticeState.DISPUTED,
            NoticeState.SATISFIED,
            NoticeState.EXPIRED,
            NoticeState.PARTLY_SATISFIED,
            NoticeState.WITHDRAWN,
        },
        NoticeState.CLAIMED_REMOVED: {
            NoticeState.REFUSED,
            NoticeState.DISPUTED,
            NoticeState.ACKNOWLEDGED,
            NoticeState.SATISFIED,
            NoticeState.EXPIRED,
            NoticeState.PARTLY_SATISFIED,
            NoticeState.WITHDRAWN,
        },
        NoticeState.REFUSED: {
            NoticeState.CLAIMED_REMOVED,
            NoticeState.ESCALATED,
            NoticeState.SATISFIED,
            NoticeState.EXPIRED,
            NoticeState.PARTLY_SATISFIED,
            NoticeState.WITHDRAWN,
        },
        NoticeState.DISPUTED: {
            NoticeState.CLAIMED_REMOVED,
            NoticeState.ACKNOWLEDGED,
            NoticeState.WITHDRAWN,
            NoticeState.SATISFIED,
            NoticeState.EXPIRED,
            NoticeState.PARTLY_SATISFIED,
        },
        NoticeState.SATISFIED: {NoticeState.CLOSED},
        NoticeState.PARTLY_SATISFIED: {
            NoticeState.ESCALATED,
            NoticeState.SATISFIED,
            NoticeState.WITHDRAWN,
            NoticeState.CLOSED,
        },
        NoticeState.EXPIRED: {NoticeState.ESCALATED, NoticeState.SATISFIED, NoticeState.WITHDRAWN},
        NoticeState.ESCALATED: {NoticeState.SATISFIED, NoticeState.WITHDRAWN, NoticeState.CLOSED},
        NoticeState.WITHDRAWN: {NoticeState.CLOSED},
        NoticeState.CLOSED: set(),
    },
)
