"""Things: phones and screens, speech bubbles without words, balls, keys, a boat, animals."""

import math

from films.motion import sway
from films.places import sun
from films.shapes import circle, ellipse, group, grown, num, path, rect, scaled

HEART = "M0 9c-9-6-12-10-12-15 0-7 9-8 12-1 3-7 12-6 12 1 0 5-3 9-12 15z"


def phone(
    x: float,
    y: float,
    turn: float = 0,
    face: str = "",
    *,
    wide: float = 16,
    high: float = 28,
    colour: str = "chalk",
) -> str:
    """A phone; `face` is what is on it, around its middle. Without one we see its back and the camera."""
    back = circle(4.6 - wide / 2, 4.6 - high / 2, 1.5)
    return group(rect(-wide / 2, -high / 2, wide, high, colour, 3) + (face or back), x, y, turn=turn)


def screen(x: float, y: float, wide: float, high: float, content: str, colour: str = "chalk") -> str:
    """A big phone that stands before us; `content` is drawn around the middle of its screen."""
    body = rect(-wide / 2, -high / 2, wide, high, "pine", 12)
    body += rect(6 - wide / 2, 12 - high / 2, wide - 12, high - 24, colour, 5)
    return group(body + content, x, y)


def tablet(x: float, y: float, turn: float = 0, face: str = "", *, wide: float = 50, high: float = 34) -> str:
    """A tablet, from its back unless there is a `face`."""
    back = circle(6.5 - wide / 2, 6 - high / 2, 1.8)
    return group(rect(-wide / 2, -high / 2, wide, high, "chalk", 4) + (face or back), x, y, turn=turn)


def bubble(x: float, y: float, wide: float, high: float, colour: str = "chalk", tail: str = "left") -> str:
    """A round speech bubble; the tail is below at the left, at the right, or missing."""
    r = min(9.0, high / 2 - 1)
    left, top = x - wide / 2, y - high / 2
    run = wide - 2 * r - 12
    tails = {
        "left": f"h{num(-run)}l-10 9 1.5-9h-3.5",
        "right": f"h-3.5l1.5 9-10-9h{num(-run)}",
        "": f"h{num(2 * r - wide)}",
    }
    q = num(r)
    return path(
        f"M{num(left + r)} {num(top)}h{num(wide - 2 * r)}a{q} {q} 0 0 1 {q} {q}v{num(high - 2 * r)}"
        f"a{q} {q} 0 0 1 {num(-r)} {q}{tails[tail]}a{q} {q} 0 0 1 {num(-r)} {num(-r)}v{num(2 * r - high)}"
        f"a{q} {q} 0 0 1 {q} {num(-r)}z",
        colour,
    )


def spiky(x: float, y: float, wide: float, high: float, t: float = 0, colour: str = "sand") -> str:
    """A speech bubble with edges: something unkind was written. Inside it are only spiky lines."""
    points, count = [], 18
    for i in range(count):
        angle = 2 * math.pi * i / count + sway(t, 0.05, 2.3)
        far = 1.0 if i % 2 else 0.76
        points.append((x + math.cos(angle) * wide / 2 * far, y + math.sin(angle) * high / 2 * far))
    outline = "M" + "L".join(f"{num(px)} {num(py)}" for px, py in points) + "z"
    step = wide / 11
    scrawl = f"M{num(x - step * 2.6)} {num(y + 2)}" + "".join(
        f"l{num(step * 0.65)} {num(-high * 0.16 if i % 2 == 0 else high * 0.16)}" for i in range(8)
    )
    return path(outline, colour) + path(scrawl, "thin")


def laughing(x: float, y: float, size: float, colour: str = "straw") -> str:
    """A laughing face as people send it: here it laughs at somebody."""
    eyes = "M-6-2q2-3 4 0M2-2q2-3 4 0"
    mouth = "M-5.5 2.5h11c0 7-11 7-11 0z"
    face = '<circle class="' + colour + '" r="11"/>' + path(eyes, "f") + path(mouth, "m")
    return grown(face, x, y, size)


