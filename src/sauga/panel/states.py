"""State columns of panel and their tables of allowed moves, subdomain by subdomain."""

from enum import StrEnum

from sauga.kernel.states import StateTable

# members


class MemberState(StrEnum):
    """A young person in the panel: nominated, asked for consent, declined by the guardian, welcomed,
    active, paused, grown up, gone."""

    NOMINATED = "NOMINATED"
    CONSENTING = "CONSENTING"
    DECLINED = "DECLINED"
    INDUCTED = "INDUCTED"
    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    ALUMNI = "ALUMNI"
    LEFT = "LEFT"


M = MemberState
MEMBER = StateTable(
    M.NOMINATED,
    {
        M.NOMINATED: {M.CONSENTING, M.LEFT},
        M.CONSENTING: {M.INDUCTED, M.DECLINED, M.LEFT},
        M.DECLINED: {M.CONSENTING, M.LEFT},
        M.INDUCTED: {M.ACTIVE, M.LEFT},
        M.ACTIVE: {M.PAUSED, M.ALUMNI, M.LEFT},
        M.PAUSED: {M.ACTIVE, M.ALUMNI, M.LEFT},
        M.ALUMNI: {M.LEFT},
        M.LEFT: set(),
    },
)
SIGNS_IN = (M.CONSENTING, M.DECLINED, M.INDUCTED, M.ACTIVE, M.PAUSED)
"""May open the members' space; what they may do there depends on the consents."""
ENDED = (M.ALUMNI, M.LEFT)
"""Nothing is asked of them any more; who they are is erased after the term."""


class FlagState(StrEnum):
    """Something may be wrong: raised, taken by a person, answered."""

    OPEN = "OPEN"
    TAKEN = "TAKEN"
    ANSWERED = "ANSWERED"


F = FlagState
FLAG = StateTable(F.OPEN, {F.OPEN: {F.TAKEN}, F.TAKEN: {F.OPEN, F.ANSWERED}, F.ANSWERED: set()})
"""Whoever took it can give it back; the time until which it is due stays."""


class ExportState(StrEnum):
    """Records for an inquiry: asked for, approved by another person, taken once."""

    ASKED = "ASKED"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"
    TAKEN = "TAKEN"


X = ExportState
EXPORT = StateTable(
    X.ASKED,
    {X.ASKED: {X.APPROVED, X.REFUSED}, X.APPROVED: {X.TAKEN, X.REFUSED}, X.REFUSED: set(), X.TAKEN: set()},
)

# voice: its tables, and what they mean for its pages, are in `voice/rules/states.py`

# voting


class BallotState(StrEnum):
    """A ballot: written, handed in, opened by another person, counted; or cancelled, or never opened."""

    DRAFT = "DRAFT"
    PROPOSED = "PROPOSED"
    OPEN = "OPEN"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"
    DISCARDED = "DISCARDED"


B = BallotState
BALLOT = StateTable(
    B.DRAFT,
    {
        B.DRAFT: {B.PROPOSED, B.DISCARDED},
        B.PROPOSED: {B.DRAFT, B.OPEN, B.DISCARDED},
        B.OPEN: {B.CLOSED, B.CANCELLED},
        B.CLOSED: set(),
        B.CANCELLED: set(),
        B.DISCARDED: {B.DRAFT},
    },
)
"""An opened ballot never becomes a draft again, and a counted one is never counted again."""
