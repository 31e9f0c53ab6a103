"""The tables of every subdomain, for Django.

Nobody else imports from here: each model from its own module.
"""

from sauga.events.activities.models import Activity, ActivityContact, ActivityStep, HeadCount
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
    "Activity",
    "ActivityContact",
    "ActivityStep",
    "Event",
    "EventStep",
    "HeadCount",
    "Room",
    "Series",
    "Session",
    "SessionSpeaker",
    "Speaker",
    "Stream",
    "Track",
    "Venue",
]
