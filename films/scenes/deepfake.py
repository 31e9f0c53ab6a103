"""Deepfake: is that really me?"""

import math
from typing import Any

from films.cast import ELZE, MIJA, MIJA_DAD
from films.effects import many
from films.heads import head
from films.motion import between, chosen, pop, sway, track, trail
from films.music import Tune
from films.people import Figure
from films.places import FLOOR, beanbag, big_plant, chair_back, glow, mound, side_table, window
from films.scenes.rooms import buzzing, kitchen, kitchen_table
from films.shapes import Point, circle, clipped, drawn, group, grown, line, path, rect
from films.stage import VIEW, Film, Scene, closer
from films.things import flag, magnifier, mug, paper_scrap, phone, picture, soft_lines


def film_of_her(t: float, size: float = 1.0, *, speaks: bool = True) -> str:
    """Elzė's face as the film on the screen shows it: it speaks, a little too evenly."""
    mouth = ("open", "small")[int(t * 3.2) % 2] if speaks else "smile"
    look = ELZE.look.but(gaze=2 + sway(t, 1.5, 2.4), down=sway(t, 0.8, 1.7), mouth=mouth)
    shoulders = path("M-42 62C-40 40-20 34-8 31Q0 37 8 31C20 34 40 40 42 62z", "amber")
    return grown(shoulders + group(head(look, 1.7), turn=sway(t, 3, 2.1)), 0, 0, size)


def grid(part: float = 1.0, shake: float = 0.0) -> str:
    """The grid of the computer over half of the face."""
    made = ""
    for i in range(5):
        made += drawn(f"M{4 + i * 10 + shake:.1f}-40v76", 76, part, "beam")
        made += drawn(f"M4 {-36 + i * 17 + shake:.1f}h42", 42, part, "beam")
    return made


def elze_sits(t: float, **pose: Any) -> Figure:
    """Elzė in a beanbag."""
    return ELZE.at(90, 124, t, height=64, **pose)


def gets_it(t: float) -> str:
    """Elzė looks at her phone; what she sees is shown large beside her."""
    face = {
        "down": track(t, (0, 1), (1.2, 2)),
        "gaze": 4,
        "mouth": chosen(t, (0, "small"), (2.4, "oh"), (4, "quiet")),
    }
    girl = elze_sits(t, tilt=track(t, (0, 3), (1.4, 7)), face=face)
    beam = between(t, 1.4, 2.2)
    light = path("M104 156L196 56v148z", "straw bare", f'opacity="{0.6 * beam:.2f}"')
    made = (
        mound("mint", 2)
        + window(20, 36, t, 58, 52, "sea")
        + FLOOR
        + beanbag(88)
        + side_table(14)
        + light
        + girl.crossed()
    )
    made += girl.body() + phone(98 + buzzing(t, 0.5, 1.3), 166, 4)
    made += girl.arm("l", (86, 176), "grip", turn=-8) + girl.arm(
        "r",
        trail(t, (0, (112, 174)), (1.8, (112, 174)), (2.6, (100, 146)), (5, (110, 172))),
        "grip",
        turn=188,
    )
    body = (
        rect(-54, -92, 108, 184, "pine", 12)
        + rect(-47, -82, 94, 164, "linen", 5)
        + clipped(film_of_her(t), "seen", -47, -60, 94, 122)
    )
    body += path("M-34 68h68", "thin soft") + circle(-34 + 12 * (t - 1.5), 68, 3, "amber")
    return made + grown(body, 244, 126, beam)


def big_screen(t: float, content: str) -> str:
    """The film fills a screen."""
    return (
        mound("linen", 2)
        + rect(80, 22, 160, 214, "pine", 14)
        + rect(88, 34, 144, 190, "mint", 6)
        + content
        + path("M106 206h108", "thin soft")
        + circle(112 + 10 * t, 206, 3.4, "amber")
    )


def never_said(t: float) -> str:
    """The face moves; a grid lies over half of it and trembles."""
    shake = sway(t, 0.8, 0.4)
    face = clipped(
        group(film_of_her(t, 1.25) + grown(grid(between(t, 0.4, 2.2), shake), 0, 0, 1.25), 160, 118),
        "fake",
        88,
        34,
        144,
        156,
    )
    return big_screen(t, face)


SCRAPS = [
    (-34, -26),
    (-12, -36),
    (12, -30),
    (34, -22),
    (-30, 4),
    (-6, -6),
    (18, 2),
    (36, 8),
    (-20, 30),
    (6, 26),
    (28, 34),
]


