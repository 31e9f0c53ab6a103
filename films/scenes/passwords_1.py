"""Passwords, part 1: the toothbrush."""

import math
from typing import Any

from films.cast import DAD, FRIEND, JOKUBAS
from films.effects import many
from films.motion import arc, between, chosen, pop, sway, track, trail
from films.music import Tune
from films.people import Figure
from films.places import FLOOR, glow, gull, mound, sea, shelf, sun, tree
from films.shapes import circle, clipped, ellipse, group, grown, line, path, rect
from films.stage import VIEW, Film, Scene, closer
from films.things import boat, football, key, toothbrush


def bathroom(t: float, *, water: bool = False) -> str:
    """The bathroom: a mirror, the basin, a tap."""
    tiles = "".join(f"M{-10 + i * 34} 150v64" for i in range(11)) + "M-20 150h360M-20 182h360"
    made = mound("mint", 2) + path(tiles, "thin soft") + FLOOR
    mirror = ellipse(160, 84, 40, 46, "chalk") + path("M142 70l14-18M148 84l22-28", "thin soft")
    lamp = circle(160, 30, 5, "amber") + path("M150 36h20")
    basin = path("M150 190v24h20v-24", "chalk") + path("M104 160h112c0 22-18 32-56 32s-56-10-56-32z", "chalk")
    tap = path("M160 160v-14c0-8 16-8 16 0v3M152 147h10")
    stream = (
        path(f"M176 151v{9 + sway(t, 0.6, 0.2):.1f}", "", 'style="stroke:#8fa9b8;stroke-width:3.4"')
        if water
        else ""
    )
    return made + mirror + lamp + stream + basin + tap


def glass(x: float, y: float, brushes: list[str]) -> str:
    """A glass with toothbrushes."""
    made = "".join(
        toothbrush(x - 7 + i * 7, y - 26, -14 + i * 14, 0.9, colour)
        for i, colour in enumerate(brushes)
        if colour
    )
    return made + path(f"M{x - 12} {y - 26}h24l-3 26h-18z", "chalk", 'opacity=".86"')


def morning(t: float) -> str:
    """Three brushes in a glass; water runs from the tap."""
    hop = 2.5 * abs(math.sin((t - 2) * 5)) if 2 < t < 3.8 else 0
    made = bathroom(t, water=t < 3.4)
    return made + group(glass(126, 160, ["rose", "sage", "amber"]), 0, -hop)


def boy_at(t: float, x: float = 230, **pose: Any) -> Figure:
    """Jokūbas stands in the bathroom."""
    return JOKUBAS.at(x, 114, t, **pose)


def takes_green(t: float) -> str:
    """Jokūbas takes the green one and brushes his teeth."""
    brushing = t > 2.4
    x = track(t, (0, 232), (0.9, 196))
    look = {
        "gaze": 4,
        "mouth": "open" if brushing and int(t * 5) % 2 else "small",
        "eyes": "dot" if not brushing or t < 3.6 else "laugh",
    }
    boy = boy_at(t, x, flip=True, tilt=3, face=look)
    scrub = sway(t, 4, 0.45) if brushing else 0
    hand = trail(t, (0, (206, 160)), (0.9, (176, 152)), (1.5, (146, 126)), (2.4, (170, 119)))
    held = t > 1.45
    made = bathroom(t, water=False) + glass(126, 160, ["rose", "" if held else "sage", "amber"])
    made += boy.legs() + boy.hang("r") + boy.body(stripes())
    tip = (hand[0] + scrub, hand[1])
    made += toothbrush(tip[0] + 4, tip[1] - 5, track(t, (1.45, 0), (2.4, 74)), 0.9) if held else ""
    foam = (
        "".join(circle(186 + i * 5, 102 + sway(t, 1, 0.7, i / 3), 2.2 + i % 2, "chalk") for i in range(3))
        if t > 3
        else ""
    )
    return made + foam + boy.arm("l", tip, "grip", turn=track(t, (1.5, 200), (2.4, -90)))


def stripes() -> str:
    """The stripes of his pyjamas."""
    return path("M-17 22h34M-17 30h34M-17 38h34", "thin")


