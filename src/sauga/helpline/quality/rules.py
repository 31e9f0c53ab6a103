"""The quality rubric: which items a channel has, what a set of scores means, and which
contacts are sampled.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

NOT_DONE, PARTLY, DONE, NOT_APPLICABLE = "QA_0", "QA_1", "QA_2", "QA_NA"
SCORES = (NOT_DONE, PARTLY, DONE, NOT_APPLICABLE)
WORTH = {NOT_DONE: 0, PARTLY: 1, DONE: 2}
SECTIONS = ("contact", "content", "closing", "safety")
PARTS = 10_000


@dataclass(frozen=True)
class Item:
    """One line of the rubric."""

    code: str
    label: str
    section: str
    channels: tuple[str, ...]
    critical: bool


@dataclass(frozen=True)
class Tally:
    """How often an item was not done, partly done, done; not applicable stands apart.

    No names, no order of people.
    """

    item: Item
    counts: tuple[int, int, int]
    not_applicable: int

    @property
    def scored(self) -> int:
        """How many reviews gave a score."""
        return sum(self.counts)


def items_of(channel: str, items: Iterable[Item]) -> list[Item]:
    """The items that apply to a channel, section by section."""
    return sorted(
        (item for item in items if channel in item.channels), key=lambda item: SECTIONS.index(item.section)
    )


def is_critical(scores: Mapping[str, str], items: Iterable[Item]) -> bool:
    """Whether a critical item was not done: that goes to a supervisor, whatever the total."""
    return any(item.critical and scores.get(item.code) == NOT_DONE for item in items)


def unfit(scores: Mapping[str, str], items: Iterable[Item]) -> list[str]:
    """Codes without a valid score, or with one although they are not asked."""
    wanted = {item.code for item in items}
    return sorted({code for code in wanted if scores.get(code) not in SCORES} | (set(scores) - wanted))


def total(scores: Mapping[str, str]) -> tuple[int, int]:
    """Points reached, of the points that could be reached."""
    counted = [WORTH[score] for score in scores.values() if score in WORTH]
    return sum(counted), 2 * len(counted)


def tally(reviews: Iterable[Mapping[str, str]], items: Iterable[Item]) -> list[Tally]:
    """Every item over many reviews."""
    rows = list(reviews)
    return [
        Tally(
            item,
            tuple(sum(row.get(item.code) == score for row in rows) for score in (NOT_DONE, PARTLY, DONE)),  # type: ignore[arg-type]  # three
            sum(row.get(item.code) == NOT_APPLICABLE for row in rows),
        )
        for item in items
    ]


def is_drawn(mark: bytes, percent: float) -> bool:
    """Whether a contact with this keyed mark falls into the random sample: the same answer at every run,
    not foreseeable.
    """
    return int.from_bytes(mark[:8], "big") % PARTS < round(percent * PARTS / 100)
