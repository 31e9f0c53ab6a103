"""The first phone: the opening of the parents' evening."""

import math
from typing import Any

from films.cast import COACH, DAD, DAUGHTER, FIRST_MATE, GRAN, MIJA_DAD, MOTHER, TEACHER
from films.effects import many
from films.heads import head
from films.limbs import seated_side
from films.motion import between, chosen, pop, sway, track, trail
from films.music import Tune
from films.people import Person
from films.places import FLOOR, big_plant, glow, mound, plant, sheet, shelf, stool, window
from films.scenes.rooms import NIGHT, kitchen, kitchen_chairs, kitchen_table
from films.shapes import circle, drawn, group, grown, line, path, rect
from films.stage import VIEW, Film, Scene, closer
from films.things import bubble, cat, gift, mug, phone, picture, soft_lines


def door_frame(t: float, new_mark: float) -> str:
    """A door frame with marks of how tall somebody was."""
    made = rect(106, 30, 40, 184, "chalk", 1) + path("M114 214V38h32", "thin")
    marks = "M134 176h12M138 160h8M134 142h12M138 124h8"
    return made + path(marks, "thin") + drawn("M128 70h18", 16, new_mark, "beam")


def grown_up(t: float) -> str:
    """The girl stands up against the door frame; her mother makes a mark."""
    tall = between(t, 0.6, 1.6)
    girl = DAUGHTER.at(
        162,
        118 - 5 * tall,
        t,
        flip=False,
        tilt=-2,
        face={"gaze": 4, "down": -1, "mouth": chosen(t, (0, "small"), (2.8, "smile"), (3.6, "open"))},
    )
    mum = MOTHER.at(246, 96, t, flip=True, tilt=5, face={"gaze": 5, "down": 1, "mouth": "smile"})
    made = (
        mound("straw", 2)
        + door_frame(t, between(t, 2.2, 2.9))
        + window(262, 36, t, 56, 50, "tree")
        + big_plant(56, 213)
        + FLOOR
    )
    made += (
        girl.legs() + girl.hang("l") + girl.body() + girl.hang("r") + mum.legs() + mum.hang("r") + mum.body()
    )
    mark = trail(t, (0, (226, 160)), (1.2, (222, 150)), (2.1, (180, 72)), (2.9, (174, 72)), (3.6, (224, 158)))
    pencil = (
        path(f"M{mark[0] - 4:.1f} {mark[1]:.1f}l-26-4", "beam", 'style="stroke-width:3"')
        if 1.2 < t < 3.4
        else ""
    )
    return made + pencil + mum.arm("l", mark, "grip", length=40 if t > 1.2 else 0)


def hesitates(t: float) -> str:
    """Her mother holds a box with a ribbon and hesitates."""
    turn = sway(t, 2, 2.6)
    mum = MOTHER.at(
        160 + turn,
        96,
        t,
        flip=t > 2.8,
        tilt=5 + turn,
        face={
            "gaze": 4,
            "down": track(t, (0, 2.5), (2.4, 2.5), (3.2, -1), (5, 2)),
            "mouth": chosen(t, (0, "small"), (2.6, "quiet"), (4.6, "small")),
        },
    )
    forth = 6 * math.sin(t * 1.6)
    made = (
        mound("mint", 2)
        + window(40, 38, t, 62, 54, "sea")
        + shelf(
            222,
            74,
            64,
            [("book", "pine", 22.0), ("book", "rose", 18.0), ("gap", "", 4.0), ("plant", "amber", 0.0)],
        )
        + FLOOR
    )
    made += mum.legs() + mum.body() + gift(164 + forth, 160, 1.25)
    made += mum.arm("l", (142 + forth, 150), "grip", turn=30) + mum.arm(
        "r", (186 + forth, 150), "grip", turn=150
    )
    clock = grown(
        circle(0, 0, 15, "straw") + line([(0, -10), (0, 0), (7 * math.cos(t), 7 * math.sin(t))]),
        238,
        112 - 10,
        pop(t, 1.2),
    )
    return made + grown(bubble(0, 0, 48, 42, "chalk"), 238, 102, pop(t, 1.2)) + clock


def at_table(t: float, girl_face: dict[str, Any], mum_face: dict[str, Any], content: str) -> str:
    """Both sit at the kitchen table; `content` lies on it or rises from it."""
    girl = DAUGHTER.at(104, 114, t, tilt=5, face=girl_face)
    mum = MOTHER.at(220, 104, t, flip=True, tilt=5, face=mum_face)
    made = (
        kitchen(t, "tree", "straw")
        + kitchen_chairs(104, 222)
        + girl.legs()
        + mum.legs()
        + girl.body()
        + mum.body()
    )
    made += kitchen_table() + content
    return made


