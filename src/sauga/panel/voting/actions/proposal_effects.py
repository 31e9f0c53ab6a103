"""What a ballot does to the proposal that it is about. A yes-or-no ballot freezes the proposal when it opens
and decides it when it is counted; ballots of other kinds only lead to it."""

from datetime import datetime

from sauga.kernel.identity import PersonActor
from sauga.kernel.states import SystemActor
from sauga.panel.states import BallotState
from sauga.panel.voice.actions import progress
from sauga.panel.voice.models import Proposal
from sauga.panel.voice.rules.states import ProposalState
from sauga.panel.voting.models import Ballot
from sauga.panel.voting.rules.codes import Kind, Outcome

COUNT = SystemActor("panel")
"""The count, not the person who starts it, decides a proposal."""


def is_about_proposal(ref: str) -> bool:
    """Whether a number names a proposal, or none is given."""
    return not ref or Proposal.objects.filter(ref=ref).exists()


def state_of_proposal(row: Ballot) -> str:
    """The state of the proposal that this ballot decides; empty where it decides none."""
    proposal = _decided_by(row)
    return proposal.state if proposal is not None else ""


def is_voted_on(row: Ballot) -> bool:
    """Whether another ballot about the same proposal is open."""
    others = Ballot.objects.filter(proposal_ref=row.proposal_ref, kind=Kind.YES_NO, state=BallotState.OPEN)
    return others.exclude(pk=row.pk).exists()


def freeze_proposal(*, by: PersonActor, row: Ballot, eligible: int, at: datetime) -> None:
    """The vote about the proposal opens. Raises PermissionRefused, MoveNotAllowed."""
    proposal = _decided_by(row)
    if proposal is not None and proposal.state == ProposalState.QUALIFIED:
        progress.open_vote(by=by, proposal=proposal, eligible=eligible, at=at)


def decide_proposal(row: Ballot, at: datetime) -> None:
    """The count closes the vote about the proposal; one that was hidden meanwhile stays hidden."""
    proposal = _decided_by(row)
    if proposal is None or proposal.state != ProposalState.VOTE_OPEN or row.result is None:
        return
    is_carried = row.result["outcome"] == Outcome.ACCEPTED
    progress.close_vote(by=COUNT, proposal=proposal, voted=row.result["votes"], is_carried=is_carried, at=at)


def _decided_by(row: Ballot) -> Proposal | None:
    if row.kind != Kind.YES_NO or not row.proposal_ref:
        return None
    return Proposal.objects.filter(ref=row.proposal_ref).first()
