"""Background jobs of the school label."""

from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from sauga.selfcheck.school.actions import comparison, labels

WORKER = SystemActor("selfcheck")


@app.periodic(cron="40 3 * * *")
@app.task(
    name="selfcheck.daily",
    queue="selfcheck",
    queueing_lock="selfcheck.daily",
    pass_context=False,
)
def every_night(timestamp: int) -> None:
    """Labels that can be renewed or have expired, and the comparison."""
    at = clock.now()
    labels.advance_all(by=WORKER, at=at)
    comparison.publish_comparison(by=WORKER, at=at)
