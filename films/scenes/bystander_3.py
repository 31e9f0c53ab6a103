"""Bystander, part 3: the morning."""

import math

from films.cast import FIRST_MATE, GABIJA, LUKAS, MOTIEJUS, SECOND_MATE, TEACHER, UGNE
from films.chats import message
from films.effects import many
from films.heads import head
from films.limbs import seated_side
from films.motion import along, between, chosen, pop, sway, track, trail
from films.music import Tune
from films.people import Person
from films.places import (
    FLOOR,
    big_plant,
    grass,
    gull,
    lighthouse,
    mound,
    sea,
    steps,
    stool,
    sun,
    tree,
    window,
)
from films.shapes import Point, circle, drawn, group, grown, line, path, rect
from films.stage import VIEW, Film, Scene, closer
from films.things import bubble, heart, laughing, picture, screen, soft_lines

BAG = path("M-11 11c-17 1-24 14-22 36 5 6 14 6 19 4z", "rose")
STRAP = path("M-8 3c-3 12-3 24 0 36", "thin")


def school(t: float, shift: float) -> str:
    """The school yard: the building slides by as somebody walks along it."""
    made = mound("mint", 2) + gull(96, 50, t) + gull(122, 60, t + 0.6, 0.7)
    wall = rect(150, 78, 190, 136, "straw", 2) + path("M144 78h202M150 92h190", "thin")
    for x in (166, 212, 258, 304):
        wall += rect(x, 102, 28, 34, "chalk", 2) + line([(x + 14, 102), (x + 14, 136)], "thin")
    trees = tree(40, 213, t, 1.1) + tree(-40, 213, t, 0.9, flip=True) + tree(120, 213, t, 0.8)
    return made + group(wall + trees, -shift) + FLOOR


def bag(x: float, y: float) -> str:
    """A bag on the back of somebody who walks to the right."""
    return group(BAG, x, y)


def walks_alone(t: float) -> str:
    """Motiejus walks slowly, his head low."""
    x = 70 + t * 17
    boy = MOTIEJUS.at(x, 100, t, tilt=9, face={"down": 3, "mouth": "quiet"})
    return school(t, t * 10) + bag(x, 100) + boy.walking(t * 0.72, flip=False, step=13, detail=STRAP)


def catches_up(t: float) -> str:
    """Ugnė comes from behind, faster, and walks beside him; he lifts his head."""
    x = 172 + t * 4
    catch = between(t, 0, 3.0)
    y = -24 + (x - 66 + 24) * catch
    up = between(t, 2.8, 4)
    boy = MOTIEJUS.at(
        x,
        100,
        t,
        flip=t > 2.8,
        tilt=9 - 6 * up,
        face={"down": 3 - 3 * up, "gaze": 4, "mouth": chosen(t, (0, "quiet"), (4.2, "small"))},
    )
    girl = UGNE.at(
        y, 100, t, tilt=3, face={"gaze": 5, "mouth": chosen(t, (0, "small"), (2.6, "open"), (4.0, "smile"))}
    )
    hurry = 1.5 * min(t, 3) + 0.72 * max(t - 3, 0)
    made = school(t, 70 + t * 10) + bag(x, 100) + boy.walking(5 + t * 0.72, flip=False, step=13, detail=STRAP)
    made += bag(y, 100) + girl.walking(hurry, flip=False, step=14, detail=STRAP)
    said = bubble(0, 0, 58, 32, "chalk", "left") + soft_lines(-8, -3, 22) + heart(16, 0, 0.6)
    return made + grown(said, y + 34, 42, pop(t, 2.8, 0.5) * (1 - between(t, 6, 6.6)))


def joined(t: float) -> str:
    """Two classmates get up from the steps and come along."""
    made = school(t, 140) + steps(196)
    pair = 60 + 62 * between(t, 0, 2.2) + 10 * max(0, t - 5.5)
    walk = 0.72 * min(t, 2.2) if t < 5.5 else 0.72 * (2.2 + t - 5.5)
    moving = t < 2.1 or t > 5.5
    for who, x in ((UGNE, pair - 56), (MOTIEJUS, pair)):
        face = {"gaze": 5, "mouth": chosen(t, (0, "small"), (3, "smile"))}
        one = who.at(x, 100, t, tilt=2, face=face)
        made += bag(x, 100) + (
            one.walking(walk, flip=False, step=13)
            if moving
            else one.legs() + one.hang("r") + one.body() + one.hang("l")
        )
    for who, x, late in ((FIRST_MATE, 246, 0.0), (SECOND_MATE, 304, 0.7)):
        up = between(t, 1.2 + late, 2.4 + late)
        go = between(t, 2.6 + late, 4.8 + late)
        place = x - 40 * go
        one = who.at(
            place,
            128 - 28 * up,
            t,
            flip=True,
            tilt=4,
            face={"gaze": 5, "mouth": chosen(t, (0, "small"), (2 + late, "smile"))},
        )
        if 0 < go < 1:
            made += one.walking(go * 2.2, flip=True, step=13)
            continue
        lift = trail(
            t, (4.9 + late, (place - 30, 160)), (5.4 + late, (place - 36, 88)), (6.4 + late, (place - 36, 90))
        )
        made += (one.legs(189 + 16 * up) if up < 1 or go == 0 else one.legs()) + one.body() + one.hang("r")
        made += one.arm("l", lift, "wave") if go == 1 else one.hang("l")
    return made