def falls_apart(t: float) -> str:
    """The grid falls apart: the face was made of scraps of paper."""
    loose = between(t, 1.0, 1.6)
    face = group(film_of_her(0.2, 1.25, speaks=False), 160, 118, opacity=1 - loose)
    whole = face + group(grown(grid(), 0, 0, 1.25), 160, 118, opacity=1 - between(t, 0.8, 1.4))
    whole += path(
        "M130 150c0-40 8-62 30-62s30 22 30 62c-6 22-54 22-60 0z",
        "soft",
        f'stroke-dasharray="4 5" opacity="{loose:.2f}"',
    )
    scraps = ""
    for index, (x, y) in enumerate(SCRAPS):
        falls = max(0.0, t - 1.3 - 0.28 * (index * 7 % 11))
        drop = min(26 * falls + 16 * falls * falls, 96 - y - index % 3 * 4)
        still = 1.0 if drop < 90 - y else 0.3
        drift = sway(t + index, 7, 1.9) * min(1.0, falls) * still
        colour = ("amber", "s1", "chalk", "h2", "linen")[index % 5]
        scraps += group(
            grown(paper_scrap(0, 0, 0, colour), 0, 0, 1.5),
            160 + x + drift,
            116 + y + drop,
            turn=90 * falls * (1 if index % 2 else -1) * still + index * 40,
            opacity=between(t, 1.0, 1.5),
        )
    made = big_screen(t, clipped(whole, "apart", 88, 34, 144, 156))
    return made + scraps


def spreads(t: float) -> str:
    """Around Elzė, phones light up one after another."""
    made = mound("night", 2) + FLOOR
    places = [(34, 70), (92, 40), (228, 40), (286, 70), (16, 140), (304, 140), (66, 118), (254, 118)]
    girl = ELZE.at(
        160, 112, t, tilt=3, flip=int(t / 1.3) % 2 == 1, face={"gaze": 5, "mouth": "quiet", "down": -0.5}
    )
    made += girl.legs() + girl.hang("l") + girl.body() + girl.hang("r")
    for index, (x, y) in enumerate(places):
        second = 0.4 + 0.55 * index
        lit = between(t, second, second + 0.25)
        content = rect(-11, -17, 22, 34, "straw bare" if lit > 0.5 else "denim bare", 3)
        content += group(grown(head(ELZE.look.but(mouth="open"), 0.5), 0, -1, lit), 0, 0) if lit else ""
        made += glow(x, y, 34, lit) + phone(
            x + buzzing(t, second), y, (x - 160) * 0.06, content, wide=26, high=42, colour="pine"
        )
    return made


def breathes(t: float) -> str:
    """Elzė covers the screen with her hand; Mija sits down beside her."""
    down = between(t, 2.2, 3.6)
    x = track(t, (0, 330), (2.2, 206), (3.6, 202))
    ease_off = between(t, 4.0, 5.4)
    girl = ELZE.at(
        118,
        112 + sway(t, 1.3, 3.2),
        t,
        tilt=track(t, (0, 9), (4.4, 4)),
        face={
            "down": track(t, (0, 3), (4.2, 0.5)),
            "gaze": 4,
            "eyes": chosen(t, (0, "dot"), (3.6, "shut"), (4.6, "dot")),
            "mouth": chosen(t, (0, "quiet"), (4.8, "small")),
        },
    )
    pal = MIJA.at(x, 98 + 12 * down, t, flip=True, tilt=5, face={"gaze": 5, "down": 1, "mouth": "small"})
    made = (
        mound("mint", 4)
        + big_plant(28, 198)
        + FLOOR
        + path("M40 214v-16h240v16M58 198v-17h204v17M76 181v-17h168v17", "linen")
    )
    made += girl.legs(189) + girl.body() + phone(124, 158, 6)
    cover = trail(t, (0, (146, 160)), (0.6, (146, 160)), (1.5, (130, 152)), (6, (130, 153)))
    made += girl.arm("l", (112, 166), "grip", turn=0) + girl.arm("r", cover, "rest", turn=180)
    if down == 0:
        return made + pal.walking(t * 1.05, flip=True, step=14)
    hand = trail(t, (3.4, (180, 160)), (4.6, (152, 138)))
    made += (
        pal.legs(205 - 16 * down) + pal.body() + pal.hang("r")
        if down < 1
        else pal.legs(189) + pal.body() + pal.arm("r", (214, 160), "rest", turn=170)
    )
    return made + pal.arm("l", hand, "rest", turn=184) + glow(150, 100, 60, 0.6 * ease_off)


