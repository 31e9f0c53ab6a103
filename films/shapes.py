"""Drawing in SVG: the shapes, and the colours of the product's drawings.

A drawing is a string of SVG. Shapes are filled and stroked by class ("pine", "thin leaf"): classes and
colours are those of the portal's drawings.css, so a film follows the product when its colours change.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

Point = tuple[float, float]

STYLE_SHEET = Path(__file__).resolve().parents[1] / "src/sauga/portal/static/portal/drawings.css"
TOKEN = re.compile(r"[a-zA-Z]|-?(?:\d+\.\d*|\.\d+|\d+)")
ARGUMENTS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}
RADII = {0, 1, 5, 6}
"""The arguments of an arc that grow with the path; the others are its turn and its two flags."""


@cache
def style(shade: str = "light") -> str:
    """The rules of drawings.css with the colours put in: the renderer knows neither variables nor `:is()`."""
    css = STYLE_SHEET.read_text(encoding="utf-8")
    found = re.findall(r"--(draw-[a-z0-9-]+):\s*(#[0-9a-f]+)", css)
    half = len(found) // 2
    colours = dict(found[:half])
    if shade == "dark":
        colours |= dict(found[half:])
    rules = "\n".join(line for line in css.splitlines() if line.startswith(".people "))
    rules = re.sub(r"\.people :is\(([^)]*)\)", _listed, rules)
    return re.sub(r"var\(--(draw-[a-z0-9-]+)\)", lambda match: colours[match[1]], rules)


def _listed(match: re.Match[str]) -> str:
    return ", ".join(f".people {name.strip()}" for name in match[1].split(","))


def num(value: float) -> str:
    """A number as short as a drawing needs it."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"


def path(d: str, style_class: str = "", more: str = "") -> str:
    """A path."""
    return f'<path class="{style_class}" d="{d}" {more}/>'


def line(points: list[Point], style_class: str = "") -> str:
    """Points joined by straight lines."""
    return path("M" + "L".join(f"{num(x)} {num(y)}" for x, y in points), style_class)


def circle(x: float, y: float, radius: float, style_class: str = "", more: str = "") -> str:
    """A circle."""
    place = f'cx="{num(x)}" cy="{num(y)}" r="{num(max(radius, 0))}"'
    return f'<circle class="{style_class}" {place} {more}/>'


def ellipse(x: float, y: float, wide: float, high: float, style_class: str = "", more: str = "") -> str:
    """An ellipse; `wide` and `high` are its half axes."""
    place = f'cx="{num(x)}" cy="{num(y)}" rx="{num(max(wide, 0))}" ry="{num(max(high, 0))}"'
    return f'<ellipse class="{style_class}" {place} {more}/>'


def rect(
    x: float, y: float, wide: float, high: float, style_class: str = "", corner: float = 0, more: str = ""
) -> str:
    """A rectangle with its top left corner at (x, y)."""
    size = f'width="{num(max(wide, 0))}" height="{num(max(high, 0))}" rx="{num(corner)}"'
    return f'<rect class="{style_class}" x="{num(x)}" y="{num(y)}" {size} {more}/>'


def group(
    body: str, x: float = 0, y: float = 0, *, turn: float = 0, flip: bool = False, opacity: float = 1
) -> str:
    """A drawing moved, turned (degrees) and mirrored."""
    if opacity <= 0:
        return ""
    change = f"translate({num(x)} {num(y)})"
    change += f" rotate({num(turn)})" if turn else ""
    change += " scale(-1 1)" if flip else ""
    clear = f' opacity="{num(opacity)}"' if opacity < 1 else ""
    return f'<g transform="{change}"{clear}>{body}</g>'


def grown(body: str, x: float, y: float, size: float, *, turn: float = 0) -> str:
    """A drawing around the origin that pops up or shrinks at (x, y); lines grow with it."""
    if size <= 0.01:
        return ""
    turned = f" rotate({num(turn)})" if turn else ""
    return f'<g transform="translate({num(x)} {num(y)}) scale({num(size)}){turned}">{body}</g>'


def clipped(body: str, name: str, x: float, y: float, wide: float, high: float, corner: float = 4) -> str:
    """A drawing of which only what lies in a rectangle is seen; `name` is unique within the scene."""
    area = rect(x, y, wide, high, "", corner)
    return f'<clipPath id="{name}">{area}</clipPath><g clip-path="url(#{name})">{body}</g>'


@lru_cache(maxsize=4096)
def scaled(d: str, size: float, x: float = 0, y: float = 0) -> str:
    """A path in another size and at another place; the width of its line stays."""
    made = []
    for place, (command, values) in enumerate(_segments(d)):
        grown_values = [
            value if command in "aA" and i not in RADII else value * size for i, value in enumerate(values)
        ]
        absolute = command.isupper() or (place == 0 and command == "m")
        new = _moved(command, grown_values, x, y) if absolute else grown_values
        made.append(command + " ".join(num(value) for value in new))
    return "".join(made)


def _segments(d: str) -> list[tuple[str, list[float]]]:
    tokens, place, command, made = TOKEN.findall(d), 0, "", []
    while place < len(tokens):
        if tokens[place].isalpha():
            command = tokens[place]
            place += 1
        count = ARGUMENTS[command.lower()]
        made.append((command, [float(token) for token in tokens[place : place + count]]))
        place += count
        command = {"M": "L", "m": "l"}.get(command, command)
    return made


def _moved(command: str, values: list[float], x: float, y: float) -> list[float]:
    if command == "H":
        return [values[0] + x]
    if command == "V":
        return [values[0] + y]
    if command == "A":
        return [*values[:5], values[5] + x, values[6] + y]
    return [v + (y if i % 2 else x) for i, v in enumerate(values)]


def drawn(d: str, length: float, part: float, style_class: str = "") -> str:
    """A line that is just being drawn: `part` (0 to 1) of a path of about this length."""
    if part <= 0:
        return ""
    if part >= 1:
        return path(d, style_class)
    return path(d, style_class, f'stroke-dasharray="{num(length * part)} {num(length * 2)}"')
