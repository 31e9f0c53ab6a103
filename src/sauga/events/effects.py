"""Changes of an event that subdomains further up react to, in the same transaction; `service.py` connects
each with its reactions.

The programme knows nothing of registrations: whoever cancels or moves an event announces it here.
"""

from collections.abc import Callable
from datetime import datetime


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


event_copied = Effect("event copied")
event_published = Effect("event published")
event_moved = Effect("event moved")
event_cancelled = Effect("event cancelled")
event_reinstated = Effect("event reinstated")
event_over = Effect("event over")
consent_withdrawn = Effect("a speaker's consent withdrawn")
speaker_removed = Effect("speaker removed")
photo_consent_changed = Effect("consent to photographs changed")
"""Each is called with `by`, `event` and `at`; `event_moved` also with `before`, the former start and end,
and `event_copied` with `copy`, the draft that was made. `consent_withdrawn` is called with `by`, `speaker`,
`what` (publication, recording, slides), `session` (or None) and `at`; `speaker_removed` with `by`, `speaker`
and `at`, before the row is deleted; `photo_consent_changed` with `by`, `registration` and `at`."""


type SectionOf = Callable[[object, datetime], tuple[str, dict[str, object]] | None]
"""Gives for an event and an instant the template of a section and what it needs, or nothing."""


class Sections:
    """What subdomains further up add to a page of an event: each its own section, in the order of `order`."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, SectionOf]] = {}

    def register(self, code: str, section: SectionOf, order: int = 50) -> None:
        """Add a section; called when the service starts. A second call with the same code replaces."""
        self._known[code] = (order, section)

    def of(self, event: object, at: datetime) -> list[tuple[str, dict[str, object]]]:
        """The sections of one event."""
        ordered = sorted(self._known.items(), key=lambda pair: (pair[1][0], pair[0]))
        return [found for _code, (_order, section) in ordered if (found := section(event, at)) is not None]


public_sections = Sections()
"""On the public page of an event, below its time and place: registration, activities."""
desk_sections = Sections()
"""On the page of an event at the desk, below its programme."""
