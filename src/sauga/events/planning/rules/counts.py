"""What is counted about an event, how each number came about, and what a participant cost."""

from collections.abc import Mapping
from enum import StrEnum

from sauga.kernel.figures import Evidence


class What(StrEnum):
    """What a number counts: `SIGNED_UP`, `LEFT_WAITING` and `SERVED` are registrations, all others heads."""

    SIGNED_UP = "SIGNED_UP"
    REGISTERED = "REGISTERED"
    ATTENDED = "ATTENDED"
    MISSED = "MISSED"
    SERVED = "SERVED"
    LEFT_WAITING = "LEFT_WAITING"
    REPORTED = "REPORTED"


EVIDENCE: dict[What, Evidence] = {
    What.SIGNED_UP: Evidence.COUNTED,
    What.REGISTERED: Evidence.COUNTED,
    What.ATTENDED: Evidence.CONFIRMED,
    What.MISSED: Evidence.COUNTED,
    What.SERVED: Evidence.COUNTED,
    What.LEFT_WAITING: Evidence.COUNTED,
    What.REPORTED: Evidence.SELF_REPORTED,
}
"""Registrations are counted by the program; who came is confirmed at the entrance; what organisers counted by
hand is their report. Numbers of different evidence are never added."""
SINGLE = "individuals"
"""The group of people who registered alone: nobody asks for their age."""


def came_by_group(
    came: int, heads: int, groups: Mapping[str, int], attended: Mapping[str, int]
) -> dict[str, int]:
    """Of which groups those who came were: as it was said at the entrance, or, where all came, as they had
    registered; else unknown (the empty group)."""
    if attended:
        return dict(attended)
    if came == heads:
        return dict(groups) or {SINGLE: came}
    return {"" if groups else SINGLE: came}


def cost_each(cents: int, heads: int) -> int | None:
    """What an event cost for each participant, in cents, half a cent up; None where no participant is known
    to have come."""
    return (2 * cents + heads) // (2 * heads) if heads > 0 else None
