"""Audit names of acts on uploaded files. A file's name and description never enter the log."""

from enum import StrEnum


class Trail(StrEnum):
    """Acts on files."""

    FILE_RECEIVED = "media:file:received"
    FILE_READY = "media:file:ready"
    FILE_REFUSED = "media:file:refused"
    FILE_DESCRIBED = "media:file:described"
    FILE_DELETED = "media:file:deleted"


FACTS: dict[StrEnum, set[str]] = {
    Trail.FILE_RECEIVED: {"kind", "size", "owner"},
    Trail.FILE_READY: {"scanned"},
    Trail.FILE_REFUSED: {"why"},
    Trail.FILE_DESCRIBED: {"languages"},
    Trail.FILE_DELETED: set(),
}
