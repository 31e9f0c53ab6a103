"""Carries out what `rules.decisions` decides: the only writer of a proposal's state."""

from datetime import datetime, timedelta

from procrastinate.contrib.django import app

from sauga.events.proposals.actions.calls import CHANNEL, REVIEWS
from sauga.events.proposals.models import Call, Proposal
from sauga.events.proposals.rules.decisions import ENDED, GRACE, OUTCOMES, Command, Situation, decide
from sauga.events.states import ProposalState
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit, live
from sauga.kernel.states import Actor, move

SEND_MAIL = "events.proposal_mail"


def situation(row: Proposal, at: datetime, pending: str = "") -> Situation:
    """What the rules need to know of a locked proposal."""
    return Situation(
        phase=row.call.phase(at),
        in_grace=at < row.call.closes_at + GRACE,
        is_looked_at=bool(row.reviewed or row.pending),
        pending=pending or row.pending,
    )


def apply(by: Actor, row: Proposal, command: Command, *, at: datetime, why: str = "") -> Proposal:
    """Apply one command to a locked proposal: the state with its dates, the audit entry, the
    letter. Raises CommandRefused."""
    to = decide(row.state, command, situation(row, at))
    if to == row.state:
        return row
    move(row, to=to, by=by, at=at, why=why)
    row.pending = ""
    if to == ProposalState.SUBMITTED:
        row.submitted_at = at
    if to in OUTCOMES:
        row.decided_at = at
    if to == ProposalState.ACCEPTED:
        row.answer_by = answer_by(row.call, at)
    if to in ENDED:
        row.ended_at = at
    row.save(update_fields=["pending", "submitted_at", "decided_at", "answer_by", "ended_at"])
    step = row.steps.order_by("-pk").values_list("pk", flat=True)[0]
    facts: dict[str, str | int] = {"to": str(to), **({"why": why} if why else {})}
    audit.record(by, Trail.PROPOSAL_MOVED, row, zone=ZONE, at=at, facts=facts)
    app.configure_task(SEND_MAIL, queue="mail").defer(step_id=step)
    signal()
    return row


def answer_by(call: Call, at: datetime) -> datetime:
    """Until when a proposal accepted now is to be confirmed: not later than the event begins."""
    return min(at + timedelta(days=call.answer_days), max(call.event.starts, at))


def signal() -> None:
    """Renew the pages of organisers and of reviewers."""
    live.signal(CHANNEL)
    live.signal(REVIEWS)
