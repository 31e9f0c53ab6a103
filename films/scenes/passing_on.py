"""Passed on: a boy stays after a session and tells; the ambassador hands it over before he leaves."""

from typing import Any

from films.cast import GIRL_MATE, PEDAGOGUE, QUIET_BOY, THIRD_AMBASSADOR, YOUNG_TEACHER
from films.effects import many
from films.heads import portrait
from films.motion import chosen, pop, track, trail
from films.music import Tune
from films.people import Figure
from films.places import FLOOR, chair_back, mound, table
from films.scenes.school import (
    COLLAR,
    TOP,
    arms,
    at_table,
    classroom,
    corridor,
    quiet_room,
    said,
    stand,
    talking,
    words,
)
from films.shapes import group, grown, path, rect
from films.signs import child_line, slip, tick
from films.stage import VIEW, Film, Scene, closer
from films.things import bubble, heart, mug, phone, soft_lines


def the_boy(t: float, **face: Any) -> Figure:
    """The boy at the left side of the table."""
    return QUIET_BOY.at(84, 118, t, tilt=face.pop("tilt", 5), face=face)


def the_guest(t: float, **face: Any) -> Figure:
    """The ambassador beside him."""
    return THIRD_AMBASSADOR.at(172, 112, t, flip=True, tilt=face.pop("tilt", 5), face=face)


def the_teacher(t: float, **face: Any) -> Figure:
    """The teacher, a little apart."""
    return YOUNG_TEACHER.at(258, 112, t, flip=True, tilt=4, face={"gaze": 5, "mouth": "small", **face})


def three(t: float, boy: dict[str, Any], guest: dict[str, Any], above: str = "", things: str = "") -> str:
    """All three at the table after the session."""
    left, middle, right = the_boy(t, **boy), the_guest(t, **guest), the_teacher(t)
    hands = arms(left) + arms(middle) + arms(right)
    return at_table(
        quiet_room(t, "straw"), (left, middle, right), mug(214, TOP - 1, t, "rose") + things, hands, above
    )


def the_teacher_stays(t: float) -> str:
    """The session is over. A boy does not leave; the ambassador packs slowly, and the teacher stays."""
    made = classroom(t)
    away = GIRL_MATE.at(track(t, (0, 268), (4.4, 390)), 104, t, tilt=3, face={"gaze": 5})
    made += away.walking(t * 0.9, flip=False, step=13)
    teacher = YOUNG_TEACHER.at(214, 98, t, flip=True, tilt=4, face={"gaze": 5, "mouth": "small"})
    made += stand(teacher, detail=COLLAR)
    boy = QUIET_BOY.at(
        110,
        118,
        t,
        tilt=3,
        flip=True,
        face={"gaze": track(t, (0, 1), (3, 5)), "down": track(t, (0, 2.5), (3, 0)), "mouth": "quiet"},
    )
    made += chair_back(110, 118, 52) + boy.legs() + boy.body() + table(62, 160, TOP) + arms(boy)
    seen = {
        "gaze": track(t, (0, 2), (2.6, 5)),
        "down": track(t, (0, 2), (2.6, 0)),
        "mouth": chosen(t, (0, "small"), (3.6, "smile")),
    }
    guest = THIRD_AMBASSADOR.at(18, 98, t, tilt=5, face=seen)
    bag = path("M-14 0h28v22h-28zM-6 0c0-9 12-9 12 0", "sand")
    return made + stand(guest, right=((38, 152), "grip", 60)) + group(bag, 42, 166)


def listening(t: float) -> str:
    """He sits level with the boy, and says one word; then he listens."""
    told = said(t, 0.5, 2.2, 160, 60, bubble(0, 0, 40, 28, "chalk", "right") + words(20))
    for start, x, wide in ((2.4, 92, 52), (4.4, 108, 60)):
        low = bubble(0, 0, wide, 32, "denim", "left") + path("M-16 0c4-6 8 6 12 0s8 6 12 0", "thin")
        told += said(t, start, start + 2.2, x, 62, low)
    boy = {"gaze": 4, "down": track(t, (0, 2), (5.6, 0.5)), "mouth": talking(t, 2.4, 6.2, "quiet")}
    return three(t, boy, {"gaze": 5, "mouth": talking(t, 0.5, 1.4)}, told)


def good_that_you_said(t: float) -> str:
    """A heart in his bubble; the boy looks up."""
    above = said(t, 0.5, 20, 146, 56, bubble(0, 0, 50, 40, "chalk", "right") + heart(0, -2, 1.1))
    boy = {
        "gaze": 5,
        "down": track(t, (0, 1.5), (2.2, -1)),
        "mouth": chosen(t, (0, "quiet"), (2.4, "small")),
    }
    return three(t, boy, {"gaze": 5, "mouth": talking(t, 0.5, 1.8, "smile")}, above)


def who_will_know(t: float) -> str:
    """He says whom he will tell: in the bubble is a person, and beside her an open hand."""
    who = portrait(-18, 0, 17, "mint", "sage", PEDAGOGUE.look.but(mouth="smile", gaze=2))
    who += tick(22, 0, 1.3)
    above = said(t, 0.6, 20, 138, 52, bubble(0, 0, 92, 46, "chalk", "right") + who)
    boy = {
        "gaze": 5,
        "down": track(t, (0, 0), (2, 1), (4, -0.5)),
        "mouth": chosen(t, (0, "small"), (4.4, "smile")),
    }
    return three(t, boy, {"gaze": 5, "mouth": talking(t, 0.6, 3.0)}, above)