def two_boys(
    t: float, friend_x: float, boy_face: dict[str, Any], friend_face: dict[str, Any], tilt: float
) -> tuple[str, Figure, Figure]:
    """Jokūbas with his brush, and his friend."""
    boy = JOKUBAS.at(126, 112, t, tilt=3 + tilt, nod=(tilt * 0.4, 0), face=boy_face)
    pal = FRIEND.at(friend_x, 112, t, flip=True, tilt=3 - tilt, nod=(tilt * 0.4, 0), face=friend_face)
    made = mound("straw", 2) + shelf(
        30,
        70,
        60,
        [
            ("jar", "sage", 0.0),
            ("gap", "", 5.0),
            ("jar", "rose", 0.0),
            ("gap", "", 4.0),
            ("plant", "amber", 0.0),
        ],
    )
    made += (
        rect(226, 38, 46, 58, "chalk", 3)
        + path("M234 84l10-22M242 88l16-34", "thin soft")
        + FLOOR
        + ellipse(160, 213, 100, 4, "sage bare")
    )
    return made, boy, pal


def friend_asks(t: float) -> str:
    """A friend comes and holds out his hand for the brush."""
    x = track(t, (0, 360), (2.2, 204))
    asks = between(t, 2.4, 3.2)
    made, boy, pal = two_boys(
        t,
        x,
        {"gaze": 4, "mouth": chosen(t, (0, "smile"), (3.4, "oh"))},
        {"gaze": 5, "mouth": chosen(t, (0, "smile"), (2.4, "open"), (3.6, "smile"))},
        0,
    )
    back = track(t, (3.4, 0), (4.2, 8))
    hold = (150 - back, 136)
    made += boy.legs() + boy.hang("l") + boy.body(stripes()) + toothbrush(hold[0] + 6, hold[1] - 14, 8, 0.9)
    made += boy.arm("r", hold, "grip", turn=-30)
    if x > 205:
        return made + pal.walking(t * 1.3, flip=True, step=12)
    hand = (188 - 22 * asks, 156 - 14 * asks)
    return made + pal.legs() + pal.hang("r") + pal.body() + pal.arm("l", hand, "rest", turn=186)


def only_yours(t: float) -> str:
    """Both laugh and shake their heads."""
    shake = sway(t, 5, 0.75) * between(t, 0.4, 0.8) * (1 - between(t, 3.2, 3.8))
    face = {"gaze": 3 + shake * 0.3, "mouth": "open", "eyes": "laugh" if t > 0.7 else "dot"}
    made, boy, pal = two_boys(t, 204, face, {**face, "gaze": 3 - shake * 0.3}, shake)
    near = between(t, 0.2, 0.9)
    hold = (142 - 10 * near, 136 + 4 * near)
    made += boy.legs() + boy.hang("l") + boy.body(stripes()) + toothbrush(hold[0] + 4, hold[1] - 14, 8, 0.9)
    made += boy.arm("r", hold, "grip", turn=-40)
    wag = trail(t, (0, (166, 142)), (0.7, (182, 152)))
    belly = (190 + sway(t, 1.5, 0.5), 150)
    return (
        made
        + pal.legs()
        + pal.body()
        + pal.arm("r", (210, 150), "rest", turn=170)
        + pal.arm("l", belly if t > 0.8 else wag, "rest", turn=10)
    )


def becomes_key(t: float) -> str:
    """The green brush turns round and round and becomes a green key."""
    turn = 720 * between(t, 1.0, 3.0)
    half = between(t, 1.8, 2.4)
    rise = sway(t, 3, 2.6)
    made = mound("mint", 2) + glow(160, 122, 96, 0.5 + between(t, 2.2, 3.0))
    made += group(toothbrush(0, 0, turn, 2.6 * (1 - half) + 0.001), 160, 122 + rise)
    made += group(
        group(key(0, 0, 0, 2.7 * half + 0.001), -34 * half, 0),
        160,
        122 + rise,
        turn=turn - 90 + 45 * between(t, 3, 3.8),
    )
    for i in range(8):
        angle = i * math.pi / 4 + t * 0.3
        far = 40 + 42 * between(t, 2.2 + i * 0.05, 3.6)
        size = pop(t, 2.2 + i * 0.05) * (1 - between(t, 3.6, 5.2))
        star = path("M0-7l1.8 5.2L7 0 1.8 1.8 0 7-1.8 1.8-7 0l5.2-1.800z", "amber")
        made += grown(star, 160 + far * 1.5 * math.cos(angle), 122 + far * math.sin(angle), size)
    return made


