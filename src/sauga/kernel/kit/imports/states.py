"""States of an import run: read, reported on, stored, perhaps undone."""

from enum import StrEnum

from sauga.kernel.states import StateTable


class ImportState(StrEnum):
    """Life of a file of records: read, reported on, stored completely, perhaps undone completely."""

    READING = "reading"
    UNREADABLE = "unreadable"
    REPORTED = "reported"
    DROPPED = "dropped"
    STORING = "storing"
    STORED = "stored"
    UNDOING = "undoing"
    UNDONE = "undone"


M = ImportState
IMPORT = StateTable(
    M.READING,
    {
        M.READING: {M.REPORTED, M.UNREADABLE},
        M.UNREADABLE: set(),
        M.REPORTED: {M.STORING, M.DROPPED},
        M.DROPPED: set(),
        M.STORING: {M.STORED, M.REPORTED},
        M.STORED: {M.UNDOING},
        M.UNDOING: {M.UNDONE, M.STORED},
        M.UNDONE: set(),
    },
)
AT_WORK = (M.READING, M.STORING, M.UNDOING)
"""A job is working on it; pages show progress."""
