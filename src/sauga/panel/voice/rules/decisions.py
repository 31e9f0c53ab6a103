"""What may be done with a proposal, when, and what comes next: decided from plain values, carried out by the
actions.

Each function answers with the reason for refusing, as a code of one word; empty where it is allowed. STATE:
the proposal is elsewhere.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sauga.panel.voice.rules.answers import (
    ARCHIVED_AFTER,
    PROMISES,
    Ease,
    Verdict,
    is_fit_term,
    is_overdue,
)
from sauga.panel.voice.rules.moderation import Checklist
from sauga.panel.voice.rules.states import (
    ANSWERED,
    BEFORE_VOTE,
    DISCUSSED,
    PROPOSAL,
    WAITING,
    AmendmentState,
    ContributionState,
    ProposalState,
)

STATE = "state"
SHORTEST, LONGEST = timedelta(days=3), timedelta(days=60)
"""How long a discussion lasts."""
ADULTS = 2
"""How many adults lead it."""


def moves(state: str, to: ProposalState) -> str:
    """The reason against a move, by the table."""
    return "" if PROPOSAL.allows(state, to) else STATE


def elsewhere(state: str, *states: str) -> str:
    """The reason against what is done in some states only."""
    return "" if state in states else STATE


# To publication
def why_not_submitted(state: str, *, is_whole: bool, is_as_returned: bool) -> str:
    """The reason against sending it to be read: a part is empty, or it came back and has not changed."""
    if not is_whole:
        return "incomplete"
    return (
        "same"
        if state == ProposalState.RETURNED and is_as_returned
        else moves(state, ProposalState.PRE_MODERATION)
    )


def why_not_withdrawn(state: str) -> str:
    """The reason against taking it back: the vote about it has begun."""
    return elsewhere(state, *BEFORE_VOTE) or moves(state, ProposalState.WITHDRAWN)


def why_not_published(state: str, confirmed: Collection[str], *, has_flag: bool) -> str:
    """The reason against publishing a proposal, an amendment or a contribution that was read."""
    if not set(Checklist.values) <= set(confirmed):
        return "checklist"
    return (
        "flag"
        if has_flag
        else elsewhere(state, ProposalState.PRE_MODERATION, AmendmentState.WAITING, ContributionState.WAITING)
    )


def why_stays_hidden(state: str, *, has_flag: bool) -> str:
    """The reason against showing again, or removing for good, a proposal or contribution that was hidden."""
    return "flag" if has_flag else elsewhere(state, ProposalState.HIDDEN, ContributionState.HIDDEN)


# Discussion and vote
def why_not_discussed(state: str, until: date, today: date, *, adults: int) -> str:
    """The reason against opening the discussion until a day, led by so many adults of the team."""
    if not SHORTEST <= until - today <= LONGEST:
        return "until"
    return "adults" if adults < ADULTS else moves(state, ProposalState.DISCUSSION)


def why_not_supported(state: str, version: int, present: int, *, supports: bool) -> str:
    """The reason against supporting a version, or no longer."""
    if why := elsewhere(state, *DISCUSSED):
        return why
    return "changed" if supports and version != present else ""


def is_agreed(authors: Collection[int], agreed: Collection[int], suggested_by: int | None) -> bool:
    """Whether an amendment is accepted: by all authors, of whom the one who suggested it need not say so."""
    return set(authors) <= {*agreed, suggested_by}


def why_not_qualified(state: str, *, support: int, needed: int, has_reason: bool) -> str:
    """The reason against the vote: neither the support nor a written reason."""
    if why := elsewhere(state, ProposalState.DISCUSSION):
        return why
    return "" if support >= needed or has_reason else "support"


def why_not_ended(state: str, until: date | None, today: date) -> str:
    """The reason against ending the discussion: its last day has not passed."""
    if why := elsewhere(state, ProposalState.DISCUSSION):
        return why
    return "open" if until is None or today <= until else ""


def after_discussion(*, support: int, needed: int) -> ProposalState:
    """To the vote with the support, else not."""
    return ProposalState.QUALIFIED if support >= needed else ProposalState.NOT_QUALIFIED


def why_not_explained(state: str) -> str:
    """The reason against closing it with an explanation: it goes on, or an addressee was asked."""
    return elsewhere(state, ProposalState.NOT_QUALIFIED)


# The addressee
def why_not_sent(state: str, due_on: date, today: date, *, is_active: bool) -> str:
    """The reason against sending it to an addressee, to be answered by a day."""
    if not is_active:
        return "addressee"
    return elsewhere(state, ProposalState.VOTE_CLOSED) if is_fit_term(due_on, today) else "due"


def why_no_more_time(state: str, due_on: date | None, today: date, *, was_extended: bool) -> str:
    """The reason against more time: it was given once, or the day has passed."""
    if why := elsewhere(state, *WAITING):
        return why
    if was_extended:
        return "again"
    return "late" if due_on is None or is_overdue(due_on, today) else ""


def why_not_overdue(state: str, due_on: date | None, today: date) -> str:
    """The reason against saying publicly that the answer is late."""
    if why := elsewhere(state, ProposalState.SENT):
        return why
    return "" if due_on is not None and is_overdue(due_on, today) else "due"


def why_not_whole(
    verdict: str, ease: Ease, *, who: str, decides: str, promises: Sequence[date | None], today: date
) -> str:
    """What an answer lacks. `ease`: how its reason reads; `promises`: by when each piece of work is done."""
    if verdict not in Verdict.values:
        return "verdict"
    if ease in (Ease.SHORT, Ease.TOO_HARD):
        return "reason" if ease == Ease.SHORT else "hard"
    if not who.strip():
        return "who"
    if verdict == Verdict.OTHER and not decides.strip():
        return "decides"
    is_dated = all(day is not None and day > today for day in promises)
    return "" if is_dated and (promises or verdict not in PROMISES) else "tasks"


def why_not_made_public(
    state: str, today: date, *, public_on: date | None, is_published: bool, by_itself: bool
) -> str:
    """The reason against publishing an answer that is public from a day on (None: not sent yet): staff may
    at once, by itself it is when its day has come."""
    if public_on is None or state == ProposalState.HIDDEN or (by_itself and public_on > today):
        return "early"
    if is_published:
        return "sent"
    # One that was hidden meanwhile goes through the steps again, and is asked again.
    return "" if state in ANSWERED else "early"


# What happened
def why_not_begun(state: str, *, is_public: bool, promises: int) -> str:
    """The reason against saying that the work goes on: no public answer with a reason, or no work in it."""
    if why := elsewhere(state, ProposalState.ANSWERED_ACCEPTED, ProposalState.ANSWERED_PARTLY):
        return why
    if not is_public:
        return "answer"
    return "" if promises else "tasks"


def why_not_told(state: str, *, is_public: bool) -> str:
    """The reason against closing one that was asked: there is no public answer with a reason, or no result of
    what it promised."""
    if why := elsewhere(state, ProposalState.ANSWERED_DECLINED, ProposalState.DONE, ProposalState.NOT_DONE):
        return why
    return "" if is_public else "answer"


def why_not_archived(state: str, told_at: datetime | None, at: datetime) -> str:
    """The reason against archiving it: young people were told less than thirty days ago."""
    if why := elsewhere(state, ProposalState.REPORTED_BACK):
        return why
    return "early" if told_at is None or at - told_at < ARCHIVED_AFTER else ""
