"""Bystander, part 2: typing."""

import math
from typing import Any

from films.cast import MOTIEJUS, UGNE, UGNE_MUM
from films.chats import field, floating, keyboard, message, typed
from films.effects import many
from films.heads import portrait
from films.motion import between, chosen, fading, pop, sway, track, trail
from films.music import Tune
from films.places import (
    FLOOR,
    bed,
    dark_windows,
    glow,
    house,
    lighthouse,
    moon,
    mound,
    sea,
    stars,
    window,
)
from films.scenes.rooms import buzzing, kitchen, kitchen_chairs, kitchen_table, lamp_room, ugne_sits
from films.shapes import circle, clipped, drawn, group, grown, line, path, rect
from films.stage import VIEW, Film, Scene, closer
from films.things import bubble, camera, heart, mug, phone, soft_lines, spiky

UGNE_FACE, MOTIEJUS_FACE = UGNE.look, MOTIEJUS.look


def picks_up(t: float) -> str:
    """The phone buzzes on the table; Ugnė takes it, and it lights her face."""
    taken = t > 2.2
    hand = trail(t, (0, (166, 178)), (1.0, (166, 178)), (2.2, (206, 168)), (3.4, (158, 170)))
    look = track(t, (0, 3), (0.9, 3), (1.5, 6), (2.4, 6), (3.4, 4))
    face = {
        "down": track(t, (0, 2), (1.5, 1), (3.4, 2)),
        "gaze": look,
        "mouth": chosen(t, (0, "quiet"), (4.2, "small")),
    }
    girl = ugne_sits(t, tilt=track(t, (0, 8), (1.6, 3), (3.6, 7)), face=face)
    lit = between(t, 0.4, 1.0)
    made = lamp_room(t, track(t, (0, 0), (0.4, 0), (1.4, 1))) + girl.crossed()
    made += glow(150, 150, 44, between(t, 2.6, 3.6)) + girl.body()
    if taken:
        made += phone(hand[0] - 10 * between(t, 2.2, 3.4), hand[1] - 8, track(t, (2.2, 80), (3.4, 4)))
    else:
        made += glow(222, 166, 26, lit) + group(
            rect(-14, -3, 28, 4, "chalk", 1.5), 222 + buzzing(t, 0.5, 1.4), 172
        )
    return (
        made
        + girl.arm("l", (134, 176), "grip", turn=-8)
        + girl.arm("r", hand, "grip", turn=track(t, (2.2, 0), (3.4, 180)))
    )


def typing(t: float) -> str:
    """Words grow in the field, fall away, and grow again."""
    first = typed(t, 0.5, [30, 44, 22])
    if t > 2.2:
        gone = between(t, 2.2, 3.1)
        first = [max(0.0, length * (1 - gone)) for length in [30, 44, 22]] if gone < 1 else []
    words = first if t < 3.6 else typed(t, 3.6, [24, 34, 30, 26], 0.36)
    busy = 0.5 < t < 1.5 or 3.6 < t < 5.2
    pressed = int(t * 6) * 7 % 24 if busy else 23 if 2.2 < t < 3.1 else -1
    made = (
        rect(-60, -20, 440, 300, "linen bare")
        + rect(30, 8, 260, 260, "pine", 24)
        + rect(42, 22, 236, 240, "chalk", 8)
    )
    made += group(spiky(0, 0, 66, 32, t), 92, 62) + group(spiky(0, 0, 58, 30, t + 1), 122, 98)
    return made + field(58, 126, 182, filled=words, cursor=(t % 0.9) < 0.6) + keyboard(52, 160, 216, pressed)


def two_faces() -> str:
    """The head of the new chat: Ugnė and Motiejus."""
    faces = portrait(-24, 0, 22, "straw", "amber", UGNE_FACE) + portrait(
        24, 0, 22, "mint", "sage", MOTIEJUS_FACE, flip=True
    )
    return faces


