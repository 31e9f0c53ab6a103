"""Background jobs of proposals: each calls one action and may run twice without harm."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.events.proposals.actions import mailing
from sauga.events.proposals.actions.calls import SEND_CANCELLED
from sauga.events.proposals.actions.moving import SEND_MAIL
from sauga.events.proposals.actions.own import SEND_INVITATION
from sauga.events.proposals.actions.proposing import SEND_LINK
from sauga.kernel import clock
from sauga.kernel.states import SystemActor

WORKER = SystemActor("events")
AGAIN = RetryStrategy(max_attempts=10, exponential_wait=2)


@app.task(name=SEND_MAIL, queue="mail", pass_context=False, retry=AGAIN)
def proposal_mail(step_id: int) -> None:
    """Send what a step of a proposal calls for."""
    mailing.send_letter(by=WORKER, step_id=step_id, at=clock.now())


@app.task(name=SEND_LINK, queue="mail", pass_context=False, retry=AGAIN)
def proposal_link(proposal_id: int) -> None:
    """Send the personal link of a proposal."""
    mailing.send_link(by=WORKER, proposal_id=proposal_id, at=clock.now())


@app.task(name=SEND_CANCELLED, queue="mail", pass_context=False, retry=AGAIN)
def proposal_event_cancelled(proposal_id: int) -> None:
    """Write to whoever proposed that the event does not take place."""
    mailing.send_cancelled(by=WORKER, proposal_id=proposal_id, at=clock.now())


@app.task(name=SEND_INVITATION, queue="mail", pass_context=False, retry=AGAIN)
def proposal_invitation(speaker_id: int) -> None:
    """Send the invitation of a co-speaker."""
    mailing.send_invitation(by=WORKER, speaker_id=speaker_id, at=clock.now())
