"""The first five minutes of an ambassador's session: agreements, help, one question, and time to think."""

from typing import Any

from films.cast import AMBASSADOR, AMIRA, LUKAS, SECOND_MATE, TEACHER
from films.effects import many
from films.motion import between, chosen, track, trail
from films.music import Tune
from films.people import Figure
from films.scenes.school import (
    COLLAR,
    class_of,
    classroom,
    desks,
    said,
    stand,
    talking,
)
from films.shapes import circle, drawn, grown, path, rect
from films.signs import question, seconds_of_silence, slip, slip_box, tag
from films.stage import VIEW, Film, Scene, closer
from films.things import bubble, soft_lines

PUPILS = (LUKAS, AMIRA, SECOND_MATE)
NUMBER = (
    "M-52-8l5-4v22",
    "M-38-8l5-4v22",
    "M-14-12c-6 3-9 9-8 14 2 9 13 8 13 0 0-8-11-8-13-1",
    "M12-8l5-4v22",
    "M27-8l5-4v22",
    "M42-8l5-4v22",
)
"""116 111, written with chalk."""


def pupils(t: float, *faces: dict[str, Any]) -> list[Figure]:
    """The class, each with a face of their own."""
    given = [*faces, *({} for _ in PUPILS)]
    return class_of(t, zip(PUPILS, given, strict=False))


def host(t: float, x: float = 44, **face: Any) -> Figure:
    """The ambassador, standing at the left."""
    return AMBASSADOR.at(x, 98, t, tilt=face.pop("tilt", 4), face={"gaze": 5, **face})


def she_comes(t: float) -> str:
    """The teacher shows her in, and stays: she sits down at the side of the class."""
    made = classroom(t)
    x = track(t, (0, -44), (3.6, 44))
    teacher = TEACHER.at(4, 98, t, flip=t < 2.0, tilt=4, face={"gaze": 5, "mouth": "smile"})
    made += stand(teacher, detail=COLLAR)
    one = host(t, x, mouth="smile")
    moving = one.walking(t * 0.75, flip=False, step=12)
    lift = trail(t, (3.6, (66, 150)), (4.4, (84, 96)), (6, (84, 98)))
    made += moving if t < 3.6 else stand(one, right=(lift, "wave", -60))
    return made + desks(pupils(t, {"mouth": "smile"}, {}, {"mouth": chosen(t, (0, "small"), (4.6, "smile"))}))


def agreements(t: float) -> str:
    """Three signs on the board: my story is mine, no names, and silence is fine."""
    own = circle(0, -6, 6, "s2") + path("M-12 12c0-16 24-16 24 0z", "sage") + path("M-17-14h34v30h-34z", "k")
    silent = bubble(0, 0, 38, 28, "mint") + "".join(circle(x, 0, 2, "pine bare") for x in (-8, 0, 8))
    marks = ""
    for x, start, sign in ((-48, 0.6, own), (0, 2.4, tag(0, 0, 1.1)), (48, 4.2, silent)):
        marks += said(t, start, 20, x, 0, sign)
    point = trail(t, (0, (72, 130)), (0.6, (84, 92)), (4, (86, 90)), (6.5, (72, 128)))
    one = host(t, mouth=talking(t, 0.4, 5.4), gaze=4)
    return classroom(t, marks) + stand(one, right=(point, "point", -40)) + desks(pupils(t))


def help_first(t: float) -> str:
    """She writes the number of the Child Line on the board."""
    number = "".join(
        drawn(d, 60, between(t, 0.6 + place * 0.6, 1.1 + place * 0.6), "k") for place, d in enumerate(NUMBER)
    )
    x = track(t, (0, 44), (0.6, 66), (4.0, 160), (5.6, 60))
    wrist = (x + 36, 74)
    moving = 0.6 < t < 4.2
    one = host(t, x, gaze=5 if t > 4 else 3, mouth="small" if t < 4.4 else "smile")
    arm = (wrist, "grip", -50.0) if moving else ((x + 24, 148), "rest", -20.0)
    return classroom(t, grown(number, 0, 0, 1.1)) + stand(one, right=arm) + desks(pupils(t))


def silence(t: float) -> str:
    """A question; then nobody speaks, and she waits."""
    asked = said(t, 0.4, 2.6, 90, 48, bubble(0, 0, 46, 38, "chalk", "left") + question(0, -3))
    waits = said(
        t, 2.6, 20, 122, 44, bubble(0, 0, 108, 28, "mint", "left") + seconds_of_silence(0, 0, t, 3.0)
    )
    one = host(t, mouth=talking(t, 0.4, 2.0), tilt=track(t, (0, 4), (4, 6)))
    looks = [
        {"down": track(t, (0, 0), (3, 2.5))},
        {"gaze": track(t, (0, 5), (3, 1), (5, 4)), "down": -1},
        {"gaze": 2, "down": track(t, (0, 0), (2.6, 2))},
    ]
    return classroom(t) + stand(one) + desks(pupils(t, *looks)) + asked + waits