def other_chat(t: float) -> str:
    """The group slides away; a chat with only two faces slides in."""
    move = between(t, 1.6, 2.6)
    group_chat = "".join(
        group(spiky(0, 0, 64, 34, t + i), -30 + 26 * (i % 2), -40 + i * 40) for i in range(4)
    )
    new = group(two_faces(), 0, -56) + line([(-60, -24), (60, -24)], "thin soft")
    new += grown(message("round", 0, 0, 1, t), 8, 14, pop(t, 5.4)) if t > 5.4 else ""
    body = group(group_chat, -170 * move) + group(new, 170 * (1 - move))
    inner = rect(94, 30, 132, 192, "chalk", 5)
    made = mound("linen", 2) + rect(88, 18, 144, 216, "pine", 14) + inner
    made += clipped(group(body, 160, 122), "two", 94, 30, 132, 192, 5)
    finger = trail(
        t, (0, (262, 250)), (1.2, (222, 140)), (1.6, (222, 140)), (2.6, (150, 140)), (3.4, (262, 250))
    )
    return made + pointing(finger)


def pointing(at: tuple[float, float]) -> str:
    """Ugnė's hand from the right edge, its fingertip at a place."""
    sleeve = path("M17 5l150 92v46L8 19z", "amber")
    hand = path("M1 1c-2-3 1-5 4-3l11 7c6 0 10 6 7 12-3 6-11 6-15 1-2-3-2-7 1-9z", "s1")
    return group(sleeve + hand, *at)


def lit_window(x: float, y: float, colour: str, hair: str, bow: float) -> str:
    """A window with somebody's shape in it."""
    shape = path(f"M{x + 5} {y + 36}c0-9 4-12 11-12s11 3 11 12z", colour) + circle(
        x + 16, y + 15 + bow, 6.5, hair
    )
    frame = (
        rect(x, y, 32, 36, "", 2)
        + line([(x + 16, y), (x + 16, y + 10)], "thin")
        + path(f"M{x - 2} {y + 37}h36")
    )
    return rect(x, y, 32, 36, "amber", 2) + shape + frame


def floats(t: float) -> str:
    """A big round bubble floats from one window to the other."""
    made = (
        rect(-40, -20, 440, 300, "night bare")
        + moon(162, 46, 1.3)
        + stars([(112, 60), (206, 56), (138, 84), (188, 84)], t)
    )
    made += sea(t, 168, 90, 240, 2) + lighthouse(160, 170, t, 0.55) + path("M-40 214h440")
    made += house(-20, 106, 84, "denim") + house(222, 112, 76, "denim")
    made += dark_windows([(4, 158), (46, 158), (4, 104), (242, 156), (290, 156), (242, 98)])
    made += glow(60, 118, 40) + lit_window(44, 100, "rose bare", "h5", sway(t, 0.6, 2)) + glow(303, 114, 40)
    made += lit_window(288, 96, "sage bare", "h2", track(t, (0, 3), (5, 3), (6, -1)))
    place = floating((76, 96), (284, 92), between(t, 0.8, 5.2), 26)
    size = pop(t, 0.5, 0.6) * track(t, (0, 1), (4.6, 1), (5.6, 0.55))
    return made + grown(message("amber", 0, 0, 1, t), *place, size)


def comforted(t: float) -> str:
    """Motiejus reads it and sits up; the bubble glows."""
    up = between(t, 1.2, 2.6)
    face = {
        "mouth": chosen(t, (0, "low"), (1.4, "small"), (2.8, "smile")),
        "down": track(t, (1, 3.5), (2.4, 0)),
        "gaze": 3,
    }
    boy = MOTIEJUS.at(150, 118 - 5 * up, t, height=54 + 5 * up, tilt=11 - 8 * up, face=face)
    made = mound("linen", 0) + window(242, 48, t, 62, 56, "night") + FLOOR + bed(74) + boy.legs()
    made += glow(178, 72, 52, 0.4 + up) + boy.body(path("M-8 10c1 5 1 9 0 13M7 10c-1 5-1 8 0 12", "thin"))
    made += phone(157, 160 - 6 * up, 6)
    made += boy.arm("l", (146, 168 - 6 * up), "grip", turn=0)
    breast = trail(t, (0, (168, 166)), (3, (168, 160)), (4.2, (156, 142)))
    made += boy.arm("r", breast, "rest", turn=185)
    size = pop(t, 0.3, 0.6) * (1 + sway(t, 0.03, 1.6))
    return made + grown(message("amber", 0, 0, 1.05, t), 208, 66 + sway(t, 1.5, 3), size)


