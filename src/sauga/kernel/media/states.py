"""The states of an uploaded file; `docs/develop/media.md` draws them."""

from enum import StrEnum

from sauga.kernel.states import StateTable


class FileState(StrEnum):
    """Only a READY file is ever sent to anybody."""

    RECEIVED = "RECEIVED"
    SCANNING = "SCANNING"
    READY = "READY"
    REFUSED = "REFUSED"


F = FileState
FILE = StateTable(
    F.RECEIVED,
    {
        F.RECEIVED: {F.SCANNING},
        F.SCANNING: {F.READY, F.REFUSED, F.RECEIVED},
        F.READY: {F.REFUSED},
        F.REFUSED: set(),
    },
)
"""SCANNING goes back to RECEIVED when the scanner gives no answer; a READY file that was stored without a
scanner is refused when a later scan finds something."""
WAITING = (F.RECEIVED, F.SCANNING)
