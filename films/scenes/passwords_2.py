"""Passwords, part 2: a new key."""

import math
from typing import Any

from films.cast import BOAT_GIRL, GRAN
from films.effects import many
from films.motion import between, chosen, pop, sway, track, trail
from films.music import Tune
from films.people import Figure
from films.places import FLOOR, big_plant, glow, mound, rug, shelf, sun, waves, window
from films.shapes import circle, ellipse, group, grown, path, rect
from films.stage import VIEW, Film, Scene, closer
from films.things import boat, boot, dog, key, pancake, river, tablet


def game(t: float, *, with_boat: float = 1.0) -> str:
    """The game on the tablet, around its middle: sea, sun, a boat if it is there."""
    made = rect(-22, -14, 44, 28, "mint bare", 2) + circle(12, -6, 3.6, "amber bare")
    made += group(waves(-18, 0, 2), sway(t, 1.5, 3), 10) + group(waves(0, 0, 1), -sway(t, 1.5, 3), 6)
    return made + grown(boat(0, 0, t, 0.5), -2, 4, with_boat)


def big_game(t: float, with_boat: float, empty: float) -> str:
    """The game as she sees it, large: the boat is there, or only an outline."""
    made = rect(-70, -46, 140, 92, "chalk", 7) + rect(-63, -39, 126, 78, "mint bare", 3) + sun(34, 2, 10)
    made += (
        path("M-63 2h126", "thin leaf")
        + group(waves(-54, 18, 3), sway(t, 3, 3))
        + group(waves(0, 26, 3), -sway(t, 3, 3))
    )
    dashed = path("M-18 0h36l-8 10h-20zM0-2v-26", "soft", f'stroke-dasharray="4 4" opacity="{empty:.2f}"')
    return made + group(dashed, -8, 10) + grown(boat(0, 0, t, 1.0), -8, 8, with_boat)


def playroom(t: float) -> str:
    """A room with a rug, a shelf and a window."""
    toys = [
        ("ball", "amber", 0.0),
        ("gap", "", 3.0),
        ("book", "pine", 22.0),
        ("book", "rose", 18.0),
        ("jar", "sage", 0.0),
    ]
    return (
        mound("straw", 2)
        + shelf(20, 72, 66, toys)
        + window(262, 40, t, 52, 52, "tree")
        + rug(150, 120, "rose")
        + FLOOR
    )


def girl_sits(t: float, x: float = 96, **pose: Any) -> Figure:
    """The girl sits cross-legged on the rug."""
    return BOAT_GIRL.at(x, 132, t, height=60, **pose)


def with_tablet(girl: Figure, t: float, face: str) -> str:
    """The girl holds her tablet."""
    made = girl.crossed(36) + girl.body() + tablet(girl.x + 6, 176, -3, face)
    return (
        made
        + girl.arm("l", (girl.x - 16, 182), "grip", turn=10)
        + girl.arm("r", (girl.x + 30, 178), "grip", turn=176)
    )


def boat_gone(t: float) -> str:
    """The girl looks at the tablet; the boat goes pop and is gone."""
    there = 1 - between(t, 1.5, 1.65)
    girl = girl_sits(
        t, tilt=6, face={"down": 2, "gaze": 4, "mouth": chosen(t, (0, "smile"), (1.7, "oh"), (3.6, "small"))}
    )
    puff = (
        "".join(
            circle(
                222 + 22 * between(t, 1.55, 2.3) * math.cos(i * 1.05),
                88 + 22 * between(t, 1.55, 2.3) * math.sin(i * 1.05),
                5 * (1 - between(t, 1.7, 2.4)),
                "chalk",
            )
            for i in range(6)
        )
        if 1.5 < t < 2.4
        else ""
    )
    light = path("M112 164L162 60v86z", "straw bare", 'opacity=".7"')
    made = (
        playroom(t)
        + dog(30, 211, t, "linen", wags=0.4)
        + light
        + with_tablet(girl, t, game(t, with_boat=there))
    )
    return made + group(big_game(t, there, between(t, 1.9, 2.5)), 230, 92) + puff


