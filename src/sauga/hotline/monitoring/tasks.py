"""Background jobs of monitoring: checks that are due, and single ones at once."""

from procrastinate.contrib.django import app

from sauga.hotline.jobs import Job
from sauga.hotline.monitoring.actions import monitoring
from sauga.kernel import clock

MOST_CHECKS = 1000


@app.periodic(cron="* * * * * */10")
@app.task(
    name="hotline.run_due",
    queue="monitor",
    queueing_lock="hotline.run_due",
    lock="hotline.run_due",
    pass_context=False,
)
def run_due(timestamp: int) -> None:
    """Check every item that is due. One run at a time; the next waits in the queue, a third is not queued."""
    while monitoring.run_due(at=clock.now(), limit=MOST_CHECKS) == MOST_CHECKS:
        pass


@app.task(name=str(Job.CHECK_ITEM), queue="monitor", retry=3)
def check_item(item_id: int) -> None:
    """Check one item at once: it is new, a provider says that it acted, or it was reported again."""
    monitoring.check_item(item_id=item_id, at=clock.now())