def passed_on(t: float) -> str:
    """Before he leaves: they go to the social pedagogue, and he hands her the note."""
    made = corridor(t)
    waits = PEDAGOGUE.at(
        268, 98, t, flip=True, tilt=5, face={"gaze": 5, "mouth": chosen(t, (0, "small"), (4, "smile"))}
    )
    x = track(t, (0, -30), (3.6, 104))
    boy = QUIET_BOY.at(
        x, 122, t, tilt=3, face={"gaze": 5, "down": -1, "mouth": chosen(t, (0, "small"), (5, "smile"))}
    )
    guest = THIRD_AMBASSADOR.at(x + 70, 98, t, tilt=4, face={"gaze": 5, "mouth": talking(t, 4, 5.2)})
    takes = trail(t, (0, (246, 158)), (3.6, (246, 158)), (4.6, (236, 138)), (7, (244, 140)))
    made += stand(waits, left=(takes, "grip", 186.0))
    if t < 3.6:
        return made + guest.walking(t * 0.75, flip=False, step=12) + boy.walking(t * 0.9, flip=False, step=10)
    gives = trail(t, (3.6, (192, 156)), (4.6, (214, 138)), (5.4, (214, 138)), (6.2, (192, 156)))
    note = trail(t, (3.6, (204, 152)), (4.6, (226, 136)), (5.4, (226, 136)), (6.4, (232, 138)))
    return made + stand(boy) + stand(guest, right=(gives, "grip", -10.0)) + slip(*note, -8)


def the_card(t: float) -> str:
    """A card with the number goes into the boy's hand; he can call it himself."""
    made = mound("mint", 0) + FLOOR
    made += child_line(160, 86, 1.7 * pop(t, 0.3, 0.6), part=min(max((t - 0.9) / 2.4, 0), 1))
    ring = "M196 150c6 6 6 14 0 20M204 144c10 10 10 22 0 32"
    made += grown(phone(0, 0, 8, heart(0, 0, 0.7), wide=34, high=58), 160, 168, pop(t, 3.4, 0.5))
    return made + (path(ring, "beam") if t > 4.2 else "")


def taken_on(t: float) -> str:
    """The next day the ambassador calls: it has been taken on."""
    made = mound("straw", 0) + FLOOR + path("M160 30v178", "thin soft")
    one = THIRD_AMBASSADOR.at(
        62, 112, t, tilt=4, face={"gaze": 4, "mouth": chosen(t, (0, "open"), (1, "small"), (3.4, "smile"))}
    )
    other = PEDAGOGUE.at(
        256, 112, t, flip=True, tilt=5, face={"gaze": 4, "mouth": talking(t, 1.8, 3.4, "smile")}
    )
    for who in (one, other):
        made += chair_back(who.x, who.y, 60) + who.legs() + who.body() + table(who.x - 54, who.x + 56, TOP)
    made += mug(104, TOP - 1, t, "rose") + group(
        rect(-18, -3, 36, 4, "chalk", 1) + soft_lines(0, -1, 20, 1), 286, 163
    )
    made += one.arm("l", (48, 161), "rest", turn=8) + other.arm("r", (272, 160), "rest", turn=174)
    for who, side in ((one, "r"), (other, "l")):
        out = 1 if side == "r" else -1
        ear = who.x + out * 15, who.y - 16
        made += phone(ear[0] + out * 2, ear[1] - 2, -12 * out, wide=11, high=24, colour="pine")
        made += who.arm(side, (ear[0] + out * 3, ear[1] + 10), "grip", turn=-96 if out > 0 else -84)
    return made + said(t, 1.8, 20, 206, 54, bubble(0, 0, 50, 38, "mint", "right") + tick(0, 0, 1.7))


TUNE = Tune(
    bar=2.6,
    bars=(
        ("Em", "e4 - g4 - b4 - - -"),
        ("C", "c5 - g4 - e4 - - -"),
        ("G", "b4 - d5 - - - - -"),
        ("D", "a4 - f#4 - d4 - - -"),
        ("Em", "g4 - b4 - e5 - - -"),
        ("C", "e4 - g4 - c5 - b4 -"),
        ("Am", "a4 - - - c5 - - -"),
        ("D", "d4 - f#4 - a4 - d5 -"),
    ),
    fullness="22 111 112 222 222 233",
    voice="bell",
    accompaniment="pluck",
)
CUES = [
    *many("step", 0.4, 4.0, 0.64),
    (6.6, "warm"),
    (8.4, "low"),
    (10.4, "low"),
    (14.4, "bright"),
    (20.6, "warm"),
    *many("step", 27.2, 30.4, 0.66),
    (31.4, "paper"),
    *many("key", 34.9, 37.0, 0.42),
    (38.2, "chime"),
    (42.0, "warm"),
]
FILM = Film(
    (
        Scene(the_teacher_stays),
        Scene(listening),
        Scene(good_that_you_said, "day", ((0, VIEW), (6, closer(160, 120, 350)))),
        Scene(who_will_know),
        Scene(passed_on),
        Scene(the_card),
        Scene(taken_on),
    ),
    TUNE,
    CUES,
    poster=23.6,
)