def second_key(t: float) -> str:
    """A second key, just the same, comes up beside hers."""
    made = mound("linen", 2) + rect(48, 62, 224, 92, "straw", 6) + glow(112, 108, 66, 0.8)
    made += grown(key(0, 0, 0, 2.0, colour="sage", bits=2), 88, 108 + sway(t, 2, 3), 1)
    come = track(t, (1.4, 260), (3.8, 108))
    shade = ellipse(232, 214, 50 * between(t, 1.4, 3.8), 4, "sand bare")
    made += shade + group(key(0, 0, 0, 2.0, colour="sand", bits=2), 206, come + sway(t, 2, 3, 0.4))
    marks = path("M157 92v30M164 92v30", "soft", f'opacity="{between(t, 3.8, 4.4):.2f}"')
    return made + FLOOR + marks


def comforted(t: float) -> str:
    """She looks sad for a moment; the dog comes and leans on her."""
    near = between(t, 0.8, 2.4)
    hug = between(t, 2.6, 3.4)
    girl = girl_sits(
        t,
        170,
        tilt=9 - 4 * hug,
        face={
            "down": 3 - hug,
            "gaze": 3 + hug,
            "mouth": chosen(t, (0, "low"), (3.2, "small"), (4.2, "smile")),
        },
        flip=True,
    )
    x = 20 + 82 * near
    hop = 3 * abs(math.sin(t * 7)) if 0.8 < t < 2.3 else 0
    made = playroom(t) + girl.crossed(36) + rect(206, 207, 46, 6, "chalk", 2)
    made += girl.body() + girl.arm("r", (188, 182), "rest", turn=150)
    made += dog(x, 211 - hop, t, "linen", wags=0.4 + 0.6 * hug, low=3 * sway(t, 1, 2.2) * (1 - hug))
    paw = trail(t, (0, (154, 184)), (2.4, (154, 184)), (3.2, (132, 160)), (5, (130, 162)))
    return made + girl.arm("l", paw, "rest", turn=190)


def tells_gran(t: float) -> str:
    """She walks to Gran and shows her the tablet."""
    x = track(t, (0, 20), (2.4, 116))
    girl = BOAT_GIRL.at(
        x,
        114,
        t,
        tilt=2,
        face={"gaze": 5, "down": -0.5, "mouth": chosen(t, (0, "small"), (2.8, "open"), (3.8, "small"))},
    )
    bend = between(t, 2.2, 3.2)
    gran = GRAN.at(
        232,
        108,
        t,
        flip=True,
        tilt=4 + 4 * bend,
        face={"gaze": 5, "down": 2 * bend, "mouth": chosen(t, (0, "smile"), (2.8, "small"), (4.4, "smile"))},
    )
    chair = path("M176 206c-4-30-2-76 8-92 10-12 86-12 96 0 10 16 12 62 8 92z", "rose") + path(
        "M186 206v8M278 206v8"
    )
    made = (
        mound("straw", 2)
        + shelf(
            36,
            70,
            60,
            [("book", "pine", 22.0), ("book", "amber", 18.0), ("gap", "", 4.0), ("plant", "rose", 0.0)],
        )
        + window(120, 36, t, 56, 50, "sea")
    )
    made += FLOOR + chair + gran.legs() + gran.body(path("M-8 8l8 14 8-14", "thin"))
    show = between(t, 2.4, 3.2)
    carried = (x + 26 + 10 * show, 152 - 8 * show)
    if x < 115.5:
        made += girl.walking(t * 1.15, flip=False, step=12)
        return (
            made
            + tablet(carried[0] - 4, carried[1], -6)
            + gran.arm("l", (212, 166), "rest", turn=170)
            + gran.arm("r", (246, 166), "rest", turn=174)
        )
    made += (
        girl.legs()
        + girl.body()
        + tablet(carried[0], carried[1], -8)
        + girl.arm("l", (x + 6, carried[1] + 8), "grip", turn=0)
        + girl.arm("r", (x + 18, carried[1] + 4), "grip", turn=-10)
    )
    touch = trail(t, (2.4, (212, 166)), (3.6, (184, 148)))
    return made + gran.arm("r", (246, 166), "rest", turn=174) + gran.arm("l", touch, "grip", turn=184)


PLACES = ((84, 64), (160, 64), (236, 64))