def soft_lines(x: float, y: float, wide: float, rows: int = 2) -> str:
    """Lines in the place of words."""
    return path(
        "".join(
            f"M{num(x - wide / 2)} {num(y + i * 6)}h{num(wide * (1, 0.65, 0.8)[i % 3])}" for i in range(rows)
        ),
        "thin soft",
    )


def heart(x: float, y: float, size: float = 1, colour: str = "rose") -> str:
    """A heart."""
    return grown(path(HEART, colour), x, y, size)


def eye(x: float, y: float, size: float = 1, *, shut: bool = False) -> str:
    """An eye: somebody has read it."""
    if shut:
        return grown(path("M-10 0q10 6 20 0"), x, y, size)
    return grown(path("M-10 0q10-9 20 0q-10 9-20 0z", "chalk") + circle(0, 0, 3, "pine"), x, y, size)


def flag(x: float, y: float, t: float, size: float = 1) -> str:
    """A flag: report this."""
    wave = num(4 + sway(t, 2, 1.9))
    cloth = f"M0-24c6-{wave} 11 {wave} 17 0v12c-6 {wave}-11-{wave}-17 0z"
    return grown(path("M0 0v-24") + path(cloth, "amber"), x, y, size)


def camera(x: float, y: float, size: float = 1) -> str:
    """A camera: keep a copy."""
    body = rect(-13, -8, 26, 18, "sage", 3) + rect(-5, -12, 10, 5, "sage", 1.5)
    return grown(body + circle(0, 1, 6, "chalk") + circle(0, 1, 2.4, "pine"), x, y, size)


def mug(x: float, y: float, t: float, colour: str = "amber", *, flip: bool = False) -> str:
    """A mug with steam."""
    drift = num(2 + sway(t, 1.2, 2.2, x * 0.1))
    steam = f"M-2-15c-{drift}-2 2-4 0-7M3-15c-{drift}-2 2-4 0-7"
    cup = path("M6-9c6-1.6 6 6 .4 5.6") + path("M-6-11h12l-1 11h-10z", colour)
    return group(cup + path(steam, "thin soft"), x, y, flip=flip)


def football(x: float, y: float, turn: float = 0, radius: float = 10) -> str:
    """A football that rolls."""
    patches = (
        "M0-4.4l4.2 3-1.6 5h-5.2l-1.6-5zM0-4.4v-5.4M4.2-1.4l5-2.2M2.6 3.6l3.4 4.6M-2.6 3.6l-3.4"
        " 4.6M-4.2-1.4l-5-2.2"
    )
    return group(circle(0, 0, radius, "chalk") + path(scaled(patches, radius / 10), "thin"), x, y, turn=turn)


def basketball(x: float, y: float, turn: float = 0, radius: float = 10) -> str:
    """A basketball that turns."""
    seams = "M-10 0h20M0-10v20M-7-7c5 4 5 10 0 14M7-7c-5 4-5 10 0 14"
    return group(circle(0, 0, radius, "amber") + path(scaled(seams, radius / 10), "thin"), x, y, turn=turn)


def key(x: float, y: float, turn: float = 0, size: float = 1, *, colour: str = "sage", bits: int = 3) -> str:
    """A key; its shaft points right and is longer with more bits."""
    long = 8 + bits * 6
    teeth = "".join(f"h-3v{3 + i % 2}h-3v-{3 + i % 2}" for i in range(bits))
    shaft = path(f"M5-1.6h{long}v3.2{teeth}H5z", colour)
    return grown(shaft + circle(0, 0, 7, colour) + circle(0, 0, 2.6, "chalk"), x, y, size, turn=turn)


