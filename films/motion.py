"""Movement: how a number, a place or a mood changes with the time."""

import math
from collections.abc import Sequence
from itertools import pairwise

from films.shapes import Point


def ease(part: float) -> float:
    """Slow at both ends; below 0 and above 1 nothing moves."""
    part = min(max(part, 0.0), 1.0)
    return part * part * (3 - 2 * part)


def between(t: float, start: float, end: float) -> float:
    """How far a movement from `start` to `end` (seconds) has come: 0 to 1, eased."""
    return ease((t - start) / (end - start)) if end > start else float(t >= end)


def track(t: float, *keys: tuple[float, float]) -> float:
    """The value at a time, from (second, value) pairs; between two of them it moves eased."""
    before = keys[0]
    for after in keys:
        if t < after[0]:
            return before[1] + (after[1] - before[1]) * between(t, before[0], after[0])
        before = after
    return before[1]


def trail(t: float, *keys: tuple[float, Point]) -> Point:
    """The place at a time, from (second, place) pairs."""
    return (
        track(t, *((second, place[0]) for second, place in keys)),
        track(t, *((second, place[1]) for second, place in keys)),
    )


def chosen[Value](t: float, *keys: tuple[float, Value]) -> Value:
    """The last value whose second has come: for moods and other things without a middle."""
    value = keys[0][1]
    for second, following in keys:
        if t >= second:
            value = following
    return value


def sway(t: float, amount: float, period: float, phase: float = 0.0) -> float:
    """A slow to and fro."""
    return amount * math.sin(2 * math.pi * (t / period + phase))


def pop(t: float, start: float, lasting: float = 0.35) -> float:
    """A size from 0 to 1 that goes a little beyond and comes back."""
    part = min(max((t - start) / lasting, 0.0), 1.0)
    return part * (1 + 1.1 * (1 - part) * part * 2) if part < 1 else 1.0


def fading(t: float, start: float, end: float, lasting: float = 0.4) -> float:
    """An opacity: comes at `start`, goes at `end`."""
    return between(t, start, start + lasting) * (1 - between(t, end - lasting, end))


def blinks(t: float, seed: float = 0.0) -> bool:
    """Whether the eyes are closed for a moment: every three to four seconds."""
    beat = (t + seed * 1.7) % (3.1 + (seed * 0.37) % 0.9)
    return beat < 0.13


def arc(start: Sequence[float], end: Sequence[float], part: float, height: float) -> tuple[float, float]:
    """A place on the way of something thrown; in the middle it is `height` above the straight way."""
    x = start[0] + (end[0] - start[0]) * part
    y = start[1] + (end[1] - start[1]) * part
    return x, y - 4 * height * part * (1 - part)


def along(places: list[Point], part: float) -> Point:
    """A place on a way made of straight pieces."""
    lengths = [math.dist(a, b) for a, b in pairwise(places)]
    left = part * sum(lengths)
    for (a, b), length in zip(pairwise(places), lengths, strict=True):
        if left <= length:
            share = left / length
            return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
        left -= length
    return places[-1]
