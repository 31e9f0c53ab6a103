"""The states of an uploaded file; `docs/develop/media.md` draws them."""

from enum import StrEnum

from sauga.kernel.states import StateTable


class FileState(StrEnum):
    """Only a READY file is ever sent to anybody."""

    RECEIVED = "RECEIVED"
    SCANNING = "SCANNING"
    READY = "READY"
    REFUSED = "REFUSED"


FILE = StateTable(
    FileState.RECEIVED,
    {
        FileState.RECEIVED: {FileState.SCANNING},
        FileState.SCANNING: {FileState.READY, FileState.REFUSED, FileState.RECEIVED},
        FileState.READY: {FileState.REFUSED},
        FileState.REFUSED: set(),
    },
)
"""SCANNING goes back to RECEIVED when the scanner gives no answer; a READY file that was stored without a
scanner is refused when a later scan finds something."""
WAITING = (FileState.RECEIVED, FileState.SCANNING)
