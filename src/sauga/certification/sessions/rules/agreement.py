"""Whether two reports of one session agree. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

TOLERANCE, SHARE = 5, 0.2
"""Two counts of the same room differ by a few heads, or by a fifth."""


@dataclass(frozen=True)
class Told:
    """What one side says."""

    took_place: bool
    heads: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All heads."""
        return sum(self.heads.values())


def agree(ambassador: Told, host: Told) -> bool:
    """Whether both say that it took place, with about as many people."""
    if not (ambassador.took_place and host.took_place):
        return False
    difference = abs(ambassador.total - host.total)
    return difference <= max(TOLERANCE, SHARE * max(ambassador.total, host.total))


def wrong_heads(heads: Mapping[str, int], most: int) -> str:
    """What is wrong with numbers of heads; empty where nothing is."""
    if any(n < 0 for n in heads.values()):
        return "negative"
    if any(n > most for n in heads.values()):
        return "absurd"
    return "" if sum(heads.values()) else "none"
