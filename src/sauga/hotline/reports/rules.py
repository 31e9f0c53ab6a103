"""Urgency of reports and items, and the triage deadline (policy.triage_target)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sauga.hotline.addresses.rules.addresses import Location

RANKS = ("P1", "P2", "P3", "P4", "P5")


class ChildInDanger(StrEnum):
    """What a reporter answered when asked whether a child is in danger now.

    Not knowing, and not answering, is NOT_STATED.
    """

    YES = "YES"
    NO = "NO"
    NOT_STATED = "NOT_STATED"


def priority(category_default: str, *, child_in_danger: bool, spam_score: int = 0) -> str:
    """P1 when a child is in danger now; otherwise the category's own, one step lower for what looks like spam
    (never dropped)."""
    if child_in_danger:
        return "P1"
    rank = RANKS.index(category_default)
    return RANKS[min(rank + (1 if spam_score >= 50 and rank > 1 else 0), len(RANKS) - 1)]


def more_urgent(one: str, other: str) -> str:
    """The more urgent of two priorities."""
    return min(one, other, key=RANKS.index)


def due_at(priority: str, at: datetime, policy: Mapping[str, Any]) -> datetime:
    """When triage should have happened; a target, not a hold."""
    return at + timedelta(minutes=policy["minutes"][priority])


def spam_score(locations: Sequence[Location]) -> int:
    """0–100: how much a report resembles spam.

    It only lowers the priority; nothing is refused or dropped for it.
    """
    score = 20 if len(locations) > 30 else 0
    score += 40 if all(not place.host and len(place.given) < 4 for place in locations) else 0
    return score