def opens_door(t: float) -> str:
    """The key opens a door; behind it a boat sails."""
    opened = between(t, 2.0, 3.4)
    made = mound("straw", 2)
    outside = rect(94, 40, 132, 174, "mint bare") + sun(196, 128, 14) + sea(t, 128, 94, 226, 4)
    sail = boat(track(t, (2, 70), (6, 186)), 150, t, 1.0)
    made += clipped(outside + sail, "way", 94, 40, 132, 174, 0)
    wide = 132 * (1 - 0.8 * opened)
    leaf = rect(94, 40, wide, 174, "sand", 2) + rect(94 + wide * 0.12, 54, wide * 0.76, 62, "linen", 2)
    leaf += rect(94 + wide * 0.12, 128, wide * 0.76, 72, "linen", 2) + circle(
        94 + wide * 0.86, 124, 5, "amber"
    )
    made += leaf + rect(94, 40, 132, 174, "", 2) + FLOOR
    place = trail(t, (0, (300, 110)), (1.1, (222, 124)), (2.0, (222, 124)), (3.4, (248, 142)))
    turn = track(t, (0, 160), (1.1, 180), (1.5, 180), (1.9, 250), (3.4, 200))
    boy = JOKUBAS.at(
        290,
        116,
        t,
        flip=True,
        tilt=3,
        face={"gaze": 5, "mouth": chosen(t, (0, "small"), (2.4, "open"), (4.6, "smile"))},
    )
    made += boy.legs() + boy.hang("r") + boy.body()
    hand = (place[0] + 10, place[1] + 4)
    return made + key(*place, turn, 1.2) + boy.arm("l", hand, "grip", turn=190, length=30)


def out_to_play(t: float) -> str:
    """He gives his friend the ball; the key stays in his pocket, and they run out."""
    go = max(0.0, t - 2.8)
    x = 100 + go * 74
    made = (
        mound("straw", 2)
        + tree(-4, 213, t, 1.2)
        + tree(322, 213, t, 0.9, flip=True)
        + gull(86, 52, t)
        + FLOOR
    )
    part = between(t, 0.8, 1.8)
    place = arc((130, 148), (190, 148), part, 18)
    boy = JOKUBAS.at(x, 112, t, tilt=3, face={"gaze": 5, "mouth": "open" if t > 1 else "smile"})
    pal = FRIEND.at(
        x + 116, 112, t, flip=go == 0, tilt=3, face={"gaze": 5, "mouth": "open" if t > 1.6 else "smile"}
    )
    pocket = key(0, 0, 96, 0.62)
    if go:
        bounce = 40 * abs(math.sin(go * 5))
        made += boy.walking(go * 2, flip=False, step=17) + pal.walking(go * 2 + 0.3, flip=False, step=17)
        return made + football(x + 158, 202 - bounce, x * 5, 9)
    made += (
        boy.legs()
        + pal.legs()
        + boy.body()
        + group(pocket, x - 12, 158)
        + boy.hang("l")
        + pal.body()
        + pal.hang("r")
    )
    give = trail(t, (0, (122, 150)), (0.8, (126, 148)), (1.6, (126, 160)))
    catch = trail(t, (0, (196, 164)), (1.2, (192, 148)), (2.8, (194, 150)))
    return (
        made
        + football(*place, place[0] * 4, 9)
        + boy.arm("r", give, "rest", turn=-10)
        + pal.arm("l", catch, "rest", turn=190)
    )


