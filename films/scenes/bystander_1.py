"""Bystander, part 1: the message."""

from films.cast import MOTIEJUS, UGNE
from films.chats import field, number, readers, rising
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
    sheet,
    stars,
    window,
)
from films.scenes.rooms import NIGHT, buzzing, lamp_room, ugne_sits
from films.shapes import circle, group, grown, line, path, rect
from films.stage import VIEW, Film, Scene, closer
from films.things import bubble, cloud, eye, mug, phone, screen, soft_lines, spiky


def sill(t: float) -> str:
    """The window sill in the evening, with the sea and the lighthouse behind it."""
    outside = rect(20, 26, 280, 152, "night", 3) + moon(84, 58, 1.5)
    outside += stars([(120, 50), (52, 84), (160, 74), (206, 46), (276, 52)], t)
    outside += sea(t, 128, 22, 298, 3) + lighthouse(240, 130, t, 0.8)
    frame = rect(20, 26, 280, 152, "", 3) + line([(160, 26), (160, 178)])
    curtains = path("M4 20h44c2 60-8 110-28 158H4zM316 20h-44c-2 60 8 110 28 158h16z", "straw")
    folds = path(
        "M18 22c2 60-2 100-8 150M32 22c2 50-4 90-12 140M302 22c-2 60 2 100 8 150M288 22c-2 50 4 90 12 140",
        "thin",
    )
    lit = fading(t, 0.7, 6.5, 0.3)
    shake = buzzing(t, 0.8, 2.0)
    lying = group(
        path("M-24 5l7-13h38l-7 13z", "chalk") + path("M-19 3l5-9h30l-5 9z", "mint bare"), 150 + shake, 184
    )
    made = outside + frame + curtains + folds + glow(150, 178, 46, lit)
    made += rect(-20, 178, 360, 13, "sand", 3) + mug(226, 178, t, "rose") + lying
    return made + grown(
        bubble(0, 0, 34, 24, "chalk") + soft_lines(0, -3, 18), 176, 150 + sway(t, 1.5, 3), pop(t, 3.2)
    )


def mocking(t: float) -> str:
    """On the screen: the talk, and under it what the group makes of it."""
    talk = rect(-46, -80, 92, 50, "sage", 5) + rect(-36, -74, 44, 32, "chalk", 2)
    talk += path("M-30-50l9-10 8 6 12-14", "leaf") + portrait(
        26, -52, 17, "straw", "sage", MOTIEJUS.look, flip=True
    )
    body = screen(160, 126, 132, 216, "", "linen") + group(talk, 160, 126)
    return (
        mound("linen", 2)
        + body
        + rising(
            t, [(0.6, "spiky"), (1.8, "laughing"), (3.0, "spiky"), (4.2, "laughing")], (100, 100, 120, 122)
        )
    )


def reads_alone(t: float) -> str:
    """Motiejus sits on his bed; the bubbles hang above him."""
    down = track(t, (0, 1), (2.5, 3.5))
    boy = MOTIEJUS.at(
        150,
        114 + track(t, (0, 0), (3.5, 3)),
        t,
        tilt=track(t, (0, 4), (3.5, 11)),
        face={"mouth": chosen(t, (0, "small"), (2, "low")), "down": down, "gaze": 3},
    )
    hand_y = 166
    hung = "".join(
        grown(
            spiky(0, 0, 50, 28, t + i),
            x,
            track(t, (0.4 + i * 0.7, y - 20), (1.6 + i * 0.7, y)) + sway(t, 1.5, 3, i / 3),
            pop(t, 0.4 + i * 0.7, 0.5),
        )
        for i, (x, y) in enumerate([(96, 62), (152, 48), (214, 64)])
    )
    made = (
        mound("linen", 0)
        + window(242, 48, t, 62, 56, "night")
        + FLOOR
        + bed(74)
        + boy.legs()
        + glow(158, 158, 34, 1)
    )
    made += boy.body(path("M-8 10c1 5 1 9 0 13M7 10c-1 5-1 8 0 12", "thin")) + phone(157, 160, 6)
    return (
        made
        + boy.arm("l", (146, hand_y + 2), "grip", turn=0)
        + boy.arm("r", (168, hand_y), "grip", turn=185)
        + hung
    )


