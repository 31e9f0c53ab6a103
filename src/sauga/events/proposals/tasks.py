"""Background jobs of proposals: each calls one action and may run twice without harm."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.events.proposals.actions import mail, reminders
from sauga.events.proposals.actions.calls import SEND_CANCELLED
from sauga.events.proposals.actions.own import SEND_INVITATION
from sauga.events.proposals.actions.reminders import SEND_REMINDER
from sauga.events.proposals.actions.submissions import SEND_LINK
from sauga.events.proposals.actions.transitions import SEND_MAIL
from sauga.kernel import clock
from sauga.kernel.states import SystemActor

WORKER = SystemActor("events")
AGAIN = RetryStrategy(max_attempts=10, exponential_wait=2)


@app.task(name=SEND_MAIL, queue="mail", pass_context=False, retry=AGAIN)
def proposal_mail(step_id: int) -> None:
    """Send what a step of a proposal calls for."""
    mail.send_letter(by=WORKER, step_id=step_id, at=clock.now())


@app.task(name=SEND_LINK, queue="mail", pass_context=False, retry=AGAIN)
def proposal_link(proposal_id: int) -> None:
    """Send the personal link of a proposal."""
    mail.send_link(by=WORKER, proposal_id=proposal_id, at=clock.now())


@app.task(name=SEND_CANCELLED, queue="mail", pass_context=False, retry=AGAIN)
def proposal_event_cancelled(proposal_id: int) -> None:
    """Write to those who proposed that the event does not take place."""
    mail.send_cancelled(by=WORKER, proposal_id=proposal_id, at=clock.now())


@app.task(name=SEND_INVITATION, queue="mail", pass_context=False, retry=AGAIN)
def proposal_invitation(speaker_id: int) -> None:
    """Send the invitation of a co-speaker."""
    mail.send_invitation(by=WORKER, speaker_id=speaker_id, at=clock.now())


@app.task(name=SEND_REMINDER, queue="mail", pass_context=False, retry=AGAIN)
def proposal_reminder(proposal_id: int) -> None:
    """Remind a speaker to confirm."""
    mail.send_reminder(by=WORKER, proposal_id=proposal_id, at=clock.now())


@app.periodic(cron="15 * * * *")
@app.task(
    name="events.remind_proposals",
    queue="events",
    queueing_lock="events.remind_proposals",
    pass_context=False,
)
def remind_proposals(timestamp: int) -> None:
    """Every hour: remind speakers to confirm, tell organisers whose time for it has passed."""
    at = clock.now()
    reminders.remind(by=WORKER, at=at)
    reminders.tell_lapsed(by=WORKER, at=at)
