"""Every table of the helpline, for Django. Import a model from the module that defines it, not from here."""

from sauga.helpline.calls.models import Call, CallStep, HeardEvent
from sauga.helpline.chat.models import Conversation, ConversationStep, Message, Offer, Transfer, Whisper
from sauga.helpline.letters.models import Letter, LetterDraft, LetterPart, LetterStep
from sauga.helpline.line.models import CannedAnswer, ClosedDay, Pause, ResourceCard, Window
from sauga.helpline.quality.models import Review
from sauga.helpline.records.models import Attempt, Feedback, Record
from sauga.helpline.rota.models import (
    CalendarLink,
    Duty,
    DutyPass,
    Shift,
    ShiftStep,
    ShiftTemplate,
    ShiftWord,
)
from sauga.helpline.safeguarding.models import (
    CaseNote,
    CaseStep,
    Concern,
    ConcernNote,
    ConcernStep,
    HelpCase,
    HotlineLink,
    HotlineLinkStep,
    Referral,
    ReferralStep,
    SelfImage,
    SelfImageStep,
)
from sauga.helpline.volunteers.models import BackgroundCheck, Debrief, Supervision, Training, Volunteer

__all__ = [
    "Attempt",
    "BackgroundCheck",
    "CalendarLink",
    "Call",
    "CallStep",
    "CannedAnswer",
    "CaseNote",
    "CaseStep",
    "ClosedDay",
    "Concern",
    "ConcernNote",
    "ConcernStep",
    "Conversation",
    "ConversationStep",
    "Debrief",
    "Duty",
    "DutyPass",
    "Feedback",
    "HeardEvent",
    "HelpCase",
    "HotlineLink",
    "HotlineLinkStep",
    "Letter",
    "LetterDraft",
    "LetterPart",
    "LetterStep",
    "Message",
    "Offer",
    "Pause",
    "Record",
    "Referral",
    "ReferralStep",
    "ResourceCard",
    "Review",
    "SelfImage",
    "SelfImageStep",
    "Shift",
    "ShiftStep",
    "ShiftTemplate",
    "ShiftWord",
    "Supervision",
    "Training",
    "Transfer",
    "Volunteer",
    "Whisper",
    "Window",
]
