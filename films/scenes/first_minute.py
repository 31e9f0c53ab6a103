"""The first minute: a girl in the school library, and the librarian who sits down beside her."""

from typing import Any

from films.cast import BOAT_GIRL, COACH, JOKUBAS, TEACHER
from films.effects import many
from films.motion import chosen, pop, sway, track, trail
from films.music import Tune
from films.places import FLOOR, chair_back, glow, mound, shelf, table, window
from films.shapes import group, grown, path, rect
from films.stage import VIEW, Film, Scene, closer
from films.things import bubble, heart, mug, phone, soft_lines, spiky

BOOKS = [
    ("book", "pine", 24.0),
    ("book", "rose", 20.0),
    ("book", "sage", 26.0),
    ("gap", "", 3.0),
    ("book", "amber", 18.0),
    ("book", "denim", 24.0),
    ("gap", "", 4.0),
    ("book", "straw", 22.0),
]
TOP = 164
"""Where the table stands."""
LIES = (146, 161)
"""Where the phone lies, face down."""


def reading_room(t: float, colour: str = "straw") -> str:
    """The wall of the library: shelves at both sides, a window between them."""
    made = mound(colour, 0) + window(132, 34, t, 60, 54, "tree")
    for y in (70, 112):
        made += shelf(12, y, 78, BOOKS if y == 70 else BOOKS[::-1])
        made += shelf(236, y, 78, BOOKS[::-1] if y == 70 else BOOKS)
    return made + FLOOR


def lying() -> str:
    """The phone, face down on the table."""
    return group(rect(-14, -3, 28, 4, "pine", 1.5), *LIES)


def the_girl(t: float, **face: Any) -> Any:
    """The girl at the left side of the table."""
    return BOAT_GIRL.at(104, 116, t, tilt=face.pop("tilt", 5), face=face)


def both(t: float, girl_face: dict[str, Any], host_face: dict[str, Any], things: str = "") -> str:
    """Girl and librarian at the table, their eyes level; the hands lie on it."""
    girl = the_girl(t, **girl_face)
    host = COACH.at(214, 112, t, flip=True, tilt=4, face=host_face)
    made = reading_room(t) + chair_back(104, 116, 54) + chair_back(214, 112, 60)
    made += girl.legs() + host.legs() + girl.body() + host.body()
    made += table(52, 268, TOP) + lying() + mug(244, TOP - 1, t, "amber", flip=True) + things
    made += girl.arm("l", (92, 161), "rest", turn=8) + girl.arm("r", (120, 160), "rest", turn=172)
    return made + host.arm("r", (226, 160), "rest", turn=174) + host.arm("l", (194, 159), "rest", turn=188)


def third_day(t: float) -> str:
    """The girl sits alone with her phone; the librarian walks past behind the table with books."""
    x = track(t, (0, 340), (6.6, 232))
    host = COACH.at(
        x, 96, t, flip=True, tilt=3, face={"gaze": 4, "mouth": chosen(t, (0, "smile"), (4, "small"))}
    )
    made = reading_room(t) + host.walking(t * 0.7, flip=True, step=11)
    made += group(rect(-13, -18, 26, 6, "linen", 1) + rect(-12, -12, 24, 6, "amber", 1), x - 26, 158)
    girl = the_girl(t, gaze=4, down=2.5, mouth="quiet")
    made += chair_back(104, 116, 54) + girl.legs() + girl.body() + table(52, 180, TOP)
    made += glow(126, 146, 24, 0.8) + phone(126, 150, 4)
    return made + girl.arm("l", (112, 158), "grip", turn=-6) + girl.arm("r", (138, 156), "grip", turn=190)


def turned_over(t: float) -> str:
    """She starts, and lays the phone face down."""
    down = t > 2.0
    hand = trail(
        t, (0, (134, 156)), (1.0, (134, 154)), (2.0, (140, 160)), (3.4, (140, 160)), (4.4, (120, 161))
    )
    girl = the_girl(
        t,
        tilt=track(t, (0, 5), (0.9, 1), (3, 6)),
        gaze=track(t, (0, 4), (1, 6), (3.4, 3)),
        down=track(t, (0, 2.5), (1, -1), (3.4, 2)),
        mouth="quiet",
    )
    made = reading_room(t) + chair_back(104, 116, 54) + girl.legs() + girl.body() + table(52, 268, TOP)
    made += lying() if down else glow(hand[0], 146, 22, 0.7) + phone(hand[0] - 2, hand[1] - 5, 8)
    return made + girl.arm("l", (94, 161), "rest", turn=8) + girl.arm("r", hand, "rest", turn=176)


