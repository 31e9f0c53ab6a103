"""The tables of the helpline, a file a subject."""

from sauga.helpline.models.call import Call, CallStep, HeardEvent
from sauga.helpline.models.conversation import Conversation, ConversationStep, Message, Offer, Transfer, Whisper
from sauga.helpline.models.desk import CannedAnswer, ResourceCard, Review
from sauga.helpline.models.letter import Letter, LetterDraft, LetterPart, LetterStep
from sauga.helpline.models.record import Attempt, Feedback, Record
from sauga.helpline.models.referral import HotlineLink, HotlineLinkStep, Referral, ReferralStep, SelfImage, SelfImageStep
from sauga.helpline.models.rota import (
    CalendarLink,
    ClosedDay,
    Debrief,
    Duty,
    DutyPass,
    Pause,
    Shift,
    ShiftStep,
    ShiftTemplate,
    ShiftWord,
    Window,
)
from sauga.helpline.models.safeguarding import CaseNote, CaseStep, Concern, ConcernNote, ConcernStep, HelpCase
from sauga.helpline.models.volunteer import BackgroundCheck, Supervision, Training, Volunteer

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
