"""The programme as pages show it."""

from sauga.events.programme.presenters.desk import desk_facts, desk_programme, first_values, missing_words
from sauga.events.programme.presenters.public import (
    Card,
    card,
    cards,
    day_events,
    event_context,
    filters,
    month,
    programme,
    when,
)

__all__ = [
    "Card",
    "card",
    "cards",
    "day_events",
    "desk_facts",
    "desk_programme",
    "event_context",
    "filters",
    "first_values",
    "missing_words",
    "month",
    "programme",
    "when",
]