def chalk(t: float) -> str:
    """At the board, the teacher draws a speech bubble."""
    outline = (
        "M92 60h86a10 10 0 0 1 10 10v34a10 10 0 0 1-10 10h-62l-16 14 3-14h-11a10 10 0 0"
        " 1-10-10v-34a10 10 0 0 1 10-10z"
    )
    part = between(t, 0.8, 3.8)
    around = [
        (92, 60),
        (178, 60),
        (188, 72),
        (188, 104),
        (178, 114),
        (116, 114),
        (100, 128),
        (92, 114),
        (82, 104),
        (82, 70),
        (92, 60),
    ]
    place = along(around, part)
    heart_part = between(t, 4.2, 5.2)
    tip = place if t < 4.1 else (136 + 16 * math.sin(heart_part * 6.28), 88)
    made = mound("mint", 2) + rect(44, 36, 190, 116, "pine", 4) + path("M50 156h178v5H50z", "sand") + FLOOR
    made += drawn(outline, 356, part, "k") + drawn(
        "M136 100c-12-8-16-13-16-20 0-9 12-11 16-1 4-10 16-8 16 1 0 7-4 12-16 20z", 92, heart_part, "k"
    )
    wrist = (max(tip[0] + 13, 190 - 36), tip[1] + 6)
    woman = TEACHER.at(
        track(t, (0, 232), (2, 216), (3.8, 196), (5.2, 232)),
        98,
        t,
        flip=True,
        tilt=2,
        face={"down": -1, "gaze": 5},
    )
    made += woman.legs() + woman.hang("r") + woman.body(path("M-9 8l9 14 9-14", "thin"))
    made += woman.arm("l", wrist if t < 5.3 else (204, 150), "grip", turn=200)
    for x, who, up in ((70, LUKAS, 0.0), (126, UGNE, 1.0), (300, SECOND_MATE, 0.0)):
        lift = up * between(t, 4.2, 5)
        made += pupil(x, who, lift)
    return made


def pupil(x: float, who: Person, lift: float) -> str:
    """A pupil from behind; `lift` raises an arm."""
    look, top = who.look, who.top
    arm = (
        path(
            f"M{x + 18} 222c6-{24 + 30 * lift} 10-{30 + 40 * lift} 10-{36 + 46 * lift} 4-4 9-2 9 3 0"
            f" 20 0 40-6 60z",
            top,
        )
        if lift > 0.02
        else ""
    )
    made = (
        arm + path(f"M{x - 30} 240c0-26 12-34 30-34s30 8 30 34z", top) + circle(x, 188, 17, look.hair_colour)
    )
    if look.hair == "puffs":
        made += circle(x - 15, 172, 8, look.hair_colour) + circle(x + 15, 172, 8, look.hair_colour)
    return made


