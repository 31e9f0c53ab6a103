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
from sauga.events.registration.models import Question, Quota, Registration, RegistrationStep, Ticket

__all__ = [
    "Event",
    "EventStep",
    "Question",
    "Quota",
    "Registration",
    "RegistrationStep",
    "Room",
    "Series",
    "Session",
    "SessionSpeaker",
    "Speaker",
    "Stream",
    "Ticket",
    "Track",
    "Venue",
]
