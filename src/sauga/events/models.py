"""The tables of every subdomain, for Django.

Nobody else imports from here: each model from its own module.
"""

from sauga.events.programme.models import (
    Event,
    EventStep,
    Room,
    Series,
    Session,
    SessionSpeaker,
    Speaker,
    Stream,
    Track,
    Venue,
)

__all__ = [
    "Event",
    "EventStep",
    "Room",
    "Series",
    "Session",
    "SessionSpeaker",
    "Speaker",
    "Stream",
    "Track",
    "Venue",
]
