"""Words are not toys: the original version, with football."""

from functools import partial

from films.cast import AMIRA, BOY_MATE, GIRL_MATE
from films.effects import many
from films.motion import arc, between, chosen, sway, track
from films.music import Tune
from films.places import FLOOR, grass, gull, mound, tree
from films.scenes import words
from films.shapes import group, path, rect
from films.stage import VIEW, Film, Scene, closer
from films.things import football


def ball(x: float, y: float, turn: float, radius: float) -> str:
    """The ball of this version."""
    return football(x, y, turn, radius)


def pitch(t: float) -> str:
    """A football pitch: the goal far behind, a fence, trees."""
    made = mound("mint", 2) + tree(-8, 190, t, 0.9) + tree(322, 190, t, 1.0, flip=True) + gull(70, 50, t)
    made += path("M-20 190h360", "thin leaf") + FLOOR
    return made + grass(18, 213, t) + grass(296, 213, t)


def goal(t: float, hit: float) -> str:
    """A goal; the net moves when the ball is in."""
    bulge = 8 * hit * max(0.0, 1 - (t - 3.1) * 0.6)
    net = "".join(f"M{258 + i * 12} 96q{2 + bulge:.1f} 56 0 116" for i in range(6))
    net += "".join(f"M252 {110 + i * 20}q{36 + bulge:.1f} {4 + bulge:.1f} 76 0" for i in range(5))
    return (
        path(net, "thin soft")
        + path("M250 214v-122h82v122", "", 'style="stroke-width:4;stroke:#fff"')
        + path("M248 214v-124h86v124M252 214v-120h78v120")
    )


def scores(t: float) -> str:
    """Amira runs and kicks; the ball flies into the net."""
    run = track(t, (0, -40), (2.2, 96))
    kicked = t > 2.3
    part = between(t, 2.3, 3.1)
    place = arc((116, 204), (292, 150), part, 34) if kicked else (116.0, 204.0)
    if part >= 1:
        drop = min(54.0, (t - 3.1) * 90)
        place = (292, 150 + drop)
    girl = AMIRA.at(run, 100, t, tilt=4, face={"gaze": 5, "mouth": chosen(t, (0, "small"), (3.1, "open"))})
    made = pitch(t) + goal(t, between(t, 3.05, 3.2)) + words.cheers(t, 196, 3.2, GIRL_MATE)
    made += ball(*place, place[0] * 5, 10)
    if t < 2.2:
        return made + girl.walking(t * 1.9, flip=False, step=19)
    joy = between(t, 3.2, 3.6)
    kick = between(t, 2.2, 2.35) * (1 - between(t, 2.6, 2.9))
    leg = group(
        path("M-6 0h13l-2 40h-10z", "denim")
        + path("M-6 39c-1 5-1 8 0 10h17c3-1 2-5-2-6-3-1-4-2-4-4z", "chalk"),
        run + 6,
        156,
        turn=-50 * kick,
    )
    still = group(
        path("M-6 0h13l-2 48h-9z", "denim")
        + path("M-6 47c-1 5-1 8 0 10h17c3-1 2-5-2-6-3-1-4-2-4-4z", "chalk"),
        run - 8,
        156,
    )
    up = 86 * joy
    made += still + leg + girl.body()
    kind = "wave" if joy > 0.5 else "rest"
    wiggle = sway(t, 3 * joy, 0.6)
    return (
        made
        + girl.arm("l", (run - 24, 166 - up + wiggle), kind)
        + girl.arm("r", (run + 26, 166 - up - wiggle), kind)
    )


def runs_again(t: float) -> str:
    """A flower blooms on the wall; Amira runs with the ball again, a team-mate beside her."""
    x = -20 + t * 40
    made = mound("straw", 2) + tree(318, 213, t, 1.0, flip=True) + words.blooms(t, 150) + FLOOR
    mate = BOY_MATE.at(x - 66, 100, t, tilt=3, face={"gaze": 5, "mouth": "open"})
    girl = AMIRA.at(x, 100, t, tilt=3, face={"gaze": 5, "down": 1, "mouth": "open"})
    hop = 5 * abs(sway(t, 1, 1.1))
    made += mate.walking(t * 1.5 + 0.3, flip=False, step=17) + girl.walking(t * 1.5, flip=False, step=17)
    return made + ball(x + 34, 204 - hop, x * 6, 10) + rect(0, 0, 0, 0)


VERSION = words.Version(AMIRA, ball, pitch, "mint")


TUNE = Tune(
    bar=2.4,
    bars=(
        ("G", "b4 d5 - g5 - d5 b4 -"),
        ("C", "c5 e5 - g5 - e5 - -"),
        ("D", "a4 d5 - f#5 - d5 a4 -"),
        ("G", "g5 - d5 - b4 - - -"),
        ("Em", "e5 - b4 - g4 - b4 -"),
        ("C", "e5 - d5 c5 - - g4 -"),
        ("Am", "c5 - b4 a4 - - e4 -"),
        ("D", "f#4 - a4 - d5 - - -"),
    ),
    fullness="343 33 111 101 11 222 233 333 442",
)
CUES = [
    *many("step", 0.1, 2.1, 0.26),
    (2.3, "kick"),
    (3.1, "sweep"),
    (3.2, "cheer"),
    *many("pop", 7.1, 11.1, 0.5),
    (12.8, "low pop"),
    (13.9, "low pop"),
    (15.0, "low pop"),
    *many("scratch", 13.5, 17.0, 0.7),
    (26.3, "low"),
    *[(28.2 + 0.13 * i, "block") for i in range(7)],
    *many("sweep", 32.8, 37.6, 1.0),
    (39.4, "chime"),
    (40.3, "chime"),
    (41.2, "chime"),
    (42.1, "chime"),
    (47.8, "shutter"),
    (49.5, "click"),
    (50.4, "pop"),
    (53.3, "whistle"),
    *many("step", 54.0, 59.0, 0.33),
    (56.2, "sparkle"),
]
FILM = Film(
    (
        Scene(scores),
        Scene(partial(words.posted, VERSION)),
        Scene(partial(words.comments, VERSION), "dusk"),
        Scene(partial(words.sits_alone, VERSION), "dusk", ((0, VIEW), (7, closer(150, 126, 320)))),
        Scene(partial(words.tower_falls, VERSION)),
        Scene(partial(words.paints_over, VERSION)),
        Scene(partial(words.kind_bubbles, VERSION), "day", ((0, closer(150, 126, 330)), (3, VIEW))),
        Scene(partial(words.coach_reports, VERSION)),
        Scene(runs_again),
    ),
    TUNE,
    CUES,
    poster=43.5,
)