def counted(t: float) -> str:
    """In a corner of the screen: an eye, and how many have read it."""
    count = chosen(t, (0, 3), (1.2, 9), (2.4, 17), (3.6, 22))
    last = max(second for second in (0, 1.2, 2.4, 3.6) if t >= second)
    made = (
        rect(-60, -20, 440, 300, "linen bare")
        + rect(40, 52, 240, 190, "pine", 22)
        + rect(52, 66, 216, 190, "chalk", 8)
    )
    made += eye(104, 108, 2.2) + number(str(count), 168, 108, 2.1 + 0.25 * (1 - pop(t, last, 0.4)))
    return (
        made
        + readers(75, 156, count, t)
        + line([(68, 136), (252, 136)], "thin soft")
        + field(76, 198, 150, filled=[], cursor=False)
    )


def hesitates(t: float) -> str:
    """Ugnė reads; her thumb comes near the screen and stops."""
    girl = ugne_sits(
        t,
        tilt=track(t, (0, 6), (4, 9)),
        face={"down": 2.2, "gaze": 4, "mouth": chosen(t, (0, "small"), (2.4, "quiet"))},
    )
    thumb = trail(
        t, (0, (172, 176)), (1.4, (172, 176)), (2.3, (160, 165)), (3.4, (160, 166)), (4.6, (170, 175))
    )
    made = lamp_room(t, 1) + girl.crossed() + glow(146, 158, 30, 1) + girl.body() + phone(146, 164, 4)
    return made + girl.arm("l", (134, 174), "grip", turn=-8) + girl.arm("r", thumb, "point", turn=190)


def alone(x: float, y: float, size: float) -> str:
    """A small picture of her, alone."""
    girl = UGNE.at(0, 0, 0.5, face={"mouth": "quiet", "down": 2})
    body = girl.crossed(30, 62) + girl.body() + girl.arm("l", (-8, 48)) + girl.arm("r", (10, 48))
    return grown(body, x, y, size)


def worries(t: float) -> str:
    """Three clouds: in each she sits alone."""
    girl = ugne_sits(
        t, tilt=track(t, (0, 8), (1, -4)), face={"down": track(t, (0, 2), (1, -2)), "mouth": "quiet"}
    )
    made = lamp_room(t, 1) + girl.crossed() + girl.body() + phone(146, 166, 4)
    made += girl.arm("l", (134, 176), "grip", turn=-8) + girl.arm("r", (158, 174), "grip", turn=188)
    for i, (x, y) in enumerate([(82, 66), (170, 46), (246, 66)]):
        size = pop(t, 0.6 + 1.1 * i, 0.6)
        made += cloud(
            x + sway(t, 1.2, 4, i / 3), y + sway(t, 1.8, 3.4, i / 4), 1.35 * size, alone(-8, -8, 0.23)
        )
    return made


def puts_down(t: float) -> str:
    """The phone goes face down on the table; the lamp goes out."""
    hand = trail(
        t, (0, (160, 172)), (0.8, (160, 172)), (2.2, (206, 166)), (3.2, (206, 166)), (4.4, (160, 178))
    )
    lies = t > 2.2
    girl = ugne_sits(
        t,
        tilt=track(t, (0, 6), (1.6, 2), (4, 8)),
        face={"down": 2, "gaze": track(t, (0, 4), (1.4, 6), (4, 3)), "mouth": "quiet"},
    )
    dark = between(t, 3.0, 5.2)
    made = lamp_room(t, 1 - dark) + girl.crossed() + girl.body()
    made += group(rect(-14, -3, 28, 4, "pine", 1.5), 222, 172) if lies else ""
    made += "" if lies else phone(hand[0] + 8, hand[1] - 6, track(t, (0, 4), (2.2, 84)))
    made += girl.arm("l", (134, 178), "rest", turn=-8) + girl.arm(
        "r", hand, "grip", turn=track(t, (0, 0), (4.4, 150))
    )
    return made + sheet(NIGHT, 0.42 * dark)


