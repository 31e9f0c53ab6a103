"""State columns of events and their tables of allowed moves; `docs/services/events.md` draws them."""

from enum import StrEnum

from sauga.kernel.states import StateTable


class EventState(StrEnum):
    """Life of an event: written, published, then cancelled or over."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    CANCELLED = "CANCELLED"
    OVER = "OVER"


EVENT = StateTable(
    EventState.DRAFT,
    {
        EventState.DRAFT: {EventState.PUBLISHED},
        EventState.PUBLISHED: {EventState.DRAFT, EventState.CANCELLED, EventState.OVER},
        EventState.CANCELLED: {EventState.PUBLISHED},
        EventState.OVER: set(),
    },
)
"""PUBLISHED → DRAFT takes back a publication, CANCELLED → PUBLISHED a cancellation, each while the actions
allow it (`programme.actions.publication`)."""
PUBLIC = (EventState.PUBLISHED, EventState.CANCELLED, EventState.OVER)
"""What visitors see: a cancelled event says so on its page, in calendars and in feeds."""


class ActivityState(StrEnum):
    """Life of an activity of Safer Internet Day: registered by mail, then reported, or not."""

    UNCONFIRMED = "UNCONFIRMED"
    REGISTERED = "REGISTERED"
    HELD = "HELD"
    NOT_HELD = "NOT_HELD"
    WITHDRAWN = "WITHDRAWN"
    REMOVED = "REMOVED"


ACTIVITY = StateTable(
    ActivityState.UNCONFIRMED,
    {
        ActivityState.UNCONFIRMED: {ActivityState.REGISTERED},
        ActivityState.REGISTERED: {
            ActivityState.HELD,
            ActivityState.NOT_HELD,
            ActivityState.WITHDRAWN,
            ActivityState.REMOVED,
        },
        ActivityState.HELD: {ActivityState.NOT_HELD, ActivityState.REMOVED},
        ActivityState.NOT_HELD: {ActivityState.HELD},
        ActivityState.WITHDRAWN: {ActivityState.REGISTERED},
        ActivityState.REMOVED: {ActivityState.REGISTERED, ActivityState.HELD},
    },
)
"""WITHDRAWN is the organiser's, REMOVED the staff's; each takes back its own. What was reported can be
corrected."""
COUNTED = (ActivityState.REGISTERED, ActivityState.HELD)
"""Activities that count, on the map and in every number."""


class TextState(StrEnum):
    """Whether the words of an activity may be shown to everybody."""

    WAITING = "WAITING"
    APPROVED = "APPROVED"
    DECLINED = "DECLINED"


ACTIVITY_TEXT = StateTable(
    TextState.WAITING,
    {
        TextState.WAITING: {TextState.APPROVED, TextState.DECLINED},
        TextState.APPROVED: {TextState.WAITING, TextState.DECLINED},
        TextState.DECLINED: {TextState.WAITING, TextState.APPROVED},
    },
)
"""Staff decide and may decide anew; words that change wait again."""


class RegistrationState(StrEnum):
    """Where the registration of a person or a class stands."""

    STARTED = "STARTED"
    HELD = "HELD"
    UNCONFIRMED = "UNCONFIRMED"
    GUARDIAN_PENDING = "GUARDIAN_PENDING"
    PENDING_APPROVAL = "PENDING_APPROVAL"
    CONFIRMED = "CONFIRMED"
    WAITLISTED = "WAITLISTED"
    OFFERED = "OFFERED"
    OFFER_EXPIRED = "OFFER_EXPIRED"
    CHECKED_IN = "CHECKED_IN"
    ATTENDED = "ATTENDED"
    NO_SHOW = "NO_SHOW"
    CANCELLED = "CANCELLED"
    REJECTED = "REJECTED"
    EVENT_CANCELLED = "EVENT_CANCELLED"


REGISTRATION = StateTable(
    RegistrationState.STARTED,
    {
        RegistrationState.STARTED: {
            RegistrationState.HELD,
            RegistrationState.UNCONFIRMED,
            RegistrationState.GUARDIAN_PENDING,
            RegistrationState.PENDING_APPROVAL,
            RegistrationState.CONFIRMED,
            RegistrationState.WAITLISTED,
            RegistrationState.REJECTED,
        },
        RegistrationState.HELD: {
            RegistrationState.CONFIRMED,
            RegistrationState.UNCONFIRMED,
            RegistrationState.CANCELLED,
            RegistrationState.EVENT_CANCELLED,
        },
        RegistrationState.UNCONFIRMED: {
            RegistrationState.PENDING_APPROVAL,
            RegistrationState.CONFIRMED,
            RegistrationState.WAITLISTED,
            RegistrationState.REJECTED,
            RegistrationState.EVENT_CANCELLED,
        },
        RegistrationState.GUARDIAN_PENDING: {
            RegistrationState.PENDING_APPROVAL,
            RegistrationState.CONFIRMED,
            RegistrationState.WAITLISTED,
            RegistrationState.REJECTED,
            RegistrationState.EVENT_CANCELLED,
        },
        RegistrationState.PENDING_APPROVAL: {
            RegistrationState.CONFIRMED,
            RegistrationState.WAITLISTED,
            RegistrationState.REJECTED,
            RegistrationState.EVENT_CANCELLED,
        },
        RegistrationState.WAITLISTED: {
            RegistrationState.OFFERED,
            RegistrationState.CANCELLED,
            RegistrationState.EVENT_CANCELLED,
        },
        RegistrationState.OFFERED: {
            RegistrationState.CONFIRMED,
            RegistrationState.OFFER_EXPIRED,
            RegistrationState.CANCELLED,
            RegistrationState.EVENT_CANCELLED,
        },
        RegistrationState.OFFER_EXPIRED: {RegistrationState.WAITLISTED},
        RegistrationState.CONFIRMED: {
            RegistrationState.CANCELLED,
            RegistrationState.EVENT_CANCELLED,
            RegistrationState.CHECKED_IN,
            RegistrationState.NO_SHOW,
        },
        RegistrationState.CHECKED_IN: {
            RegistrationState.CONFIRMED,
            RegistrationState.ATTENDED,
            RegistrationState.EVENT_CANCELLED,
        },
        RegistrationState.ATTENDED: {RegistrationState.NO_SHOW},
        RegistrationState.NO_SHOW: {RegistrationState.ATTENDED},
        RegistrationState.CANCELLED: set(),
        RegistrationState.REJECTED: set(),
        RegistrationState.EVENT_CANCELLED: set(),
    },
)
"""What is cancelled stays cancelled: whoever wants to come after all registers anew, at the end of the
line. HELD and UNCONFIRMED wait for the button behind the mailed link, with a seat for some minutes and
without one (decision 0185). CHECKED_IN → CONFIRMED undoes a check-in; after the event the desk corrects
ATTENDED and NO_SHOW."""
UNPROVEN = (RegistrationState.HELD, RegistrationState.UNCONFIRMED)
"""Nobody has opened what was mailed to the address yet: it may be invented."""
PENDING = (
    RegistrationState.UNCONFIRMED,
    RegistrationState.GUARDIAN_PENDING,
    RegistrationState.PENDING_APPROVAL,
)
"""Somebody has to answer or decide first; no seat is held and no place in the line."""
BOOKED = (RegistrationState.CONFIRMED, RegistrationState.OFFERED, RegistrationState.HELD)
"""Seats that can still be given back."""
CAME = (RegistrationState.CHECKED_IN, RegistrationState.ATTENDED)
"""Who is at the event, or was."""
EXPECTED = (RegistrationState.CONFIRMED, *CAME, RegistrationState.NO_SHOW)
"""Who has a seat for good, whether or not they came to sit on it."""
SEATED = (*BOOKED, *CAME, RegistrationState.NO_SHOW)
"""These hold seats: their heads add up to `Quota.taken`. Seats of those who did not come stay counted."""
OPEN = (
    RegistrationState.STARTED,
    *PENDING,
    RegistrationState.WAITLISTED,
    *BOOKED,
    RegistrationState.CHECKED_IN,
    RegistrationState.OFFER_EXPIRED,
)
"""What can still come to something."""
REGISTERED = (*OPEN, RegistrationState.ATTENDED, RegistrationState.NO_SHOW)
"""Registrations that were neither cancelled nor rejected."""


class ReportState(StrEnum):
    """Whether the report of an event still changes."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