def talk_first(t: float) -> str:
    """A blank sheet lies between them; the mother slides it to the middle, and both talk."""
    slide = between(t, 0.6, 1.8)
    x = 196 - 36 * slide
    sheet_ = path(f"M{x - 26:.1f} 163l8-9h38l6 9z", "chalk")
    first = {"gaze": 5, "mouth": chosen(t, (0, "small"), (2.2, "open"), (3.2, "small"), (4.6, "smile"))}
    second = {"gaze": 5, "down": 1.5, "mouth": chosen(t, (0, "small"), (3.4, "open"), (4.4, "smile"))}
    made = at_table(t, first, second, sheet_ + mug(66, 164, t, "rose") + mug(258, 164, t, "amber", flip=True))
    girl, mum = DAUGHTER.at(104, 114, t), MOTHER.at(220, 104, t)
    gesture = trail(t, (0, (120, 160)), (2.0, (120, 160)), (2.6, (132, 140)), (3.3, (122, 160)))
    answer = trail(
        t,
        (0, (196, 158)),
        (0.6, (204, 158)),
        (1.8, (184, 158)),
        (3.2, (192, 158)),
        (3.8, (186, 138)),
        (4.6, (194, 158)),
    )
    made += girl.arm("l", (96, 161), "rest", turn=8) + girl.arm("r", gesture, "rest", turn=-16)
    return made + mum.arm("r", (228, 160), "rest", turn=174) + mum.arm("l", answer, "rest", turn=188)


def three_questions(t: float) -> str:
    """Three bubbles rise from the sheet: a path, a clock, a shelf."""
    sheet_ = path("M134 163l8-9h38l6 9z", "chalk")
    look = {"gaze": 5, "down": track(t, (0, 2), (0.8, -2)), "mouth": chosen(t, (0, "small"), (3.4, "smile"))}
    made = at_table(
        t, look, {**look, "gaze": 4}, sheet_ + mug(66, 164, t, "rose") + mug(258, 164, t, "amber", flip=True)
    )
    hand = line([(0, -11), (0, 0), (8 * math.cos(t * 1.2), 8 * math.sin(t * 1.2))])
    signs = (
        path("M-16 14c8-2 4-10 12-12s4-12 16-14", "leaf")
        + circle(-16, 14, 2.4, "amber")
        + path("M6-20l6 8 6-8z", "rose"),
        circle(0, 0, 16, "straw") + hand,
        path("M-18 10h36") + rect(-12, -14, 12, 23, "pine", 2) + plant(9, 9.5),
    )
    for index, (x, y) in enumerate(((66, 52), (160, 48), (262, 52))):
        start = 0.5 + 1.5 * index
        place = trail(t, (start, (160, 150)), (start + 0.6, (160, 60)), (start + 1.1, (x, y)))
        body = circle(0, 0, 28, "chalk") + signs[index]
        made += grown(
            body, place[0], place[1] + sway(t, 1.2, 3, index / 3), pop(t, start, 0.8) if t > start else 0
        )
    girl, mum = DAUGHTER.at(104, 114, t), MOTHER.at(220, 104, t)
    made += girl.arm("l", (96, 161), "rest", turn=8) + girl.arm("r", (124, 160), "rest", turn=172)
    return made + mum.arm("r", (228, 160), "rest", turn=174) + mum.arm("l", (196, 159), "rest", turn=188)


def set_up(t: float) -> str:
    """The girl holds the phone, her mother looks on; one switch after the other is set."""
    tap = trail(
        t, (0, (166, 158)), (1.0, (158, 150)), (1.4, (166, 156)), (2.4, (158, 152)), (2.8, (166, 158))
    )
    girl = DAUGHTER.at(124, 120, t, tilt=6, face={"gaze": 4, "down": 2.5, "mouth": "smile"})
    mum = MOTHER.at(
        74, 96, t, tilt=8, face={"gaze": 5, "down": 2.5, "mouth": chosen(t, (0, "small"), (2.8, "smile"))}
    )
    made = (
        mound("mint", 2)
        + shelf(
            36,
            64,
            60,
            [("book", "pine", 22.0), ("book", "amber", 18.0), ("gap", "", 4.0), ("plant", "rose", 0.0)],
        )
        + FLOOR
    )
    made += (
        mum.legs()
        + mum.hang("l")
        + mum.body()
        + girl.legs()
        + girl.body()
        + mum.arm("r", (106, 140), "rest", turn=10)
    )
    made += (
        phone(148, 152, 4)
        + girl.arm("l", (132, 162), "grip", turn=-6)
        + girl.arm("r", tap, "point", turn=188)
    )
    body = rect(-50, -90, 100, 180, "pine", 12) + rect(-44, -80, 88, 160, "chalk", 5)
    for index in range(3):
        on = between(t, 1.0 + index * 1.2, 1.3 + index * 1.2)
        y = -46 + index * 40
        body += (
            soft_lines(-12, y - 3, 42, 2)
            + rect(12, y - 8, 26, 16, "sage" if on > 0.5 else "sand", 8)
            + circle(20 + 10 * on, y, 6, "chalk")
        )
    light = path("M156 144L196 48v150z", "straw bare", 'opacity=".6"')
    return made + light + group(body, 244, 122)


