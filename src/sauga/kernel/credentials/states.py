"""States of a credential and its allowed moves. Pure."""

from enum import StrEnum

from sauga.kernel.states import StateTable


class CredentialState(StrEnum):
    """Where a credential stands. REPLACED: another one of the same subject took its place; EXPIRED: its term
    is over. REVOKED is final, SUSPENDED can return."""

    VALID = "VALID"
    SUSPENDED = "SUSPENDED"
    REPLACED = "REPLACED"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"


CREDENTIAL = StateTable(
    CredentialState.VALID,
    {
        CredentialState.VALID: {
            CredentialState.SUSPENDED,
            CredentialState.REPLACED,
            CredentialState.EXPIRED,
            CredentialState.REVOKED,
        },
        CredentialState.SUSPENDED: {CredentialState.VALID, CredentialState.EXPIRED, CredentialState.REVOKED},
        CredentialState.REPLACED: set(),
        CredentialState.EXPIRED: set(),
        CredentialState.REVOKED: set(),
    },
)
OPEN = (CredentialState.VALID, CredentialState.SUSPENDED)
"""States that a credential can still leave: of one subject and kind there is at most one such."""


class ListPurpose(StrEnum):
    """What a status list says: revocation is final, suspension can return."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"
