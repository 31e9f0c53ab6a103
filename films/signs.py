"""Signs that need no words: in bubbles, on a board, on a screen or on a sheet of paper."""

import math

from films.chats import number
from films.motion import between
from films.shapes import circle, drawn, group, grown, line, num, path, rect
from films.things import soft_lines

TICK = "M-6 0l4 5 8-10"
CROSSED = "M-15 12L15-12"


def tick(x: float, y: float, size: float = 1, style_class: str = "leaf") -> str:
    """A tick: done, agreed."""
    return grown(path(TICK, style_class), x, y, size)


def question(x: float, y: float, size: float = 1, style_class: str = "") -> str:
    """A question that is asked."""
    hook = path("M-6-5c0-8 12-8 12 0 0 5-6 5-6 10", style_class)
    return grown(hook + circle(0, 10.5, 1.3, "pine bare"), x, y, size)


def calendar(x: float, y: float, size: float = 1, day: int = 9) -> str:
    """A month with one day marked; days are counted from 0, five in a row."""
    made = rect(-15, -13, 30, 28, "chalk", 3) + path("M-15-5h30M-7-16v6M7-16v6")
    for place in range(15):
        row, column = divmod(place, 5)
        colour = "amber bare" if place == day else "sand bare"
        made += circle(-10 + column * 5, 0 + row * 5, 2.6 if place == day else 1.2, colour)
    return grown(made, x, y, size)


def clock(x: float, y: float, t: float, size: float = 1, round_in: float = 12) -> str:
    """A clock; its hand goes round once in so many seconds."""
    angle = 2 * math.pi * t / round_in - math.pi / 2
    hand = path(f"M0 0L{num(9 * math.cos(angle))} {num(9 * math.sin(angle))}M0 0V-6")
    return grown(circle(0, 0, 14, "chalk") + hand + circle(0, 0, 1.4, "pine bare"), x, y, size)


def folder(x: float, y: float, size: float = 1, turn: float = 0, colour: str = "straw") -> str:
    """A folder: kept in one place."""
    body = path("M-24-14h16l5 6h27v24h-48z", colour) + path("M-24-4h48", "thin")
    return grown(body, x, y, size, turn=turn)


def envelope(x: float, y: float, size: float = 1, turn: float = 0) -> str:
    """A letter."""
    return grown(
        rect(-18, -12, 36, 24, "chalk", 2) + path("M-18-10L0 3l18-13", "thin"), x, y, size, turn=turn
    )


def bin_(x: float, y: float, size: float = 1) -> str:
    """A bin: deleted."""
    body = path("M-9-7h18l-2 20h-14z", "linen") + path("M-12-7h24M-4-7v-4h8v4")
    return grown(body + path("M-3-2v10M3-2v10", "thin"), x, y, size)


def barred(x: float, y: float, size: float = 1) -> str:
    """Blocked."""
    return grown(circle(0, 0, 12, "rose") + path("M-8 8L8-8"), x, y, size)


def slip(x: float, y: float, turn: float = 0, *, rows: int = 2) -> str:
    """A slip of paper with a line or two."""
    return group(rect(-9, -7, 18, 14, "chalk", 1) + soft_lines(-0.5, -2, 11, rows), x, y, turn=turn)


def slip_box(x: float, y: float, colour: str = "amber") -> str:
    """A box with a slot for slips; it stands on (x, y)."""
    return group(
        rect(-20, -26, 40, 26, colour, 2) + path("M-9-26h18", "k") + path("M-20-20h40", "thin"), x, y
    )


def sheet(x: float, y: float, t: float, starts: tuple[float, ...], size: float = 1) -> str:
    """A sheet on which points appear one after the other, each with a tick."""
    high = 14 + 14 * len(starts)
    made = rect(-30, -high / 2, 60, high, "chalk", 2)
    for row, start in enumerate(starts):
        top = -high / 2 + 14 + row * 14
        made += drawn(f"M-10 {num(top)}h32", 32, between(t, start, start + 0.7), "soft")
        made += grown(path(TICK, "leaf"), -20, top, 0.8 * between(t, start + 0.7, start + 1.0))
    return grown(made, x, y, size)


def child_line(x: float, y: float, size: float = 1, *, part: float = 1) -> str:
    """A card with the number of the Child Line; `part` lets it be written."""
    card = rect(-54, -20, 108, 40, "chalk", 5) + path("M-54 13h108", "thin soft")
    made = card + number("116", -25, -3, min(part * 2, 1)) + number("111", 23, -3, max(part * 2 - 1, 0))
    return grown(made, x, y, size)


def seconds_of_silence(x: float, y: float, t: float, start: float, count: int = 7) -> str:
    """A row of dots that fill, one each second: somebody waits."""
    made = ""
    for place in range(count):
        full = between(t, start + place * 0.8, start + place * 0.8 + 0.4)
        made += circle(place * 13, 0, 4, "chalk") + circle(place * 13, 0, 4 * full, "amber")
    return group(made, x - (count - 1) * 6.5, y)


def tag(x: float, y: float, size: float = 1) -> str:
    """A name tag, crossed out: no names."""
    body = (
        rect(-16, -9, 32, 18, "chalk", 3) + line([(-9, -2), (9, -2)]) + line([(-9, 3), (3, 3)], "thin soft")
    )
    return grown(body + path(CROSSED), x, y, size)
