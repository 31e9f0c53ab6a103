"""The tables of every subdomain, for Django.

Nobody else imports from here: each model from its own module.
"""

from sauga.events.activities.models import Activity, ActivityContact, ActivityStep, HeadCount
from sauga.events.checkin.models import CheckIn, CheckList, Device, Entrance
from sauga.events.photos.models import Asset, AssetStep, PhotoConsent, Shown, WithdrawalTask
from sauga.events.planning.models import (
    BudgetLine,
    EventCount,
    EventReport,
    EventReportStep,
    ImportedFile,
    Task,
    TaskTemplate,
    TeamMember,
)
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
from sauga.events.speaking.models import Portrait, Slides, SpeakerContact

__all__ = [
    "Activity",
    "ActivityContact",
    "ActivityStep",
    "Asset",
    "AssetStep",
    "BudgetLine",
    "Call",
    "CallQuestion",
    "CallStep",
    "CheckIn",
    "CheckList",
    "Conflict",
    "Criterion",
    "Device",
    "Entrance",
    "Event",
    "EventCount",
    "EventReport",
    "EventReportStep",
    "EventStep",
    "HeadCount",
    "ImportedFile",
    "PhotoConsent",
    "Portrait",
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
    "Shown",
    "Slides",
    "Speaker",
    "SpeakerAbsence",
    "SpeakerContact",
    "Stream",
    "Task",
    "TaskTemplate",
    "TeamMember",
    "Ticket",
    "Track",
    "Venue",
    "WithdrawalTask",
]
