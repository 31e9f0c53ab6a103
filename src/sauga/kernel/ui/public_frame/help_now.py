"""What works now for a person who needs help: the line of this installation, and lines of others.

One answer for every page that speaks of help, so that none of them names first a line that is closed at that
moment. The service that keeps the list of lines registers it; without one, the two European numbers are left.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sauga.kernel.i18n import languages
from sauga.kernel.ui.public_frame import opening_hours

OWN_LINE = "child_helpline"
EMERGENCY = "emergency"
MOST_LINES = 3


class Serves(StrEnum):
    """Whom a line is for. EVERYBODY: all callers."""

    CHILDREN = "children"
    YOUNG = "young"
    ADULTS = "adults"
    EVERYBODY = "everybody"


YOUNG = frozenset({Serves.CHILDREN, Serves.YOUNG, Serves.EVERYBODY})
GROWN = frozenset({Serves.ADULTS, Serves.EVERYBODY})


@dataclass(frozen=True)
class Line:
    """A line that can be called, in words of the page's language. `languages`: codes of those spoken there.

    `is_open` is None where its hours are not written in a form that can be computed with.
    """

    code: str
    name: str
    phone: str
    dial: str
    serves: str
    for_whom: str = ""
    hours: str = ""
    languages: tuple[str, ...] = ()
    is_open: bool | None = None


NUMBER_112 = Line(EMERGENCY, "", "112", "112", Serves.EVERYBODY, is_open=True)
type Lines = Callable[[datetime], Sequence[Line]]
_lines: list[Lines] = []


def register(lines: Lines) -> None:
    """Say which lines there are at a moment; the last one counts."""
    _lines[:] = [lines]


@dataclass(frozen=True)
class HelpNow:
    """What works at a moment.

    `is_heard`: our own line talks with people now. When it does not, `again` is when it will, in a sentence,
    empty where unknown; `lines` are those of others that answer now.
    """

    is_heard: bool
    again: str
    lines: tuple[Line, ...]
    emergency: Line

    @property
    def first(self) -> Line | None:
        """The line of others to name first, for pages with room for one."""
        return self.lines[0] if self.lines else None


def help_now(request: Any, at: datetime, reader: str = "") -> HelpNow:
    """What works at `at` for a `reader` ("young", "adult", or no one in particular)."""
    reach = opening_hours.reach_on(request, OWN_LINE, at)
    found = _lines[0](at) if _lines else ()
    emergency = next((one for one in found if one.code == EMERGENCY), NUMBER_112)
    fit = {"young": YOUNG, "adult": GROWN}.get(reader, YOUNG | GROWN)
    spoken = languages.active().code
    awake = [
        one
        for one in found
        if one.is_open and one.serves in fit and one.dial not in {"", emergency.dial} and one.code != OWN_LINE
    ]
    awake.sort(key=lambda one: spoken not in one.languages)  # a stable sort: otherwise as the list has them
    return HelpNow(
        is_heard=reach is None or reach.is_heard,
        again=reach.again if reach else "",
        lines=tuple(awake[:MOST_LINES]),
        emergency=emergency,
    )