def toothbrush(x: float, y: float, turn: float = 0, size: float = 1, colour: str = "sage") -> str:
    """A toothbrush; its head is up."""
    handle = rect(-2.2, -16, 4.4, 36, colour, 2.2)
    bristles = path("M2.2-15h5v10h-5zM2.2-12h5M2.2-9h5", "chalk")
    return grown(bristles + handle, x, y, size, turn=turn)


def boat(x: float, y: float, t: float, size: float = 1) -> str:
    """The boat of the game; it rocks."""
    hull = path("M-18 0h36l-8 10h-20z", "rose")
    sail = path("M0-2v-26l18 22h-18") + path("M-3-6v-18l-12 18z", "chalk") + path("M2-6v-18l13 18z", "amber")
    return grown(hull + sail, x, y + sway(t, 1.2, 2.4), size, turn=sway(t, 4, 2.9))


def block(x: float, y: float, colour: str, turn: float = 0, size: float = 20) -> str:
    """A toy block."""
    half = size / 2
    return group(
        rect(-half, -half, size, size, colour, 2) + circle(0, 0, size * 0.22, "thin"), x, y, turn=turn
    )


def dog(
    x: float,
    y: float,
    t: float,
    colour: str = "straw",
    *,
    flip: bool = False,
    wags: float = 0,
    low: float = 0,
) -> str:
    """A dog that sits and looks to the right; `low` lets the head sink, `wags` moves the tail."""
    tail = group(path("M0 0c-10 2-13-6-8-10"), -15, -10, turn=sway(t, 26 * wags, 0.32))
    body = path("M-16 0c-4-18 4-32 18-34l10 8c2 9 2 17 1 26z", colour) + path("M4 0v-16M-4 0c-7 0-9-9-3-13")
    skull = path(
        "M-2-36c-2-9 6-15 14-13 5 1 8 4 10 7l6 2c1 5-3 7-8 7-3 4-8 5-12 4-6 0-9-3-10-7z", colour
    ) + path("M2-47c-7-3-11 3-9 12 1 5 7 4 8-1z", "rose")
    skull += circle(13, -42, 0.8) + circle(28, -38, 0.9) + path("M20-34q3 2 5 0", "thin")
    return group(tail + body + group(skull, 0, low, turn=low * 1.2), x, y, flip=flip)


def cat(x: float, y: float, t: float, colour: str = "amber", *, flip: bool = False) -> str:
    """A cat, curled up and asleep; it breathes."""
    breath = num(20 + sway(t, 0.7, 3))
    body = path(f"M-22 0c-4-14 8-22 22-{breath} 14 1 24 8 22 {breath}z", colour)
    body += path("M-8-2c8 4 22 4 28-4 5-5 0-10-5-7")
    body += path("M-24-12l-2-9 7 3c3-1 6-1 9 0l7-3-2 9c2 5 0 12-9 12s-12-6-10-12z", colour)
    return group(
        body + path("M-20-8q1.6 1.6 3.2 0M-13-8q1.6 1.6 3.2 0M-15.6-5l.8 1 .8-1", "thin"), x, y, flip=flip
    )


def gift(x: float, y: float, size: float = 1) -> str:
    """A box with a ribbon."""
    box = rect(-13, -15, 26, 15, "rose", 1.5) + rect(-15, -21, 30, 7, "rose", 1.5) + path("M0-21v21")
    return grown(box + path("M0-21c-7-1-12-5-9-9s8 2 9 9c1-7 6-13 9-9s-2 8-9 9z", "amber"), x, y, size)


def magnifier(x: float, y: float, turn: float = 0, radius: float = 11) -> str:
    """A magnifying glass."""
    handle = path(f"M0 {num(radius)}v4") + rect(-2.6, radius + 3, 5.2, 15, "amber", 2.4)
    glass = circle(0, 0, radius, "mint") + path(scaled("M-.55-.2q.2-.4 .6-.42", radius), "thin")
    return group(handle + glass, x, y, turn=turn)


