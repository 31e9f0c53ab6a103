"""What training records in the audit log, and the only facts each entry may carry."""

from enum import StrEnum

ZONE = "awareness"


class Trail(StrEnum):
    """Audit names, as subject:event."""

    STREAM_PLANNED = "stream:planned"
    STREAM_MOVED = "stream:moved"


T = Trail
FACTS: dict[Trail, set[str]] = {
    T.STREAM_PLANNED: set(),
    T.STREAM_MOVED: {"to"},
}