def sleeps(t: float) -> str:
    """Night: the phone charges on a shelf in the hall, the girl sleeps in her bed."""
    made = mound("night", 2) + window(110, 34, t, 66, 56, "night") + FLOOR
    made += path("M10 214v-92c0-4 3-6 6-6s6 2 6 6v92z", "sand") + path(
        "M202 214v-56c0-3 2-5 5-5s5 2 5 5v56z", "sand"
    )
    made += rect(22, 182, 180, 20, "sand", 2) + rect(22, 166, 180, 18, "chalk", 6)
    made += path("M26 166c-4-10 0-24 10-26 12-2 34-2 42 2 6 4 4 20-2 24z", "chalk")
    made += group(head(DAUGHTER.look.but(gaze=3, eyes="down", mouth="small"), 0.87), 66, 148, turn=-62)
    rise = sway(t, 1.6, 3.6)
    made += path(
        f"M84 184c-6-10-4-28 8-34 14-{8 + rise:.1f} 44-{6 + rise:.1f} 66 0 18 5 44 0 48 14 2 8 0"
        f" 16-2 20-38 6-84 6-120 0z",
        "amber",
    )
    made += path("M130 152v34M162 158v28M188 160v22M86 170c36 6 82 6 118-2", "thin") + cat(
        172, 158, t, "linen", flip=True
    )
    wall = rect(228, 18, 8, 196, "linen", 1)
    made += wall + path("M246 138h70") + glow(268, 122, 26, 0.5 + sway(t, 0.25, 2.8))
    blink = "amber" if math.sin(t * 2.2) > 0 else "straw"
    made += phone(
        268, 123.5, 0, path("M-3 7h6", "k") + circle(0, -5, 2, f"{blink} bare"), colour="pine"
    ) + plant(298, 137.5)
    made += path("M268 138c0 24 22 12 22 40v22", "thin") + rect(284, 200, 12, 14, "chalk", 2)
    return made + sheet(NIGHT, 0.16)


def tell_me(t: float) -> str:
    """The girl brings the phone and shows the screen; her mother hugs her."""
    x = track(t, (0, 20), (1.6, 112))
    hug = between(t, 3.0, 3.9)
    girl = DAUGHTER.at(
        x + 24 * hug,
        116,
        t,
        tilt=3 + 6 * hug,
        face={
            "gaze": 5,
            "mouth": chosen(t, (0, "quiet"), (3.4, "small"), (4.2, "smile")),
            "down": track(t, (0, 2), (1.8, -1)),
            "eyes": chosen(t, (0, "dot"), (3.8, "down")),
        },
    )
    mum = MOTHER.at(
        212 - 10 * hug,
        108,
        t,
        flip=True,
        tilt=6 + 5 * hug,
        face={"gaze": 5, "down": 2, "mouth": chosen(t, (0, "small"), (3, "smile"))},
    )
    made = (
        mound("mint", 2) + window(240, 34, t, 58, 52, "sea") + big_plant(300, 213) + FLOOR + stool(222, 172)
    )
    made += seated_side((220, 166), 182, 178, "denim", "rose")
    if x < 111:
        made += girl.walking(t * 1.4, flip=False, step=12) + phone(x + 20, 160, 6)
        return (
            made
            + mum.body()
            + mum.arm("r", (206, 160), "rest", turn=176)
            + mum.arm("l", (184, 160), "rest", turn=184)
        )
    made += girl.legs() + girl.body() + mum.body()
    made += seated_side((214, 168), 188, 190, "denim", "rose")
    show = (150, 146) if t < 3 else trail(t, (3, (150, 146)), (3.6, (140, 158)))
    made += glow(show[0] + 6, show[1] - 6, 22, 1 - hug) + phone(show[0] + 6, show[1] - 8, 6)
    made += girl.arm("l", (girl.x + 6, 160), "rest", turn=10) + girl.arm("r", show, "grip", turn=-12)
    around = trail(t, (0, (184, 160)), (2.9, (180, 156)), (3.9, (136, 140)))
    return (
        made
        + mum.arm("r", trail(t, (2.9, (206, 160)), (3.9, (150, 154))), "rest", turn=184, length=36)
        + mum.arm("l", around, "rest", turn=184, length=36)
    )