def flower(x: float, y: float, open_: float, high: float = 44) -> str:
    """A flower that grows and opens: `open_` 0 to 1."""
    top = high * min(1.0, open_ * 1.6)
    stem = path(f"M0 0V{num(-top)}", "leaf")
    if open_ > 0.35:
        stem += path(
            scaled("M0-12c-10 0-15-5-16-13 9 0 15 5 16 13zM0-20c9 0 14-4 15-11-8 0-14 4-15 11z", 0.9),
            "sage leaf",
        )
    size = max(0.0, (open_ - 0.4) / 0.6)
    petals = "".join(
        circle(9.4 * math.cos(i * math.pi / 3 + 0.3), 9.4 * math.sin(i * math.pi / 3 + 0.3), 6, "rose")
        for i in range(6)
    )
    return group(stem + grown(petals + circle(0, 0, 7, "amber"), 0, -top, size, turn=open_ * 40), x, y)


def picture(
    x: float, y: float, wide: float = 40, high: float = 34, turn: float = 0, colour: str = "straw"
) -> str:
    """A small picture of a hill and the sun."""
    hill = (
        f"M{num(-wide / 2)} {num(high * 0.22)}l{num(wide * 0.28)} {num(-high * 0.3)}"
        f" {num(wide * 0.22)} {num(high * 0.24)}"
        f" {num(wide * 0.16)} {num(-high * 0.16)} {num(wide * 0.34)} {num(high * 0.3)}"
    )
    body = rect(-wide / 2, -high / 2, wide, high, colour, 2) + path(hill, "thin")
    return group(body + circle(wide * 0.2, -high * 0.2, 2.4, "amber bare"), x, y, turn=turn)


def cloud(x: float, y: float, size: float, content: str = "", colour: str = "chalk") -> str:
    """A thought in a cloud, with two small ones below it."""
    shape = "M-26 12c-12 0-14-16-3-18 0-12 16-16 22-7 8-8 22-3 21 7 12-1 16 15 4 18z"
    return grown(
        path(shape, colour) + content + circle(-10, 21, 3.4, colour) + circle(-15, 29, 2, colour), x, y, size
    )


def paper_scrap(x: float, y: float, turn: float, colour: str = "chalk") -> str:
    """A scrap of paper."""
    return group(path("M-7-5l6-2 8 3-2 9-8 2-5-4z", colour), x, y, turn=turn)


def boot(x: float, y: float, size: float) -> str:
    """A boot."""
    return grown(
        path("M-9-18h14v22c8 0 16 3 16 11v3h-30z", "pine") + path("M-9 14h30M-9-12h14", "thin"), x, y, size
    )


def river(x: float, y: float, size: float, t: float) -> str:
    """A river between two banks."""
    land = path("M-27-5C-20-9 20-9 27-5C28 12 16 23 0 23S-28 12-27-5z", "sage bare")
    water = path("M3-7c-8 4 9 7 1 12s-16 8-12 17h17c3-8-3-9 3-15s-10-8-6-14z", "denim bare")
    drift = sway(t, 1.2, 2)
    ripples = path(f"M{num(-1 + drift)} 9q3-3 6 0M{num(-5 - drift)} 17q3-3 6 0", "thin")
    rim = ellipse(0, 0, 28, 23)
    return grown(ellipse(0, 0, 28, 23, "mint") + land + water + ripples + sun(12, -8, 6) + rim, x, y, size)


def pancake(x: float, y: float, size: float, t: float) -> str:
    """A pancake on a plate, with steam."""
    steam = path(
        f"M-6-12c{sway(t, 2, 2):.1f}-4 4-6 0-12M6-12c{sway(t, 2, 2, 0.3):.1f}-4 4-6 0-12", "thin soft"
    )
    return grown(
        ellipse(0, 8, 26, 8, "chalk") + ellipse(0, 4, 18, 7, "straw") + ellipse(0, 1, 15, 5, "amber") + steam,
        x,
        y,
        size,
    )
