"""Kept, not spread: how messages that hurt are saved, handed on and reported, and by whom."""

from typing import Any

from films.cast import AUSTE, CLASS_TEACHER, PEDAGOGUE, SECOND_MATE, TEACHER
from films.effects import many
from films.motion import between, chosen, pop, sway, track, trail
from films.music import Tune
from films.people import Figure
from films.places import FLOOR, glow, mound, tree
from films.scenes.school import TOP, arms, at_table, corridor, quiet_room, said, stand, talking
from films.shapes import group, grown, path, rect
from films.signs import barred, bin_, calendar, clock, folder, tick
from films.stage import VIEW, Film, Scene, closer
from films.things import bubble, camera, eye, flag, mug, phone, picture, screen, soft_lines, spiky


def the_girl(t: float, **face: Any) -> Figure:
    """Austė at the left side of the table."""
    return AUSTE.at(104, 114, t, tilt=face.pop("tilt", 5), face=face)


def she_shows(t: float) -> str:
    """The girl holds the phone so that the teacher sees it; the teacher's hands stay on the table."""
    girl = the_girl(t, gaze=4, down=1.5, mouth=talking(t, 1.5, 4, "quiet"))
    teacher = TEACHER.at(214, 112, t, flip=True, tilt=7, face={"gaze": 5, "down": 2, "mouth": "small"})
    hand = trail(t, (0, (124, 158)), (1.2, (124, 158)), (2.2, (146, 150)), (6, (146, 150)))
    shown = glow(hand[0] + 6, hand[1] - 8, 20, 0.7) + phone(hand[0] + 5, hand[1] - 6, 8)
    hands = arms(girl, right=(hand, "grip", -12)) + arms(teacher)
    return at_table(quiet_room(t), (girl, teacher), mug(250, TOP - 1, t, "amber", flip=True) + shown, hands)


def chat(t: float) -> str:
    """What stands on the screen: a name, an hour, unkind messages."""
    head = path("M-40-62h80", "thin soft") + rect(-40, -76, 10, 10, "denim", 5) + soft_lines(-6, -71, 28, 1)
    made = head + spiky(-12, -34, 62, 30, 0) + spiky(12, 4, 58, 28, 1) + spiky(-10, 40, 60, 28, 2)
    return made + soft_lines(30, -18, 12, 1) + soft_lines(-30, 20, 12, 1) + soft_lines(30, 56, 12, 1)


def screenshot(t: float) -> str:
    """A screenshot with name, day and hour goes into a folder."""
    made = mound("linen", 1) + FLOOR + screen(92, 124, 106, 190, chat(t))
    corners = "M46 44v-12h12M138 44v-12h-12M46 204v12h12M138 204v12h-12"
    made += path(corners, "beam") if 1.0 < t < 3.2 else ""
    made += said(t, 1.0, 3.2, 156, 44, camera(0, 0, 1.2))
    made += said(t, 2.6, 9, 190, 70, calendar(0, 0, 1.2)) + said(t, 3.1, 9, 242, 70, clock(0, 0, 3, 1.2))
    way = trail(t, (0, (92, 124)), (3.6, (92, 124)), (5.0, (216, 142)), (7, (216, 142)))
    size = track(t, (0, 1), (3.6, 1), (5.0, 0.42))
    copy = group(f'<g transform="scale({size:.3f})">{rect(-47, -83, 94, 166, "chalk", 5)}{chat(t)}</g>', *way)
    kept = group(path("M-36-20h24l7 8h41v44h-72z", "straw"), 216, 160)
    front = path("M-36 0h72v30h-72z", "straw")
    return made + kept + (copy if 3.2 < t < 6.4 else "") + group(front, 216, 160)


def not_sent_on(t: float) -> str:
    """In the staff room two colleagues are curious. She thinks of all the copies, and lays her phone down."""
    kind = {"gaze": 5, "mouth": chosen(t, (0, "small"), (4.6, "smile"))}
    teacher = TEACHER.at(70, 112, t, tilt=4, face=kind)
    other = CLASS_TEACHER.at(172, 112, t, flip=True, tilt=5, face={"gaze": 5, "mouth": talking(t, 0.4, 2)})
    third = PEDAGOGUE.at(252, 112, t, flip=True, tilt=5, face={"gaze": 5, "mouth": "small"})
    copies, gone = "", between(t, 4.0, 4.8)
    for place in range(10):
        row, column = divmod(place, 5)
        size = pop(t, 1.2 + place * 0.2) * (1 - gone)
        copies += grown(spiky(0, 0, 34, 18, place), 6 + column * 36, 30 + row * 21, size)
    down = t > 4.9
    hand = trail(t, (0, (110, 152)), (4.2, (110, 152)), (5.2, (106, 160)))
    mine = group(rect(-14, -3, 28, 4, "pine", 1.5), 118, 161) if down else phone(hand[0] + 5, hand[1] - 7, 8)
    hands = arms(teacher, right=(hand, "rest" if down else "grip", -8)) + arms(other) + arms(third)
    cups = mug(146, TOP - 1, t, "amber") + mug(214, TOP - 1, t, "rose", flip=True)
    return at_table(quiet_room(t, "straw"), (teacher, other, third), cups + mine, hands, copies)


