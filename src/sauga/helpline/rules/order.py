"""Who is next, as a plain function (domain: helpline, §5). The queue itself sorts in SQL; a test holds the two together.

Whoever lost their counsellor stands first; then immediate danger, from either door; then children before adults; then the band, raised
one step for every quarter of an hour waited, at most to HIGH; then who came first. After half an hour every child counts as HIGH, so no
later child but one in immediate danger goes before: nobody starves.
"""

from dataclasses import dataclass
from datetime import datetime

from sauga.helpline.rules.timing import STEP_UP

HIGHEST_BY_WAITING = 2
BANDS = {"NONE": 0, "SOME": 1, "HIGH": 2}
BOUND = STEP_UP * HIGHEST_BY_WAITING
"""Who waited this long is not overtaken by a child that came after it, but by immediate danger."""


@dataclass(frozen=True)
class Standing:
    """What counts of somebody who waits; `number` only tells apart who came in the same instant."""

    number: int
    band: str
    since: datetime
    door: str = "CHILD"
    was_taken: bool = False


def step(standing: Standing, at: datetime) -> int:
    """The band as it counts now, 0 to 2 (immediate danger is ranked apart)."""
    waited = max(0, int((at - standing.since) / STEP_UP))
    return min(HIGHEST_BY_WAITING, BANDS.get(standing.band, HIGHEST_BY_WAITING) + waited)


def rank(standing: Standing, at: datetime) -> tuple[bool, bool, bool, int, datetime, int]:
    """Sorts those who wait: the smallest is next."""
    danger = standing.band == "IMMEDIATE"
    return (
        not standing.was_taken,
        not danger,
        not danger and standing.door != "CHILD",
        0 if danger else -step(standing, at),
        standing.since,
        standing.number,
    )
