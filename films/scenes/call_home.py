"""The call home: what a class teacher says first, what he asks for, and what he does not argue about."""

from typing import Any

from films.cast import CLASS_TEACHER, RASA, RASA_MOTHER
from films.effects import many
from films.motion import chosen, pop, track, trail
from films.music import Tune
from films.people import Figure
from films.places import FLOOR, chair_back, mound, shelf, table
from films.scenes.rooms import kitchen
from films.scenes.school import BOOKS, TOP, arms, at_table, quiet_room, said, talking, words
from films.shapes import group, grown, line, path, rect
from films.signs import barred, bin_, calendar, clock, sheet, tick
from films.stage import VIEW, Film, Scene, closer
from films.things import bubble, heart, mug, phone, soft_lines, spiky


def before_the_call(t: float) -> str:
    """The teacher notes what he will say; the girl beside him knows, and nods."""
    girl = RASA.at(
        96,
        118,
        t,
        tilt=track(t, (0, 4), (3.4, 4), (3.9, 9), (4.4, 4)),
        face={"gaze": 5, "mouth": chosen(t, (0, "quiet"), (3.6, "small"))},
    )
    looks = {
        "gaze": track(t, (0, 3), (2.4, 5)),
        "down": track(t, (0, 2.5), (2.4, 0)),
        "mouth": talking(t, 2.6, 3.6),
    }
    teacher = CLASS_TEACHER.at(214, 112, t, flip=True, tilt=5, face=looks)
    pen = trail(t, (0, (186, 158)), (0.8, (178, 157)), (1.6, (186, 158)), (2.4, (182, 158)))
    paper = group(rect(-20, -4, 40, 5, "chalk", 1) + soft_lines(-2, -1, 24, 1), 164, 163)
    hands = arms(girl) + arms(teacher, left=(pen, "grip", 184))
    above = said(t, 0.3, 9, 160, 62, sheet(0, 0, t - 0.4, (0.4, 1.4, 2.4)))
    return at_table(quiet_room(t, "straw"), (girl, teacher), paper + phone(250, 156, 80), hands, above)


def the_teacher(t: float, **face: Any) -> str:
    """The left half: the teacher at his desk, the phone at his ear."""
    one = CLASS_TEACHER.at(62, 112, t, tilt=face.pop("tilt", 4), face={"gaze": 4, **face})
    made = shelf(-24, 62, 60, BOOKS) + chair_back(62, 112, 60) + one.legs() + one.body() + table(6, 124, TOP)
    made += group(rect(-18, -3, 36, 4, "chalk", 1), 84, 163)
    made += one.arm("l", (48, 161), "rest", turn=8)
    return made + on_the_phone(one, "r")


def on_the_phone(one: Figure, side: str) -> str:
    """A phone at the ear, and the hand that holds it."""
    out = 1 if side == "r" else -1
    ear = one.x + out * 15, one.y - 16
    made = phone(ear[0] + out * 2, ear[1] - 2, -12 * out, wide=11, high=24, colour="pine")
    return made + one.arm(side, (ear[0] + out * 3, ear[1] + 10), "grip", turn=-96 if out > 0 else -84)


def the_mother(t: float, **face: Any) -> str:
    """The right half: the mother at work in a small bakery, the phone at her ear."""
    one = RASA_MOTHER.at(256, 106, t, flip=True, tilt=face.pop("tilt", 4), face={"gaze": 4, **face})
    made = shelf(
        226, 60, 84, [("jar", "rose", 0.0), ("gap", "", 8.0), ("jar", "sage", 0.0), ("jar", "amber", 0.0)]
    )
    made += one.legs() + one.body(path("M-14 12v50M14 12v50", "thin")) + table(200, 330, TOP)
    for x in (284, 304, 324):
        made += path(f"M{x - 9} 163c0-12 18-12 18 0z", "straw") + path(
            f"M{x - 3} 157l2 4M{x + 3} 157l2 4", "thin"
        )
    made += one.arm("r", (270, 160), "rest", turn=174)
    return made + on_the_phone(one, "l")


def halves(t: float, teacher: dict[str, Any], mother: dict[str, Any], above: str) -> str:
    """Both ends of the line; a thin line between them."""
    made = mound("mint", 0) + FLOOR + line([(160, 30), (160, 208)], "thin soft")
    return made + the_teacher(t, **teacher) + the_mother(t, **mother) + above


def first_sentence(t: float) -> str:
    """First of all: the child is all right. In the bubble are her face and a heart."""
    face = group(RASA.at(0, 0, t, tilt=2, face={"mouth": "smile", "gaze": 2}).head(), -14, 18)
    says = said(t, 1.0, 9, 110, 54, bubble(0, 0, 80, 46, "chalk", "left") + face + heart(24, 0, 0.9))
    mother = {
        "mouth": chosen(t, (0, "oh"), (2.6, "small"), (4.6, "smile")),
        "tilt": track(t, (0, 1), (2.6, 5)),
    }
    return halves(t, {"mouth": talking(t, 1.0, 3.4)}, mother, says)


