"""A step line of the share that remains over time (Kaplan–Meier), with its band and the number at risk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sauga.kernel.ui.charts.frame import NARROW, Chart, number, path, svg, words
from sauga.kernel.ui.components import Table, Text

TOP = 14
STYLES = "ab"
LETTER = 7.4  # width of a letter of the labels, generously


@dataclass(frozen=True)
class Area:
    """Where the lines are drawn: the edges of the grid, and the width of the whole."""

    left: int
    right: int
    bottom: int
    width: int

    def x(self, value: float, upto: float) -> float:
        """Where a value of the axis lies."""
        return self.left + (self.right - self.left) * min(max(value, 0.0), upto) / upto

    def y(self, share: float) -> float:
        """Where a share lies."""
        return self.bottom - (self.bottom - TOP) * min(max(share, 0.0), 1.0)


WIDE, SMALL = Area(46, 548, 274, 660), Area(46, 308, 214, NARROW)
CLEAR = 14.0  # between the middles of two numbers of the axis


@dataclass(frozen=True)
class Point:
    """From `x` on the share is `y` (0–1), within [low, high] where a band is known."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Curve:
    """One group: its name, a note for the direct label („median 1.2 d“), its points in order of x, and the
    number at risk at each tick."""

    label: Text
    points: Sequence[Point]
    note: Text = ""
    median: float | None = None
    at_risk: Mapping[float, int] = field(default_factory=dict)
    followed: float | None = None
    """How far anybody watched, on the axis of x: the line ends there. None: to the end of the axis."""


def survival(
    curves: Sequence[Curve],
    *,
    title: Text,
    description: Text,
    unit: Text,
    ticks: Sequence[float],
    table: Table,
) -> Chart:
    """Draw one or two curves from 0 to the last tick.

    Raises ValueError for none, for more than two, or for ticks that do not grow.
    """
    if not 1 <= len(curves) <= len(STYLES):
        raise ValueError("one or two curves")
    if len(ticks) < 2 or list(ticks) != sorted(set(ticks)) or ticks[-1] <= 0:
        raise ValueError("ticks must grow from zero")
    upto, said = ticks[-1], {"title": title, "description": description}
    risk = any(curve.at_risk for curve in curves)
    rows = 20 + 18 * len(curves) if risk else 0
    parts = _drawn(curves, ticks, WIDE)
    ends = _apart([WIDE.y(_at(curve.points, upto)) for curve in curves])
    for curve, style, end in zip(curves, STYLES, ends, strict=False):
        parts += _end_label(curve, style, end)
    if risk:
        parts += _risk(curves, ticks)
    parts.append(words(unit, WIDE.right + 18, WIDE.bottom + 19))
    longest = max(len(str(text)) for curve in curves for text in (curve.label, curve.note))
    width = max(WIDE.width, WIDE.right + 18 + round(longest * LETTER))
    wide = svg(parts, width=width, height=WIDE.bottom + 30 + rows, css="chart wide", **said)
    return Chart(title, wide, table, _narrow(curves, ticks, unit, said))


def _narrow(
    curves: Sequence[Curve], ticks: Sequence[float], unit: Text, said: Mapping[str, Text]
) -> SafeString:
    """The labels stand below, in the colours of their lines; the numbers at risk are in the table."""
    y = SMALL.bottom + 36
    parts = [*_drawn(curves, ticks, SMALL), words(unit, SMALL.right, y, anchor="end")]
    for curve, style in zip(curves, STYLES, strict=False):
        y += 20
        parts.append(words(curve.label, 4, y, css=f"label-{style}"))
        if curve.note:
            y += 16
            parts.append(words(curve.note, 4, y))
    return svg(parts, width=SMALL.width, height=y + 8, css="chart narrow", **said)


def _drawn(curves: Sequence[Curve], ticks: Sequence[float], area: Area) -> list[SafeString]:
    """Grid, axis, bands and lines."""
    upto = ticks[-1]
    parts = [*_grid(area), *_axis(ticks, upto, area)]
    for curve, style in zip(curves, STYLES, strict=False):
        parts += _band(curve, style, _end(curve, upto), upto, area)
    for curve, style in zip(curves, STYLES, strict=False):
        parts += _line(curve, style, _end(curve, upto), upto, area)
    return parts


