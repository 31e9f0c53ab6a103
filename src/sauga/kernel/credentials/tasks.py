"""Background jobs: what is past its term, and status lists before they run out."""

from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.credentials import actions


@app.periodic(cron="5 * * * *")
@app.task(
    name="credentials.expire_due",
    queue="credentials",
    queueing_lock="credentials.expire_due",
    pass_context=False,
)
def expire_due(timestamp: int) -> None:
    """Every hour: move what is past its term."""
    actions.expire_due(at=clock.now())


@app.periodic(cron="35 */2 * * *")
@app.task(
    name="credentials.renew_lists",
    queue="credentials",
    queueing_lock="credentials.renew_lists",
    pass_context=False,
)
def renew_lists(timestamp: int) -> None:
    """Every two hours: sign status lists anew that are past a quarter of their time."""
    actions.renew_lists(at=clock.now())
