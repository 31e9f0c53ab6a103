"""Background jobs of learning: each calls one action and may run twice without harm."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from sauga.training.learning.actions import accompanying, inviting
from sauga.training.learning.actions.accompanying import SEND_MESSAGE
from sauga.training.learning.actions.inviting import SEND as SEND_INVITATION
from sauga.training.learning.actions.settling import MAIL

WORKER = SystemActor("training")
PATIENT = RetryStrategy(max_attempts=10, exponential_wait=2)


@app.task(name=MAIL, queue="training", pass_context=False, retry=PATIENT)
def send_step(step_id: int) -> None:
    """Send the mail about a move of an enrolment."""
    accompanying.send_step(by=WORKER, step_id=step_id, at=clock.now())


@app.task(name=SEND_MESSAGE, queue="training", pass_context=False, retry=PATIENT)
def send_message(message_id: int, enrolment_id: int) -> None:
    """Send a tutor's message to one learner."""
    accompanying.send_message(by=WORKER, message_id=message_id, enrolment_id=enrolment_id, at=clock.now())


@app.task(name=SEND_INVITATION, queue="training", pass_context=False, retry=PATIENT)
def send_invitation(invitation_id: int) -> None:
    """Send an invitation to somebody on an organisation's list."""
    inviting.send_invitation(by=WORKER, invitation_id=invitation_id, at=clock.now())


@app.periodic(cron="20 7 * * *")
@app.task(
    name="training.notice_stalls",
    queue="training",
    queueing_lock="training.notice_stalls",
    pass_context=False,
)
def notice_stalls(timestamp: int) -> None:
    """Every morning: who has not done anything for two weeks gets one reminder."""
    accompanying.notice_stalls(by=WORKER, at=clock.now())
