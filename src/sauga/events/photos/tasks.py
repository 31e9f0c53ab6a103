"""Background jobs about photographs."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.events.photos.actions import mail
from sauga.events.photos.actions.mail import SEND
from sauga.kernel import clock
from sauga.kernel.states import SystemActor

WORKER = SystemActor("events")
AGAIN = RetryStrategy(max_attempts=10, exponential_wait=2)


@app.task(name=SEND, queue="mail", pass_context=False, retry=AGAIN)
def photo_mail(consent_id: int, what: str) -> None:
    """Tell a person that a picture shows them, or what was done about it."""
    mail.send_mail(by=WORKER, consent_id=consent_id, what=what, at=clock.now())
