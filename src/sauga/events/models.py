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
from sauga.events.proposals.models import (
    Call,
    CallQuestion,
    CallStep,
    Conflict,
    Criterion,
    Proposal,
    ProposalSpeaker,
    ProposalStep,
    Review,
)
from sauga.events.registration.models import Question, Quota, Registration, RegistrationStep, Ticket

__all__ = [
    "Activity",
    "ActivityContact",
    "ActivityStep",
    "Call",
    "CallQuestion",
    "CallStep",
    "Conflict",
    "Criterion",
    "Event",
    "EventStep",
    "HeadCount",
    "Proposal",
    "ProposalSpeaker",
    "ProposalStep",
    "Question",
    "Quota",
    "Registration",
    "RegistrationStep",
    "Review",
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