def three_words(t: float, joined: float) -> str:
    """The three pictures on the board; `joined` moves them together."""
    made = ""
    for index, (x, y) in enumerate(PLACES):
        place = (x + (118 + index * 44 - x) * joined, y + 36 * joined)
        size = pop(t, 0.8 + 1.4 * index, 0.45) * (1 - 0.36 * joined) * 1.25
        made += (boot, river, pancake)[index](*place, size, *((t,) if index else ()))
    return made


def think(t: float) -> str:
    """On the board three pictures appear: a boot, a river, a pancake."""
    made = (
        mound("mint", 2) + rect(40, 26, 240, 84, "chalk", 4) + path("M70 110l-12 104M250 110l12 104") + FLOOR
    )
    look = track(t, (0, -3), (1.6, -3), (2.2, 2), (3.2, 2), (3.8, 5))
    girl = BOAT_GIRL.at(
        124,
        136,
        t,
        flip=look < 0,
        tilt=-6,
        face={
            "gaze": abs(look) + 1,
            "down": -3,
            "mouth": chosen(t, (0, "small"), (1, "smile"), (3.8, "open")),
        },
    )
    gran = GRAN.at(200, 126, t, flip=look < 3, tilt=-4, face={"gaze": 4, "down": -2, "mouth": "smile"})
    made += (
        girl.legs()
        + gran.legs()
        + girl.body()
        + gran.body(path("M-8 8l8 14 8-14", "thin"))
        + three_words(t, 0)
    )
    chin = (138 + sway(t, 1, 1), 142)
    point = trail(t, (0, (104, 178)), (0.6, (96, 116)), (1.8, (100, 120)), (2.6, (104, 178)))
    return (
        made
        + girl.arm("r", chin, "rest", turn=-70)
        + girl.arm("l", point, "point" if point[1] < 140 else "rest")
        + gran.hang("l")
        + gran.hang("r")
    )


def long_key(t: float) -> str:
    """The pictures join and become a long key."""
    near = between(t, 0.4, 1.8)
    turned = between(t, 2.0, 3.0)
    made = mound("mint", 2) + glow(160, 104, 100, turned)
    made += FLOOR + group(three_words(9, near), opacity=1 - turned)
    bits = 2 + int(8 * between(t, 2.2, 4.0))
    made += group(key(0, 0, 0, 1.7 * pop(t, 2.0, 0.5), colour="amber", bits=bits), 92, 100 + sway(t, 2, 2.4))
    short = key(0, 0, 0, 1.7, colour="sand", bits=2)
    made += group(short, 92, 152, opacity=0.8 * between(t, 3.2, 4.0)) if t > 3.2 else ""
    for i in range(6):
        angle = i * math.pi / 3 + 0.4
        size = pop(t, 4.0 + 0.06 * i) * (1 - between(t, 5.0, 5.8))
        made += grown(
            path("M0-7l1.8 5.200L7 0 1.8 1.8 0 7-1.8 1.8-7 0l5.2-1.800z", "amber"),
            176 + 112 * math.cos(angle),
            102 + 56 * math.sin(angle),
            size,
        )
    return made


def into_drawer(t: float) -> str:
    """Gran draws the key in a book; the book goes into a drawer, and the drawer shuts."""
    made = mound("straw", 2) + window(40, 36, t, 58, 52, "tree") + big_plant(10, 213) + FLOOR
    away = between(t, 2.4, 3.2)
    shut = between(t, 3.4, 4.0)
    out = 26 * (1 - shut)
    chest = (
        rect(176, 128, 116, 86, "sand", 3)
        + rect(184, 172, 100, 34, "linen", 2)
        + circle(234, 188, 3, "amber")
    )
    drawer = rect(184 - out * 0.3, 136 + out * 0.4, 100, 28, "straw", 2) + circle(
        234 - out * 0.3, 150 + out * 0.4, 3, "amber"
    )
    place = (152 + 74 * away, 132 + 10 * away)
    book = rect(-24, -17, 48, 34, "pine", 2) + rect(-21, -14, 42, 28, "chalk", 1) + path("M0-14v28", "thin")
    drawn_key = key(-16, 2, 0, 0.55 * between(t, 0.8, 2.0), colour="amber", bits=6)
    gran = GRAN.at(108, 96, t, tilt=6, face={"gaze": 5, "down": 2, "mouth": "smile"})
    made += gran.legs() + gran.body(path("M-8 8l8 14 8-14", "thin")) + chest
    made += group(book + drawn_key, *place, turn=-6 + 6 * away) if away < 1 else ""
    made += (
        path(
            f"M{184 - out * 0.3:.1f} {136 + out * 0.4:.1f}l{out * 0.3:.1f}-8h100l{-out * 0.3:.1f} 8z", "linen"
        )
        if out > 1
        else ""
    )
    made += drawer
    pen = (place[0] - 6 + sway(t, 5, 0.4), place[1] + 8) if t < 2.2 else (place[0] - 22, place[1] + 8)
    if t > 3.2:
        pen = trail(t, (3.2, (200, 152)), (3.9, (206, 144)), (4.6, (150, 158)))
    pencil = path(f"M{pen[0]:.1f} {pen[1]:.1f}l7-16", "beam", 'style="stroke-width:3"') if t < 2.2 else ""
    return (
        made
        + gran.arm("l", (132, 150) if t < 2.4 else (96, 156), "grip", turn=10)
        + pencil
        + gran.arm("r", (pen[0] + 2, pen[1] - 2), "grip", turn=-10, length=34)
    )