def sits_down(t: float) -> str:
    """The librarian comes down to the height of the girl's eyes."""
    y = track(t, (0, 92), (0.8, 92), (2.4, 112))
    host = COACH.at(
        214, y, t, flip=True, tilt=4, face={"gaze": 5, "mouth": chosen(t, (0, "small"), (3, "smile"))}
    )
    girl = the_girl(
        t,
        gaze=track(t, (0, 2), (3.6, 5)),
        down=track(t, (0, 2), (3.6, 0)),
        mouth=chosen(t, (0, "quiet"), (4.8, "small")),
    )
    made = reading_room(t) + chair_back(104, 116, 54) + chair_back(214, 112, 60)
    made += girl.legs() + host.legs() + girl.body() + host.body() + table(52, 268, TOP) + lying()
    cup = trail(t, (0, (244, 150)), (2.4, (244, TOP - 1)))
    made += mug(*cup, t, "amber", flip=True)
    made += girl.arm("l", (92, 161), "rest", turn=8) + girl.arm("r", (120, 160), "rest", turn=172)
    return (
        made
        + host.arm("r", trail(t, (0, (238, 146)), (2.4, (236, 160))), "rest", turn=174)
        + host.arm("l", trail(t, (0, (196, 148)), (2.4, (194, 159))), "rest", turn=188)
    )


def one_question(t: float) -> str:
    """One question; then she waits."""
    asked = pop(t, 0.8, 0.5) * (1 - track(t, (3.4, 0), (4.0, 1)))
    words = grown(bubble(0, 0, 58, 34, "chalk", "right") + soft_lines(0, -3, 34), 188, 56, asked)
    host = {"gaze": 5, "mouth": chosen(t, (0, "small"), (0.8, "open"), (2.2, "small"))}
    girl = {
        "gaze": track(t, (0, 5), (3, 2), (6.2, 5)),
        "down": track(t, (0, 0), (3, 2), (6.2, 0)),
        "mouth": chosen(t, (0, "quiet"), (6.4, "small")),
    }
    return both(t, girl, host, words)


def she_tells(t: float) -> str:
    """The girl tells; the librarian looks at her and not at the phone."""
    told = ""
    for start, x, y, wide in ((0.6, 96, 44, 60), (2.6, 150, 34, 56), (4.6, 104, 40, 64)):
        size = pop(t, start, 0.5) * (1 - track(t, (start + 1.7, 0), (start + 2.2, 1)))
        told += grown(spiky(0, 0, wide, 30, t + start), x, y + sway(t, 1.2, 3), size)
    girl = {
        "gaze": 4,
        "down": track(t, (0, 0), (1, 2), (5, 0.5)),
        "mouth": ("open", "small")[int(t * 1.8) % 2] if 0.6 < t < 6.4 else "quiet",
    }
    host = {"gaze": 5, "down": 0.5, "mouth": "small"}
    return both(t, girl, host, told)


def not_your_fault(t: float) -> str:
    """A heart in the librarian's bubble; the girl looks up."""
    size = pop(t, 0.7, 0.6)
    said = grown(bubble(0, 0, 50, 40, "chalk", "right") + heart(0, -2, 1.1), 190, 54 + sway(t, 1.4, 3), size)
    girl = {
        "gaze": 5,
        "down": track(t, (0, 2), (2.4, -1)),
        "mouth": chosen(t, (0, "quiet"), (2.8, "small"), (4.6, "smile")),
    }
    host = {"gaze": 5, "mouth": chosen(t, (0, "small"), (0.7, "open"), (2, "smile"))}
    return both(t, girl, host, said)


