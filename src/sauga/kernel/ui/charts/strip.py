"""A strip of checks on a time axis: a stroke where the page was reachable, a ring where it did not answer, a
diamond where it was gone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from sauga.kernel.ui.charts.frame import Chart, number, path, svg, words
from sauga.kernel.ui.components import Table, Text

WIDTH, LEFT, RIGHT, AXIS = 560, 8, 552, 74
ROOM_FOR_WORDS = 110


@dataclass(frozen=True)
class Check:
    """One check: on (reachable), off (no clear answer) or gone."""

    at: datetime
    kind: Literal["on", "off", "gone"]


@dataclass(frozen=True)
class Event:
    """Something that happened between checks, for example „notice sent“."""

    at: datetime
    label: Text


def strip(
    checks: Sequence[Check], events: Sequence[Event] = (), *, title: Text, description: Text, table: Table
) -> Chart:
    """Draw the checks between the first and the last instant given. Raises ValueError without any check."""
    if not checks:
        raise ValueError("no checks to draw")
    instants = [check.at for check in checks] + [event.at for event in events]
    first, last = min(instants), max(instants)
    parts = [path("axis", f"M{LEFT} {AXIS}H{RIGHT}"), *_ends(first, last)]
    parts += _events(events, first, last)
    parts += [_drawn(check, _x(check.at, first, last)) for check in checks]
    return Chart(
        title,
        svg(parts, width=WIDTH, height=AXIS + 24, title=title, description=description, css="strip"),
        table,
    )


def _x(at: datetime, first: datetime, last: datetime) -> float:
    span = (last - first).total_seconds()
    return LEFT + (RIGHT - LEFT) * ((at - first).total_seconds() / span if span else 0.0)


def _ends(first: datetime, last: datetime) -> Iterator[SafeString]:
    """The first and the last instant, in local time; one label when they are the same."""
    yield words(date_format(localtime(first), "SHORT_DATETIME_FORMAT"), LEFT, AXIS + 18)
    if last > first:
        yield words(date_format(localtime(last), "SHORT_DATETIME_FORMAT"), RIGHT, AXIS + 18, anchor="end")


def _events(events: Sequence[Event], first: datetime, last: datetime) -> Iterator[SafeString]:
    """Labels stand in two rows, so that near events do not write over each other."""
    free = [float("-inf"), float("-inf")]
    for event in sorted(events, key=lambda event: event.at):
        x = _x(event.at, first, last)
        row = 0 if x >= free[0] else 1
        free[row] = x + ROOM_FOR_WORDS
        y = 12 + 15 * row
        anchor = (
            "end"
            if x > RIGHT - ROOM_FOR_WORDS / 2
            else "start"
            if x < LEFT + ROOM_FOR_WORDS / 2
            else "middle"
        )
        yield path("event", f"M{number(x)} {y + 4}V{AXIS}")
        yield words(event.label, x, y, css="strong", anchor=anchor)


def _drawn(check: Check, x: float) -> SafeString:
    if check.kind == "on":
        return format_html('<rect class="on" x="{}" y="44" width="3" height="20" rx="1.5"/>', number(x - 1.5))
    if check.kind == "off":
        return format_html('<circle class="off" cx="{}" cy="54" r="3.5"/>', number(x))
    return format_html('<path class="gone" d="M{} 49l5 5-5 5-5-5z"/>', number(x))