def to_one_person(t: float) -> str:
    """The folder goes to one person: the one whose task it is."""
    part = between(t, 1.6, 3.2)
    held = (138 + 34 * part, 136)
    teacher = TEACHER.at(98, 98, t, tilt=4, face={"gaze": 5, "mouth": talking(t, 0.4, 1.6, "small")})
    waits = PEDAGOGUE.at(
        218, 98, t, flip=True, tilt=5, face={"gaze": 5, "mouth": chosen(t, (0, "small"), (3.2, "smile"))}
    )
    gives = (min(held[0] - 20, 140), 140) if t < 3.6 else (120, 152)
    takes = (held[0] + 22, 140) if t > 1.4 else (200, 152)
    made = corridor(t) + stand(waits, left=(takes, "grip", 186))
    made += stand(teacher, right=(gives, "grip", -8)) + folder(*held, 1.0)
    return made + said(t, 3.8, 9, 160, 64, bubble(0, 0, 44, 34, "chalk", "") + tick(0, 0, 1.6))


def the_order(t: float) -> str:
    """First report, then block, and only then delete: three signs on the screen."""
    made = mound("mint", 0) + FLOOR + screen(160, 122, 124, 190, "")
    for start, y, sign, done in (
        (0.5, 70, flag(-4, 12, t, 1.0), 1.6),
        (2.3, 122, barred(0, 0, 1.1), 3.4),
        (4.1, 174, bin_(0, 0, 1.1), 5.2),
    ):
        made += grown(rect(-50, -21, 100, 42, "mint", 8) + group(sign, -22, 0), 160, y, pop(t, start, 0.5))
        made += tick(186, y, 1.5 * pop(t, done, 0.4))
    return made


def covered(t: float) -> str:
    """A picture that is nobody's business: covered, not saved, reported at once."""
    cover = (
        rect(-44, -40, 88, 80, "denim", 4)
        + eye(0, -4, 1.7, shut=True)
        + path("M-14 3l-4 7M-5 7l-2 8M5 7l2 8M14 3l4 7")
    )
    made = mound("linen", 1) + FLOOR + screen(110, 122, 112, 190, cover)
    made += grown(folder(0, 0, 1.3), 232, 92, 1)
    made += barred(262, 112, 1.3 * pop(t, 1.2, 0.4))
    size = pop(t, 2.6, 0.5)
    return made + grown(flag(-8, 12, t, 1.7), 236, 168 + sway(t, 1, 3), size)


def outside(t: float) -> str:
    """The girl and a friend walk home; the message is gone."""
    x = track(t, (0, 20), (6.5, 190))
    made = mound("mint", 4) + tree(20, 212, t, 1.3) + tree(290, 212, t, 1.1, flip=True)
    friend = SECOND_MATE.at(x + 54, 104, t, flip=True, tilt=4, face={"gaze": 5, "mouth": "smile"})
    girl = AUSTE.at(x, 104, t, tilt=4, face={"gaze": 5, "mouth": chosen(t, (0, "small"), (2, "smile"))})
    made += (
        FLOOR
        + friend.walking(t * 0.8, flip=False, step=12)
        + girl.walking(t * 0.8 + 0.3, flip=False, step=12)
    )
    return made + said(t, 1.0, 9, x + 30, 52, bubble(0, 0, 44, 30, "mint") + picture(0, 0, 20, 14))


TUNE = Tune(
    bar=2.6,
    bars=(
        ("Am", "a4 - c5 - - - - -"),
        ("F", "f4 - a4 - c5 - - -"),
        ("C", "e4 - g4 - c5 - - -"),
        ("G", "d4 - g4 - b4 - - -"),
        ("Am", "c5 - b4 - a4 - - -"),
        ("F", "a4 - f4 - - - - -"),
        ("C", "g4 - e4 - g4 - c5 -"),
        ("G", "b4 - d5 - g4 - - -"),
    ),
    fullness="11 222 111 222 11 122 33",
    voice="pluck",
    accompaniment="marimba",
)
CUES = [
    (2.0, "tap"),
    (7.2, "shutter"),
    (9.9, "slide"),
    (14.4, "low pop"),
    (15.1, "low pop"),
    (15.8, "low pop"),
    (18.2, "tap"),
    (22.0, "paper"),
    (24.0, "warm"),
    (28.8, "click"),
    (30.6, "click"),
    (32.4, "click"),
    (36.8, "question"),
    *many("step", 41.2, 46.4, 0.62),
    (42.2, "chime"),
]
FILM = Film(
    (
        Scene(she_shows),
        Scene(screenshot),
        Scene(not_sent_on),
        Scene(to_one_person),
        Scene(the_order),
        Scene(covered),
        Scene(outside, "day", ((0, VIEW), (7, closer(160, 126, 360)))),
    ),
    TUNE,
    CUES,
    poster=11.6,
)
