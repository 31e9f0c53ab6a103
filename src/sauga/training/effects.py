"""What happens in one subdomain or service and others react to, in the same transaction; `service.py`
connects each with its reactions.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any


class Effect:
    """A change with any number of reactions; each returns how many rows it changed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._reactions: dict[str, Callable[..., int]] = {}

    def connect(self, code: str, react: Callable[..., int]) -> None:
        """Add what happens; called when the service starts. A second call with the same code replaces."""
        self._reactions[code] = react

    def __call__(self, **facts: object) -> dict[str, int]:
        """Let it happen now; the number of rows changed by the code of each reaction."""
        return {code: react(**facts) for code, react in self._reactions.items()}


stream_moved = Effect("stream moved")
hosting_counted = Effect("hosting counted")
course_completed = Effect("course completed")
webinar_ended = Effect("webinar ended")
tool_uses = Effect("uses of a tool")
"""`stream_moved` is called with `by`, `stream`, `at`; `hosting_counted`, when a library has counted its
audience, with `by`, `site` and `at`; `course_completed` with `by`, `enrolment` and `at`; `webinar_ended`,
when its organisers ended it before its time, with `by`, `webinar` and `at`; `tool_uses`, with `tool`, changes
nothing and counts the activities that open it."""

type SectionOf = Callable[[Any, datetime], tuple[str, dict[str, Any]] | None]
"""Gives for an object and an instant the template of a section and what it needs, or nothing."""


class Sections:
    """What subdomains further up add to a page: each its own section, in the order of `order`."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, SectionOf]] = {}

    def register(self, code: str, section: SectionOf, order: int = 50) -> None:
        """Add a section; called when the service starts. A second call with the same code replaces."""
        self._known[code] = (order, section)

    def of(self, row: object, at: datetime) -> list[tuple[str, dict[str, Any]]]:
        """The sections of one object."""
        ordered = sorted(self._known.items(), key=lambda pair: (pair[1][0], pair[0]))
        return [found for _code, (_order, section) in ordered if (found := section(row, at)) is not None]


webinar_sections = Sections()
"""On the public page of a webinar, below its picture: libraries that show it."""
webinar_desk_sections = Sections()
"""On the page of a webinar at the desk: its viewing sites."""
speaker_sections = Sections()
"""On the page of its speakers, above the questions: how many libraries watch."""
stream_players = Sections()
"""The player of a broadcast, for pages that show one: its template and what it needs, and as `head` and
`script` the templates that belong into the head and at the end of the page."""
stream_desk_sections = Sections()
"""On the page of a broadcast at the desk, below its recording: what becomes of it."""