def kept(t: float) -> str:
    """A frame draws itself around the screen; names and date are inside."""
    chat = (
        rect(-60, -98, 120, 196, "chalk", 5)
        + group(spiky(0, 0, 58, 30, 0), 8, -34)
        + group(spiky(0, 0, 54, 28, 1), 14, 4)
    )
    chat += portrait(-40, -34, 10, "straw", "denim", MOTIEJUS_FACE.but(hair="mop", hair_colour="h1"))
    chat += portrait(-40, 4, 10, "mint", "rose", MOTIEJUS_FACE.but(hair="pony", hair_colour="h3", skin="s2"))
    chat += soft_lines(-20, -12, 20, 1) + soft_lines(-20, 26, 20, 1) + day_leaf(0, -76)
    small = between(t, 4.2, 5.4)
    whole = mound("linen", 2) + rect(88, 18, 144, 216, "pine", 14) + group(chat, 160, 126)
    outline = "M104 34h112v186h-112z"
    frame = drawn(outline, 596, between(t, 0.6, 2.6), "beam")
    corners = path("M98 42v-14h14M208 28h14v14M222 212v14h-14M112 226h-14v-14", "amber") if t > 2.6 else ""
    corners = f'<g fill="none" stroke-width="3">{corners.replace("amber", "beam")}</g>'
    shutter = fading(t, 2.8, 3.3, 0.2)
    made = whole + (frame + corners if small < 1 else "")
    made += rect(104, 34, 112, 186, "straw bare", 3, f'opacity="{0.5 * shutter:.2f}"') if shutter else ""
    copy = rect(-56, -93, 112, 186, "straw", 4) + chat
    place = (160 + 132 * small, 126 + 26 * small)
    return (
        made
        + folder(292, 196)
        + (grown(copy, *place, 1 - 0.72 * small) if t > 3.4 else "")
        + folder_front(292, 196)
    )


