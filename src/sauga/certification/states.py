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


A = AmbassadorState
AMBASSADOR = StateTable(
    A.APPLIED,
    {
        A.APPLIED: {A.ELIGIBLE, A.WITHDRAWN},
        A.ELIGIBLE: {A.IN_TRAINING, A.WITHDRAWN},
        A.IN_TRAINING: {A.EXAM_PASSED, A.WITHDRAWN},
        A.EXAM_PASSED: {A.SUPERVISED, A.BOARD_DECISION, A.WITHDRAWN},
        A.SUPERVISED: {A.BOARD_DECISION, A.WITHDRAWN},
        A.BOARD_DECISION: {A.ACTIVE, A.REJECTED},
        A.ACTIVE: {A.RENEWAL_DUE, A.SUSPENDED},
        A.RENEWAL_DUE: {A.ACTIVE, A.LAPSED, A.SUSPENDED},
        A.LAPSED: {A.ACTIVE},
        A.SUSPENDED: {A.ACTIVE, A.REVOKED},
        A.REJECTED: set(),
        A.REVOKED: set(),
        A.WITHDRAWN: set(),
    },
)
"""As the domain's table has it, with one move more: whoever is due for renewal can be suspended too, or
nobody could be for the last 90 days (decision 0149)."""
OPEN = (A.APPLIED, A.ELIGIBLE, A.IN_TRAINING, A.EXAM_PASSED, A.SUPERVISED, A.BOARD_DECISION)
"""Applications that are not decided."""
CERTIFIED = (A.ACTIVE, A.RENEWAL_DUE)
"""Ambassadors who may come to a school and stand in the register."""
WAS_CERTIFIED = (*CERTIFIED, A.LAPSED, A.SUSPENDED)


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


V = VersionState
VERSION = StateTable(V.DRAFT, {V.DRAFT: {V.IN_FORCE}, V.IN_FORCE: {V.REPLACED}, V.REPLACED: set()})


class BookingState(StrEnum):
    """A session that a school asked for."""

    REQUESTED = "REQUESTED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    HELD = "HELD"
    HOST_CONFIRMED = "HOST_CONFIRMED"
    CONTRADICTED = "CONTRADICTED"
    CANCELLED = "CANCELLED"


B = BookingState
BOOKING = StateTable(
    B.REQUESTED,
    {
        B.REQUESTED: {B.ACCEPTED, B.DECLINED},
        B.ACCEPTED: {B.HELD, B.CANCELLED},
        B.HELD: {B.HOST_CONFIRMED, B.CONTRADICTED},
        B.CONTRADICTED: {B.HOST_CONFIRMED},
        B.DECLINED: set(),
        B.HOST_CONFIRMED: set(),
        B.CANCELLED: set(),
    },
)


class OfferState(StrEnum):
    """A request as one ambassador was asked."""

    OFFERED = "OFFERED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    CLOSED = "CLOSED"


F = OfferState
OFFER = StateTable(
    F.OFFERED,
    {
        F.OFFERED: {F.ACCEPTED, F.DECLINED, F.CLOSED},
        F.ACCEPTED: {F.CLOSED},
        F.DECLINED: set(),
        F.CLOSED: set(),
    },
)
