"""Arms, legs, hands and shoes. A limb is given by its two ends; the joint follows from that."""

import math

from films.shapes import Point, group, num, path, scaled

Widths = tuple[float, float, float]

HANDS = {
    "rest": (
        "M-2-3.6c4-1 9-1.2 11.6.6 2.2 1.8 1.8 5.8-1 7-3.6 1.2-7.6.4-10.6-.2",
        "M2.5-4.2c1.1-2.4 4.1-3.2 5.1-1.8.6 1.2-.8 2.6-2 3.8",
        "",
    ),
    "grip": ("M-2-3.8c3-1 6-1.4 8-.6 2.6 1 2.8 6.8.4 8.2-2.4 1.2-5.4.6-8.4 0", "", "M5-1.4h3M4.8 1.4h2.6"),
    "point": (
        "M-2-3.6c3-1 6-1.2 8-.6l8 .8a1.7 1.7 0 0 1 0 3.4h-5c.6 2.6-1.4 4.6-4 4.8-3 .2-5-.4-7-1",
        "",
        "M9 0h-2.6",
    ),
    "wave": (
        "M-2 3.6c3 1 5 2 7 1.8l7.6-.2a1.9 1.9 0 0 0 0-3.7l2.2-.2a1.9 1.9 0 0 0-.2-3.7l-.6-.1a1.9 1.9 0 0 0-1"
        "-3.5l-6.6 1.4c-1-2.4-3-4.8-4.8-4-1.6.8-.2 3.2-.4 5l-3.2.2",
        "",
        "M8 1.6h4.6M8-1.8l6-.7",
    ),
}
"""The outline of a hand, its thumb and its finger lines; the wrist is at the origin."""


def hand(kind: str, at: Point, turn: float, skin: str, *, mirror: bool = False, size: float = 1) -> str:
    """A hand at the end of an arm."""
    outline, thumb, fingers = HANDS[kind]
    body = path(scaled(outline, size), skin)
    body += path(scaled(thumb, size), skin) if thumb else ""
    body += path(scaled(fingers, size), "f thin") if fingers else ""
    if mirror:
        body = f'<g transform="scale(1 -1)">{body}</g>'
    return group(body, *at, turn=turn)