def what_happened(t: float) -> str:
    """What happened, and beside it what has been done: each with a tick."""
    what = said(t, 0.6, 3.2, 108, 54, bubble(0, 0, 80, 46, "chalk", "left") + spiky(0, 0, 54, 30, t))
    done = bubble(0, 0, 84, 50, "chalk", "left")
    for row in range(2):
        y = -9 + row * 17
        done += tick(-26, y, 0.9 * pop(t, 4.0 + row * 0.8)) + path(f"M-12 {y}h38", "soft")
    done = said(t, 3.4, 9, 108, 54, done)
    mother = {
        "mouth": chosen(t, (0, "small"), (1.0, "quiet")),
        "down": track(t, (0, 0), (1.4, 1.5), (4.6, 0)),
    }
    return halves(t, {"mouth": talking(t, 0.6, 6.0)}, mother, what + done)


def no_argument(t: float) -> str:
    """The mother is angry; the teacher listens and does not argue."""
    angry = ""
    for start, x, y in ((0.4, 212, 48), (2.2, 226, 42)):
        angry += said(
            t,
            start,
            start + 2.0,
            x,
            y,
            bubble(0, 0, 66, 36, "rose", "right") + path("M-22 4l8-9 8 9 8-9 8 9 8-9"),
        )
    calm = said(t, 4.2, 9, 108, 56, bubble(0, 0, 44, 30, "mint", "left") + words(24))
    teacher = {"mouth": talking(t, 4.2, 5.6), "tilt": track(t, (0, 4), (1.2, 8), (2, 5), (3, 8), (4, 5))}
    return halves(t, teacher, {"mouth": talking(t, 0.4, 3.8, "quiet")}, angry + calm)


def three_requests(t: float) -> str:
    """Three signs: the phone stays with the child, no calls to other families, nothing is deleted."""
    made = mound("straw", 0) + FLOOR
    home = path("M-14 2L0-11 14 2M-10 0v14h20V0", "linen")
    signs = (
        (52, 0.4, phone(0, 0, 8, heart(0, 0, 0.5), wide=24, high=40)),
        (160, 2.2, group(home, -18, 0) + group(home, 18, 0) + phone(0, -22, 8, wide=11, high=20)),
        (268, 4.0, bin_(0, -2, 1.9)),
    )
    for x, start, sign in signs:
        made += grown(rect(-46, -52, 92, 104, "chalk", 10) + group(sign, 0, -4), x, 122, pop(t, start, 0.5))
        mark = tick(0, 0, 2.2) if x < 100 else barred(0, 0, 1.2)
        made += grown(mark, x + 28, 158, pop(t, start + 0.7, 0.4))
    return made


def again(t: float) -> str:
    """They agree when to talk again."""
    when = calendar(-22, 2, 1.0, 7) + clock(22, 2, 4.0, 1.1)
    above = said(t, 0.5, 9, 134, 56, bubble(0, 0, 104, 50, "chalk", "left") + when)
    above += said(t, 2.8, 9, 214, 48, bubble(0, 0, 36, 28, "mint", "right") + tick(0, 0, 1.2))
    mother = {"mouth": chosen(t, (0, "small"), (3.2, "smile")), "tilt": track(t, (0, 4), (3, 9), (3.6, 4))}
    return halves(t, {"mouth": talking(t, 0.5, 2.2, "small")}, mother, above)


def at_home(t: float) -> str:
    """Evening at the kitchen table: tea, and the phone lies between them, with the girl."""
    girl = RASA.at(
        106,
        118,
        t,
        tilt=6,
        face={"gaze": 5, "mouth": chosen(t, (0, "small"), (1.2, "open"), (2.6, "small"), (4.6, "smile"))},
    )
    mother = RASA_MOTHER.at(
        216, 112, t, flip=True, tilt=7, face={"gaze": 5, "mouth": "small" if t < 4 else "smile"}
    )
    hand = trail(t, (0, (196, 159)), (2.6, (196, 159)), (3.8, (154, 159)), (6, (154, 159)))
    things = mug(78, TOP - 1, t, "amber") + mug(250, TOP - 1, t, "rose", flip=True)
    things += group(rect(-13, -3, 26, 4, "pine", 1.5), 132, 162)
    hands = arms(girl) + arms(mother, left=(hand, "rest", 184))
    return at_table(kitchen(t), (girl, mother), things, hands)


TUNE = Tune(
    bar=2.5,
    bars=(
        ("F", "c5 - a4 - f4 - - -"),
        ("Dm", "d4 - f4 - a4 - - -"),
        ("Bb", "bb4 - - a4 - f4 - -"),
        ("C", "g4 - e4 - c5 - - -"),
        ("F", "a4 - c5 - - - f4 -"),
        ("Bb", "f4 - bb4 - d5 - - -"),
        ("Gm", "g4 - bb4 - - - - -"),
        ("C", "e4 - g4 - c5 - - -"),
    ),
    fullness="11 222 211 11 222 22 33",
    voice="marimba",
    accompaniment="marimba",
)
CUES = [
    *many("scratch", 0.8, 2.8, 1.0),
    (7.2, "warm"),
    (13.8, "low pop"),
    (17.2, "pop"),
    (18.0, "pop"),
    (20.6, "low pop"),
    (22.4, "low pop"),
    (24.4, "warm"),
    (26.6, "click"),
    (28.4, "click"),
    (30.2, "click"),
    (35.8, "chime"),
    (40.4, "cup"),
]
FILM = Film(
    (
        Scene(before_the_call),
        Scene(first_sentence),
        Scene(what_happened),
        Scene(no_argument),
        Scene(three_requests),
        Scene(again),
        Scene(at_home, "evening", ((0, VIEW), (6, closer(160, 124, 350)))),
    ),
    TUNE,
    CUES,
    poster=10.6,
)
