"""Places: the mound and the floor, windows, furniture, the sea and what grows by it."""

from films.motion import sway
from films.shapes import Point, circle, ellipse, group, line, num, path, rect, scaled

MOUNDS = (
    "M20 214c-12-80 34-172 136-178 102-6 152 64 144 178z",
    "M20 214c2-54 32-118 130-126 100-8 150 42 154 126z",
    "M18 214c-10-74 22-170 122-176 100-8 170 52 162 176z",
    "M14 214c2-64 30-130 110-132 56-2 66-16 106-16 60 0 76 74 76 148z",
    "M14 214c-6-84 46-164 146-164s152 80 146 164z",
)
CROWN = (
    "M-19-60c2-9 12-10 15-8 2-8 15-9 18-1 7-2 13 3 13 9-8 4-18 2-23 3-7 2-17 1-23-3z"
    "M2-40c3-6 11-7 15-3 6 0 9 4 8 7-7 2-17 2-23-4zM-20-33c2-6 9-7 13-3 5 0 7 3 6 6-6 2-14 2-19-3z"
)
MOON = "M0-8c-6 1-9 6-7 11s8 6 11 2c-5 0-8-6-4-13z"
FLOOR = path("M-20 214h360")


def mound(colour: str, shape: int = 0) -> str:
    """The soft shape behind everything; it is what a place is made of in our drawings."""
    return path(MOUNDS[shape], f"{colour} bare")


def sheet(colour: str, opacity: float) -> str:
    """A colour over the whole picture: dusk, a lamp that is switched off."""
    if opacity <= 0:
        return ""
    return rect(-400, -400, 1200, 1200, "bare", 0, f'fill="{colour}" opacity="{num(opacity)}"')


def glow(x: float, y: float, radius: float, strength: float = 1) -> str:
    """Warm light around a lamp, a screen or a lit window."""
    made = "".join(
        circle(x, y, radius * part, "bare", f'fill="#fff1c9" opacity="{num(0.16 * strength)}"')
        for part in (1, 0.72, 0.46)
    )
    return made if strength > 0 else ""


def sea(t: float, horizon: float, left: float = -20, right: float = 340, rows: int = 3) -> str:
    """The line of the horizon and waves that drift."""
    made = path(f"M{num(left)} {num(horizon)}H{num(right)}", "thin leaf")
    for row in range(rows):
        y = horizon + 12 + row * 13
        for place in range(3):
            x = (
                left
                + 20
                + (right - left) * (place / 3 + 0.11 * row)
                + sway(t, 5, 5 + row, place * 0.3 + row * 0.2)
            )
            made += waves(x, y, 2 + (place + row) % 2)
    return made


def waves(x: float, y: float, count: int = 3) -> str:
    """Some waves in a row."""
    return path(f"M{num(x)} {num(y)}q6.5-6 13 0" + "t13 0" * (count - 1), "thin leaf")


def gull(x: float, y: float, t: float, size: float = 1) -> str:
    """A gull whose wings beat slowly."""
    lift = sway(t, 3, 1.3, x * 0.01)
    wing = f"M-12 {num(lift)}c5-6 9-5 12 {num(-lift)}c3-5 7-6 12 {num(lift)}"
    return path(scaled(wing, size, round(x, 1), round(y, 1)), "thin leaf")


def sun(x: float, y: float, radius: float = 18) -> str:
    """Half a sun on the horizon."""
    r = num(radius)
    return path(f"M{num(x - radius)} {num(y)}a{r} {r} 0 0 1 {num(2 * radius)} 0z", "amber bare")


def moon(x: float, y: float, size: float = 1.5) -> str:
    """The moon."""
    return path(scaled(MOON, size, x, y), "amber bare")


def stars(places: list[Point], t: float) -> str:
    """Small stars that twinkle a little."""
    return "".join(
        circle(x, y, 0.9 + sway(t, 0.25, 2.7, i * 0.37), "chalk bare") for i, (x, y) in enumerate(places)
    )


def lighthouse(x: float, y: float, t: float, size: float = 1) -> str:
    """The lighthouse; its light comes round every four seconds."""
    tower = path(scaled("M-12 0l4-62h16l4 62z", size, x, y), "chalk leaf")
    tower += path(scaled("M-10.8-18h21.6l-1.4-22h-18.8z", size, x, y), "straw leaf")
    tower += path(scaled("M-12-62h24M-7-62v-16h14v16M-9-78l9-10 9 10z", size, x, y), "leaf")
    turn = sway(t, 1, 4)
    long = 20 + 46 * abs(turn)
    side = 1 if turn > 0 else -1
    start, far = 13 * side, num(side * long)
    rays = f"M{start}-75l{far}-14M{start}-72h{num(side * long * 1.1)}M{start}-69l{far} 14"
    beam = path(scaled(rays, size, x, y), "beam")
    return tower + circle(x, y - 70 * size, 4.5 * size, "amber bare") + beam


