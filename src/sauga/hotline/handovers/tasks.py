"""Background job of hand-overs: the daily reminder."""

from procrastinate.contrib.django import app

from sauga.hotline.handovers.actions import records
from sauga.kernel import clock


@app.periodic(cron="5 8 * * *")
@app.task(
    name="hotline.remind_of_references",
    queue="notices",
    queueing_lock="hotline.remind_of_references",
    pass_context=False,
)
def remind_of_references(timestamp: int) -> None:
    """Remind of hand-over records that still have no number of the recipient."""
    records.remind_of_references(at=clock.now())