def _grid(area: Area) -> Iterator[SafeString]:
    for percent in (0, 25, 50, 75, 100):
        y = area.y(percent / 100)
        yield path("grid", f"M{area.left} {number(y)}H{area.right}")
        yield words(f"{percent} %", area.left - 8, y + 4, anchor="end")


def _axis(ticks: Sequence[float], upto: float, area: Area) -> Iterator[SafeString]:
    """A mark for every tick, a number where it has room beside the one before it."""
    said = -CLEAR
    for tick in ticks:
        x = area.x(tick, upto)
        yield path("axis", f"M{number(x)} {area.bottom}v5")
        if x - said >= CLEAR or tick == upto:
            yield words(f"{tick:g}", x, area.bottom + 19, anchor="middle")
            said = x


def _at(points: Sequence[Point], x: float) -> float:
    """The share at x: a step holds until the next one."""
    held = [point.y for point in points if point.x <= x]
    return held[-1] if held else 1.0


def _end(curve: Curve, upto: float) -> float:
    """Where the curve's line ends: at the end of the axis, or as far as anybody watched."""
    return upto if curve.followed is None else min(curve.followed, upto)


def _steps(pairs: Sequence[tuple[float, float]], end: float, upto: float, area: Area) -> str:
    """The corners of a step line, as path data after the first „M“; ends at `end` of an axis that goes to
    `upto`."""
    drawn = [(x, y) for x, y in pairs if x <= end]
    corners = [f"{number(area.x(drawn[0][0], upto))} {number(area.y(drawn[0][1]))}"]
    for x, y in drawn[1:]:
        corners.append(f"H{number(area.x(x, upto))}V{number(area.y(y))}")
    return "".join(corners) + f"H{number(area.x(end, upto))}"


def _band(curve: Curve, style: str, end: float, upto: float, area: Area) -> Iterator[SafeString]:
    known = [
        (p.x, p.low, p.high) for p in curve.points if p.low is not None and p.high is not None and p.x <= end
    ]
    if known:
        upper = _steps([(x, high) for x, _low, high in known], end, upto, area)
        corners: list[str] = []
        edge = end
        for x, low, _high in reversed(known):
            corners.append(f"L{number(area.x(edge, upto))} {number(area.y(low))}H{number(area.x(x, upto))}")
            edge = x
        yield path(f"band-{style}", f"M{upper}{''.join(corners)}Z")


def _line(curve: Curve, style: str, end: float, upto: float, area: Area) -> Iterator[SafeString]:
    points = [(0.0, 1.0), *((point.x, point.y) for point in curve.points)]
    yield path(f"line-{style}", f"M{_steps(points, end, upto, area)}")
    if curve.median is not None and curve.median <= upto:
        yield path(
            f"dot-{style}",
            f"M{number(area.x(curve.median, upto) - 4)} {number(area.y(0.5))}a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
        )


def _end_label(curve: Curve, style: str, end: float) -> Iterator[SafeString]:
    yield words(curve.label, WIDE.right + 8, end + 4, css=f"label-{style}")
    if curve.note:
        yield words(curve.note, WIDE.right + 8, end + 20)


def _apart(ends: list[float], gap: float = 36) -> list[float]:
    """Move two end labels apart so that they do not overlap, and keep them above the axis."""
    if len(ends) == 2 and abs(ends[0] - ends[1]) < gap:
        upper = min(ends[0], ends[1], WIDE.bottom - 2 * gap)
        return [upper, upper + gap] if ends[0] <= ends[1] else [upper + gap, upper]
    return [min(end, WIDE.bottom - 28) for end in ends]  # the note below it ends above the unit of the axis


def _risk(curves: Sequence[Curve], ticks: Sequence[float]) -> Iterator[SafeString]:
    yield words(_("At risk"), 4, WIDE.bottom + 36, css="strong")
    for row, (curve, style) in enumerate(zip(curves, STYLES, strict=False)):
        y = WIDE.bottom + 52 + 18 * row
        for tick in ticks:
            if tick in curve.at_risk:
                yield words(curve.at_risk[tick], WIDE.x(tick, ticks[-1]), y, anchor="middle")
        yield words(curve.label, WIDE.right + 18, y, css=f"label-{style}")
