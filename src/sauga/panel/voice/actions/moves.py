"""How a proposal moves: one place that writes the step, the audit entry and the news for its authors."""

from datetime import datetime

from sauga.kernel import audit, live
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, MoveNotAllowed, move
from sauga.panel.members.models import Member
from sauga.panel.trail import VOICE_CHANNEL, ZONE, Trail
from sauga.panel.voice.actions import risk_checks
from sauga.panel.voice.models import Amendment, Contribution, Proposal
from sauga.panel.voice.rules.decisions import STATE
from sauga.panel.voice.rules.states import AMENDMENT, DISCUSSED, AmendmentState, ProposalState

NOT_TOLD = (ProposalState.IDEA, ProposalState.PRE_MODERATION, ProposalState.WITHDRAWN)
"""Steps that the authors take themselves."""
ADULT_ACTS = {
    ProposalState.DISCUSSION: "OPENED_DISCUSSION",
    ProposalState.QUALIFIED: "ENDED_DISCUSSION",
    ProposalState.NOT_QUALIFIED: "ENDED_DISCUSSION",
    ProposalState.SENT: "SENT_PROPOSAL",
    ProposalState.IN_PROGRESS: "REPORTED_BACK",
    ProposalState.DONE: "REPORTED_BACK",
    ProposalState.NOT_DONE: "REPORTED_BACK",
    ProposalState.REPORTED_BACK: "REPORTED_BACK",
}
"""What the log of adults calls a step that an adult takes; reading and hiding are noted where they happen."""


def authors_of(proposal: Proposal) -> list[Member]:
    """The members who write a proposal, by pseudonym."""
    return list(
        Member.objects.filter(
            pk__in=proposal.authors.filter(joined_at__isnull=False).values("member")
        ).order_by("pseudonym")
    )


def go(by: Actor, row: Proposal, to: ProposalState, at: datetime, why: str = "") -> Proposal:
    """Move a locked proposal. Open amendments lapse once it is no longer discussed. Raises
    MoveNotAllowed."""
    move(row, to=to, by=by, at=at, why=why)
    if to not in DISCUSSED:
        lapse(by, row, at)
    audit.record(by, Trail.PROPOSAL_MOVED, row, zone=ZONE, at=at, facts={"to": str(to)})
    if what := ADULT_ACTS.get(to):
        risk_checks.seen_by_two(by, what, f"proposal:{row.ref}", at)
    if to not in NOT_TOLD:
        risk_checks.tell(authors_of(row), str(to), at, row)
    live.signal(VOICE_CHANNEL)
    return row


def lapse(by: Actor, row: Proposal, at: datetime, part: str = "") -> None:
    """Amendments that can no longer be accepted: all, or those to one part."""
    waiting = row.amendments.exclude(state__in=AMENDMENT.ends())
    for one in waiting.filter(part=part) if part else waiting:
        move(_locked(one), to=AmendmentState.LAPSED, by=by, at=at)


def _locked(row: Amendment) -> Amendment:
    return Amendment.objects.select_for_update().get(pk=row.pk)


def refuse_if(why: str, row: Proposal | Amendment | Contribution, refused: type[ActionRefused]) -> None:
    """Raise the refusal that belongs to a reason of `rules.decisions`: MoveNotAllowed for the state, else
    `refused` with the reason. Pass in silence where there is none."""
    if why == STATE:
        raise MoveNotAllowed(str(row.state), "")
    if why:
        raise refused(why)


def require_state(row: Proposal, *states: ProposalState) -> None:
    """Raises MoveNotAllowed where a proposal is elsewhere."""
    if row.state not in states:
        raise MoveNotAllowed(str(row.state), "")
