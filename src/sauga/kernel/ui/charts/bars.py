"""Horizontal bars (one per group, labelled at the bar), columns (a distribution), and the small bar in
a table cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.utils.html import format_html
from django.utils.safestring import SafeString

from sauga.kernel.ui.charts.frame import NARROW, Chart, number, path, svg, words
from sauga.kernel.ui.components import Table, Text

WIDTH, LABELS, ROW = 660, 190, 34
COLUMNS_TOP, COLUMNS_BOTTOM = 26, 200
LINE, LETTERS = 16, 44
"""Of the narrow form: the height of a line of a label above its bar, and how many letters fit in one."""
BESIDE = 26
"""How many letters fit in a line beside a bar; a longer label has two lines."""


@dataclass(frozen=True)
class Bar:
    """One group.

    `text` is the value in words at the bar's end; `low` marks a bar that needs attention; `value` is never
    negative.
    """

    label: Text
    value: float
    text: Text
    low: bool = False


@dataclass(frozen=True)
class Bin:
    """One column of a distribution."""

    label: Text
    count: int


def bars(
    rows: Sequence[Bar],
    *,
    title: Text,
    description: Text,
    table: Table,
    whole: float | None = None,
    need: float | None = None,
) -> Chart:
    """Horizontal bars from the largest value (or `whole`, for shares).

    `need` draws a line that should be reached.
    """
    largest = whole or max((row.value for row in rows), default=0) or 1.0
    room = WIDTH - LABELS - 110
    height = ROW * max(len(rows), 1) + 8
    parts = [part for index, row in enumerate(rows) for part in _lying(row, index, room / largest, room)]
    if need is not None:
        parts.append(path("need", f"M{number(LABELS + need * room / largest)} 2V{height - 6}"))
    return Chart(
        title,
        svg(parts, width=WIDTH, height=height, title=title, description=description, css="chart wide"),
        table,
        _narrow(rows, largest, need, title=title, description=description),
    )


def _narrow(
    rows: Sequence[Bar], largest: float, need: float | None, *, title: Text, description: Text
) -> SafeString:
    """Each label above its bar, in as many lines as it needs."""
    room, y = NARROW - 72, 4
    parts: list[SafeString] = []
    for row in rows:
        lines = wrap(str(row.label), LETTERS) or [""]
        for text in lines:
            y += LINE
            parts.append(words(text, 0, y - 3, css="strong"))
        width = max(min(max(row.value, 0) * room / largest, room), 1.5)
        parts += [_bar(row, 0, y + 1, width), words(row.text, width + 8, y + 16)]
        if need is not None:
            parts.append(path("need", f"M{number(need * room / largest)} {y - 1}v24"))
        y += ROW - 4
    return svg(
        parts, width=NARROW, height=max(y, ROW), title=title, description=description, css="chart narrow"
    )


def _bar(row: Bar, x: float, y: float, width: float) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="20" rx="3"/>',
        "bar low" if row.low else "bar",
        number(x),
        number(y),
        number(width),
    )


def _lying(row: Bar, index: int, scale: float, room: float) -> Iterator[SafeString]:
    y = 4 + ROW * index
    width = min(max(row.value, 0) * scale, room)
    lines = wrap(str(row.label), BESIDE, max_lines=2, placeholder="…") or [""]
    for number_of_line, text in enumerate(lines):
        top = y + 18 + LINE * number_of_line - (LINE // 2 if len(lines) > 1 else 0)
        yield words(text, LABELS - 12, top, css="strong", anchor="end")
    yield _bar(row, LABELS, y + 3, max(width, 1.5))
    yield words(row.text, LABELS + width + 8, y + 18)


def distribution(
    bins: Sequence[Bin],
    *,
    title: Text,
    description: Text,
    table: Table,
    unit: Text = "",
    marked: int | None = None,
    mark: Text = "",
) -> Chart:
    """Columns side by side with their counts above; in the narrow form they lie, each with its label.

    `marked` is the column over which `mark` stands („median“).
    """
    most = max((column.count for column in bins), default=0) or 1
    step = (WIDTH - 20) / max(len(bins), 1)
    parts: list[SafeString] = [path("axis", f"M10 {COLUMNS_BOTTOM}H{WIDTH - 10}")]
    for index, column in enumerate(bins):
        x, middle = 10 + step * index + step * 0.12, 10 + step * (index + 0.5)
        top = _top(column.count, most)
        parts.append(
            format_html(
                '<rect class="bar" x="{}" y="{}" width="{}" height="{}" rx="2"/>',
                number(x),
                number(top),
                number(step * 0.76),
                number(COLUMNS_BOTTOM - top),
            )
        )
        parts.append(words(column.count, middle, top - 6, css="strong", anchor="middle"))
        parts.append(words(column.label, middle, COLUMNS_BOTTOM + 18, anchor="middle"))
    if marked is not None and 0 <= marked < len(bins):
        x = 10 + step * (marked + 0.5)
        parts += [
            path("guide", f"M{number(x)} {COLUMNS_TOP - 8}V{number(_top(bins[marked].count, most) - 20)}"),
            words(mark, x, COLUMNS_TOP - 12, css="label-a", anchor="middle"),
        ]
    if unit:
        parts.append(words(unit, WIDTH - 10, COLUMNS_BOTTOM + 36, anchor="end"))
    height = COLUMNS_BOTTOM + 42
    lying = [
        Bar(
            f"{column.label} {unit}".rstrip(),
            column.count,
            f"{column.count} ({mark})" if index == marked else str(column.count),
        )
        for index, column in enumerate(bins)
    ]
    return Chart(
        title,
        svg(parts, width=WIDTH, height=height, title=title, description=description, css="chart wide"),
        table,
        _narrow(lying, most, None, title=title, description=description),
    )


def _top(count: int, most: int) -> float:
    """The upper edge of a column."""
    return COLUMNS_BOTTOM - (COLUMNS_BOTTOM - COLUMNS_TOP - 18) * count / most


def share_bar(share: float) -> SafeString:
    """The small bar in a table cell, hidden from assistive technology: the number stands beside it.

    `share` 0–1, clipped.
    """
    width = round(100 * min(max(share, 0.0), 1.0))
    return format_html(
        '<svg class="bars" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="ground" width="100" height="8" rx="2"/><rect class="fill" width="{}" height="8" '
        'rx="2"/></svg>',
        width,
    )
