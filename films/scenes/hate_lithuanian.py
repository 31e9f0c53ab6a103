"""Words are not toys: the Lithuanian version, with basketball among the pines."""

from functools import partial

from films.cast import AMINA, BOY_MATE, COACH, GIRL_MATE
from films.effects import many
from films.motion import arc, between, chosen, pop, sway, trail
from films.music import Tune
from films.places import FLOOR, grass, gull, lighthouse, mound, sea, sun, tree
from films.scenes import words
from films.shapes import grown, path, rect
from films.stage import VIEW, Film, Scene, closer
from films.things import basketball, bubble, flag, heart


def ball(x: float, y: float, turn: float, radius: float) -> str:
    """The ball of this version."""
    return basketball(x, y, turn, radius)


def court(t: float) -> str:
    """A basketball court among pines by the dunes."""
    made = (
        mound("straw", 2)
        + tree(-10, 206, t, 1.5)
        + tree(60, 206, t, 1.15)
        + tree(326, 206, t, 1.35, flip=True)
    )
    return (
        made
        + path("M-20 206c60-3 120-3 180-2s120 1 180-1", "thin leaf")
        + FLOOR
        + path("M40 214c10-26 110-26 120 0", "thin soft")
    )


def dunes(t: float) -> str:
    """The dunes with the sea behind them."""
    made = (
        mound("mint", 2)
        + sun(64, 120, 15)
        + sea(t, 120, rows=2)
        + lighthouse(280, 124, t, 0.7)
        + gull(110, 52, t)
    )
    made += path("M-40 214c20-44 80-54 130-44s120 22 260 6v38z", "straw bare") + path(
        "M-40 200c30-32 84-40 130-30s120 22 260 6", "thin leaf"
    )
    return made + FLOOR + grass(14, 213, t) + grass(44, 206, t) + grass(290, 213, t) + grass(262, 210, t)


def basket(t: float, hit: float) -> str:
    """The board and the basket; the net swings when the ball falls through."""
    swing = sway(t, 3 * hit, 0.5)
    made = (
        path("M296 214v-120h-14")
        + rect(274, 46, 8, 52, "chalk", 1)
        + path("M274 84h-30", "", 'style="stroke-width:3;stroke:#d99a2b"')
    )
    net = (
        "".join(f"M{246 + i * 7} 85l{3 - i * 1.2 + swing:.1f} 22" for i in range(5))
        + f"M247 92l25 4M{248 + swing / 2:.1f} 100l22 3"
    )
    return made + path(net, "thin soft")


def throws(t: float) -> str:
    """Amina bounces the ball, jumps and throws; it falls through the net."""
    dribble = t < 2.0
    jump = 16 * between(t, 2.0, 2.4) * (1 - between(t, 2.5, 2.9))
    crouch = 4 * between(t, 1.7, 2.0) * (1 - between(t, 2.0, 2.1))
    joy = between(t, 3.7, 4.1)
    girl = AMINA.at(
        84,
        102 - jump + crouch,
        t,
        tilt=-2,
        face={"gaze": 5, "down": -1 if t > 1.7 else 1, "mouth": chosen(t, (0, "small"), (3.7, "open"))},
    )
    made = (
        court(t)
        + basket(t, between(t, 3.5, 3.6) * (1 - between(t, 4.2, 5.2)))
        + words.cheers(t, 196, 3.7, BOY_MATE, flip=True)
    )
    made += girl.legs(205 - jump) + girl.body()
    if dribble:
        height = 44 * abs(sway(t, 1, 1.1))
        hand = (116, 150 + max(0.0, 14 - height * 0.4))
        return (
            made + girl.hang("l") + ball(122, 204 - height, t * 40, 10) + girl.arm("r", hand, "rest", turn=20)
        )
    part = min(max((t - 2.4) / 1.1, 0.0), 1.0)
    held = (108, 82 - jump)
    place = held if t < 2.4 else arc((108, 66), (259, 84), part, 40)
    if part >= 1:
        place = (259 - 8 * between(t, 4, 5.5), min(204.0, 84 + (t - 3.5) ** 2 * 260))
    up = trail(t, (2.0, (112, 150)), (2.35, (104, 92 - jump)), (3.0, (108, 84)), (3.5, (112, 160)))
    left = trail(t, (2.0, (70, 160)), (2.35, (98, 94 - jump)), (3.0, (76, 150)))
    up = (up[0], up[1] - 84 * joy)
    left = (left[0] - 10 * joy, left[1] - 74 * joy)
    kind = "wave" if joy > 0.5 else "rest"
    return made + girl.arm("l", left, kind) + ball(*place, t * 200, 10) + girl.arm("r", up, kind)


