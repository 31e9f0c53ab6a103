"""What may happen to a proposal, and what becomes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.states import UNDECIDED, CallState, ProposalState
from sauga.kernel.refusals import ActionRefused, Text

GRACE = timedelta(hours=24)
"""After the close: until then a proposal that was sent in time can be confirmed by its mailed link."""
MOST_OPEN = 10
"""Proposals of one address for one call."""
MOST_SPEAKERS = 6
"""Speakers of a proposal, the one who sent it included."""
MOST_INVITATIONS = 12
"""Mails to co-speakers of a proposal, whatever became of them: nobody fills a stranger's mailbox."""
LONGEST_TITLE, LONGEST_ABSTRACT, LONGEST_MESSAGE = 160, 3000, 1000
LONGEST_NAME, LONGEST_ORGANISATION, LONGEST_ROLE, LONGEST_BIOGRAPHY = 120, 160, 120, 800
LONGEST_COMMENT = 3000


class Command(StrEnum):
    """What a person does about a proposal."""

    SEND = "SEND"
    SUBMIT = "SUBMIT"
    CHANGE = "CHANGE"
    INVITE = "INVITE"
    WITHDRAW = "WITHDRAW"
    REVIEW = "REVIEW"
    PREPARE = "PREPARE"
    TAKE_BACK = "TAKE_BACK"
    ANNOUNCE = "ANNOUNCE"
    CONFIRM = "CONFIRM"
    DECLINE = "DECLINE"


class Phase(StrEnum):
    """Where a call is in time."""

    HIDDEN = "HIDDEN"
    SOON = "SOON"
    OPEN = "OPEN"
    CLOSED = "CLOSED"


class CommandRefused(ActionRefused):
    """The command is not possible now."""

    messages = {
        "state": _("This is no longer possible: the proposal has moved on. The page shows where it stands."),
        "closed": _("The call is closed: proposals can no longer be sent or changed."),
        "reviewed": _("The proposal is being reviewed and can no longer be changed. Please write to us."),
        "open": _("The call is still open and proposals can change. Wait until it closes, or close it."),
        "nothing": _("No decision is prepared."),
        "same": _("The proposal is on hold already. Accept it or reject it."),
    }


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What a decision rests on, read under the lock: `in_grace` is true as long as a mailed link still
    confirms, `is_looked_at` once a review was given or a decision prepared."""

    phase: Phase = Phase.OPEN
    in_grace: bool = True
    is_looked_at: bool = False
    pending: str = ""


type Decision = Callable[[Situation], ProposalState]


def phase_of(state: str, opens_at: datetime, closes_at: datetime, at: datetime) -> Phase:
    """Where a call is in time."""
    if state == CallState.DRAFT:
        return Phase.HIDDEN
    if state == CallState.CLOSED or at >= closes_at:
        return Phase.CLOSED
    return Phase.OPEN if at >= opens_at else Phase.SOON


def decide(state: str, command: Command, at: Situation) -> ProposalState:
    """The state that a proposal is in after a command; the same where it does not move.

    Raises CommandRefused for what is not in the table.
    """
    decision = DECISIONS.get((ProposalState(state), command))
    if decision is None:
        raise CommandRefused("state")
    return decision(at)


def _stays(state: ProposalState) -> Decision:
    return lambda _at: state


def _while_open(state: ProposalState) -> Decision:
    def decision(at: Situation) -> ProposalState:
        if at.phase is not Phase.OPEN:
            raise CommandRefused("closed")
        if at.is_looked_at:
            raise CommandRefused("reviewed")
        return state

    return decision


def _in_grace(at: Situation) -> ProposalState:
    if at.phase is not Phase.OPEN and not at.in_grace:
        raise CommandRefused("closed")
    return ProposalState.SUBMITTED


def _after_close(state: ProposalState) -> Decision:
    def decision(at: Situation) -> ProposalState:
        if at.phase is not Phase.CLOSED:
            raise CommandRefused("open")
        return state

    return decision


def _taken_back(state: ProposalState) -> Decision:
    def decision(at: Situation) -> ProposalState:
        if not at.pending:
            raise CommandRefused("nothing")
        return state

    return decision


def _prepared(state: ProposalState) -> Decision:
    def decision(at: Situation) -> ProposalState:
        if at.phase is not Phase.CLOSED:
            raise CommandRefused("open")
        if at.pending not in OUTCOMES:
            raise CommandRefused("nothing")
        if at.pending == state:
            raise CommandRefused("same")
        return state

    return decision


def _announced(at: Situation) -> ProposalState:
    if not at.pending:
        raise CommandRefused("nothing")
    return ProposalState(at.pending)


OUTCOMES = (ProposalState.ACCEPTED, ProposalState.ON_HOLD, ProposalState.REJECTED)
"""What can be prepared."""
PREPARING: Mapping[str, Text] = {
    ProposalState.ACCEPTED: pgettext_lazy("decision", "Accept"),
    ProposalState.ON_HOLD: pgettext_lazy("decision", "On hold"),
    ProposalState.REJECTED: pgettext_lazy("decision", "Reject"),
}
"""The same in words."""
DECISIONS: Mapping[tuple[ProposalState, Command], Decision] = {
    (ProposalState.DRAFT, Command.SEND): _while_open(ProposalState.UNCONFIRMED),
    (ProposalState.DRAFT, Command.SUBMIT): _while_open(ProposalState.SUBMITTED),
    (ProposalState.UNCONFIRMED, Command.SUBMIT): _in_grace,
    **{
        (state, Command.CHANGE): _while_open(state)
        for state in (ProposalState.DRAFT, ProposalState.UNCONFIRMED, ProposalState.SUBMITTED)
    },
    **{
        (state, Command.INVITE): _while_open(state)
        for state in (ProposalState.DRAFT, ProposalState.SUBMITTED)
    },
    **{(state, Command.INVITE): _stays(state) for state in (ProposalState.ACCEPTED, ProposalState.CONFIRMED)},
    **{
        (state, Command.WITHDRAW): _stays(ProposalState.WITHDRAWN)
        for state in (ProposalState.DRAFT, ProposalState.UNCONFIRMED, *UNDECIDED)
    },
    **{(state, Command.REVIEW): _after_close(state) for state in UNDECIDED},
    **{(state, Command.PREPARE): _prepared(state) for state in UNDECIDED},
    **{(state, Command.TAKE_BACK): _taken_back(state) for state in UNDECIDED},
    **{(state, Command.ANNOUNCE): _announced for state in UNDECIDED},
    (ProposalState.ACCEPTED, Command.CONFIRM): _stays(ProposalState.CONFIRMED),
    (ProposalState.ACCEPTED, Command.DECLINE): _stays(ProposalState.DECLINED),
    (ProposalState.CONFIRMED, Command.DECLINE): _stays(ProposalState.DECLINED),
}
"""Everything that can happen to a proposal."""
ENDED = (ProposalState.REJECTED, ProposalState.DECLINED, ProposalState.WITHDRAWN)
"""From here on personal data is kept for its term only."""
