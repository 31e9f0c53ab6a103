"""Badges and what their colours mean. A badge has a number and a colour, never a name; words stand beside the
colour.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from sauga.events.registration.rules import NO_PHOTO


class Colour(StrEnum):
    """What a photographer sees: may be photographed, only if they cannot be recognised, not at all."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


COLOURS = {NO_PHOTO: Colour.RED, "faceless": Colour.AMBER, "internal": Colour.AMBER, "public": Colour.GREEN}
"""By what a person agreed to; whoever agreed to nothing is not photographed."""


@dataclass(frozen=True)
class Badge:
    """One badge."""

    number: str
    colour: Colour


def person_badge(number: int, photo: str) -> Badge:
    """The badge of a person."""
    return Badge(str(number), COLOURS.get(photo, Colour.RED))


def class_badges(number: int, children: int, agreed: int) -> list[Badge]:
    """The badges of a class: the first for children whose guardians agreed, the others for the rest. Which
    child wears which one the teacher knows."""
    return [
        Badge(f"{number}-{place:02}", Colour.GREEN if place <= agreed else Colour.RED)
        for place in range(1, children + 1)
    ]


def in_short(badges: list[Badge]) -> str:
    """The numbers of badges that follow each other, as “12-21–12-24”."""
    if len(badges) < 3:
        return ", ".join(one.number for one in badges)
    return f"{badges[0].number}–{badges[-1].number}"


DUE_AFTER = 5
"""Working days in which organisers carry out a withdrawal; public pages lose the picture at once."""
MOST_BADGES = 60
BADGE = re.compile(r"([1-9]\d{0,5})(?:-(\d{1,3}))?")


def may_publish(photo: str, *, is_unrecognisable: bool) -> bool:
    """Whether a picture of a person who agreed to `photo` may be published."""
    return photo == "public" or (photo == "faceless" and is_unrecognisable)


def may_publish_child(place: int, agreed: int, *, is_unrecognisable: bool) -> bool:
    """The same for a child of a class, by the number on its badge: guardians agreed for the first ones."""
    return 1 <= place <= agreed or is_unrecognisable


def read_badges(text: str) -> list[tuple[int, int]] | None:
    """The numbers of badges in a text, as “12, 5-03”: each with the place in its class, or 0. None where
    something else stands there, or too many."""
    found: list[tuple[int, int]] = []
    for word in re.split(r"[\s,;]+", text.strip()):
        if not word:
            continue
        match = BADGE.fullmatch(word)
        if match is None or len(found) >= MOST_BADGES:
            return None
        found.append((int(match[1]), int(match[2] or 0)))
    return list(dict.fromkeys(found))
