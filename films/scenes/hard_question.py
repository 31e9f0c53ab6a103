"""A hard question: a joke is heard calmly, and what the ambassador does not know he finds out."""

from typing import Any

from films.cast import AMINA, GIRL_MATE, LUKAS, PEDAGOGUE, SECOND_AMBASSADOR, TEACHER
from films.effects import many
from films.motion import between, chosen, track, trail
from films.music import Tune
from films.people import Figure
from films.places import floor_lamp, table
from films.scenes.school import (
    COLLAR,
    TOP,
    class_of,
    classroom,
    desks,
    quiet_room,
    said,
    stand,
    talking,
    wheelchair,
    wheels,
    words,
)
from films.shapes import group, path, rect
from films.signs import calendar, envelope, question, tick
from films.stage import VIEW, Film, Scene, closer
from films.things import bubble, laughing, mug, soft_lines

PUPILS = (LUKAS, GIRL_MATE, AMINA)


def pupils(t: float, *faces: dict[str, Any]) -> list[Figure]:
    """The class, each with a face of their own."""
    given = [*faces, *({} for _ in PUPILS)]
    return class_of(t, zip(PUPILS, given, strict=False))


def seated(t: float, x: float = 34, right: Any = None, **face: Any) -> str:
    """The ambassador in his wheelchair; one hand may be raised."""
    one = SECOND_AMBASSADOR.at(x, 112, t, tilt=face.pop("tilt", 4), face={"gaze": 5, **face})
    made = wheelchair(x, 112) + one.legs() + one.body() + wheels(x)
    made += one.arm("l", (x - 12, 164), "rest", turn=20)
    to, kind, turn = right or ((x + 14, 164), "rest", 160.0)
    return made + one.arm("r", to, kind, turn=turn)


def some_laugh(t: float) -> str:
    """One says something to make others laugh; the ambassador stays calm."""
    made = classroom(t) + seated(t, mouth="small")
    funny = {"mouth": chosen(t, (0, "small"), (0.8, "open")), "eyes": chosen(t, (0, "dot"), (0.9, "laugh"))}
    faces = [funny | {"flip": False}, funny, {"down": 2, "mouth": "quiet"}]
    made += desks(pupils(t, *faces))
    for start, x in ((0.8, 132), (1.5, 204)):
        made += said(t, start, 20, x, 66, bubble(0, 0, 38, 30, "straw", "") + laughing(0, 0, 0.85, "amber"))
    return made


def back_to_it(t: float) -> str:
    """He says calmly what he hears; the laughing stops by itself."""
    hand = trail(t, (0, (48, 164)), (0.6, (66, 140)), (3.4, (66, 138)), (4.4, (48, 164)))
    made = classroom(t)
    made += seated(
        t, right=(hand, "rest", -24.0 if 0.5 < t < 4.2 else 160.0), mouth=talking(t, 0.6, 3.2, "small")
    )
    calmer = {"mouth": chosen(t, (0, "open"), (2.4, "small")), "eyes": chosen(t, (0, "laugh"), (2.4, "dot"))}
    made += desks(
        pupils(t, calmer | {"flip": t < 0.1 or t > 2.4}, calmer, {"down": track(t, (0, 2), (3, 0))})
    )
    for end, x in ((2.4, 132), (3.0, 204)):
        made += said(t, -1, end, x, 66, bubble(0, 0, 38, 30, "straw", "") + laughing(0, 0, 0.85, "amber"))
    return made + said(t, 0.6, 20, 78, 62, bubble(0, 0, 60, 34, "mint", "left") + words(36))


def unexpected(t: float) -> str:
    """A girl asks something that he did not expect."""
    up = trail(t, (0, (254, 159)), (0.4, (254, 159)), (1.2, (250, 96)), (3, (250, 96)), (3.8, (254, 159)))
    raised = 0.6 < t < 3.6
    faces = [{"flip": False}, {"flip": False}, {"mouth": talking(t, 2.0, 4.4), "down": -1}]
    hand = (up, "wave" if raised else "rest", 262.0 if raised else 188.0)
    made = classroom(t) + seated(t, mouth="small", tilt=track(t, (0, 4), (3, 8)))
    made += desks(pupils(t, *faces), {2: hand})
    return made + said(t, 2.0, 20, 282, 58, bubble(0, 0, 56, 42, "amber", "") + question(0, -2, 1.2))


def i_dont_know(t: float) -> str:
    """He says that he does not know, and writes the question down."""
    made = classroom(t)
    pen = trail(
        t,
        (0, (52, 160)),
        (2.2, (52, 160)),
        (3.0, (46, 150)),
        (3.8, (52, 151)),
        (4.6, (46, 151)),
        (6, (50, 152)),
    )
    writes = t > 2.4
    looks = {"down": track(t, (0, -1), (1.8, 0), (3, 2.5)), "gaze": track(t, (0, 5), (3, 3), (6, 5))}
    made += seated(t, right=(pen, "grip", 200.0), mouth=talking(t, 0.6, 2.0, "small"), **looks)
    if writes:
        made += group(rect(-14, -9, 28, 18, "chalk", 1) + soft_lines(-1, -3, 18), 30, 158, turn=-6)
    made += desks(pupils(t, {}, {}, {"mouth": chosen(t, (0, "small"), (2.4, "smile"))}))
    note = rect(-24, -18, 48, 36, "chalk", 2) + question(-10, -2, 0.7) + soft_lines(10, -4, 18)
    return made + said(t, 2.6, 20, 78, 62, note)