def sails_again(t: float) -> str:
    """The boat comes back; the dog wags, and everybody is glad."""
    back = pop(t, 0.8, 0.6)
    girl = girl_sits(
        t,
        tilt=5,
        face={
            "down": 1.5 if t < 2.4 else 0,
            "gaze": 4,
            "mouth": chosen(t, (0, "small"), (0.9, "open")),
            "eyes": chosen(t, (0, "dot"), (2.6, "laugh"), (4.6, "dot")),
        },
    )
    made = playroom(t) + dog(34, 211 - 3 * abs(math.sin(t * 5)) * (t > 1), t, "linen", wags=1)
    light = path("M112 164L162 60v86z", "straw bare", 'opacity=".7"')
    move = track(t, (1.4, 0), (5.5, 30))
    big = group(big_game(t, 0, 1 - back), 230, 92)
    made += light + girl.crossed(36) + girl.body() + tablet(girl.x + 6, 176, -3, game(t, with_boat=back))
    made += big + grown(boat(0, 0, t, 1.1), 206 + move, 100, back)
    joy = between(t, 2.2, 2.7) * (1 - between(t, 4.6, 5.2))
    left = (girl.x - 16 - 10 * joy, 182 - 66 * joy)
    return (
        made
        + girl.arm("l", left, "wave" if joy > 0.5 else "grip")
        + girl.arm("r", (girl.x + 30, 178), "grip", turn=176)
    )


TUNE = Tune(
    bar=2.25,
    bars=(
        ("G", "d5 - b4 - d5 - g5 -"),
        ("Em", "e5 - b4 - g4 - - -"),
        ("C", "c5 - e5 - g5 - e5 -"),
        ("D", "d5 - a4 - f#4 - - -"),
        ("G", "b4 - d5 - g5 - - -"),
        ("Am", "a4 - c5 - e5 - c5 -"),
        ("D", "f#5 - d5 - a4 - - -"),
        ("G", "g4 - b4 - d5 - g5 -"),
    ),
    fullness="22 111 11 222 33 333 22 442",
)
CUES = [
    (1.5, "pop"),
    (5.6, "low"),
    *many("tap", 6.4, 9.2, 0.7),
    (8.8, "question"),
    *many("step", 11.9, 13.2, 0.3),
    (13.0, "whine"),
    *many("step", 16.2, 18.2, 0.44),
    (18.8, "warm"),
    (22.8, "pop"),
    (24.2, "pop"),
    (25.6, "pop"),
    (30.1, "sparkle"),
    (32.0, "bright"),
    *many("scratch", 34.7, 35.6, 0.45),
    (36.4, "paper"),
    (37.4, "drawer"),
    (39.8, "chime"),
    (41.2, "sea"),
]
FILM = Film(
    (
        Scene(boat_gone),
        Scene(second_key),
        Scene(comforted, "day", ((0, VIEW), (5, closer(140, 132, 310)))),
        Scene(tells_gran),
        Scene(think),
        Scene(long_key, "day", ((0, VIEW), (6, closer(170, 118, 340)))),
        Scene(into_drawer),
        Scene(sails_again),
    ),
    TUNE,
    CUES,
    poster=42.0,
)