def direction(start: Point, end: Point) -> Point:
    """The unit vector from one place to another."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1
    return dx / length, dy / length


def reach(start: Point, end: Point, upper: float, lower: float, bend: int) -> Point:
    """The joint between two places; `bend` 1 lies to the right of the way, -1 to the left."""
    away = math.hypot(end[0] - start[0], end[1] - start[1])
    away = min(max(away, abs(upper - lower) + 4), upper + lower - 0.3)
    along = (upper * upper - lower * lower + away * away) / (2 * away)
    aside = math.sqrt(max(upper * upper - along * along, 0))
    ux, uy = direction(start, end)
    return start[0] + ux * along - uy * aside * bend, start[1] + uy * along + ux * aside * bend


def within(start: Point, end: Point, length: float) -> Point:
    """The end of a limb that cannot be longer than it is."""
    away = math.hypot(end[0] - start[0], end[1] - start[1])
    if away <= length:
        return end
    ux, uy = direction(start, end)
    return start[0] + ux * length, start[1] + uy * length


def _beside(place: Point, vector: Point, width: float) -> Point:
    return place[0] + vector[0] * width, place[1] + vector[1] * width


def limb(start: Point, joint: Point, end: Point, widths: Widths, style_class: str) -> str:
    """A sleeve or a trouser leg: round outside at the joint, a crease inside, open at the root."""
    first, second, last = widths
    one, two = direction(start, joint), direction(joint, end)
    side = 1 if one[0] * two[1] - one[1] * two[0] < 0 else -1
    out1, out2 = (-one[1] * side, one[0] * side), (-two[1] * side, two[0] * side)
    both = (out1[0] + out2[0], out1[1] + out2[1])
    size = math.hypot(*both) or 1
    outward = (both[0] / size, both[1] / size)
    near = max(size / 2, 0.52)
    upper, lower = math.dist(start, joint), math.dist(joint, end)
    back, ahead = min(second * 0.9, upper * 0.45), min(second * 0.9, lower * 0.45)
    a = _beside(start, out1, first)
    before = _beside(_beside(joint, one, -back), out1, second)
    after = _beside(_beside(joint, two, ahead), out2, second * 0.98)
    knee = _beside(joint, outward, second / near)
    hem, hem2 = _beside(end, out2, last), _beside(end, out2, -last)
    crease = _beside(joint, outward, -second / near * 0.92)
    root = _beside(start, out1, -first)
    bulge1 = _beside(_middle(a, before, 0.5), out1, first * 0.12)
    bulge2 = _beside(_middle(after, hem, 0.45), out2, last * 0.14)
    return path(
        f"M{_p(a)}Q{_p(bulge1)} {_p(before)}Q{_p(knee)} {_p(after)}Q{_p(bulge2)} {_p(hem)}"
        f"L{_p(hem2)}L{_p(crease)}L{_p(root)}",
        style_class,
    )


def _middle(a: Point, b: Point, part: float) -> Point:
    return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part


def _p(place: Point) -> str:
    return f"{num(place[0])} {num(place[1])}"


def tube(top: Point, end: Point, wide: float, narrow: float, style_class: str) -> str:
    """A leg seen from the front."""
    u = direction(top, end)
    o = (-u[1], u[0])
    m = _middle(top, end, 0.5)
    bulge = (wide + narrow) / 2 + 0.6
    return path(
        f"M{_p(_beside(top, o, wide))}Q{_p(_beside(m, o, bulge))} {_p(_beside(end, o, narrow))}"
        f"L{_p(_beside(end, o, -narrow))}Q{_p(_beside(m, o, -bulge))} {_p(_beside(top, o, -wide))}",
        style_class,
    )


def shoe(x: float, y: float, style_class: str, wide: float = 12) -> str:
    """A shoe from the front; y is the hem above it."""
    left = num(x - wide / 2 - 0.4)
    return path(f"M{left} {num(y)}c-1 5-2.2 8.6 .4 9h{num(wide)}c2.6-.4 1.4-4 .4-9z", style_class)


def shoe_side(x: float, y: float, style_class: str, *, flip: bool = False, turn: float = 0) -> str:
    """A shoe from the side; it points to the right."""
    shape = path("M-6-1c-1 5-1 8 0 10h20c3-1 2-5-2-6-3-1-5-2-5-4z", style_class)
    return group(shape, x, y, turn=turn, flip=flip)


def legs(x: float, hip: float, hem: float, cloth: str, shoes: str, *, child: bool = False) -> str:
    """Both legs of someone who stands or sits facing us."""
    gap, spread, wide, narrow, foot = (8, 9, 8.6, 6.1, 11) if child else (10.5, 11.5, 9.8, 7, 12)
    made = "".join(
        tube((x + side * gap, hip), (x + side * spread, hem + 1), wide, narrow, cloth) for side in (-1, 1)
    )
    return made + "".join(shoe(x + side * spread, hem, shoes, foot) for side in (-1, 1))


def walking_leg(
    hip: Point, phase: float, cloth: str, shoes: str, *, step: float, flip: bool, floor: float
) -> str:
    """One leg of someone who walks to the right (flipped: to the left); a whole step is one phase."""
    facing = -1 if flip else 1
    turn = 2 * math.pi * phase
    lift = max(0.0, math.sin(turn)) * step * 0.38
    ankle = (hip[0] - facing * step * math.cos(turn), floor - 9 - lift)
    length = (floor - 9 - hip[1]) / 2 + 2
    ankle = within(hip, ankle, length * 2 - 0.5)
    knee = reach(hip, ankle, length, length, facing * -1)
    tilt = -facing * max(0.0, math.sin(turn)) * 16 * math.cos(turn)
    foot = shoe_side(ankle[0], ankle[1], shoes, flip=flip, turn=tilt)
    return foot + limb(hip, knee, ankle, (9.6, 8.6, 6.6), cloth)


def seated_side(hip: Point, knee: float, ankle: float, cloth: str, shoes: str, floor: float = 206) -> str:
    """One leg of someone who sits on a chair turned to the side: level thigh, upright shin."""
    facing = 1 if knee > hip[0] else -1

    def at(x: float, y: float) -> str:
        return f"{num(hip[0] + facing * x)} {num(hip[1] + y)} "

    k, a, b = abs(knee - hip[0]), abs(ankle - hip[0]), floor - hip[1]
    outline = (
        f"M{at(-13, -10)}C{at(-17, 2)}{at(-14, 12)}{at(-2, 12)}L{at(k - 10, 11.5)}L{at(a - 7, b)}"
        f"L{at(a + 7.2, b)}"
        f"C{at(a + 9, b - 16)}{at(k + 13, 13)}{at(k + 9, -1)}"
        f"C{at(k + 6, -8)}{at(k - 6, -10)}{at(k - 14, -9.5)}L{at(8, -12)}"
    )
    return path(outline, cloth) + shoe_side(hip[0] + facing * (a + 1), floor - 1, shoes, flip=facing < 0)


def cross_legs(x: float, cloth: str, shoes: str, wide: float = 38, y: float = 206) -> str:
    """Someone sits cross-legged, seen from the front."""

    def at(dx: float, dy: float) -> str:
        return f"{num(x + dx * wide)} {num(y + dy)} "

    soles = (
        f"M{num(x - 8)} {num(y - 2)}c8 1 18 4 22 7-2 4-16 4-24 2z"
        f"M{num(x + 8)} {num(y - 2)}c-8 1-18 4-22 7 2 4 16 4 24 2z"
    )
    outline = (
        f"M{at(-0.52, -18)}C{at(-0.9, -14)}{at(-1.1, -2)}{at(-1, 4)}c4 5 {num(wide * 0.6)} 5"
        f" {num(wide - 6)} 1l6-4 6 4"
        f"c{num(wide * 0.4)} 4 {num(wide - 10)} 4"
        f" {num(wide - 6)}-1C{at(1.1, -2)}{at(0.9, -14)}{at(0.52, -18)}"
    )
    fold = f"M{at(-0.42, 4)}c{num(wide * 0.3)}-6 {num(wide * 0.6)}-7 {num(wide * 0.84)}-3"
    toe = "M-6-5c6-1 14 0 18 3 2 3 0 6-4 6h-14z"
    feet = group(path(toe, shoes), x - 11, y + 3, turn=8) + group(
        path(toe, shoes), x + 12, y + 4, turn=6, flip=True
    )
    return path(soles, shoes) + path(outline, cloth) + path(fold, "thin") + feet
