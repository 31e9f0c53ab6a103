"""Background jobs of the newsletter: each calls one action and may run twice without harm."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from sauga.newsletter.actions import confirmation_mail, delivery
from sauga.newsletter.actions.issues import SEND_NOW
from sauga.newsletter.actions.subscriptions import SEND_CONFIRMATION

WORKER = SystemActor("newsletter")


@app.task(
    name=SEND_CONFIRMATION,
    queue="mail",
    pass_context=False,
    retry=RetryStrategy(max_attempts=10, exponential_wait=2),
)
def send_confirmation(signup_id: int) -> None:
    """Send the mail that asks to confirm a sign-up, unless it is over or its address had enough."""
    confirmation_mail.send_confirmation(by=WORKER, signup_id=signup_id, at=clock.now())


@app.task(name=SEND_NOW, queue="newsletter", pass_context=False)
def send_now() -> None:
    """Begin at once what was approved or continued; the minute's run goes on."""
    delivery.send_due(by=WORKER, at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(
    name="newsletter.send_due", queue="newsletter", queueing_lock="newsletter.send_due", pass_context=False
)
def send_due(timestamp: int) -> None:
    """Every minute: begin what is due, and send as many mails as a minute allows."""
    delivery.send_due(by=WORKER, at=clock.now())
