"""The first talk: a pupil stays after the lesson, and his class teacher takes time for him."""

from typing import Any

from films.cast import CLASS_TEACHER, EMILIS, EMILIS_FRIEND, GABIJA
from films.effects import many
from films.motion import chosen, track, trail
from films.music import Tune
from films.people import Figure
from films.places import FLOOR, chair_back, mound, table
from films.scenes.school import (
    COLLAR,
    TOP,
    arms,
    at_table,
    classroom,
    quiet_room,
    said,
    stand,
    talking,
    words,
)
from films.shapes import group, path, rect
from films.signs import calendar, question, seconds_of_silence, sheet
from films.stage import VIEW, Film, Scene, closer
from films.things import bubble, heart, mug, phone, soft_lines, spiky


def the_boy(t: float, x: float = 106, **face: Any) -> Figure:
    """Emilis at the left side of the table."""
    return EMILIS.at(x, 118, t, tilt=face.pop("tilt", 5), face=face)


def the_teacher(t: float, **face: Any) -> Figure:
    """His class teacher at the right side."""
    return CLASS_TEACHER.at(214, 112, t, flip=True, tilt=face.pop("tilt", 5), face=face)


def lying() -> str:
    """The teacher's own phone, face down at the edge of the table."""
    return group(rect(-14, -3, 28, 4, "pine", 1.5), 252, 161)


def both(t: float, boy: dict[str, Any], teacher: dict[str, Any], above: str = "", things: str = "") -> str:
    """Both at the table in the quiet room."""
    left, right = the_boy(t, **boy), the_teacher(t, **teacher)
    hands = arms(left) + arms(right)
    on_it = lying() + mug(66, TOP - 1, t, "sage") + things
    return at_table(quiet_room(t), (left, right), on_it, hands, above)


def one_stays(t: float) -> str:
    """The lesson is over: two go, one stays at his desk, and the teacher notices."""
    made = classroom(t)
    away = GABIJA.at(track(t, (0, 262), (4.6, 384)), 104, t, tilt=3, face={"gaze": 5})
    friend = EMILIS_FRIEND.at(track(t, (0, 196), (5.6, 372)), 122, t, tilt=3, face={"gaze": 5})
    made += away.walking(t * 0.95, flip=False, step=13) + friend.walking(t, flip=False, step=11)
    boy = the_boy(t, 96, gaze=2, down=2.5, mouth="quiet")
    made += chair_back(96, 118, 52) + boy.legs() + boy.body() + table(46, 148, TOP)
    made += phone(118, 155, 6) + boy.arm("l", (82, 161), "rest", turn=8)
    made += boy.arm("r", (112, 160), "rest", turn=176)
    seen = {"gaze": track(t, (0, 1), (2.6, 6)), "mouth": chosen(t, (0, "smile"), (3.4, "small"))}
    teacher = CLASS_TEACHER.at(2, 96, t, tilt=4, face=seen)
    return made + stand(teacher, right=((24, 146), "rest", -20), detail=COLLAR)


def somewhere_quiet(t: float) -> str:
    """They walk to a small room; its door stays ajar."""
    x = track(t, (0, 10), (5.6, 150))
    made = mound("mint", 2) + rect(224, 44, 66, 170, "sand", 2) + rect(232, 52, 50, 162, "straw", 2)
    made += path("M232 52l22 10v152h-22z", "linen") + path("M248 134v8") + FLOOR
    teacher = CLASS_TEACHER.at(x + 58, 96, t, flip=True, tilt=4, face={"gaze": 5, "mouth": "smile"})
    boy = EMILIS.at(x, 122, t, tilt=3, face={"gaze": 5, "down": track(t, (0, 2), (4, -1)), "mouth": "small"})
    if t < 5.6:
        walking = teacher.walking(t * 0.7, flip=False, step=12, detail=COLLAR)
        return made + walking + boy.walking(t * 0.85, flip=False, step=10)
    return made + stand(teacher, detail=COLLAR) + stand(boy)


def one_question(t: float) -> str:
    """One question; then he waits, and the dots of the silence fill."""
    asked = said(t, 0.6, 3.2, 184, 58, bubble(0, 0, 44, 36, "chalk", "right") + question(0, -3))
    waits = said(
        t, 3.3, 9, 190, 58, bubble(0, 0, 84, 28, "mint", "right") + seconds_of_silence(0, 0, t, 3.6, 5)
    )
    boy = {"gaze": track(t, (0, 4), (3.4, 1)), "down": track(t, (0, 0), (3.2, 2.5)), "mouth": "quiet"}
    teacher = {"gaze": 5, "mouth": talking(t, 0.6, 2.4)}
    return both(t, boy, teacher, asked + waits)


