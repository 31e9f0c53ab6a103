"""State columns of certification and their tables of moves; `docs/services/certification.md` draws them."""

from enum import StrEnum

from sauga.kernel.states import StateTable


class AmbassadorState(StrEnum):
    """From the application to the certification and its end."""

    APPLIED = "APPLIED"
    ELIGIBLE = "ELIGIBLE"
    IN_TRAINING = "IN_TRAINING"
    EXAM_PASSED = "EXAM_PASSED"
    SUPERVISED = "SUPERVISED"
    BOARD_DECISION = "BOARD_DECISION"
    ACTIVE = "ACTIVE"
    REJECTED = "REJECTED"
    RENEWAL_DUE = "RENEWAL_DUE"
    LAPSED = "LAPSED"
    SUSPENDED = "SUSPENDED"
    REVOKED = "REVOKED"
    WITHDRAWN = "WITHDRAWN"


AMBASSADOR = StateTable(
    AmbassadorState.APPLIED,
    {
        AmbassadorState.APPLIED: {AmbassadorState.ELIGIBLE, AmbassadorState.WITHDRAWN},
        AmbassadorState.ELIGIBLE: {AmbassadorState.IN_TRAINING, AmbassadorState.WITHDRAWN},
        AmbassadorState.IN_TRAINING: {AmbassadorState.EXAM_PASSED, AmbassadorState.WITHDRAWN},
        AmbassadorState.EXAM_PASSED: {
            AmbassadorState.SUPERVISED,
            AmbassadorState.BOARD_DECISION,
            AmbassadorState.WITHDRAWN,
        },
        AmbassadorState.SUPERVISED: {AmbassadorState.BOARD_DECISION, AmbassadorState.WITHDRAWN},
        AmbassadorState.BOARD_DECISION: {AmbassadorState.ACTIVE, AmbassadorState.REJECTED},
        AmbassadorState.ACTIVE: {AmbassadorState.RENEWAL_DUE, AmbassadorState.SUSPENDED},
        AmbassadorState.RENEWAL_DUE: {
            AmbassadorState.ACTIVE,
            AmbassadorState.LAPSED,
            AmbassadorState.SUSPENDED,
        },
        AmbassadorState.LAPSED: {AmbassadorState.ACTIVE},
        AmbassadorState.SUSPENDED: {AmbassadorState.ACTIVE, AmbassadorState.REVOKED},
        AmbassadorState.REJECTED: set(),
        AmbassadorState.REVOKED: set(),
        AmbassadorState.WITHDRAWN: set(),
    },
)
"""As the domain's table has it, with one move more: whoever is due for renewal can be suspended too, or
nobody could be for the last 90 days (decision 0149)."""
OPEN = (
    AmbassadorState.APPLIED,
    AmbassadorState.ELIGIBLE,
    AmbassadorState.IN_TRAINING,
    AmbassadorState.EXAM_PASSED,
    AmbassadorState.SUPERVISED,
    AmbassadorState.BOARD_DECISION,
)
"""Applications that are not decided."""
CERTIFIED = (AmbassadorState.ACTIVE, AmbassadorState.RENEWAL_DUE)
"""Ambassadors who may come to a school and stand in the register."""
WAS_CERTIFIED = (*CERTIFIED, AmbassadorState.LAPSED, AmbassadorState.SUSPENDED)


class CaseState(StrEnum):
    """A case before the board."""

    OPEN = "OPEN"
    DECIDED = "DECIDED"


CASE = StateTable(CaseState.OPEN, {CaseState.OPEN: {CaseState.DECIDED}, CaseState.DECIDED: set()})


class VersionState(StrEnum):
    """A version of the programme: written, in force, replaced."""

    DRAFT = "DRAFT"
    IN_FORCE = "IN_FORCE"
    REPLACED = "REPLACED"


VERSION = StateTable(
    VersionState.DRAFT,
    {
        VersionState.DRAFT: {VersionState.IN_FORCE},
        VersionState.IN_FORCE: {VersionState.REPLACED},
        VersionState.REPLACED: set(),
    },
)


class BookingState(StrEnum):
    """A session that a school asked for."""

    REQUESTED = "REQUESTED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    HELD = "HELD"
    HOST_CONFIRMED = "HOST_CONFIRMED"
    CONTRADICTED = "CONTRADICTED"
    CANCELLED = "CANCELLED"


BOOKING = StateTable(
    BookingState.REQUESTED,
    {
        BookingState.REQUESTED: {BookingState.ACCEPTED, BookingState.DECLINED},
        BookingState.ACCEPTED: {BookingState.HELD, BookingState.CANCELLED},
        BookingState.HELD: {BookingState.HOST_CONFIRMED, BookingState.CONTRADICTED},
        BookingState.CONTRADICTED: {BookingState.HOST_CONFIRMED},
        BookingState.DECLINED: set(),
        BookingState.HOST_CONFIRMED: set(),
        BookingState.CANCELLED: set(),
    },
)


class OfferState(StrEnum):
    """A request as one ambassador was asked."""

    OFFERED = "OFFERED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    CLOSED = "CLOSED"


OFFER = StateTable(
    OfferState.OFFERED,
    {
        OfferState.OFFERED: {OfferState.ACCEPTED, OfferState.DECLINED, OfferState.CLOSED},
        OfferState.ACCEPTED: {OfferState.CLOSED},
        OfferState.DECLINED: set(),
        OfferState.CLOSED: set(),
    },
)
