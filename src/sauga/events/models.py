"""The tables of every subdomain, for Django.

Nobody else imports from here: each model from its own module.
"""

from sauga.events.activities.models import Activity, ActivityContact, ActivityStep, HeadCount
from sauga.events.photos.models import Asset, AssetStep, PhotoConsent, Shown, WithdrawalTask
from sauga.events.programme.models import (
    Event,
    EventStep,
    Room,
    Series,
    Session,
    SessionSpeaker,
    Speaker,
    SpeakerAbsence,
    Stream,
    Track,
    Venue,
)
from sauga.events.registration.models import Question, Quota, Registration, RegistrationStep, Ticket
from sauga.events.speaking.models import Portrait, Slides, SpeakerContact

__all__ = [
    "Activity",
    "ActivityContact",
    "ActivityStep",
    "Asset",
    "AssetStep",
    "Event",
    "EventStep",
    "HeadCount",
    "PhotoConsent",
    "Portrait",
    "Question",
    "Quota",
    "Registration",
    "RegistrationStep",
    "Room",
    "Series",
    "Session",
    "SessionSpeaker",
    "Shown",
    "Slides",
    "Speaker",
    "SpeakerAbsence",
    "SpeakerContact",
    "Stream",
    "Ticket",
    "Track",
    "Venue",
    "WithdrawalTask",
]