def from_behind(x: float, y: float, who: Person) -> str:
    """A parent on a chair, from behind."""
    made = path(f"M{x - 28} {y + 66}c0-40 10-50 28-50s28 10 28 50z", who.top)
    made += circle(x, y, 15, who.look.hair_colour if who.look.hair != "bald" else who.look.skin)
    if who.look.hair == "bun":
        made += circle(x, y - 17, 6, who.look.hair_colour)
    elif who.look.hair in {"lowbun", "pony"}:
        made += circle(x, y + 11, 6, who.look.hair_colour)
    return (
        made + rect(x - 24, y + 40, 48, 22, "sand", 5) + path(f"M{x - 18} {y + 62}v20M{x + 18} {y + 62}v20")
    )


def library(t: float) -> str:
    """The library: parents sit in a half circle before one screen; the librarian speaks."""
    made = mound("straw", 2)
    rows = [
        ("book", "pine", 24.0),
        ("book", "rose", 20.0),
        ("book", "sage", 26.0),
        ("gap", "", 3.0),
        ("book", "amber", 18.0),
        ("book", "denim", 24.0),
        ("gap", "", 4.0),
        ("book", "straw", 22.0),
    ]
    made += (
        shelf(-24, 70, 76, rows)
        + shelf(-24, 112, 76, rows[::-1])
        + shelf(268, 70, 76, rows[::-1])
        + shelf(268, 112, 76, rows)
        + FLOOR
    )
    made += (
        rect(104, 30, 112, 78, "pine", 5)
        + rect(110, 36, 100, 66, "chalk", 2)
        + path("M160 108v40M138 148h44")
    )
    slide = int(t / 2.2) % 3
    show = (
        phone(160, 69, 0, soft_lines(0, -4, 10, 2), wide=24, high=44),
        circle(160, 69, 20, "straw") + line([(160, 56), (160, 69), (168, 74)]),
        picture(160, 69, 60, 44),
    )[slide]
    made += grown(group(show, -160, -69), 160, 69, pop(t % 2.2, 0.1, 0.4) if t >= 0 else 1)
    talk = {"gaze": 5, "mouth": ("open", "small")[int(t * 2.4) % 2]}
    host = COACH.at(240, 92, t, flip=True, tilt=3, face=talk)
    made += host.legs(188) + host.hang("r") + host.body()
    made += host.arm(
        "l",
        trail(t, (0, (214, 150)), (1, (206, 86)), (2.6, (206, 86)), (3.6, (212, 140)), (4.8, (206, 86))),
        "wave" if t > 0.5 else "rest",
    )
    people = (
        (18, 156, GRAN),
        (74, 164, DAD),
        (130, 168, MOTHER),
        (188, 168, MIJA_DAD),
        (246, 164, TEACHER),
        (302, 156, FIRST_MATE),
    )
    for index, (x, y, who) in enumerate(people):
        made += group(
            from_behind(x, y + sway(t, 0.7, 3, index / 6), who), turn=0, x=sway(t, 0.8, 4, index / 5)
        )
    return made


TUNE = Tune(
    bar=2.5,
    bars=(
        ("D", "f#5 - d5 - a4 - d5 -"),
        ("Bm", "d5 - b4 - f#4 - - -"),
        ("G", "g4 - b4 - d5 - b4 -"),
        ("Asus", "a4 - d5 - e5 - - -"),
        ("D", "a4 - f#5 - e5 - d5 -"),
        ("G", "d5 - b4 - g4 - - -"),
        ("Em", "e4 - g4 - b4 - - -"),
        ("A", "a4 - c#5 - e5 - - -"),
    ),
    fullness="22 22 223 33 33 222 33 32",
    voice="pluck",
    accompaniment="marimba",
)
CUES = [
    (2.2, "scratch"),
    (6.2, "question"),
    (11.6, "paper"),
    (17.5, "high"),
    (19.0, "high"),
    (20.5, "high"),
    (24.0, "click"),
    (25.2, "click"),
    (26.4, "click"),
    (28.4, "sea"),
    *many("step", 34.1, 35.5, 0.36),
    (37.2, "warm"),
    (39.0, "murmur"),
    (40.6, "murmur"),
]
FILM = Film(
    (
        Scene(grown_up, "day", ((0, VIEW), (5, closer(170, 120, 350)))),
        Scene(hesitates, "day", ((0, VIEW), (6, closer(166, 120, 330)))),
        Scene(talk_first),
        Scene(three_questions),
        Scene(set_up),
        Scene(sleeps, "night", ((0, VIEW), (6, closer(176, 124, 350)))),
        Scene(tell_me, "day", ((0, VIEW), (2.6, VIEW), (5, closer(170, 124, 310)))),
        Scene(library),
    ),
    TUNE,
    CUES,
    poster=21.8,
)
