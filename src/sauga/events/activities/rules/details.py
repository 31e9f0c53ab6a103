"""What an organiser says about an activity, and whether it can be so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from sauga.events.activities.rules.codes import (
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    LONGEST_TITLE,
    LONGEST_TOPIC,
    MOST_HEADS,
    ActivityKind,
    AgeGroup,
)
from sauga.events.activities.rules.editions import Edition
from sauga.kernel.organisations.tiles import TILES


@dataclass(frozen=True)
class Details:
    """An activity as it was typed. `organisation_id` is a row of the register, or None with the name that the
    register does not know; `expected` are heads by age group."""

    organisation_id: int | None
    municipality: str
    kind: str
    title: str
    day: date
    language: str
    expected: Mapping[str, int] = field(default_factory=dict)
    organisation_name: str = ""
    description: str = ""
    begins: time | None = None
    is_public: bool = True
    wants_ambassador: bool = False
    ambassador_topic: str = ""
    ambassador_day: date | None = None

    def wrong(self, edition: Edition) -> list[str]:
        """The codes of everything that cannot be; empty where all is well."""
        checks = {
            "organisation": self.organisation_id is not None
            or 0 < len(self.organisation_name) <= LONGEST_NAME,
            "place": self.municipality in TILES,
            "kind": self.kind in ActivityKind.values,
            "title": bool(self.title.strip()) and len(self.title) <= LONGEST_TITLE,
            "description": len(self.description) <= LONGEST_DESCRIPTION,
            "day": edition.has(self.day),
            "ambassador_day": self.ambassador_day is None or edition.has(self.ambassador_day),
            "ambassador_topic": not self.wants_ambassador or 0 < len(self.ambassador_topic) <= LONGEST_TOPIC,
        }
        return [code for code, is_well in checks.items() if not is_well]


def wrong_heads(heads: Mapping[str, int]) -> str:
    """The code of what cannot be about numbers of people; empty where all is well."""
    if heads.keys() - set(AgeGroup.values) or any(n < 0 for n in heads.values()):
        return "negative"
    if any(n > MOST_HEADS for n in heads.values()):
        return "absurd"
    return "" if any(heads.values()) else "none"
