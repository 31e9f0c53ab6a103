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


IMPORT = StateTable(
    ImportState.READING,
    {
        ImportState.READING: {ImportState.REPORTED, ImportState.UNREADABLE},
        ImportState.UNREADABLE: set(),
        ImportState.REPORTED: {ImportState.STORING, ImportState.DROPPED},
        ImportState.DROPPED: set(),
        ImportState.STORING: {ImportState.STORED, ImportState.REPORTED},
        ImportState.STORED: {ImportState.UNDOING},
        ImportState.UNDOING: {ImportState.UNDONE, ImportState.STORED},
        ImportState.UNDONE: set(),
    },
)
AT_WORK = (ImportState.READING, ImportState.STORING, ImportState.UNDOING)
"""A job is working on it; pages show progress."""
