"""Background jobs of notices: preparing, sending, following up and closing them."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.hotline.jobs import Job
from sauga.hotline.notices.actions import drafts, escalation, notice_delivery
from sauga.hotline.tracing.tasks import trace_item
from sauga.kernel import clock


@app.task(name=str(Job.PREPARE_NOTICE), queue="notices", retry=5)
def prepare_notice(item_id: int) -> None:
    """Give a due item its notice; its host is looked up again first when the last look is old."""
    at = clock.now()
    if drafts.trace_is_stale(item_id=item_id, at=at):
        trace_item(item_id)
    drafts.prepare_notice(item_id=item_id, at=clock.now())


@app.task(
    name=str(Job.SEND_NOTICE), queue="notices", retry=RetryStrategy(max_attempts=20, exponential_wait=3)
)
def send_notice(mail_id: int) -> None:
    """Give one letter to the mail server, at any hour; one that waits for another address of its report is
    looked at again in a few seconds."""
    notice_delivery.send_or_wait(mail_id=mail_id, at=clock.now())


@app.task(name=str(Job.SETTLE_NOTICE), queue="notices", retry=5)
def settle_notice(item_id: int) -> None:
    """Bring the notices about an item up to date with its presence."""
    escalation.settle_item(item_id=item_id, at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(
    name="hotline.follow_notices", queue="notices", queueing_lock="hotline.follow_notices", pass_context=False
)
def follow_notices(timestamp: int) -> None:
    """Rungs of the ladder, letters without proof of delivery, claims that a check refuted."""
    at = clock.now()
    notice_delivery.give_up_waiting(at=at)
    escalation.doubt_claims(at=at)
    escalation.climb(at=at)


@app.periodic(cron="17 3 * * *")
@app.task(
    name="hotline.close_notices", queue="notices", queueing_lock="hotline.close_notices", pass_context=False
)
def close_notices(timestamp: int) -> None:
    """Close what has ended."""
    escalation.close_ended(at=clock.now())