def three_ways(t: float) -> str:
    """A signpost with three ways; the coach points to the flag."""
    made = (
        mound("mint", 2)
        + tree(318, 213, t, 1.1, flip=True)
        + FLOOR
        + grass(250, 213, t)
        + path("M206 214V46M202 46h8")
    )
    ways = (
        (56, True, "chalk", bubble(234, 67, 22, 14, "mint")),
        (92, False, "amber" if t > 2.4 else "straw", flag(166, 115, t, 0.75)),
        (128, True, "chalk", heart(234, 139, 0.75)),
    )
    for index, (y, right, colour, sign) in enumerate(ways):
        far = pop(t, 0.3 + 0.4 * index, 0.4)
        outline = f"M200 {y}h62l10 12-10 12h-62z" if right else f"M212 {y}h-62l-10 12 10 12h62z"
        made += grown(
            f'<g transform="translate(-206 {-y - 12})">{path(outline, colour)}{sign}</g>', 206, y + 12, far
        )
    woman = COACH.at(
        106, 94, t, tilt=2, face={"gaze": 5, "mouth": chosen(t, (0, "small"), (2.2, "open"), (3.4, "smile"))}
    )
    girl = AMINA.at(
        46,
        102,
        t,
        tilt=2,
        face={"gaze": 5, "down": -1, "mouth": chosen(t, (0, "quiet"), (4, "small"))},
    )
    made += woman.legs() + woman.hang("l") + girl.legs() + girl.hang("l") + girl.body() + girl.hang("r")
    made += woman.body(path("M-5 4c2 14 4 20 6 24", "thin"))
    point = trail(t, (0, (130, 166)), (1.8, (130, 166)), (2.5, (140, 108)), (6, (140, 108)), (7, (132, 166)))
    return made + woman.arm("r", point, "point" if point[1] < 130 else "rest")


def plays_again(t: float) -> str:
    """A flower blooms on the wall; Amina throws again, her team around her."""
    jump = 14 * between(t, 3.0, 3.4) * (1 - between(t, 3.5, 3.9))
    part = min(max((t - 3.3) / 1.0, 0.0), 1.0)
    made = (
        mound("straw", 2)
        + words.blooms(t, 176)
        + basket(t, between(t, 4.3, 4.4) * (1 - between(t, 5, 6)))
        + tree(-12, 213, t, 1.3)
        + FLOOR
    )
    mate = GIRL_MATE.at(34, 104, t, tilt=3, face={"gaze": 5, "mouth": chosen(t, (0, "smile"), (4.4, "open"))})
    girl = AMINA.at(
        104,
        102 - jump,
        t,
        tilt=-2,
        face={"gaze": 5, "down": -1 if t > 2.8 else 1, "mouth": chosen(t, (0, "smile"), (4.4, "open"))},
    )
    up = between(t, 4.4, 4.8)
    made += (
        mate.legs()
        + mate.hang("l")
        + mate.body()
        + mate.arm("r", (58 + 4 * up, 168 - 88 * up), "wave" if up > 0.5 else "rest")
    )
    made += girl.legs(205 - jump) + girl.hang("l") + girl.body()
    if t < 3.0:
        height = 44 * abs(sway(t, 1, 1.1))
        return (
            made
            + ball(142, 204 - height, t * 40, 10)
            + girl.arm("r", (136, 150 + max(0.0, 14 - height * 0.4)), "rest", turn=20)
        )
    place = (128, 84 - jump) if t < 3.3 else arc((128, 70), (259, 84), part, 36)
    if part >= 1:
        place = (259 - 10 * between(t, 5, 6.4), min(204.0, 84 + (t - 4.3) ** 2 * 240))
    hand = trail(t, (3.0, (132, 150)), (3.25, (122, 94 - jump)), (4.0, (128, 90)), (4.6, (128, 160)))
    return made + ball(*place, t * 200, 10) + girl.arm("r", hand, "wave" if hand[1] < 120 else "rest")


VERSION = words.Version(AMINA, ball, dunes, "straw")


TUNE = Tune(
    bar=2.5,
    bars=(
        ("F", "c5 - a4 f4 - a4 c5 -"),
        ("Bb", "d5 - bb4 f4 - bb4 - -"),
        ("C", "e5 - c5 g4 - c5 - -"),
        ("F", "f5 - c5 a4 - - - -"),
        ("Dm", "d5 - a4 f4 - a4 - -"),
        ("Bb", "f5 - d5 bb4 - - - -"),
        ("Gm", "d5 - bb4 g4 - - - -"),
        ("C", "c5 - - e5 - g4 - -"),
    ),
    fullness="343 33 111 101 12 222 233 333 42",
    voice="pluck",
    accompaniment="marimba",
)
CUES = [
    *many("bounce", 0.55, 1.7, 0.55),
    (3.6, "sweep"),
    (3.8, "cheer"),
    (4.2, "bounce"),
    *many("pop", 7.1, 11.1, 0.5),
    (12.8, "low pop"),
    (13.9, "low pop"),
    (15.0, "low pop"),
    *many("scratch", 13.5, 17.0, 0.7),
    (19.0, "wind"),
    *[(27.2 + 0.13 * i, "block") for i in range(7)],
    *many("sweep", 31.8, 36.6, 1.0),
    (38.4, "chime"),
    (39.3, "chime"),
    (40.2, "chime"),
    (41.1, "chime"),
    (45.4, "pop"),
    (45.8, "pop"),
    (46.2, "pop"),
    (47.4, "click"),
    (53.1, "whistle"),
    *many("bounce", 53.55, 55.4, 0.55),
    (57.4, "sweep"),
    (57.7, "sparkle"),
    (58.0, "bounce"),
]
FILM = Film(
    (
        Scene(throws),
        Scene(partial(words.posted, VERSION)),
        Scene(partial(words.comments, VERSION), "dusk"),
        Scene(partial(words.sits_alone, VERSION), "dusk", ((0, VIEW), (6, closer(150, 126, 320)))),
        Scene(partial(words.tower_falls, VERSION)),
        Scene(partial(words.paints_over, VERSION)),
        Scene(partial(words.kind_bubbles, VERSION), "day", ((0, closer(150, 126, 330)), (3, VIEW))),
        Scene(three_ways),
        Scene(plays_again),
    ),
    TUNE,
    CUES,
    poster=42.5,
)
