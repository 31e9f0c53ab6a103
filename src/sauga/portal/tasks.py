"""Background jobs of the portal: each calls one action and may run twice without harm."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from sauga.portal.actions import feedback, letters, reviews, scheduling

SCHEDULE = SystemActor("schedule")
SWEEPER = SystemActor("portal")


@app.periodic(cron="* * * * *")
@app.task(name="portal.publish_due", queue="portal", queueing_lock="portal.publish_due", lock="portal.publish_due", pass_context=False)
def publish_due(timestamp: int) -> None:
    """Every minute: pages whose hour has come go up, pages whose hour is over come down."""
    scheduling.publish_due(by=SCHEDULE, at=clock.now())


@app.periodic(cron="5 * * * *")
@app.task(name="portal.expire_reviews", queue="portal", queueing_lock="portal.expire_reviews", pass_context=False)
def expire_reviews(timestamp: int) -> None:
    """Every hour: links that nobody answered run out."""
    reviews.expire_reviews(by=SCHEDULE, at=clock.now())


@app.periodic(cron="10 5 * * 1-5")
@app.task(name="portal.tell_of_reviews_due", queue="portal", queueing_lock="portal.tell_of_reviews_due", pass_context=False)
def tell_of_reviews_due(timestamp: int) -> None:
    """On the morning of a working day: how many pages wait to be looked at again."""
    scheduling.tell_of_reviews_due(by=SCHEDULE, at=clock.now())


@app.task(name="portal.send_review", queue="mail", pass_context=False, retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def send_review(review_id: int) -> None:
    """The letter with the link, once."""
    letters.send_review(by=SCHEDULE, review_id=review_id, at=clock.now())


@app.periodic(cron="25 3 * * *")
@app.task(name="portal.close_feedback", queue="portal", queueing_lock="portal.close_feedback", pass_context=False)
def close_feedback(timestamp: int) -> None:
    """Every night: what was answered thirty days ago is closed, and an address that was never mailed to goes."""
    feedback.close_quiet(by=SWEEPER, at=clock.now())
