"""State columns of panel and their tables of allowed moves, subdomain by subdomain."""

from enum import StrEnum

from sauga.kernel.states import StateTable

# members


class MemberState(StrEnum):
    """A young person in the panel: nominated, asked for consent, welcomed, active, paused, grown up, gone."""

    NOMINATED = "NOMINATED"
    CONSENTING = "CONSENTING"
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
        M.CONSENTING: {M.INDUCTED, M.LEFT},
        M.INDUCTED: {M.ACTIVE, M.LEFT},
        M.ACTIVE: {M.PAUSED, M.ALUMNI, M.LEFT},
        M.PAUSED: {M.ACTIVE, M.ALUMNI, M.LEFT},
        M.ALUMNI: {M.LEFT},
        M.LEFT: set(),
    },
)
SIGNS_IN = (M.CONSENTING, M.INDUCTED, M.ACTIVE, M.PAUSED)
"""May open the members' space; what they may do there depends on the consents."""

# voice

# voting