def across(t: float) -> str:
    """Across the street a window is lit; his shadow is in it."""
    made = (
        rect(-40, -20, 440, 300, "night bare")
        + moon(178, 52, 1.4)
        + stars([(120, 48), (214, 70), (146, 78), (190, 96)], t)
    )
    made += sea(t, 168, 90, 240, 2) + lighthouse(166, 170, t, 0.55) + path("M-40 214h440")
    made += house(-20, 106, 84, "denim") + house(222, 112, 76, "denim")
    made += dark_windows([(2, 104), (46, 104), (2, 158), (46, 158), (242, 156), (290, 156), (242, 98)])
    made += glow(303, 114, 44, 1) + rect(288, 96, 32, 36, "amber", 2)
    bow = track(t, (0, 0), (3, 3), (5.5, 1))
    shade = path("M292 132c0-9 4-12 11-12s11 3 11 12z", "pine bare") + circle(
        303 + bow * 0.5, 111 + bow, 6.5, "pine bare"
    )
    return made + shade + line([(304, 96), (304, 132)], "thin") + path("M286 133h36")


def empty_field(t: float) -> str:
    """The field is empty; the cursor blinks."""
    made = (
        rect(-60, -20, 440, 300, "linen bare")
        + rect(30, 28, 260, 220, "pine", 24)
        + rect(42, 42, 236, 210, "chalk", 8)
    )
    made += group(spiky(0, 0, 70, 36, t), 96, 76) + group(spiky(0, 0, 62, 32, t + 1), 110, 116)
    made += rect(43, 146, 234, 106, "straw bare")
    return made + field(62, 166, 170, filled=[], cursor=(t % 1.1) < 0.62)


TUNE = Tune(
    bar=3.0,
    bars=(
        ("Am", "a4 - - e5 - - c5 -"),
        ("F", "a4 - - c5 - - - -"),
        ("C", "g4 - - e5 - - d5 -"),
        ("G", "d5 - - b4 - - - -"),
        ("Am", "a4 - - e5 - - c5 -"),
        ("Dm", "f4 - - a4 - - d5 -"),
        ("Esus", "e4 - - b4 - - a4 -"),
        ("Am", "a4 - - - - - - -"),
    ),
    fullness="22 32 11 11 01 122 11 222 10",
)
CUES = [
    (0.8, "buzz"),
    (2.0, "buzz"),
    (3.2, "pop"),
    (6.6, "low pop"),
    (7.8, "low pop"),
    (9.0, "low pop"),
    (10.2, "low pop"),
    (12.6, "low"),
    *many("tick", 19.2, 24.2, 0.6),
    (27.3, "tick"),
    (32.0, "wind"),
    (41.2, "tap"),
    (46.0, "wind"),
    (46.5, "sea"),
    (54.0, "question"),
]
FILM = Film(
    (
        Scene(sill, "night", ((0, VIEW), (6, closer(156, 138, 290)))),
        Scene(mocking, "evening", ((0, VIEW), (6, closer(160, 138, 320)))),
        Scene(reads_alone, "evening", ((0, VIEW), (7, closer(156, 118, 330)))),
        Scene(counted, "evening", ((0, closer(160, 138, 330)), (6, closer(160, 138, 290)))),
        Scene(hesitates, "evening", ((0, VIEW), (7, closer(150, 130, 290)))),
        Scene(worries, "evening"),
        Scene(puts_down, "evening", ((0, closer(160, 128, 350)), (7, VIEW))),
        Scene(across, "night", ((0, VIEW), (1, VIEW), (7, closer(236, 138, 260)))),
        Scene(empty_field, "evening", ((0, closer(160, 140, 300)), (7, closer(160, 160, 250)))),
    ),
    TUNE,
    CUES,
    poster=27.5,
)
