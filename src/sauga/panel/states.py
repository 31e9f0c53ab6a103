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


MEMBER = StateTable(
    MemberState.NOMINATED,
    {
        MemberState.NOMINATED: {MemberState.CONSENTING, MemberState.LEFT},
        MemberState.CONSENTING: {MemberState.INDUCTED, MemberState.DECLINED, MemberState.LEFT},
        MemberState.DECLINED: {MemberState.CONSENTING, MemberState.LEFT},
        MemberState.INDUCTED: {MemberState.ACTIVE, MemberState.LEFT},
        MemberState.ACTIVE: {MemberState.PAUSED, MemberState.ALUMNI, MemberState.LEFT},
        MemberState.PAUSED: {MemberState.ACTIVE, MemberState.ALUMNI, MemberState.LEFT},
        MemberState.ALUMNI: {MemberState.LEFT},
        MemberState.LEFT: set(),
    },
)
SIGNS_IN = (
    MemberState.CONSENTING,
    MemberState.DECLINED,
    MemberState.INDUCTED,
    MemberState.ACTIVE,
    MemberState.PAUSED,
)
"""May open the members' space; what they may do there depends on the consents."""
ENDED = (MemberState.ALUMNI, MemberState.LEFT)
"""Nothing is asked of them any more; who they are is erased after the term."""


class FlagState(StrEnum):
    """Something may be wrong: raised, taken by a person, answered."""

    OPEN = "OPEN"
    TAKEN = "TAKEN"
    ANSWERED = "ANSWERED"


FLAG = StateTable(
    FlagState.OPEN,
    {
        FlagState.OPEN: {FlagState.TAKEN},
        FlagState.TAKEN: {FlagState.OPEN, FlagState.ANSWERED},
        FlagState.ANSWERED: set(),
    },
)
"""Whoever took it can give it back; the time until which it is due stays."""


class ExportState(StrEnum):
    """Records for an inquiry: asked for, approved by another person, taken once."""

    ASKED = "ASKED"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"
    TAKEN = "TAKEN"


EXPORT = StateTable(
    ExportState.ASKED,
    {
        ExportState.ASKED: {ExportState.APPROVED, ExportState.REFUSED},
        ExportState.APPROVED: {ExportState.TAKEN, ExportState.REFUSED},
        ExportState.REFUSED: set(),
        ExportState.TAKEN: set(),
    },
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


BALLOT = StateTable(
    BallotState.DRAFT,
    {
        BallotState.DRAFT: {BallotState.PROPOSED, BallotState.DISCARDED},
        BallotState.PROPOSED: {BallotState.DRAFT, BallotState.OPEN, BallotState.DISCARDED},
        BallotState.OPEN: {BallotState.CLOSED, BallotState.CANCELLED},
        BallotState.CLOSED: set(),
        BallotState.CANCELLED: set(),
        BallotState.DISCARDED: {BallotState.DRAFT},
    },
)
"""An opened ballot never becomes a draft again, and a counted one is never counted again."""