def tree(x: float, y: float, t: float, size: float = 1, *, flip: bool = False) -> str:
    """A pine whose crown sways."""
    trunk = path(scaled("M0 0C4-22-4-40 4-62M2-34l11-8M1-26l-9-7", size), "leaf")
    crown = group(path(scaled(CROWN, size), "mint leaf"), turn=sway(t, 0.9, 5, x * 0.01))
    return group(trunk + crown, x, y, flip=flip)


def grass(x: float, y: float, t: float) -> str:
    """A tuft of dune grass."""
    blades = path("M0 0c0-8-3-13-7-16M2 0c0-9 2-15 4-20M4 0c2-7 5-10 10-12", "thin leaf")
    return group(blades, x, y, turn=sway(t, 3, 3.1, x * 0.02))


def plant(x: float, y: float, pot: str = "rose") -> str:
    """A pot plant on a shelf or a sill."""
    leaves = "M0-10c-6-5-6-11-4-15 4 4 5 10 4 15 0-7 4-11 9-12 0 7-4 11-9 12z"
    return path(scaled(leaves, 1, x, y + 1), "sage") + path(scaled("M-6-9h12l-2 9h-8z", 1, x, y), pot)


def big_plant(x: float, y: float, pot: str = "rose") -> str:
    """A pot plant on the floor."""
    leaves = (
        "M0-22c-12-4-17-13-16-22 9 3 15 11 16 22-5-13-3-25 3-33 6 9 5 22-3 33 2-11 9-18 18-20 0 9-7 18-18 20z"
    )
    return path(scaled(leaves, 1, x, y), "sage") + path(scaled("M-11-22h22l-3 22h-16z", 1, x, y), pot)


def window(x: float, y: float, t: float, wide: float = 58, high: float = 56, view: str = "tree") -> str:
    """A window with what is outside: a tree, the sea, or the night."""
    made = rect(x, y, wide, high, "denim" if view == "night" else "chalk", 3)
    if view == "night":
        made += moon(x + wide * 0.7, y + 18, 1)
        made += stars([(x + 12, y + 14), (x + 18, y + 34), (x + wide - 10, y + high - 22)], t)
        made += path(f"M{num(x + 1)} {num(y + high - 9)}h{num(wide - 2)}v8h{num(2 - wide)}z", "pine bare")
    elif view == "sea":
        made += circle(x + wide * 0.28, y + high * 0.36, 6, "amber bare")
        made += path(f"M{num(x + 1)} {num(y + high * 0.6)}h{num(wide - 2)}", "thin leaf")
        drift = sway(t, 1.5, 4)
        made += path(f"M{num(x + wide * 0.5 + drift)} {num(y + high * 0.74)}q4-4 8 0t8 0", "thin leaf")
        made += path(f"M{num(x + 7 - drift)} {num(y + high * 0.82)}q4-4 8 0t8 0", "thin leaf")
    else:
        hill = (
            f"M{num(x + 1)} {num(y + high * 0.78)}c{num(wide * 0.27)}-8 {num(wide * 0.6)}-2 {num(wide - 2)}-8"
        )
        made += path(hill, "thin leaf") + tree(x + wide * 0.74, y + high * 0.74, t, 0.4)
    frame = f"M{num(x + wide / 2)} {num(y)}v{num(high)}M{num(x - 4)} {num(y + high + 2)}h{num(wide + 8)}"
    return made + path(frame)


def shelf(x: float, y: float, wide: float, items: list[tuple[str, str, float]]) -> str:
    """A shelf with books, balls, plants and jars: (kind, colour, height or gap) each."""
    made, place = line([(x, y), (x + wide, y)]), x + 5
    for kind, colour, size in items:
        if kind == "book":
            made += rect(place, y - size, 8, size - 0.8, colour, 1)
        elif kind == "ball":
            made += circle(place + 7, y - 8, 7, colour)
        elif kind == "plant":
            made += plant(place + 8, y - 0.5, colour)
        elif kind == "jar":
            made += path(f"M{num(place)} {num(y - 14)}h12l-2 13.2h-8z", colour)
        place += {"book": 8, "ball": 15, "plant": 18, "jar": 14, "gap": size}[kind]
    return made


