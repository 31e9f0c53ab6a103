"""What may be done with a ballot, when and by whom: decided from plain values, carried out by the actions.

Each function answers with the reason for refusing, as a code of one word; empty where it is allowed. The
actions raise what belongs to the word; STATE is left to the move itself, which the table refuses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sauga.panel.states import BALLOT, BallotState
from sauga.panel.voice.rules.states import ProposalState
from sauga.panel.voting.rules.ballots import Question, VoteUnfit, checked, digest_of, fault_of
from sauga.panel.voting.rules.codes import FEWEST_VOTES, Kind

SHORTEST, LONGEST = timedelta(days=1), timedelta(days=60)
AUTHOR, STATE = "same", "state"


@dataclass(frozen=True)
class Standing:
    """A ballot as a decision sees it: `author` is the person who wrote, changed or handed it in last."""

    state: str
    author: int
    question: Question
    digest: str = ""

    def moves(self, to: BallotState) -> str:
        """The reason against a move."""
        return "" if BALLOT.allows(self.state, to) else STATE


def fault_at(question: Question, at: datetime) -> str:
    """Why this cannot be asked now."""
    if fault := fault_of(question):
        return fault
    fits = question.ends_at is not None and at + SHORTEST <= question.ends_at <= at + LONGEST
    return "" if fits else "ends"


def may_change(state: str) -> bool:
    """Whether the text may still be written anew."""
    return state == BallotState.DRAFT


def why_not_handed_in(ballot: Standing, at: datetime) -> str:
    """The reason against handing it in for another person to open."""
    return fault_at(ballot.question, at) or ballot.moves(BallotState.PROPOSED)


def why_not_opened(
    ballot: Standing, person: int, at: datetime, *, eligible: int, proposal: str, is_voted_on: bool
) -> str:
    """The reason against opening it: by its author, or by anybody now.

    `eligible`: how many could vote; `proposal`: the state of the proposal that it decides, empty for none;
    `is_voted_on`: whether another open ballot decides the same.
    """
    if ballot.author == person:
        return AUTHOR
    if why := ballot.moves(BallotState.OPEN) or fault_at(ballot.question, at):
        return why
    if eligible < max(FEWEST_VOTES, ballot.question.quorum):
        return "few"
    # An earlier ballot about it may have been cancelled.
    waits = proposal in ("", ProposalState.QUALIFIED) or (
        proposal == ProposalState.VOTE_OPEN and not is_voted_on
    )
    return "" if waits else "proposal"


def drawn(question: Question, chance: Random) -> tuple[str, ...]:
    """The order that decides ties between options, by lot. A tie of yes and no is not accepted, and opinions
    have none."""
    is_drawn = question.kind in (Kind.APPROVAL, Kind.RANKED, Kind.ELECTION)
    return tuple(chance.sample(question.codes, len(question.codes))) if is_drawn else ()


def why_no_vote(
    ballot: Standing,
    vote: Sequence[str],
    at: datetime,
    *,
    has_voted: bool | None,
    is_card_new: bool = False,
) -> str:
    """The reason why a vote does not count. `has_voted` is None for a person who was no voter at the opening.
    `is_card_new`: one adult alone made the card that the member signs in with, less than a day ago, and could
    have used it."""
    ends_at = ballot.question.ends_at
    if ballot.state != BallotState.OPEN or ends_at is None or at >= ends_at:
        return "over"
    if has_voted is None:
        return "latecomer"
    if has_voted or is_card_new:
        return "again" if has_voted else "card"
    if digest_of(ballot.question) != ballot.digest:
        return "changed"
    try:
        checked(ballot.question, vote)
    except VoteUnfit as unfit:
        return str(unfit)
    return ""


def why_not_counted(ballot: Standing, at: datetime) -> str:
    """The reason against counting it."""
    ends_at = ballot.question.ends_at
    if ballot.state == BallotState.OPEN and ends_at is not None and at < ends_at:
        return "early"
    if why := ballot.moves(BallotState.CLOSED):
        return why
    return "" if digest_of(ballot.question) == ballot.digest else "changed"


def why_not_cancelled(ballot: Standing, person: int) -> str:
    """The reason against cancelling it: its author does not, whether it goes well or badly."""
    return AUTHOR if ballot.author == person else ballot.moves(BallotState.CANCELLED)
