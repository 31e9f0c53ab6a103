"""A step line of the share that remains over time (Kaplan–Meier), with its band and the number at risk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sauga.kernel.ui.charts.frame import Chart, number, path, svg, words
from sauga.kernel.ui.components import Table, Text

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 660, 46, 548, 14, 274
STYLES = "ab"
LETTER = 7.4  # width of a letter of the labels, generously


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
    upto = ticks[-1]
    risk = any(curve.at_risk for curve in curves)
    height = BOTTOM + 30 + (20 + 18 * len(curves) if risk else 0)
    parts = [*_grid(), *_axis(ticks, upto, unit)]
    for curve, style in zip(curves, STYLES, strict=False):
        parts += _band(curve, style, upto)
    ends = _apart([_y(_at(curve.points, upto)) for curve in curves])
    for curve, style, end in zip(curves, STYLES, ends, strict=False):
        parts += _line(curve, style, upto, end)
    if risk:
        parts += _risk(curves, ticks, upto)
    longest = max(len(str(text)) for curve in curves for text in (curve.label, curve.note))
    width = max(WIDTH, RIGHT + 18 + round(longest * LETTER))
    return Chart(title, svg(parts, width=width, height=height, title=title, description=description), table)


def _x(value: float, upto: float) -> float:
    return LEFT + (RIGHT - LEFT) * min(max(value, 0.0), upto) / upto


def _y(share: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * min(max(share, 0.0), 1.0)


def _grid() -> Iterator[SafeString]:
    for percent in (0, 25, 50, 75, 100):
        y = _y(percent / 100)
        yield path("grid", f"M{LEFT} {number(y)}H{RIGHT}")
        yield words(f"{percent} %", LEFT - 8, y + 4, anchor="end")


def _axis(ticks: Sequence[float], upto: float, unit: Text) -> Iterator[SafeString]:
    for tick in ticks:
        x = _x(tick, upto)
        yield path("axis", f"M{number(x)} {BOTTOM}v5")
        yield words(f"{tick:g}", x, BOTTOM + 19, anchor="middle")
    yield words(unit, RIGHT + 18, BOTTOM + 19)


def _at(points: Sequence[Point], x: float) -> float:
    """The share at x: a step holds until the next one."""
    held = [point.y for point in points if point.x <= x]
    return held[-1] if held else 1.0


def _steps(pairs: Sequence[tuple[float, float]], upto: float) -> str:
    """The corners of a step line, as path data after the first „M“; ends at `upto`."""
    drawn = [(x, y) for x, y in pairs if x <= upto]
    corners = [f"{number(_x(drawn[0][0], upto))} {number(_y(drawn[0][1]))}"]
    for x, y in drawn[1:]:
        corners.append(f"H{number(_x(x, upto))}V{number(_y(y))}")
    return "".join(corners) + f"H{number(_x(upto, upto))}"


def _band(curve: Curve, style: str, upto: float) -> Iterator[SafeString]:
    known = [
        (p.x, p.low, p.high) for p in curve.points if p.low is not None and p.high is not None and p.x <= upto
    ]
    if known:
        upper = _steps([(x, high) for x, _low, high in known], upto)
        corners: list[str] = []
        edge = upto
        for x, low, _high in reversed(known):
            corners.append(f"L{number(_x(edge, upto))} {number(_y(low))}H{number(_x(x, upto))}")
            edge = x
        yield path(f"band-{style}", f"M{upper}{''.join(corners)}Z")


def _line(curve: Curve, style: str, upto: float, end: float) -> Iterator[SafeString]:
    points = [(0.0, 1.0), *((point.x, point.y) for point in curve.points)]
    yield path(f"line-{style}", f"M{_steps(points, upto)}")
    if curve.median is not None and curve.median <= upto:
        yield path(
            f"dot-{style}",
            f"M{number(_x(curve.median, upto) - 4)} {number(_y(0.5))}a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
        )
    yield words(curve.label, RIGHT + 8, end + 4, css=f"label-{style}")
    if curve.note:
        yield words(curve.note, RIGHT + 8, end + 20)


def _apart(ends: list[float], gap: float = 36) -> list[float]:
    """Move two end labels apart so that they do not overlap, and keep them above the axis."""
    if len(ends) == 2 and abs(ends[0] - ends[1]) < gap:
        upper = min(ends[0], ends[1], BOTTOM - 2 * gap)
        return [upper, upper + gap] if ends[0] <= ends[1] else [upper + gap, upper]
    return [min(end, BOTTOM - gap / 2) for end in ends]


def _risk(curves: Sequence[Curve], ticks: Sequence[float], upto: float) -> Iterator[SafeString]:
    yield words(_("At risk"), 4, BOTTOM + 36, css="strong")
    for row, (curve, style) in enumerate(zip(curves, STYLES, strict=False)):
        y = BOTTOM + 52 + 18 * row
        for tick in ticks:
            if tick in curve.at_risk:
                yield words(curve.at_risk[tick], _x(tick, upto), y, anchor="middle")
        yield words(curve.label, RIGHT + 18, y, css=f"label-{style}")