def calm_talk(t: float) -> str:
    """By the window the teacher sits with Lukas and Gabija; all three are calm."""
    made = mound("straw", 0) + window(122, 36, t, 76, 62, "sea") + big_plant(-4, 213) + FLOOR
    woman = TEACHER.at(
        88,
        104,
        t,
        tilt=5,
        face={
            "gaze": 5,
            "mouth": chosen(t, (0, "small"), (1.2, "open"), (2.0, "small"), (3.2, "open"), (4.2, "small")),
        },
    )
    boy = LUKAS.at(
        206,
        110,
        t,
        flip=True,
        tilt=track(t, (0, 3), (2, 9)),
        face={"gaze": 4, "down": track(t, (0, 0), (2, 2.5), (5, 0.5)), "mouth": "small"},
    )
    girl = GABIJA.at(
        270,
        110,
        t,
        flip=True,
        tilt=track(t, (0, 4), (4, 7)),
        face={"gaze": 5, "down": track(t, (0, 1), (3, 2)), "mouth": "small"},
    )
    for x in (84, 212, 276):
        made += stool(x, 172)
    made += seated_side((84, 164), 118, 122, "pine", "chalk") + seated_side(
        (88, 164), 126, 134, "pine", "chalk"
    )
    for one, cloth in ((boy, "linen"), (girl, "denim")):
        made += seated_side((one.x + 4, 166), one.x - 32, one.x - 38, cloth, "chalk") + seated_side(
            (one.x, 166), one.x - 24, one.x - 24, cloth, "chalk"
        )
    made += (
        woman.body(path("M-9 8l9 14 9-14", "thin"))
        + boy.body()
        + girl.body(path("M-19 26h38M-19 34h38", "thin"))
    )
    gesture = trail(
        t, (0, (126, 158)), (1.0, (132, 134)), (2.0, (126, 156)), (3.2, (134, 136)), (4.6, (126, 158))
    )
    made += woman.arm("l", (104, 158), "rest", turn=10) + woman.arm("r", gesture, "rest", turn=-14)
    made += boy.arm("r", (200, 160), "rest", turn=176) + boy.arm("l", (178, 158), "rest", turn=184)
    return made + girl.arm("r", (262, 160), "rest", turn=176) + girl.arm("l", (240, 158), "rest", turn=184)


def wiped(t: float) -> str:
    """A finger wipes over the sticker: it fades to an outline."""
    gone = between(t, 1.6, 3.8)
    photo = picture(0, -36, 92, 74) + soft_lines(-4, 22, 70, 3)
    sticker = laughing(18, -40, 2.2 * (1 - 0.1 * gone), "amber")
    dashed = circle(18, -40, 24, "soft", 'stroke-dasharray="5 5"')
    body = screen(160, 126, 132, 216, "", "chalk")
    made = mound("linen", 2) + body + group(photo, 160, 126) + group(group(dashed, opacity=gone), 160, 126)
    made += group(sticker, 160, 126, opacity=1 - gone)
    x = 178 + 20 * math.sin((t - 1.6) * 6) if 1.4 < t < 3.9 else 178
    finger = trail(t, (0, (300, 240)), (1.3, (178, 92)), (3.9, (178, 92)), (5.2, (300, 240)))
    return made + wiping_hand((finger[0] + x - 178, finger[1]))


def wiping_hand(at: Point) -> str:
    """Gabija's hand from the right edge, its fingertip at a place."""
    sleeve = path("M17 5l170 112v46L8 19z", "rose")
    hand = path("M1 1c-2-3 1-5 4-3l11 7c6 0 10 6 7 12-3 6-11 6-15 1-2-3-2-7 1-9z", "s2")
    return group(sleeve + hand, *at)


def group_writes(t: float) -> str:
    """A round bubble appears in the group, then a second and a third."""
    made = mound("straw", 2) + screen(160, 126, 150, 220, "", "linen")
    for index, (x, y, kind) in enumerate(((140, 66, "round"), (178, 122, "heart"), (146, 178, "round"))):
        second = 0.6 + index * 1.3
        face = (UGNE, FIRST_MATE, SECOND_MATE)[index].look
        aside = -46 if index != 1 else 40
        made += grown(
            message(kind, 0, 0, 1.15, t),
            x + 14 * (index != 1),
            y + sway(t, 0.8, 3, index / 3),
            pop(t, second, 0.45),
        )
        made += grown(circle(0, 0, 13, "chalk") + head(face, 0.6), x + aside, y + 4, pop(t, second, 0.4))
    hearts = "".join(
        heart(
            236 + i * 20 + sway(t, 4, 2, i / 3),
            200 - (t - 3.4 - i * 0.5) * 34,
            0.6 * pop(t, 3.4 + i * 0.5),
            ("rose", "amber", "rose")[i],
        )
        for i in range(3)
        if t > 3.4 + i * 0.5
    )
    return made + hearts