def pendant(x: float, top: float, low: float, colour: str = "pine") -> str:
    """A lamp that hangs above a table."""
    cord = f"M{num(x)} {num(top)}V{num(low)}M{num(x - 20)} {num(low + 22)}c0-14 8-22 20-22s20 8 20 22z"
    return path(cord, colour) + circle(x, low + 23, 4, "amber bare")


def floor_lamp(x: float, top: float, *, lit: bool = True) -> str:
    """A standing lamp, lit or not."""
    stand = path(f"M{num(x)} 214V{num(top + 28)}M{num(x - 12)} 214h24")
    shade = path(f"M{num(x - 10)} {num(top)}h20l10 30h-40z", "amber" if lit else "sand")
    return stand + shade


def table(left: float, right: float, y: float, colour: str = "linen") -> str:
    """A table seen from the front."""
    feet = f"M{num(left + 14)} {num(y + 9)}V214M{num(right - 14)} {num(y + 9)}V214"
    return path(feet) + rect(left, y, right - left, 9, colour, 3)


def chair_back(x: float, y: float, wide: float = 56, colour: str = "sand") -> str:
    """The back of a chair behind someone who sits."""
    half = wide / 2
    posts = path(f"M{num(x - half + 3)} 180V213M{num(x + half - 3)} 180V213")
    back = f"M{num(x - half)} 180V{num(y + 10)}c0-7 4-10 10-10h{num(wide - 20)}c6 0 10 3 10 10V180z"
    return posts + path(back, colour)


def stool(x: float, y: float, wide: float = 42) -> str:
    """A stool."""
    half = wide / 2
    left = line([(x - half + 6, y + 7), (x - half + 1, 214)])
    right = line([(x + half - 6, y + 7), (x + half - 1, 214)])
    return left + right + rect(x - half, y, wide, 7, "sand", 3)


def bench(left: float, right: float, y: float = 167) -> str:
    """A garden bench."""
    wide = right - left
    feet = f"M{num(left + 14)} {num(y + 9)}V214M{num(right - 14)} {num(y + 9)}V214"
    posts = f"M{num(left + 24)} {num(y - 35)}v38M{num(right - 24)} {num(y - 35)}v38"
    boards = rect(left + 6, y - 39, wide - 12, 10, "sand", 3) + rect(
        left + 6, y - 24, wide - 12, 10, "sand", 3
    )
    return path(feet + posts) + boards + rect(left, y, wide, 10, "sand", 3)


def beanbag(x: float, colour: str = "rose") -> str:
    """A beanbag; x is its middle."""
    bag = "M-62 214c-10-20-2-56 26-70 26-12 62-8 76 16 10 18 18 34 12 54z"
    folds = "M-46 160c-8 14-8 36 2 50M38 168c8 14 8 28 4 42"
    return group(path(bag, colour) + path(folds, "thin"), x)


def steps(x: float, y: float = 214) -> str:
    """Three broad steps before a door, from their left edge."""
    return path(f"M{num(x)} {num(y)}v-16h150v16M{num(x + 18)} {num(y - 16)}v-17h132v17", "linen")


def rug(x: float, wide: float, colour: str = "rose") -> str:
    """A rug on the floor."""
    return ellipse(x, 213, wide, 4.5, f"{colour} bare")


def bed(x: float) -> str:
    """A bed seen from its long side; somebody can sit on its edge."""
    frame = path(f"M{num(x)} 213v-96h9v96M{num(x + 150)} 213v-44h8v44", "sand")
    return frame + rect(x + 9, 168, 141, 16, "chalk", 5) + rect(x + 4, 180, 150, 20, "amber", 4)


def house(x: float, wide: float, top: float, colour: str) -> str:
    """A house across the street."""
    roof = path(
        f"M{num(x - 8)} {num(top)}L{num(x + wide / 2)} {num(top - 34)}L{num(x + wide + 8)} {num(top)}z",
        "pine",
    )
    return rect(x, top, wide, 214 - top, colour, 1) + roof


def dark_windows(places: list[Point]) -> str:
    """Windows behind which no light is on."""
    return "".join(
        rect(x, y, 26, 32, "night", 2) + line([(x + 13, y), (x + 13, y + 32)], "thin") for x, y in places
    )


def side_table(x: float) -> str:
    """A small table."""
    return path(f"M{num(x - 16)} 214v-34M{num(x + 16)} 214v-34") + rect(x - 24, 174, 48, 7, "sand", 3)
