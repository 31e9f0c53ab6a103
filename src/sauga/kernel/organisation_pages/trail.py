"""Audit names of imports of organisations, and the facts each entry may carry."""

from enum import StrEnum


class Trail(StrEnum):
    """Acts on a file of organisations."""

    MOVED = "organisation:import:moved"
    STORED = "organisation:import:stored"
    UNDONE = "organisation:import:undone"


FACTS: dict[StrEnum, set[str]] = {
    Trail.MOVED: {"to", "format", "rows"},
    Trail.STORED: {"format", "rows", "refused"},
    Trail.UNDONE: {"rows"},
}
