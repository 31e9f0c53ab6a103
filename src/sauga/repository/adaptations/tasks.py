"""The job that offers updates of an original. It may run twice without harm."""

from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from sauga.repository.adaptations.actions import upstream_updates

SWEEPER = SystemActor("repository")


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="repository.offer_updates",
    queue="repository",
    queueing_lock="repository.offer_updates",
    pass_context=False,
)
def offer_updates(timestamp: int) -> None:
    """Every five minutes: offer new versions of originals to the adaptations based on them."""
    upstream_updates.offer_updates(by=SWEEPER, at=clock.now())
