"""Background jobs of speakers."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.events.speakers.actions import links
from sauga.events.speakers.actions.links import SEND
from sauga.kernel import clock
from sauga.kernel.states import SystemActor

WORKER = SystemActor("events")


@app.task(
    name=SEND, queue="mail", pass_context=False, retry=RetryStrategy(max_attempts=10, exponential_wait=2)
)
def speaker_mail(speaker_id: int) -> None:
    """Send a speaker the personal link."""
    links.send_mail(by=WORKER, speaker_id=speaker_id, at=clock.now())