def day_leaf(x: float, y: float) -> str:
    """The leaf of a calendar: the date."""
    dots = "".join(
        circle(x - 8 + i % 4 * 5.3, y + (i // 4) * 5, 1.2, "pine bare" if i != 5 else "rose")
        for i in range(8)
    )
    return rect(x - 13, y - 10, 26, 22, "chalk", 2) + rect(x - 13, y - 10, 26, 6, "amber", 2) + dots


def folder(x: float, y: float) -> str:
    """The back of a folder."""
    return path(f"M{x - 30} {y + 20}v-46h20l6 7h34v39z", "sand")


def folder_front(x: float, y: float) -> str:
    """Its front, behind which a copy goes."""
    return path(f"M{x - 30} {y + 20}l5-32h60l-5 32z", "straw")


def at_kitchen_table(t: float, mum_x: float, mum_face: dict[str, Any], shown: float, nod: float = 0) -> str:
    """Ugnė shows her mum the phone across the corner of the table."""
    girl = UGNE.at(
        108, 108, t, tilt=4, face={"gaze": 5, "mouth": chosen(t, (0, "small"), (2, "open"), (3.2, "small"))}
    )
    mum = UGNE_MUM.at(mum_x, 104 + nod, t, flip=True, tilt=5 + nod, face=mum_face)
    made = (
        kitchen(t)
        + kitchen_chairs(106, mum_x + 2)
        + girl.legs()
        + mum.legs()
        + girl.body()
        + mum.body(path("M-8 9l8 12 8-12", "thin"))
    )
    made += kitchen_table() + mug(74, 164, t, "rose")
    hold = (122 + 26 * shown, 156 - 18 * shown)
    made += glow(hold[0] + 10, hold[1] - 8, 24, shown) + phone(hold[0] + 10, hold[1] - 8, 4)
    return made + girl.arm("l", (98, 160), "rest", turn=8) + girl.arm("r", hold, "grip", turn=-14)


def shows_mum(t: float) -> str:
    """Ugnė shows the phone; her mum puts her cup down."""
    face = {"gaze": track(t, (0, 3), (1.5, 6)), "down": track(t, (0, 0), (1.8, 2)), "mouth": "small"}
    made = at_kitchen_table(t, 224, face, between(t, 0.8, 1.8))
    mum = UGNE_MUM.at(224, 104, t, flip=True)
    cup = trail(t, (0, (206, 132)), (1.4, (206, 132)), (2.4, (212, 160)))
    made += mug(cup[0] - 8, cup[1] + 4, t, "amber", flip=True) + mum.arm("l", cup, "grip", turn=170)
    return made + mum.arm("r", (224, 160), "rest", turn=176)


def mum_listens(t: float) -> str:
    """Mum moves closer and listens; she nods and puts a hand on Ugnė's."""
    x = track(t, (0, 224), (2.2, 204))
    nod = max(0.0, math.sin((t - 2.6) * 4)) * 1.6 if 2.6 < t < 5.2 else 0.0
    face = {"gaze": 5, "down": 1.5, "mouth": chosen(t, (0, "small"), (2.6, "smile"))}
    made = at_kitchen_table(t, x, face, 1 - 0.7 * between(t, 0.4, 1.6), nod) + mug(
        250, 164, t, "amber", flip=True
    )
    mum = UGNE_MUM.at(x, 104, t, flip=True)
    touch = trail(t, (0, (204, 160)), (1.6, (190, 160)), (3.2, (156, 156)))
    return made + mum.arm("r", (x + 4, 160), "rest", turn=176) + mum.arm("l", touch, "rest", turn=184)


def three_signs(t: float) -> str:
    """A heart, a camera and a bubble, one after the other; Ugnė looks from one to the next."""
    look = track(t, (0, -4), (1.6, -4), (2.2, 1), (3.2, 1), (3.9, 5), (5, 5), (5.6, 2))
    flip = look < 0
    face = {
        "gaze": abs(look) + 1,
        "down": -2.5,
        "mouth": chosen(t, (0, "small"), (3.8, "smile"), (5, "open")),
    }
    girl = UGNE.at(160, 114, t, flip=flip, tilt=-4, face=face)
    made = mound("straw", 2) + FLOOR + girl.legs() + girl.body()
    for index, (x, second) in enumerate(((66, 0.5), (160, 2.0), (254, 3.6))):
        size = pop(t, second, 0.5) * (1.12 - 0.12 * between(t, second + 0.5, second + 1.2))
        sign = (heart(0, 0, 1.5), camera(0, 1, 1.5), bubble(0, -3, 36, 26, "mint") + soft_lines(0, -6, 18))[
            index
        ]
        made += grown(circle(0, 0, 32, "chalk") + sign, x, 50 + sway(t, 1.2, 3, index / 3), 0.86 * size)
    left = trail(t, (0, (136, 172)), (0.5, (112, 108)), (1.8, (112, 108)), (2.6, (136, 172)))
    right = trail(
        t, (0, (184, 172)), (3.2, (184, 172)), (3.8, (208, 108)), (5.2, (208, 108)), (6, (184, 172))
    )
    return made + girl.arm("l", left, "wave") + girl.arm("r", right, "wave")


TUNE = Tune(
    bar=2.5,
    bars=(
        ("C", "e4 g4 - c5 - b4 g4 -"),
        ("Am", "e4 a4 - c5 - e5 - -"),
        ("F", "f4 a4 - c5 - d5 c5 -"),
        ("G", "d5 - b4 - g4 - - -"),
        ("C", "e4 g4 - c5 - d5 e5 -"),
        ("Am", "c5 - a4 - e4 - a4 -"),
        ("F", "a4 - c5 - f5 - e5 -"),
        ("Gsus", "d5 - - - g4 - - -"),
    ),
    fullness="112 232 223 333 34 322 333 33 42",
)
CUES = [
    (0.5, "buzz"),
    (1.4, "buzz"),
    *many("key", 6.6, 7.4, 0.17),
    *many("key", 8.3, 8.9, 0.12),
    *many("key", 9.7, 11.1, 0.17),
    (14.6, "slide"),
    (18.4, "pop"),
    (20.6, "chime"),
    (25.4, "chime"),
    (27.4, "warm"),
    (29.8, "warm"),
    (35.9, "shutter"),
    (37.3, "slide"),
    (42.4, "cup"),
    (53.5, "three"),
]
FILM = Film(
    (
        Scene(picks_up, "evening", ((0, VIEW), (6, closer(150, 128, 320)))),
        Scene(typing, "evening", ((0, closer(160, 132, 320)), (7, closer(160, 136, 290)))),
        Scene(other_chat, "evening"),
        Scene(floats, "night", ((0, closer(160, 128, 384)), (7, closer(164, 124, 350)))),
        Scene(comforted, "evening", ((0, VIEW), (6, closer(160, 116, 330)))),
        Scene(kept, "evening"),
        Scene(shows_mum, "day"),
        Scene(mum_listens, "day", ((0, VIEW), (5, closer(160, 120, 300)))),
        Scene(three_signs, "day"),
    ),
    TUNE,
    CUES,
    poster=24.0,
)