def hung_up(t: float) -> str:
    """Dad hangs the key on the board; Jokūbas smiles."""
    board = rect(104, 40, 108, 66, "sand", 4) + rect(110, 46, 96, 54, "straw bare", 2)
    hooks = "".join(line([(x, 54), (x, 60)]) for x in (126, 146, 166, 190))
    others = (
        key(126, 64, 90, 0.95, colour="rose", bits=1)
        + key(146, 64, 90, 0.95, colour="denim", bits=2)
        + key(166, 64, 90, 0.95, colour="amber", bits=1)
    )
    hung = t > 2.6
    place = (
        (190, 64)
        if hung
        else trail(t, (0, (138, 156)), (1.0, (138, 150)), (2.2, (188, 58)), (2.6, (190, 64)))
    )
    dad = DAD.at(82, 90, t, tilt=-2, face={"gaze": 5, "down": -0.5 if t < 3 else 1, "mouth": "smile"})
    boy = JOKUBAS.at(
        238,
        116,
        t,
        flip=True,
        tilt=-4,
        face={"gaze": 5, "down": -2, "mouth": chosen(t, (0, "smile"), (2.8, "open"))},
    )
    made = (
        mound("mint", 2)
        + board
        + hooks
        + others
        + FLOOR
        + dad.legs()
        + boy.legs()
        + dad.body(path("M-22 34h44M-21 44h42", "thin"))
        + boy.body()
    )
    x = track(t, (0, 0), (1, 0), (2.2, 34), (3.6, 0))
    lifted = trail(
        t, (0, (128, 152)), (1.0, (128, 148)), (2.2, (136 + x * 0.2, 82)), (2.8, (136, 84)), (4.0, (112, 148))
    )
    reach = (min(place[0] - 12, 140), place[1] + 6) if not hung else lifted
    swing = 14 * math.sin((t - 2.6) * 7) * max(0.0, 1 - (t - 2.6) * 0.8) if hung else 0
    made += key(*place, 90 + swing, 1.1) + dad.arm("r", reach, "grip", length=36) + dad.hang("l")
    up = between(t, 3.0, 3.5) * (1 - between(t, 4.8, 5.4))
    return made + boy.hang("r") + boy.arm("l", (216 - 4 * up, 162 - 50 * up), "wave" if up > 0.4 else "rest")


TUNE = Tune(
    bar=2.25,
    bars=(
        ("C", "c5 - e5 - g5 - e5 -"),
        ("F", "a4 - c5 - f5 - - -"),
        ("G", "b4 - d5 - g5 - d5 -"),
        ("C", "e5 - c5 - g4 - - -"),
        ("Am", "c5 - a4 - e5 - c5 -"),
        ("Dm", "d5 - f5 - a5 - - -"),
        ("G", "g5 f5 d5 b4 - - - -"),
        ("C", "c5 - - - g4 - c5 -"),
    ),
    fullness="22 233 33 223 332 33 333 42",
)
CUES = [
    (0.2, "water"),
    (2.2, "tick"),
    (6.5, "cup"),
    (7.5, "brushing"),
    *many("step", 10.2, 12.2, 0.4),
    (12.6, "question"),
    (16.4, "bright"),
    (17.6, "high"),
    (22.2, "sweep"),
    (22.9, "sparkle"),
    (24.2, "bright"),
    (28.5, "click"),
    (29.0, "creak"),
    (29.8, "sea"),
    (34.4, "bounce"),
    *many("bounce", 36.1, 38.8, 0.63),
    *many("step", 35.9, 38.8, 0.26),
    (41.6, "cup"),
    (42.0, "warm"),
]
FILM = Film(
    (
        Scene(morning, "day", ((0, VIEW), (5, closer(150, 126, 290)))),
        Scene(takes_green, "day", ((0, closer(160, 126, 340)), (5, closer(170, 124, 320)))),
        Scene(friend_asks),
        Scene(only_yours, "day", ((0, VIEW), (4, closer(164, 126, 330)))),
        Scene(becomes_key),
        Scene(opens_door),
        Scene(out_to_play),
        Scene(hung_up),
    ),
    TUNE,
    CUES,
    poster=17.6,
)