def circles(t: float) -> str:
    """Mija draws three circles and looks at each through a magnifying glass: who, where, when?"""
    made = (
        mound("linen", 2)
        + rect(84, 26, 196, 80, "chalk", 4)
        + path("M108 106l-14 108M256 106l14 108")
        + FLOOR
    )
    centres = [(122, 62), (182, 62), (242, 62)]
    signs = [
        path("M-10 14c0-9 4-12 10-12s10 3 10 12z", "sage") + circle(0, -7, 7, "s2"),
        path("M0 15c-9-11-11-15-11-19a11 11 0 0 1 22 0c0 4-2 8-11 19z", "amber") + circle(0, -4, 4, "chalk"),
        circle(0, 0, 13, "straw") + line([(0, -8), (0, 0), (6, 4)]),
    ]
    tip: Point = (76, 150)
    for index, (x, y) in enumerate(centres):
        start = 0.4 + 1.1 * index
        part = between(t, start, start + 0.8)
        made += drawn(f"M{x + 24} {y}a24 24 0 1 1 -48 0a24 24 0 1 1 48 0", 151, part, "leaf")
        made += grown(signs[index], x, y, pop(t, start + 0.6, 0.4))
        if start - 0.3 < t < start + 0.8:
            tip = (x + 24 * math.cos(2 * math.pi * part), y + 24 * math.sin(2 * math.pi * part))
    glass = trail(
        t,
        (3.8, (120, 150)),
        (4.3, (122, 62)),
        (4.9, (122, 62)),
        (5.3, (182, 62)),
        (5.8, (182, 62)),
        (6.2, (242, 62)),
        (7, (242, 62)),
    )
    looking = t > 3.8
    x = track(t, (0, 60), (0.4, 74), (1.4, 92), (2.6, 150), (3.6, 96), (4.9, 96), (6.2, 190))
    girl = MIJA.at(x, 122, t, tilt=-4, face={"gaze": 5, "down": -1, "mouth": "small"})
    made += girl.legs() + girl.hang("l") + girl.body()
    target = (glass[0] - 6, glass[1] + 27) if looking else (tip[0] - 7, tip[1] + 5)
    made += (
        magnifier(*glass, -14, 17)
        if looking
        else path(f"M{tip[0] - 8:.1f} {tip[1] + 8:.1f}L{tip[0]:.1f} {tip[1]:.1f}", "leaf")
    )
    return made + girl.arm("r", target, "grip", turn=-60, length=40)


def reports(t: float) -> str:
    """Mija's finger presses the flag on a huge phone."""
    pressed = between(t, 2.6, 2.8) * (1 - between(t, 3.1, 3.4))
    sent = between(t, 3.4, 4.0)
    made = mound("linen", 2) + FLOOR + rect(38, 24, 100, 190, "pine", 12) + rect(45, 36, 86, 164, "chalk", 5)
    made += (
        circle(60, 50, 6, "sage")
        + soft_lines(84, 48, 32, 2)
        + picture(88, 88, 72, 48, colour="linen")
        + soft_lines(88, 168, 62, 3)
    )
    made += rect(52, 122, 72, 32, "amber" if sent > 0.5 else "straw", 6) + flag(
        68, 149, t, 0.9 - 0.12 * pressed
    )
    tick = drawn("M92 138l7 7 13-15", 30, sent)
    made += tick if sent else soft_lines(100, 135, 30, 2)
    x = track(t, (0, 232), (1.6, 196))
    girl = MIJA.at(
        x, 100, t, flip=True, tilt=3, face={"gaze": 5, "mouth": chosen(t, (0, "small"), (3.6, "smile"))}
    )
    pal = ELZE.at(
        270, 100, t, flip=True, tilt=3, face={"gaze": 5, "mouth": chosen(t, (0, "quiet"), (4, "small"))}
    )
    made += (
        girl.legs() + pal.legs() + pal.hang("l") + pal.body() + pal.hang("r") + girl.body() + girl.hang("r")
    )
    finger = trail(
        t,
        (0, (x - 30, 160)),
        (1.4, (x - 36, 150)),
        (2.5, (140, 140)),
        (2.8, (134, 140)),
        (3.4, (142, 142)),
        (5, (x - 26, 168)),
    )
    return made + girl.arm("l", finger, "point" if finger[0] < 150 else "rest", turn=184)


