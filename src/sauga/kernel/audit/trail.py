"""Names of the audit log's own actions, and of the zone for actions that belong to no partner."""

from enum import StrEnum

INSTALLATION = "house"
"""The zone for acts that belong to no partner: sign-in, retention, figures, and the witness where there is
only one zone."""


class Trail(StrEnum):
    """Acts of the audit log itself."""

    HEAD_WITNESSED = "head:witnessed"
    PREFIX_DROPPED = "prefix:dropped"
    KEY_ROTATED = "key:rotated"


FACTS: dict[Trail, set[str]] = {
    Trail.HEAD_WITNESSED: {"sequence", "hash"},
    Trail.PREFIX_DROPPED: {"sequence", "hash"},
    Trail.KEY_ROTATED: {"key"},
}
