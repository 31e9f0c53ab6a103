"""Background jobs of learning: each calls one action and may run twice without harm."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from sauga.training.learning.actions import group_messages, invitations
from sauga.training.learning.actions.group_messages import SEND_MESSAGE
from sauga.training.learning.actions.invitations import SEND as SEND_INVITATION
from sauga.training.learning.actions.progress import MAIL

WORKER = SystemActor("training")
PATIENT = RetryStrategy(max_attempts=10, exponential_wait=2)


@app.task(name=MAIL, queue="training", pass_context=False, retry=PATIENT)
def send_step(step_id: int) -> None:
    """Send the mail about a move of an enrolment."""
    group_messages.send_step(by=WORKER, step_id=step_id, at=clock.now())


@app.task(name=SEND_MESSAGE, queue="training", pass_context=False, retry=PATIENT)
def send_message(message_id: int, enrolment_id: int) -> None:
    """Send a tutor's message to one learner."""
    group_messages.send_message(by=WORKER, message_id=message_id, enrolment_id=enrolment_id, at=clock.now())


@app.task(name=SEND_INVITATION, queue="training", pass_context=False, retry=PATIENT)
def send_invitation(invitation_id: int) -> None:
    """Send an invitation to a person on an organisation's list."""
    invitations.send_invitation(by=WORKER, invitation_id=invitation_id, at=clock.now())


@app.periodic(cron="20 7 * * *")
@app.task(
    name="training.notice_stalls",
    queue="training",
    queueing_lock="training.notice_stalls",
    pass_context=False,
)
def notice_stalls(timestamp: int) -> None:
    """Every morning: who has not done anything for two weeks gets one reminder."""
    group_messages.notice_stalls(by=WORKER, at=clock.now())