def he_listens(t: float) -> str:
    """The boy tells; the teacher says back in few words what he has heard."""
    told = ""
    for start, x, y, wide in ((0.5, 100, 50, 62), (2.4, 128, 42, 56)):
        told += said(t, start, start + 2.1, x, y, spiky(0, 0, wide, 32, t))
    told += said(t, 5.0, 7.8, 188, 56, bubble(0, 0, 48, 30, "mint", "right") + words(28))
    boy = {
        "gaze": 4,
        "down": track(t, (0, 2), (5.4, 0)),
        "mouth": talking(t, 0.5, 4.5, "quiet" if t < 5.5 else "small"),
    }
    return both(t, boy, {"gaze": 5, "down": 0.5, "mouth": talking(t, 5.0, 6.4)}, told)


def not_deserved(t: float) -> str:
    """A heart in the teacher's bubble; the boy looks up."""
    words_ = said(t, 0.5, 9, 186, 54, bubble(0, 0, 50, 40, "chalk", "right") + heart(0, -2, 1.1))
    boy = {
        "gaze": 5,
        "down": track(t, (0, 2), (2.2, -1)),
        "mouth": chosen(t, (0, "quiet"), (2.4, "small"), (3.8, "smile")),
    }
    return both(t, boy, {"gaze": 5, "mouth": talking(t, 0.5, 1.8, "smile")}, words_)


def together(t: float) -> str:
    """They write down what happens now; the boy adds a point himself."""
    written = sheet(160, 64, t, (0.6, 2.2, 4.2), 1.15)
    left = the_boy(t, gaze=5, down=track(t, (0, 1), (4, 2)), mouth=talking(t, 3.4, 4.6, "small"))
    right = the_teacher(t, gaze=4, down=2, mouth="small")
    paper = group(rect(-20, -4, 40, 5, "chalk", 1) + soft_lines(-2, -1, 24, 1), 160, 163)
    pen = trail(t, (0, (184, 158)), (1, (178, 157)), (2, (184, 158)), (3, (178, 157)), (3.8, (192, 159)))
    mine = trail(t, (0, (122, 160)), (3.8, (124, 160)), (4.4, (142, 158)), (6, (146, 158)))
    hands = arms(left, right=(mine, "point", 4)) + arms(right, left=(pen, "grip", 184))
    return at_table(quiet_room(t), (left, right), lying() + paper, hands, written)


def tomorrow(t: float) -> str:
    """The next day: the boy sits beside a friend, and the teacher asks how it is."""
    day = said(t, 0.4, 9, 30, 52, calendar(0, 0, 1.1))
    made = classroom(t) + day
    boy = EMILIS.at(
        196, 118, t, flip=True, tilt=5, face={"gaze": 5, "mouth": chosen(t, (0, "small"), (3, "smile"))}
    )
    friend = EMILIS_FRIEND.at(256, 118, t, flip=True, tilt=6, face={"gaze": 5, "mouth": "smile"})
    hand = trail(t, (0, (180, 160)), (2.4, (180, 160)), (3.2, (172, 108)), (6, (174, 112)))
    hands = arms(boy, left=(hand, "wave", 260 if t > 2.4 else 188)) + arms(friend)
    book = path("M-26 6l3-14c8-4 15-4 23 0 8-4 15-4 23 0l3 14c-9-4-17-4-26 0-9-4-17-4-26 0z", "chalk")
    made = at_table(made, (boy, friend), group(book, 226, 159), hands)
    teacher = CLASS_TEACHER.at(
        84, 96, t, tilt=6, face={"gaze": 5, "mouth": chosen(t, (0, "small"), (2, "smile"))}
    )
    nod = trail(t, (0, (106, 150)), (1.4, (106, 150)), (2.2, (124, 122)), (5, (122, 126)))
    return made + stand(teacher, right=(nod, "wave" if t > 1.6 else "rest", -40), detail=COLLAR)


TUNE = Tune(
    bar=2.4,
    bars=(
        ("G", "d4 - - g4 - - - -"),
        ("Em", "e4 - g4 - - - b4 -"),
        ("C", "c4 - e4 - g4 - - -"),
        ("D", "d4 - f#4 - a4 - - -"),
        ("G", "b4 - a4 - g4 - d4 -"),
        ("C", "e4 - g4 - - - - -"),
        ("Am", "a4 - c5 - e5 - - -"),
        ("Dsus", "d5 - a4 - g4 - - -"),
    ),
    fullness="22 211 11 112 222 223 33",
    voice="marimba",
    accompaniment="pluck",
)
CUES = [
    *many("step", 0.5, 5.0, 0.6),
    *many("step", 6.4, 11.4, 0.68),
    (12.8, "question"),
    (19.6, "low pop"),
    (21.5, "low pop"),
    (24.0, "warm"),
    (27.6, "bright"),
    *many("scratch", 33.8, 37.4, 1.7),
    (40.4, "chime"),
]
FILM = Film(
    (
        Scene(one_stays),
        Scene(somewhere_quiet),
        Scene(one_question),
        Scene(he_listens),
        Scene(not_deserved, "day", ((0, VIEW), (5, closer(160, 118, 340)))),
        Scene(together),
        Scene(tomorrow),
    ),
    TUNE,
    CUES,
    poster=29.6,
)
