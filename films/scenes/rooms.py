"""Rooms in which more than one scene plays."""

from typing import Any

from films.cast import UGNE
from films.motion import sway
from films.people import Figure
from films.places import (
    FLOOR,
    beanbag,
    chair_back,
    floor_lamp,
    glow,
    mound,
    pendant,
    shelf,
    side_table,
    table,
    window,
)

NIGHT = "#22333f"


def buzzing(t: float, *starts: float) -> float:
    """How far a phone is shaken just now."""
    return sum(sway(t, 0.9, 0.15) for start in starts if start <= t < start + 0.7)


def lamp_room(t: float, lit: float) -> str:
    """Ugnė's room: the beanbag, the lamp, a small table."""
    books = [("book", "pine", 22.0), ("book", "rose", 18.0), ("gap", "", 4.0), ("plant", "rose", 0.0)]
    made = mound("linen", 2) + window(30, 44, t, 62, 58, "night") + shelf(196, 74, 66, books)
    made += glow(276, 96, 60, lit) + FLOOR + floor_lamp(276, 76, lit=lit > 0.5)
    return made + beanbag(136) + side_table(230)


def ugne_sits(t: float, **pose: Any) -> Figure:
    """Ugnė in the beanbag."""
    return UGNE.at(138, 122, t, height=66, **pose)


def kitchen(t: float, view: str = "night", colour: str = "straw") -> str:
    """The wall of a kitchen: lamp, shelf and window; chairs at a table come later."""
    jars = [("jar", "rose", 0.0), ("jar", "sage", 0.0), ("gap", "", 4.0), ("plant", "rose", 0.0)]
    return (
        mound(colour, 0)
        + pendant(160, 14, 36)
        + shelf(40, 74, 60, jars)
        + window(238, 40, t, 58, 54, view)
        + FLOOR
    )


def kitchen_chairs(left: float, right: float) -> str:
    """Two chairs at the kitchen table."""
    return chair_back(left, 112, 58) + chair_back(right, 112, 60)


def kitchen_table() -> str:
    """The kitchen table, before those who sit at it."""
    return table(44, 276, 164)
