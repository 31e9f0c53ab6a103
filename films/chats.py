"""What stands on a phone in a chat: rising messages, the field to type into, the count of readers."""

import math

from films.motion import between, pop
from films.shapes import Point, circle, clipped, grown, line, num, path, rect
from films.things import bubble, eye, heart, laughing, soft_lines, spiky

DIGITS = {
    "1": "M1 3l4-3v14",
    "2": "M0 3.5c0-5 9-5 9 0 0 4-9 6-9 10.5h9.4",
    "3": "M.5 2.2c2-4 8.5-2.5 8 1.5-.3 2-2 3-4 3 3 0 5 1.5 5 4 0 4.5-7.5 5-9.5 1.2",
    "6": "M7.4 0C3 2 0 6 .4 10c.5 5.4 8.4 5.2 8.6 0 .2-5-7.6-5.4-8.6-.6",
    "7": "M0 0h9L3.5 14",
    "9": "M9 5c-1 4-9 4-8.6-.6.3-5.4 8.2-5.6 8.6 0 .2 5-1 8-4.5 9.6",
}


def number(text: str, x: float, y: float, size: float) -> str:
    """A number drawn with a pen, its middle at (x, y)."""
    made = "".join(
        f'<g transform="translate({i * 13} 0)">{path(DIGITS[digit])}</g>' for i, digit in enumerate(text)
    )
    return grown(f'<g transform="translate({num(-6.5 * len(text) + 2)} -7)">{made}</g>', x, y, size)


def message(kind: str, x: float, y: float, size: float, t: float) -> str:
    """One message around its middle: unkind ("spiky", "laughing") or kind ("round", "heart", "amber")."""
    body = {
        "spiky": lambda: spiky(0, 0, 62, 34, t),
        "laughing": lambda: bubble(0, 0, 40, 30, "straw") + laughing(0, 0, 0.9, "amber"),
        "round": lambda: bubble(0, 0, 58, 28, "mint") + soft_lines(0, -3, 34),
        "heart": lambda: bubble(0, 0, 44, 30, "straw") + heart(0, 0, 0.8),
        "amber": lambda: bubble(0, 0, 74, 40, "amber") + soft_lines(-6, -3, 36) + heart(23, 1, 0.7),
    }[kind]()
    return grown(body, x, y, size)


def rising(t: float, messages: list[tuple[float, str]], area: tuple[float, float, float, float]) -> str:
    """Messages that come in from below, one after the other, each pushing the earlier ones up."""
    x, y, wide, high = area
    made = ""
    for index, (second, kind) in enumerate(messages):
        if t < second:
            continue
        pushed = sum(between(t, later, later + 0.35) for later, _kind in messages[index + 1 :])
        aside = (-0.16, 0.14, -0.1, 0.18)[index % 4] * wide
        made += message(kind, x + wide / 2 + aside, y + high - 30 - pushed * 38, pop(t, second), t + index)
    return clipped(made, f"chat{num(x)}-{num(y)}", x, y, wide, high)


def field(x: float, y: float, wide: float, *, filled: list[float], cursor: bool) -> str:
    """The field to type into: `filled` are the lengths of its words; no letters."""
    made, place = rect(x, y, wide, 22, "chalk", 10), x + 12
    for length in filled:
        made += rect(place, y + 8, length, 6, "denim bare", 3)
        place += length + 5
    if cursor:
        made += line([(place + 1, y + 6), (place + 1, y + 16)])
    return made + send(x + wide + 14, y + 11)


def send(x: float, y: float) -> str:
    """The button that sends."""
    return circle(x, y, 9, "amber") + path(f"M{num(x - 3)} {num(y + 4)}v-8l7 4z", "pine bare")


def keyboard(x: float, y: float, wide: float, pressed: int) -> str:
    """A keyboard without letters; one key is pressed."""
    made, step = rect(x, y, wide, 46, "sand bare", 4), wide / 8
    for place in range(24):
        row, column = divmod(place, 8)
        left, top = x + column * step + 2, y + 4 + row * 14
        made += rect(left, top, step - 4, 10, "amber" if place == pressed else "chalk", 2.5)
    return made


def readers(x: float, y: float, count: int, t: float) -> str:
    """Twenty-two small eyes, of which `count` have opened."""
    made = ""
    for place in range(22):
        row, column = divmod(place, 11)
        made += eye(x + column * 17, y + row * 18, 0.55, shut=place >= count)
    return made


def typed(t: float, start: float, lengths: list[float], each: float = 0.3) -> list[float]:
    """Words that are being typed: each grows to its length in turn."""
    made = []
    for index, length in enumerate(lengths):
        part = min(max((t - start) / each - index, 0.0), 1.0)
        if part > 0:
            made.append(length * part)
    return made


def floating(start: Point, end: Point, part: float, height: float = 20) -> Point:
    """The place of a bubble that floats from one place to another."""
    x = start[0] + (end[0] - start[0]) * part
    return x, start[1] + (end[1] - start[1]) * part - height * math.sin(math.pi * part)