def swings(t: float) -> str:
    """Motiejus and Ugnė on two swings, to and fro."""
    made = (
        mound("straw", 2)
        + tree(-6, 213, t, 1.15)
        + tree(318, 213, t, 0.9, flip=True)
        + gull(240, 54, t)
        + FLOOR
    )
    made += path("M50 214l18-172M80 214l-12-172M240 214l12-172M270 214l-18-172") + rect(
        58, 36, 204, 7, "sand", 3
    )
    for who, x, phase, flip in ((MOTIEJUS, 112, 0.0, False), (UGNE, 208, 0.27, True)):
        angle = sway(t, 13 * between(t, -1.5, 1.5), 2.6, phase)
        mood = "smile" if who is MOTIEJUS and t > 2 else "open" if t > 2 else "small"
        one = who.at(0, 78, t, flip=flip, tilt=3, face={"gaze": 5, "mouth": mood})
        rider = line([(-22, 0), (-22, 128)]) + line([(22, 0), (22, 128)]) + rect(-27, 128, 54, 6, "pine", 3)
        kick = sway(t, 9, 2.6, phase + 0.2)
        knees = "".join(
            path(f"M{side * 9 - 8} 126l{kick * 0.3:.1f} 28h14l{-kick * 0.3 + 2:.1f}-28z", who.trousers)
            + rect(side * 9 - 8 + kick * 0.3, 153, 15, 8, who.shoes, 3)
            for side in (-1, 1)
        )
        rider += (
            knees
            + one.body()
            + one.arm("l", (-22, 92), "grip", turn=-90)
            + one.arm("r", (22, 92), "grip", turn=-90)
        )
        made += group(rider, x, 43, turn=angle)
    return made


def by_the_sea(t: float) -> str:
    """They all stand by the sea; the lighthouse shines behind them."""
    made = (
        mound("mint", 2)
        + sun(58, 140, 15)
        + sea(t, 140)
        + lighthouse(188, 112, t, 1.0)
        + gull(58, 50, t)
        + gull(86, 62, t + 0.5, 0.7)
    )
    made += tree(312, 150, t, 0.9) + FLOOR + grass(12, 213, t) + grass(306, 213, t)
    row = (
        (FIRST_MATE, 44, 1.6),
        (UGNE, 100, 0.6),
        (MOTIEJUS, 156, 2.2),
        (SECOND_MATE, 212, 1.1),
        (GABIJA, 268, 2.8),
    )
    for who, x, second in row:
        flip = x > 160
        mouth = chosen(t, (0, "smile"), (second, "open"), (second + 1.4, "smile"))
        one = who.at(x, 104, t, flip=flip, tilt=3, face={"gaze": 3, "mouth": mouth})
        made += one.legs() + one.body()
        outer = "r" if x > 200 else "l"
        wave = sway(t, 4, 0.8)
        raised = (x + (30 if outer == "r" else -30) + wave, 84)
        low = (x + (22 if outer == "r" else -22), 170)
        hand = trail(t, (second - 0.6, low), (second, raised), (second + 2.2, raised), (second + 3, low))
        made += one.arm(outer, hand, "wave" if hand[1] < 130 else "rest") + one.hang(
            "l" if outer == "r" else "r"
        )
    return made


TUNE = Tune(
    bar=2.5,
    bars=(
        ("D", "f#4 - a4 - d5 - a4 -"),
        ("G", "b4 - d5 - b4 - g4 -"),
        ("A", "a4 - c#5 - e5 - - -"),
        ("D", "d5 - a4 - f#4 - - -"),
        ("Bm", "f#4 - b4 - d5 - c#5 -"),
        ("G", "b4 - a4 - g4 - - -"),
        ("A", "c#5 - b4 - a4 - e4 -"),
        ("D", "d5 - - - a4 - - -"),
    ),
    fullness="112 233 334 222 22 233 333 33 42",
)
CUES = [
    (0.4, "birds"),
    (3.6, "birds"),
    *many("step", 0.3, 5.8, 0.7),
    *many("step", 6.2, 9.0, 0.34),
    *many("step", 9.2, 12.8, 0.7),
    (8.9, "pop"),
    *many("step", 13.2, 15.2, 0.5),
    *many("step", 15.8, 18.6, 0.36),
    *many("scratch", 20.9, 23.6, 0.75),
    (24.3, "scratch"),
    (26.2, "bright"),
    *many("sweep", 34.6, 36.4, 0.6),
    (40.6, "pop"),
    (41.9, "pop"),
    (43.2, "pop"),
    (43.5, "chime"),
    *many("creak", 46.2, 51.4, 1.3),
    (53.0, "sea"),
    (54.2, "birds"),
]
FILM = Film(
    (
        Scene(walks_alone),
        Scene(catches_up),
        Scene(joined),
        Scene(chalk),
        Scene(calm_talk, "day", ((0, VIEW), (7, closer(160, 124, 340)))),
        Scene(wiped),
        Scene(group_writes),
        Scene(swings),
        Scene(by_the_sea, "day", ((0, closer(160, 126, 330)), (7, VIEW))),
    ),
    TUNE,
    CUES,
    poster=57.0,
)
