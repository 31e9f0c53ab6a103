"""What training records in the audit log, and the only facts each entry may carry."""

from enum import StrEnum

ZONE = "awareness"


class Trail(StrEnum):
    """Audit names, as subject:event."""

    STREAM_PLANNED = "stream:planned"
    STREAM_MOVED = "stream:moved"
    STREAM_EDITED = "stream:edited"
    STREAM_DISCARDED = "stream:discarded"
    STREAM_PASSPHRASE_SEEN = "stream:passphrase_seen"  # noqa: S105  a name
    STREAM_PASSPHRASE_RENEWED = "stream:passphrase_renewed"  # noqa: S105  a name
    STREAM_RECORDED = "stream:recorded"
    STREAM_RECORDING_DELETED = "stream:recording_deleted"
    STREAM_CAPTIONED = "stream:captioned"
    STREAM_SEGMENTS_DELETED = "stream:segments_deleted"


T = Trail
FACTS: dict[Trail, set[str]] = {
    T.STREAM_PLANNED: set(),
    T.STREAM_MOVED: {"to", "why"},
    T.STREAM_EDITED: set(),
    T.STREAM_DISCARDED: set(),
    T.STREAM_PASSPHRASE_SEEN: set(),
    T.STREAM_PASSPHRASE_RENEWED: set(),
    T.STREAM_RECORDED: {"seconds", "size"},
    T.STREAM_RECORDING_DELETED: set(),
    T.STREAM_CAPTIONED: {"lines"},
    T.STREAM_SEGMENTS_DELETED: set(),
}
