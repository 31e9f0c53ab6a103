"""Words are not toys: what both versions share. The place, the ball and the girl differ."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from films.cast import BOY_MATE, COACH, GIRL_MATE
from films.chats import message
from films.motion import between, chosen, pop, sway, track, trail
from films.people import Person
from films.places import FLOOR, bench, mound, rug, shelf, window
from films.shapes import Point, circle, clipped, drawn, group, grown, path, rect
from films.things import block, camera, cat, flag, flower, heart, screen, soft_lines, spiky

Ball = Callable[[float, float, float, float], str]

SCRAWLS = (
    "M82 72c16-18 20 14 8 13s0-24 15-18 2 24 14 18 0-22 14-17 2 18 10 13",
    "M144 80c12-20 28-12 22 0s-26 12-24 0 24-16 36-6-2 20 8 12",
    "M198 68c18-10 22 8 8 12s-8-18 12-16 8 22-6 22 4-24 22-18-2 18 8 14",
    "M90 126c8-16 20-10 16 2s-16 6-8-4 26-10 24 2 8 8 14-2M150 118c14-8 22 4 10 10s-14-10 4-12 18 14 8 16",
    "M200 124c10-14 22-10 20 0s-20 10-18 0 20-14 32-4-4 16 8 10",
)


@dataclass(frozen=True)
class Version:
    """One version of the film: who plays, with which ball, and what stands behind."""

    girl: Person
    ball: Ball
    place: Callable[[float], str]
    ground: str


def her_picture(version: Version, t: float) -> str:
    """The picture of the girl with the ball, as it was put online; its middle is the origin."""
    one = version.girl.at(0, 4, t, tilt=2, face={"gaze": 3, "mouth": "open"})
    body = one.body() + one.arm("r", (28, -8), "grip", turn=-80)
    content = version.ball(30, -22, 0, 9) + f'<g transform="translate(0 -2) scale(.78)">{body}</g>'
    made = rect(-50, -40, 100, 78, version.ground, 3) + clipped(content, "photo", -50, -40, 100, 78, 3)
    return made + rect(-50, -40, 100, 78, "", 3)


def posted(version: Version, t: float) -> str:
    """On a phone: her picture, and hearts that fly up."""
    made = mound("straw", 2) + screen(160, 126, 132, 216, "", "chalk")
    made += circle(116, 48, 7, "sage") + soft_lines(146, 46, 36, 2)
    made += grown(her_picture(version, t), 160, 104, 0.4 + 0.6 * pop(t, 0.2, 0.5))
    made += heart(118, 160, 0.7) + soft_lines(156, 158, 50, 2)
    for i in range(9):
        born = 1.1 + i * 0.5
        if t > born:
            rise = (t - born) * 30
            x = 112 + i * 37 % 98 + sway(t, 5, 1.8, i / 5)
            made += group(
                heart(0, 0, 0.75 * pop(t, born), ("rose", "amber")[i % 2]),
                x,
                206 - rise,
                opacity=max(0.0, 1 - rise / 130),
            )
    return made


def comments(version: Version, t: float) -> str:
    """Spiky bubbles push in among the hearts; beside them a wall fills with scrawl."""
    move = between(t, 0.2, 1.2)
    made = mound("linen", 2) + FLOOR + group(wall(t, 1.4, 0.7), 70 + 60 * (1 - move), 0)
    phone_x = 160 - 98 * move
    made += screen(phone_x, 126, 112, 204, grown(her_picture(version, 0), 0, -38, 0.9), "chalk")
    for i, (x, y) in enumerate(((-34, 24), (24, 34), (-6, 66), (38, 72))):
        shift = 10 * between(t, 0.8 + i * 0.5, 1.4 + i * 0.5)
        made += heart(phone_x + x + shift * (1 if x > 0 else -1), 126 + y, 0.55, ("rose", "amber")[i % 2])
    for i, (x, y) in enumerate(((-6, 22), (14, 56), (-22, 80))):
        start = 0.8 + i * 1.1
        place = trail(t, (start, (phone_x - 96, 126 + y + 10)), (start + 0.5, (phone_x + x, 126 + y)))
        made += grown(spiky(0, 0, 56, 30, t + i), *place, pop(t, start, 0.4)) if t > start else ""
    return made


def wall(t: float, start: float, each: float) -> str:
    """A wall on which scrawl appears; it can be read by nobody."""
    made = rect(60, 44, 204, 170, "chalk", 2)
    made += path(
        "M60 72h24M60 190h204M60 164h30M240 72h24M86 44v28M74 164v26M130 190v24M196 190v24M244 164v26",
        "thin soft",
    )
    return made + "".join(
        drawn(d, 130, between(t, start + i * each, start + i * each + 0.7)) for i, d in enumerate(SCRAWLS)
    )


def on_the_bench(version: Version, t: float, *, lifted: float = 0.0) -> str:
    """She sits on a bench; the ball lies at her feet. `lifted` raises the head."""
    face = {
        "down": 3 - 4 * lifted,
        "gaze": 3 + lifted,
        "mouth": "quiet" if lifted < 0.4 else "small" if lifted < 0.9 else "smile",
    }
    girl = version.girl.at(140, 106, t, tilt=10 - 12 * lifted, face=face)
    roll = track(t, (0, 46), (2.4, 26)) if lifted == 0 else 26
    made = version.place(t) + bench(72, 246) + girl.legs() + girl.body()
    made += girl.arm("l", (132, 162), "rest", turn=12) + girl.arm("r", (150, 163), "rest", turn=168)
    return made + version.ball(158 + roll, 204, roll * 6, 10)


def sits_alone(version: Version, t: float) -> str:
    """She sits on the bench alone; one spiky bubble fades."""
    away = between(t, 1.0, 4.0)
    made = on_the_bench(version, t)
    return made + group(spiky(0, 0, 54, 30, t), 214 + 26 * away, 62, opacity=1 - 0.7 * away)


def kind_bubbles(version: Version, t: float) -> str:
    """Round bubbles float to her; she lifts her head."""
    made = on_the_bench(version, t, lifted=between(t, 1.6, 3.4))
    for i, (x, y, kind) in enumerate(
        ((74, 56, "round"), (214, 52, "heart"), (262, 96, "round"), (30, 104, "heart"))
    ):
        start = 0.3 + i * 0.9
        origin = (-60, 30 + 40 * i) if i in {0, 3} else (380, 30 + 30 * i)
        place = trail(t, (start, origin), (start + 1.5, (x, y)))
        made += grown(
            message(kind, 0, 0, 1, t), place[0], place[1] + sway(t, 2, 3, i / 4), 1.0 if t > start else 0
        )
    return made


TOWER = (
    (132, 196, "sage"),
    (154, 196, "rose"),
    (176, 196, "straw"),
    (143, 175, "amber"),
    (165, 175, "denim"),
    (154, 154, "chalk"),
)


def tower_falls(version: Version, t: float) -> str:
    """A spiky bubble rolls like a toy block and knocks a tower of blocks down."""
    books = [
        ("book", "pine", 20.0),
        ("book", "rose", 24.0),
        ("gap", "", 4.0),
        ("ball", "amber", 0.0),
        ("jar", "sage", 0.0),
    ]
    made = (
        mound("straw", 0)
        + shelf(36, 74, 70, books)
        + window(214, 36, t, 66, 58, "sea")
        + rug(160, 120, "rose")
        + FLOOR
    )
    made += cat(278, 212, t, "linen")
    roll = track(t, (0, -50), (2.2, 104), (3.6, 120))
    made += group(spiky(0, 0, 52, 50, 0), roll, 190, turn=roll * 2.3)
    for i, (x, y, colour) in enumerate(TOWER):
        falls = max(0.0, t - 2.15 - 0.05 * i)
        level = (196 - y) / 21
        part = min(1.0, falls / (0.5 + 0.18 * level))
        far = (10 + 20 * level + 9 * (i % 3)) * (1 - (1 - part) ** 2)
        drop = (202 - y) * part * part
        bounce = 6 * abs(math.sin(falls * 9)) * max(0.0, 1 - falls * 1.4) if part == 1 else 0
        made += block(x + far, y + drop - bounce + 2, colour, 90 * part * (level > 0) + 12 * part)
    return made


def paints_over(version: Version, t: float) -> str:
    """A team-mate paints over the scrawl; another one holds the bucket."""
    part = track(t, (0.6, 0), (5.6, 1))
    strokes = 5
    made = mound("mint", 2) + FLOOR + wall(9, 0, 0.01)
    tip: Point = (92, 66)
    for i in range(strokes):
        share = min(max(part * strokes - i, 0.0), 1.0)
        if share <= 0:
            continue
        left, right, y = 76, 250, 62 + i * 18
        end = left + (right - left) * share
        made += path(f"M{left} {y}H{end:.1f}", "", 'stroke-width="21" style="stroke:#a8cdc3;stroke-width:21"')
        tip = (end, y)
    x = min(max(tip[0] - 36, 60), 190)
    mate = GIRL_MATE.at(
        x, 118, t, tilt=-3, face={"gaze": 5, "down": -1.5, "mouth": chosen(t, (0, "small"), (4, "smile"))}
    )
    helper = BOY_MATE.at(288, 112, t, flip=True, tilt=3, face={"gaze": 5, "mouth": "smile"})
    made += mate.legs() + mate.hang("l") + mate.body() + helper.legs() + helper.hang("r") + helper.body()
    handle = (tip[0] - 6, tip[1] + 24)
    made += path(f"M{handle[0] - 5:.1f} {handle[1] + 12:.1f}L{tip[0]:.1f} {tip[1]:.1f}") + group(
        rect(-5, -11, 10, 22, "sage", 4), *tip
    )
    bucket = path("M252 186h28l-4 24h-20z", "sage") + path("M252 186q14-22 28 0", "thin")
    return (
        made
        + mate.arm("r", handle, "grip", turn=-60, length=36)
        + bucket
        + helper.arm("l", (268, 172), "grip", turn=100)
    )


def coach_reports(version: Version, t: float) -> str:
    """The coach saves the screen and presses the flag."""
    frame = between(t, 0.6, 1.8)
    pressed = between(t, 3.4, 3.6) * (1 - between(t, 3.9, 4.2))
    sent = between(t, 4.2, 4.8)
    made = mound("mint", 2) + FLOOR + rect(38, 24, 104, 190, "pine", 12) + rect(45, 36, 90, 164, "chalk", 5)
    made += group(spiky(0, 0, 62, 34, 0), 90, 64) + group(spiky(0, 0, 54, 30, 1), 92, 102)
    made += drawn("M52 42h76v80h-76z", 312, frame, "beam") + grown(
        camera(0, 0, 0.9), 150, 52, pop(t, 1.8, 0.4)
    )
    made += rect(54, 134, 72, 34, "amber" if sent > 0.5 else "straw", 6) + flag(
        70, 163, t, 1 - 0.12 * pressed
    )
    made += drawn("M94 151l7 7 13-15", 30, sent) if sent else soft_lines(102, 147, 30, 2)
    woman = COACH.at(
        track(t, (0, 226), (1.6, 206)),
        94,
        t,
        flip=True,
        tilt=3,
        face={"gaze": 5, "down": 0.5, "mouth": chosen(t, (0, "small"), (4.4, "smile"))},
    )
    girl = version.girl.at(
        276, 102, t, flip=True, tilt=3, face={"gaze": 5, "mouth": chosen(t, (0, "quiet"), (4.8, "small"))}
    )
    made += woman.legs() + girl.legs() + girl.hang("l") + girl.body() + girl.hang("r")
    made += woman.body(path("M-5 4c2 14 4 20 6 24", "thin") + circle(1, 30, 3, "amber")) + woman.hang("r")
    touch = trail(
        t,
        (0, (176, 160)),
        (1.5, (162, 96)),
        (2.2, (162, 96)),
        (3.3, (144, 152)),
        (3.6, (137, 152)),
        (4.2, (148, 154)),
        (5.6, (182, 168)),
    )
    return made + woman.arm("l", touch, "point" if touch[0] < 168 else "rest", turn=188)


def blooms(t: float, x: float = 76) -> str:
    """The painted wall in the background; a flower opens on it."""
    made = rect(x - 50, 58, 130, 156, "chalk", 2) + path(
        f"M{x - 50} 84h24M{x - 50} 188h130M{x + 50} 84h30", "thin soft"
    )
    made += path(f"M{x - 34} 74h96v88h-96z", "sage bare")
    return made + flower(x + 14, 160, between(t, 0.3, 3.2), 56)


def cheers(t: float, x: float, second: float, who: Person, y: float = 108, *, flip: bool = False) -> str:
    """Somebody at the side who throws up both arms."""
    up = between(t, second, second + 0.4) * (1 - between(t, second + 2, second + 2.6))
    jump = 6 * abs(math.sin((t - second) * 6)) * up
    mouth = "open" if up > 0.3 else "smile"
    one = who.at(x, y - jump, t, flip=flip, tilt=3, face={"gaze": 4, "mouth": mouth})
    left = (x - 20 - 6 * up, y + 62 - 86 * up - jump)
    right = (x + 20 + 6 * up, y + 62 - 86 * up - jump)
    kind = "wave" if up > 0.5 else "rest"
    return one.legs(205 - jump) + one.body() + one.arm("l", left, kind) + one.arm("r", right, kind)
