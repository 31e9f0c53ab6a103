"""State columns of events and their tables of allowed moves; `docs/services/events.md` draws them."""

from enum import StrEnum

from sauga.kernel.states import StateTable


class EventState(StrEnum):
    """Life of an event: written, published, then cancelled or over."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    CANCELLED = "CANCELLED"
    OVER = "OVER"


E = EventState
EVENT = StateTable(
    E.DRAFT,
    {
        E.DRAFT: {E.PUBLISHED},
        E.PUBLISHED: {E.DRAFT, E.CANCELLED, E.OVER},
        E.CANCELLED: {E.PUBLISHED},
        E.OVER: set(),
    },
)
"""PUBLISHED → DRAFT takes back a publication, CANCELLED → PUBLISHED a cancellation, each while the actions
allow it (`programme.actions.publication`)."""
PUBLIC = (E.PUBLISHED, E.CANCELLED, E.OVER)
"""What visitors see: a cancelled event says so on its page, in calendars and in feeds."""


class ActivityState(StrEnum):
    """Life of an activity of Safer Internet Day: registered by mail, then reported, or not."""

    UNCONFIRMED = "UNCONFIRMED"
    REGISTERED = "REGISTERED"
    HELD = "HELD"
    NOT_HELD = "NOT_HELD"
    WITHDRAWN = "WITHDRAWN"
    REMOVED = "REMOVED"


A = ActivityState
ACTIVITY = StateTable(
    A.UNCONFIRMED,
    {
        A.UNCONFIRMED: {A.REGISTERED},
        A.REGISTERED: {A.HELD, A.NOT_HELD, A.WITHDRAWN, A.REMOVED},
        A.HELD: {A.NOT_HELD, A.REMOVED},
        A.NOT_HELD: {A.HELD},
        A.WITHDRAWN: {A.REGISTERED},
        A.REMOVED: {A.REGISTERED, A.HELD},
    },
)
"""WITHDRAWN is the organiser's, REMOVED the staff's; each takes back its own. What was reported can be
corrected."""
COUNTED = (A.REGISTERED, A.HELD)
"""Activities that count, on the map and in every number."""


class TextState(StrEnum):
    """Whether the words of an activity may be shown to everybody."""

    WAITING = "WAITING"
    APPROVED = "APPROVED"
    DECLINED = "DECLINED"


T = TextState
ACTIVITY_TEXT = StateTable(
    T.WAITING,
    {
        T.WAITING: {T.APPROVED, T.DECLINED},
        T.APPROVED: {T.WAITING, T.DECLINED},
        T.DECLINED: {T.WAITING, T.APPROVED},
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


R = RegistrationState
REGISTRATION = StateTable(
    R.STARTED,
    {
        R.STARTED: {
            R.HELD,
            R.UNCONFIRMED,
            R.GUARDIAN_PENDING,
            R.PENDING_APPROVAL,
            R.CONFIRMED,
            R.WAITLISTED,
            R.REJECTED,
        },
        R.HELD: {R.CONFIRMED, R.UNCONFIRMED, R.CANCELLED, R.EVENT_CANCELLED},
        R.UNCONFIRMED: {
            R.PENDING_APPROVAL,
            R.CONFIRMED,
            R.WAITLISTED,
            R.REJECTED,
            R.EVENT_CANCELLED,
        },
        R.GUARDIAN_PENDING: {
            R.PENDING_APPROVAL,
            R.CONFIRMED,
            R.WAITLISTED,
            R.REJECTED,
            R.EVENT_CANCELLED,
        },
        R.PENDING_APPROVAL: {R.CONFIRMED, R.WAITLISTED, R.REJECTED, R.EVENT_CANCELLED},
        R.WAITLISTED: {R.OFFERED, R.CANCELLED, R.EVENT_CANCELLED},
        R.OFFERED: {R.CONFIRMED, R.OFFER_EXPIRED, R.CANCELLED, R.EVENT_CANCELLED},
        R.OFFER_EXPIRED: {R.WAITLISTED},
        R.CONFIRMED: {R.CANCELLED, R.EVENT_CANCELLED, R.CHECKED_IN, R.NO_SHOW},
        R.CHECKED_IN: {R.CONFIRMED, R.ATTENDED, R.EVENT_CANCELLED},
        R.ATTENDED: {R.NO_SHOW},
        R.NO_SHOW: {R.ATTENDED},
        R.CANCELLED: set(),
        R.REJECTED: set(),
        R.EVENT_CANCELLED: set(),
    },
)
"""What is cancelled stays cancelled: whoever wants to come after all registers anew, at the end of the
line. HELD and UNCONFIRMED wait for the button behind the mailed link, with a seat for some minutes and
without one (decision 0185). CHECKED_IN → CONFIRMED undoes a check-in; after the event the desk corrects
ATTENDED and NO_SHOW."""
UNPROVEN = (R.HELD, R.UNCONFIRMED)
"""Nobody has opened what was mailed to the address yet: it may be invented."""
PENDING = (R.UNCONFIRMED, R.GUARDIAN_PENDING, R.PENDING_APPROVAL)
"""Somebody has to answer or decide first; no seat is held and no place in the line."""
BOOKED = (R.CONFIRMED, R.OFFERED, R.HELD)
"""Seats that can still be given back."""
CAME = (R.CHECKED_IN, R.ATTENDED)
"""Who is at the event, or was."""
EXPECTED = (R.CONFIRMED, *CAME, R.NO_SHOW)
"""Who has a seat for good, whether or not they came to sit on it."""
SEATED = (*BOOKED, *CAME, R.NO_SHOW)
"""These hold seats: their heads add up to `Quota.taken`. Seats of those who did not come stay counted."""
OPEN = (R.STARTED, *PENDING, R.WAITLISTED, *BOOKED, R.CHECKED_IN, R.OFFER_EXPIRED)
"""What can still come to something."""
REGISTERED = (*OPEN, R.ATTENDED, R.NO_SHOW)
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


C = CallState
CALL = StateTable(C.DRAFT, {C.DRAFT: {C.PUBLISHED}, C.PUBLISHED: {C.CLOSED}, C.CLOSED: {C.PUBLISHED}})
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


Q = ProposalState
PROPOSAL = StateTable(
    Q.DRAFT,
    {
        Q.DRAFT: {Q.UNCONFIRMED, Q.SUBMITTED, Q.WITHDRAWN},
        Q.UNCONFIRMED: {Q.SUBMITTED, Q.WITHDRAWN},
        Q.SUBMITTED: {Q.ACCEPTED, Q.REJECTED, Q.ON_HOLD, Q.WITHDRAWN},
        Q.ON_HOLD: {Q.ACCEPTED, Q.REJECTED, Q.WITHDRAWN},
        Q.ACCEPTED: {Q.CONFIRMED, Q.DECLINED},
        Q.CONFIRMED: {Q.DECLINED},
        Q.REJECTED: set(),
        Q.DECLINED: set(),
        Q.WITHDRAWN: set(),
    },
)
"""UNCONFIRMED was sent without an account and waits for the click on its mailed link. Whoever may be needed
later is put on hold: what is rejected, declined or withdrawn is final."""
UNSEEN = (Q.DRAFT, Q.UNCONFIRMED)
"""Nobody at the desk sees these."""
UNDECIDED = (Q.SUBMITTED, Q.ON_HOLD)
"""These can be reviewed, decided and announced."""


class MailingState(StrEnum):
    """Life of a letter to people of an event: written, sent in batches."""

    DRAFT = "DRAFT"
    SENDING = "SENDING"
    PAUSED = "PAUSED"
    SENT = "SENT"
    CANCELLED = "CANCELLED"


M = MailingState
MAILING = StateTable(
    M.DRAFT,
    {
        M.DRAFT: {M.SENDING},
        M.SENDING: {M.PAUSED, M.SENT, M.CANCELLED},
        M.PAUSED: {M.SENDING, M.CANCELLED},
        M.SENT: set(),
        M.CANCELLED: set(),
    },
)
"""A letter is sent once: another one begins as a draft of its own."""


class SurveyState(StrEnum):
    """Life of a survey among those who came: written, open, closed for good."""

    DRAFT = "DRAFT"
    OPEN = "OPEN"
    CLOSED = "CLOSED"


V = SurveyState
SURVEY = StateTable(V.DRAFT, {V.DRAFT: {V.OPEN}, V.OPEN: {V.CLOSED}, V.CLOSED: set()})
"""When it closes, the marks of used links are deleted: it cannot be opened again."""


class CertificateState(StrEnum):
    """Whether a certificate of attendance stands."""

    VALID = "VALID"
    REVOKED = "REVOKED"


K = CertificateState
CERTIFICATE = StateTable(K.VALID, {K.VALID: {K.REVOKED}, K.REVOKED: set()})
"""What is revoked stays revoked; whoever came may get another one, with another number."""