def checks(t: float) -> str:
    """In the evening he reads it up, and asks somebody who knows."""
    made = quiet_room(t, "straw") + floor_lamp(300, 92)
    other = TEACHER.at(214, 112, t, flip=True, tilt=5, face={"gaze": 5, "mouth": talking(t, 2.4, 4.4)})
    one = SECOND_AMBASSADOR.at(
        102, 112, t, tilt=5, face={"gaze": 5, "down": track(t, (0, 2.5), (2, 2.5), (2.6, 0))}
    )
    made += wheelchair(102, 112) + one.legs() + other.legs() + one.body() + wheels(102) + other.body()
    made += table(50, 268, TOP) + mug(248, TOP - 1, t, "amber", flip=True)
    book = path("M-30 6l4-20c9-5 18-5 26 0 8-5 17-5 26 0l4 20c-10-5-20-5-30 0-10-5-20-5-30 0z", "chalk")
    made += group(book + path("M0-14v20M-21-7c6-2 11-2 16 0M5-7c5-2 10-2 16 0", "thin"), 148, 157)
    made += one.arm("l", (90, 160), "rest", turn=8) + one.arm("r", (122, 159), "rest", turn=4)
    made += other.arm("r", (228, 160), "rest", turn=174) + other.arm("l", (176, 156), "point", turn=184)
    made += said(t, 2.4, 4.6, 190, 54, bubble(0, 0, 52, 32, "mint", "right") + words(30))
    return made + said(t, 4.6, 20, 122, 54, bubble(0, 0, 40, 34, "chalk", "left") + tick(0, 0, 1.5))


def friday(t: float) -> str:
    """On the promised day a letter arrives; the teacher reads it to the class."""
    made = classroom(t) + said(t, 0.2, 20, -6, 56, calendar(0, 0, 1.1, 4))
    way = trail(t, (0, (-40, 120)), (2.2, (66, 132)), (9, (66, 132)))
    is_open = t > 2.8
    woman = PEDAGOGUE.at(
        38,
        98,
        t,
        tilt=4,
        face={"gaze": 4 if t < 5 else 5, "down": track(t, (2, 0), (3, 2)), "mouth": talking(t, 3.2, 5.8)},
    )
    arm = ((58, 140), "grip", -10.0) if t > 1.8 else None
    made += stand(woman, right=arm, detail=COLLAR)
    letter = rect(-14, -18, 28, 34, "chalk", 1) + soft_lines(0, -10, 18, 3)
    made += group(letter, 74, 128, turn=6) if is_open else envelope(*way, 0.9, 6)
    happy = {"mouth": chosen(t, (0, "small"), (4.2, "smile")), "down": -0.5}
    return made + desks(pupils(t, {}, {}, happy))


def they_write(t: float) -> str:
    """The class talks it over; the girl smiles."""
    part = between(t, 0.6, 1.4)
    faces = [
        {"flip": False, "mouth": talking(t, 2, 4)},
        {"mouth": "smile"},
        {"mouth": talking(t, 3, 5, "smile"), "down": -0.5},
    ]
    made = classroom(t, tick(30, -4, 2.6 * part, "k")) + seated(t, mouth="smile")
    made += desks(pupils(t, *faces))
    for start, x, colour in ((1.6, 132, "mint"), (2.6, 280, "straw")):
        made += said(t, start, start + 2.8, x, 70, bubble(0, 0, 42, 26, colour, "") + words(24))
    return made


TUNE = Tune(
    bar=2.4,
    bars=(
        ("Dm", "d4 - f4 - a4 - - -"),
        ("Bb", "bb4 - a4 - f4 - - -"),
        ("F", "c5 - a4 - - - - -"),
        ("C", "g4 - c5 - e5 - - -"),
        ("Dm", "a4 - - - f4 - d4 -"),
        ("Gm", "g4 - bb4 - d5 - - -"),
        ("F", "c5 - a4 - f4 - a4 -"),
        ("C", "e4 - g4 - c5 - - -"),
    ),
    fullness="22 111 211 122 222 233",
    voice="pluck",
    accompaniment="pluck",
)
CUES = [
    (0.9, "pop"),
    (1.6, "pop"),
    (6.6, "warm"),
    (14.0, "question"),
    *many("scratch", 20.6, 22.4, 0.9),
    (28.6, "chime"),
    (32.6, "paper"),
    (37.6, "scratch"),
    (38.4, "murmur"),
]
FILM = Film(
    (
        Scene(some_laugh),
        Scene(back_to_it),
        Scene(unexpected, "day", ((0, VIEW), (6, closer(160, 122, 350)))),
        Scene(i_dont_know),
        Scene(checks, "dusk"),
        Scene(friday),
        Scene(they_write),
    ),
    TUNE,
    CUES,
    poster=16.6,
)