REPORT = StateTable(
    ReportState.OPEN,
    {ReportState.OPEN: {ReportState.CLOSED}, ReportState.CLOSED: {ReportState.OPEN}},
)
"""CLOSED → OPEN needs a reason; the step keeps it."""


class AssetState(StrEnum):
    """Life of a picture: on public pages, off them while a withdrawal is carried out, removed."""

    SHOWN = "SHOWN"
    UNDER_WITHDRAWAL = "UNDER_WITHDRAWAL"
    REMOVED = "REMOVED"


ASSET = StateTable(
    AssetState.SHOWN,
    {
        AssetState.SHOWN: {AssetState.UNDER_WITHDRAWAL, AssetState.REMOVED},
        AssetState.UNDER_WITHDRAWAL: {AssetState.SHOWN, AssetState.REMOVED},
        AssetState.REMOVED: set(),
    },
)
"""Back to SHOWN only with another file, or when somebody was not in the picture after all."""


class CallState(StrEnum):
    """Whether a call for papers is prepared, published or closed; while it is published its two times say
    whether proposals are taken."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    CLOSED = "CLOSED"


CALL = StateTable(
    CallState.DRAFT,
    {
        CallState.DRAFT: {CallState.PUBLISHED},
        CallState.PUBLISHED: {CallState.CLOSED},
        CallState.CLOSED: {CallState.PUBLISHED},
    },
)
"""CLOSED → PUBLISHED opens it once more, until another time."""


class ProposalState(StrEnum):
    """Where a proposal stands. What organisers intend is no state but `Proposal.pending`, until it is
    announced."""

    DRAFT = "DRAFT"
    UNCONFIRMED = "UNCONFIRMED"
    SUBMITTED = "SUBMITTED"
    ON_HOLD = "ON_HOLD"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    CONFIRMED = "CONFIRMED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


PROPOSAL = StateTable(
    ProposalState.DRAFT,
    {
        ProposalState.DRAFT: {ProposalState.UNCONFIRMED, ProposalState.SUBMITTED, ProposalState.WITHDRAWN},
        ProposalState.UNCONFIRMED: {ProposalState.SUBMITTED, ProposalState.WITHDRAWN},
        ProposalState.SUBMITTED: {
            ProposalState.ACCEPTED,
            ProposalState.REJECTED,
            ProposalState.ON_HOLD,
            ProposalState.WITHDRAWN,
        },
        ProposalState.ON_HOLD: {ProposalState.ACCEPTED, ProposalState.REJECTED, ProposalState.WITHDRAWN},
        ProposalState.ACCEPTED: {ProposalState.CONFIRMED, ProposalState.DECLINED},
        ProposalState.CONFIRMED: {ProposalState.DECLINED},
        ProposalState.REJECTED: set(),
        ProposalState.DECLINED: set(),
        ProposalState.WITHDRAWN: set(),
    },
)
"""UNCONFIRMED was sent without an account and waits for the click on its mailed link. Whoever may be needed
later is put on hold: what is rejected, declined or withdrawn is final."""
UNSEEN = (ProposalState.DRAFT, ProposalState.UNCONFIRMED)
"""Nobody at the desk sees these."""
UNDECIDED = (ProposalState.SUBMITTED, ProposalState.ON_HOLD)
"""These can be reviewed, decided and announced."""


class MailingState(StrEnum):
    """Life of a letter to people of an event: written, sent in batches."""

    DRAFT = "DRAFT"
    SENDING = "SENDING"
    PAUSED = "PAUSED"
    SENT = "SENT"
    CANCELLED = "CANCELLED"


MAILING = StateTable(
    MailingState.DRAFT,
    {
        MailingState.DRAFT: {MailingState.SENDING},
        MailingState.SENDING: {MailingState.PAUSED, MailingState.SENT, MailingState.CANCELLED},
        MailingState.PAUSED: {MailingState.SENDING, MailingState.CANCELLED},
        MailingState.SENT: set(),
        MailingState.CANCELLED: set(),
    },
)
"""A letter is sent once: another one begins as a draft of its own."""


class SurveyState(StrEnum):
    """Life of a survey among those who came: written, open, closed for good."""

    DRAFT = "DRAFT"
    OPEN = "OPEN"
    CLOSED = "CLOSED"


SURVEY = StateTable(
    SurveyState.DRAFT,
    {
        SurveyState.DRAFT: {SurveyState.OPEN},
        SurveyState.OPEN: {SurveyState.CLOSED},
        SurveyState.CLOSED: set(),
    },
)
"""When it closes, the marks of used links are deleted: it cannot be opened again."""


class CertificateState(StrEnum):
    """Whether a certificate of attendance stands."""

    VALID = "VALID"
    REVOKED = "REVOKED"


CERTIFICATE = StateTable(
    CertificateState.VALID,
    {CertificateState.VALID: {CertificateState.REVOKED}, CertificateState.REVOKED: set()},
)
"""What is revoked stays revoked; whoever came may get another one, with another number."""
