"""State columns of events and their tables of allowed moves; `docs/services/events.md` draws them."""

from enum import StrEnum

from sauga.kernel.states import StateTable


class EventState(StrEnum):
    """Life of an event: written, published, then cancelled or over."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    CANCELLED = "CANCELLED"
    OVER = "OVER"


E = EventState
EVENT = StateTable(
    E.DRAFT,
    {
        E.DRAFT: {E.PUBLISHED},
        E.PUBLISHED: {E.DRAFT, E.CANCELLED, E.OVER},
        E.CANCELLED: {E.PUBLISHED},
        E.OVER: set(),
    },
)
"""PUBLISHED → DRAFT takes back a publication, CANCELLED → PUBLISHED a cancellation, each while the actions
allow it (`programme.actions.publishing`)."""
PUBLIC = (E.PUBLISHED, E.CANCELLED, E.OVER)
"""What visitors see: a cancelled event says so on its page, in calendars and in feeds."""
