"""Rooms of a school, and people in them: two at a table, a class behind its desks, somebody who stands."""

from collections.abc import Iterable
from typing import Any

from films.motion import pop, sway, track
from films.people import Figure, Person
from films.places import FLOOR, big_plant, chair_back, mound, shelf, table, window
from films.shapes import Point, ellipse, grown, path, rect
from films.things import soft_lines

TOP = 164
"""Where a table stands."""
Pose = tuple[Point, str, float]
"""Where a hand is, what it does, and how it is turned."""
COLLAR = path("M-9 8l9 14 9-14", "thin")
BOOKS = [
    ("book", "pine", 22.0),
    ("book", "rose", 18.0),
    ("gap", "", 4.0),
    ("book", "amber", 20.0),
    ("plant", "rose", 0.0),
]


def quiet_room(t: float, colour: str = "mint") -> str:
    """A small room with a window, where two can talk."""
    made = mound(colour, 0) + window(128, 34, t, 64, 54, "sea") + shelf(18, 78, 66, BOOKS)
    return made + shelf(240, 84, 66, BOOKS[::-1]) + FLOOR


def classroom(t: float, chalk: str = "", colour: str = "straw") -> str:
    """The wall of a classroom; `chalk` is what stands on its board, drawn around the board's middle."""
    made = mound(colour, 0) + rect(84, 30, 152, 70, "pine", 4) + path("M88 102h144v4H88z", "sand")
    made += window(262, 40, t, 54, 50, "tree")
    return made + (grown(chalk, 160, 65, 1) if chalk else "") + FLOOR


def corridor(t: float) -> str:
    """A corridor with a window, and an open door at its end."""
    made = mound("mint", 2) + rect(238, 46, 62, 168, "sand", 2) + rect(246, 54, 46, 160, "chalk", 2)
    return made + window(30, 40, t, 70, 58, "sea") + big_plant(14, 213) + FLOOR


def stand(one: Figure, left: Pose | None = None, right: Pose | None = None, detail: str = "") -> str:
    """Somebody who stands; an arm without a pose hangs."""
    made = one.legs() + ("" if left else one.hang("l")) + ("" if right else one.hang("r")) + one.body(detail)
    for side, pose in (("l", left), ("r", right)):
        made += one.arm(side, pose[0], pose[1], turn=pose[2]) if pose else ""
    return made


def arms(one: Figure, left: Pose | None = None, right: Pose | None = None) -> str:
    """Both arms of somebody who sits at a table; an arm without a pose lies on it."""
    if one.flip:
        lying = ((one.x - 20, TOP - 5), "rest", 188.0), ((one.x + 12, TOP - 4), "rest", 174.0)
    else:
        lying = ((one.x - 12, TOP - 3), "rest", 8.0), ((one.x + 16, TOP - 4), "rest", 172.0)
    first, second = left or lying[0], right or lying[1]
    return one.arm("l", first[0], first[1], turn=first[2]) + one.arm(
        "r", second[0], second[1], turn=second[2]
    )


def at_table(wall: str, people: Iterable[Figure], things: str, hands: str, above: str = "") -> str:
    """People at a table with what lies on it, their hands over it, and what is above them."""
    made, seated = wall, list(people)
    made += "".join(chair_back(one.x, one.y, 54 if one.child else 60) for one in seated)
    made += "".join(one.legs() for one in seated) + "".join(one.body() for one in seated)
    left, right = min(one.x for one in seated) - 52, max(one.x for one in seated) + 54
    return made + table(left, right, TOP) + things + hands + above


def class_of(t: float, pupils: Iterable[tuple[Person, dict[str, Any]]], left: float = 128) -> list[Figure]:
    """Pupils side by side behind their desks; they look to the left."""
    made = []
    for place, (who, face) in enumerate(pupils):
        look = {"gaze": 5, "mouth": "small"} | face
        tilt = look.pop("tilt", 4)
        flip = look.pop("flip", True)
        made.append(who.at(left + place * 74, 122, t, flip=flip, tilt=tilt, face=look))
    return made


def desks(pupils: list[Figure], raised: dict[int, Pose] | None = None, things: str = "") -> str:
    """Pupils with their chairs, desks and hands; `raised` gives the left hand of some another place."""
    made = "".join(chair_back(one.x, one.y, 50) for one in pupils)
    made += "".join(one.legs() for one in pupils) + "".join(one.body() for one in pupils)
    made += table(pupils[0].x - 38, pupils[-1].x + 38, TOP) + things
    return made + "".join(arms(one, (raised or {}).get(place)) for place, one in enumerate(pupils))


def wheelchair(x: float, y: float) -> str:
    """A wheelchair from the front, behind whoever sits in it; y is the neckline."""
    back = rect(x - 24, y + 16, 48, 52, "sand", 6)
    return back + path(f"M{x - 27} {y + 24}h-6M{x + 27} {y + 24}h6")


def wheels(x: float) -> str:
    """The wheels of the wheelchair, beside the knees."""
    made = "".join(ellipse(x + side * 31, 186, 4.5, 27, "linen") for side in (-1, 1))
    return made + path(f"M{x - 20} 207h40")


def said(t: float, start: float, end: float, x: float, y: float, drawing: str) -> str:
    """A bubble or a sign that pops up at a place and goes again."""
    size = pop(t, start, 0.5) * (1 - track(t, (end - 0.4, 0), (end, 1)))
    return grown(drawing, x, y + sway(t, 1.0, 3), size)


def talking(t: float, start: float, end: float, rest: str = "small") -> str:
    """The mouth of somebody who talks for a while."""
    return ("open", "small")[int(t * 1.8) % 2] if start <= t < end else rest


def words(wide: float = 34) -> str:
    """Something calm that is said."""
    return soft_lines(0, -3, wide)