def with_adult(t: float) -> str:
    """Both sit at a table with an adult; the tea steams."""
    made = kitchen(t, "tree", "straw") + chair_back(76, 114) + chair_back(150, 114) + chair_back(238, 110, 60)
    one = ELZE.at(
        78,
        108,
        t,
        tilt=4,
        face={
            "gaze": 5,
            "mouth": chosen(
                t, (0, "small"), (1, "open"), (1.8, "small"), (2.6, "open"), (3.4, "small"), (5.4, "smile")
            ),
        },
    )
    two = MIJA.at(150, 108, t, tilt=4, flip=1.0 < t < 2.8, face={"gaze": 5, "mouth": "small"})
    nod = 1.4 * max(0.0, math.sin(t * 3.2)) if 2 < t < 5 else 0
    dad = MIJA_DAD.at(
        238, 102, t, flip=True, tilt=5 + nod, nod=(0, nod), face={"gaze": 5, "down": 1.5, "mouth": "smile"}
    )
    made += one.legs() + two.legs() + dad.legs() + one.body() + two.body() + dad.body() + kitchen_table()
    gesture = trail(
        t, (0, (100, 158)), (0.9, (112, 138)), (1.9, (106, 154)), (2.7, (114, 138)), (3.6, (100, 158))
    )
    made += one.arm("l", (70, 160), "rest", turn=8) + one.arm("r", gesture, "rest", turn=-14)
    made += (
        two.arm("l", (142, 160), "rest", turn=8)
        + two.arm("r", (168, 160), "grip", turn=172)
        + mug(120, 164, t, "rose")
        + mug(184, 164, t, "amber")
    )
    open_hand = trail(t, (0, (222, 160)), (3.6, (222, 160)), (4.6, (204, 150)))
    return (
        made
        + dad.arm("r", (246, 160), "rest", turn=174)
        + dad.arm("l", open_hand, "rest", turn=190)
        + mug(268, 164, t, "pine", flip=True)
    )


def real_one(t: float) -> str:
    """The grid slides off the screen; the real Elzė smiles beside it."""
    off = between(t, 0.8, 2.6)
    still = film_of_her(0.2, 1.0, speaks=False)
    body = rect(-54, -92, 108, 184, "pine", 12) + rect(-47, -82, 94, 164, "mint", 5)
    fade = group(still, 0, -6, opacity=1 - 0.75 * off)
    grid_part = group(
        grown(grid(), 0, 0, 1.05), 66 * off, -6 + 120 * off * off, turn=20 * off, opacity=1 - off
    )
    made = (
        mound("straw", 2) + FLOOR + group(body + clipped(fade + grid_part, "off", -47, -82, 94, 164), 84, 122)
    )
    face = {
        "gaze": 4,
        "mouth": chosen(t, (0, "small"), (2.4, "smile"), (4, "open"), (5.6, "smile")),
        "eyes": chosen(t, (0, "dot"), (4.1, "laugh"), (5.4, "dot")),
    }
    girl = ELZE.at(196, 100, t, flip=t < 2.2, tilt=3, face=face)
    pal = MIJA.at(274, 100, t, flip=True, tilt=4, face={"gaze": 5, "mouth": "smile"})
    wave = (226 + sway(t, 4, 0.7), 82)
    hand = trail(t, (0, (216, 168)), (2.6, (216, 168)), (3.2, wave), (5.6, wave), (6.4, (216, 168)))
    made += girl.legs() + girl.hang("l") + girl.body() + pal.legs() + pal.hang("r") + pal.body()
    made += pal.arm("l", trail(t, (0, (254, 168)), (2.4, (254, 168)), (3.6, (226, 126))), "rest", turn=186)
    return made + girl.arm("r", hand, "wave" if hand[1] < 130 else "rest")


TUNE = Tune(
    bar=2.4,
    bars=(
        ("Em", "e4 - g4 b4 - e5 - b4"),
        ("C", "g4 - c5 e5 - - - -"),
        ("Am", "a4 - c5 e5 - c5 - a4"),
        ("B7", "b4 - d#5 - f#5 - - -"),
        ("G", "d5 - b4 g4 - b4 - d5"),
        ("D", "a4 - d5 f#5 - - - -"),
        ("C", "e5 - c5 g4 - c5 - -"),
        ("G", "b4 - - g4 - - - -"),
    ),
    fullness="22 111 222 33 111 233 333 334 442",
)
CUES = [
    (0.5, "buzz"),
    (1.3, "buzz"),
    (6.2, "flutter"),
    (9.0, "flutter"),
    (13.0, "paper"),
    (14.2, "paper"),
    (15.3, "paper"),
    *many("buzz", 19.4, 23.4, 1.1),
    *many("step", 25.2, 27.2, 0.48),
    (28.3, "breath"),
    (32.6, "high"),
    (33.7, "high"),
    (34.8, "high"),
    (41.7, "click"),
    (42.5, "pop"),
    (46.6, "cup"),
    (53.6, "slide"),
    (55.4, "bright"),
]
FILM = Film(
    (
        Scene(gets_it),
        Scene(never_said, "day", ((0, VIEW), (6, closer(160, 122, 300)))),
        Scene(falls_apart, "day", ((0, closer(160, 122, 300)), (2, closer(160, 126, 340)))),
        Scene(spreads, "dusk"),
        Scene(breathes),
        Scene(circles),
        Scene(reports),
        Scene(with_adult, "day", ((0, VIEW), (7, closer(160, 122, 340)))),
        Scene(real_one),
    ),
    TUNE,
    CUES,
    poster=2.9,
)