def she_speaks(t: float) -> str:
    """The girl who was thinking raises her hand and speaks; everybody listens."""
    up = trail(t, (0, (180, 159)), (0.4, (180, 159)), (1.2, (176, 96)), (2.6, (176, 96)), (3.4, (180, 159)))
    kind = "wave" if 0.6 < t < 3.2 else "rest"
    turn = 262.0 if kind == "wave" else 188.0
    told = said(t, 2.4, 20, 206, 60, bubble(0, 0, 66, 36, "amber", "") + soft_lines(0, -4, 42))
    faces = [
        {"flip": False, "gaze": 4},
        {"mouth": talking(t, 2.4, 6.2), "down": -1},
        {"gaze": 5, "mouth": "smile" if t > 4 else "small"},
    ]
    one = host(
        t, tilt=track(t, (0, 4), (3, 9), (3.6, 5), (5, 9), (5.6, 5)), mouth="small" if t < 3 else "smile"
    )
    return classroom(t) + stand(one) + desks(pupils(t, *faces), {1: (up, kind, turn)}) + told


def they_talk(t: float) -> str:
    """Now the pupils talk with each other; she stands aside with the teacher."""
    talk = ""
    for start, x, colour in ((0.5, 136, "mint"), (1.8, 204, "straw"), (3.0, 276, "chalk")):
        small = bubble(0, 0, 42, 26, colour, "") + soft_lines(0, -3, 24)
        talk += said(t, start, start + 2.6, x, 70, small)
    faces = [
        {"flip": False, "mouth": talking(t, 0.5, 2.6), "gaze": 5},
        {"mouth": talking(t, 1.6, 4.0)},
        {"mouth": talking(t, 3.0, 5.6)},
    ]
    teacher = TEACHER.at(8, 98, t, tilt=4, face={"gaze": 5, "mouth": "smile"})
    one = host(t, 60, mouth="smile")
    return classroom(t) + stand(teacher, detail=COLLAR) + stand(one) + desks(pupils(t, *faces)) + talk


def slips(t: float) -> str:
    """A slip from everybody goes into the box."""
    box = slip_box(56, 150)
    falling = ""
    for place, x in enumerate((128, 202, 276)):
        part = between(t, 0.6 + place * 1.2, 2.0 + place * 1.2)
        if 0 < part < 1:
            y = 152 + (122 - 152) * part - 76 * 4 * part * (1 - part)
            falling += slip(x + (56 - x) * part, y, 40 * part)
    made = classroom(t) + stand(host(t, 4, mouth="smile")) + rect(24, 150, 64, 8, "linen", 3)
    made += path("M34 158v56M78 158v56") + box
    faces = [{"mouth": chosen(t, (0, "small"), (1.4 + i * 1.2, "smile"))} for i in range(3)]
    return made + desks(pupils(t, *faces)) + falling


TUNE = Tune(
    bar=2.3,
    bars=(
        ("C", "e4 - g4 - c5 - - -"),
        ("Am", "c5 - a4 - - - e4 -"),
        ("F", "f4 - a4 - c5 - a4 -"),
        ("G", "g4 - - b4 d5 - - -"),
        ("Em", "b4 - g4 - e4 - - -"),
        ("F", "a4 - c5 - - - - -"),
        ("Dm", "d4 - f4 - a4 - - -"),
        ("G7", "g4 - b4 - f5 - d5 -"),
    ),
    fullness="33 322 222 110 012 233 33",
    voice="marimba",
    accompaniment="pluck",
)
CUES = [
    *many("step", 0.3, 3.4, 0.66),
    (4.4, "chime"),
    (6.8, "pop"),
    (8.6, "pop"),
    (10.4, "pop"),
    *many("scratch", 14.6, 17.4, 0.7),
    (20.5, "question"),
    *many("tick", 23.2, 27.0, 0.8),
    (30.4, "warm"),
    (35.0, "murmur"),
    *many("paper", 41.8, 44.6, 0.9),
]
FILM = Film(
    (
        Scene(she_comes),
        Scene(agreements),
        Scene(help_first),
        Scene(silence),
        Scene(she_speaks, "day", ((0, VIEW), (6, closer(156, 122, 346)))),
        Scene(they_talk),
        Scene(slips),
    ),
    TUNE,
    CUES,
    poster=27.0,
)