def together(t: float) -> str:
    """Both walk down the corridor; at the door somebody waits for them."""
    x = track(t, (0, -30), (6.4, 112))
    made = mound("mint", 2) + rect(238, 46, 62, 168, "sand", 2) + rect(246, 54, 46, 160, "chalk", 2)
    made += window(30, 40, t, 70, 58, "sea") + FLOOR
    waits = TEACHER.at(
        266, 100, t, flip=True, tilt=5, face={"gaze": 5, "mouth": chosen(t, (0, "small"), (3, "smile"))}
    )
    made += waits.legs() + waits.hang("r") + waits.body()
    made += waits.arm(
        "l", trail(t, (0, (250, 160)), (3, (250, 160)), (4, (232, 112)), (6, (240, 136))), "wave"
    )
    host = COACH.at(x + 62, 96, t, tilt=3, face={"gaze": 4, "mouth": "small"})
    girl = BOAT_GIRL.at(
        x, 124, t, tilt=2, face={"gaze": 5, "down": -1, "mouth": chosen(t, (0, "small"), (5, "smile"))}
    )
    moving = t < 6.4
    if moving:
        return made + host.walking(t * 0.75, flip=False, step=12) + girl.walking(t * 0.9, flip=False, step=10)
    for one in (host, girl):
        made += one.legs() + one.hang("l") + one.body() + one.hang("r")
    return made


def another_day(t: float) -> str:
    """The girl and a friend read at the same table; the librarian waves from the shelf."""
    host = COACH.at(
        272, 98, t, flip=True, tilt=4, face={"gaze": 5, "mouth": chosen(t, (0, "small"), (2, "smile"))}
    )
    made = reading_room(t) + host.legs() + host.hang("r") + host.body()
    made += host.arm("l", trail(t, (0, (250, 160)), (2, (250, 158)), (3, (238, 96)), (6, (240, 100))), "wave")
    girl = BOAT_GIRL.at(
        78, 116, t, tilt=6, face={"gaze": 4, "down": track(t, (0, 2), (4, 1)), "mouth": "smile"}
    )
    friend = JOKUBAS.at(
        178,
        116,
        t,
        flip=True,
        tilt=6,
        face={"gaze": 4, "down": 2, "mouth": chosen(t, (0, "small"), (3.4, "open"), (4.6, "smile"))},
    )
    made += chair_back(78, 116, 52) + chair_back(178, 116, 52) + girl.legs() + friend.legs()
    made += girl.body() + friend.body() + table(28, 228, TOP)
    book = path("M-30 6l4-20c9-5 18-5 26 0 8-5 17-5 26 0l4 20c-10-5-20-5-30 0-10-5-20-5-30 0z", "chalk")
    lines = path("M-21-7c6-2 11-2 16 0M-22 0c6-2 11-2 17 0M5-7c5-2 10-2 16 0M5 0c6-2 11-2 17 0", "thin soft")
    made += girl.arm("l", (64, 161), "rest", turn=8) + friend.arm("r", (192, 161), "rest", turn=172)
    made += group(book + path("M0-14v20", "thin") + lines, 128, 157)
    return made + girl.arm("r", (100, 158), "grip", turn=-8) + friend.arm("l", (156, 158), "grip", turn=188)


TUNE = Tune(
    bar=2.5,
    bars=(
        ("D", "a4 - - d5 - - - -"),
        ("Bm", "d5 - b4 - - - - -"),
        ("G", "g4 - b4 - d5 - - -"),
        ("Asus", "a4 - d5 - e5 - - -"),
        ("D", "a4 - f#5 - e5 - d5 -"),
        ("G", "d5 - b4 - g4 - - -"),
        ("Em", "e4 - g4 - b4 - - -"),
        ("A", "a4 - c#5 - e5 - - -"),
    ),
    fullness="11 11 112 222 111 112 222 223 33",
    voice="pluck",
    accompaniment="marimba",
)
CUES = [
    *many("step", 0.8, 6.4, 0.7),
    (9.0, "tap"),
    (15.4, "cup"),
    (16.0, "warm"),
    (20.8, "question"),
    (28.6, "low pop"),
    (30.6, "low pop"),
    (32.6, "low pop"),
    (36.8, "bright"),
    *many("step", 43.4, 49.2, 0.66),
    (54.0, "chime"),
]
FILM = Film(
    (
        Scene(third_day, "day", ((0, VIEW), (7, closer(150, 126, 330)))),
        Scene(turned_over, "day", ((0, closer(124, 134, 270)), (6, closer(124, 134, 250)))),
        Scene(sits_down, "day", ((0, VIEW), (7, closer(160, 122, 340)))),
        Scene(one_question, "day", ((0, closer(160, 118, 350)), (8, closer(160, 118, 320)))),
        Scene(she_tells),
        Scene(not_your_fault, "day", ((0, VIEW), (7, closer(158, 116, 320)))),
        Scene(together),
        Scene(another_day, "day", ((0, closer(150, 126, 320)), (9, VIEW))),
    ),
    TUNE,
    CUES,
    poster=25.0,
)
