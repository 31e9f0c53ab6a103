"""Background jobs of activities: each calls one action and may run twice without harm."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.events.activities.actions import mail, reports
from sauga.events.activities.actions.activity_changes import SEND_MAIL
from sauga.kernel import clock
from sauga.kernel.states import SystemActor

WORKER = SystemActor("events")


@app.task(
    name=SEND_MAIL,
    queue="mail",
    pass_context=False,
    retry=RetryStrategy(max_attempts=10, exponential_wait=2),
)
def send_activity_mail(activity_id: int, what: str) -> None:
    """Send a mail about an activity, unless it is no longer wanted."""
    mail.send_mail(by=WORKER, activity_id=activity_id, what=what, at=clock.now())


@app.periodic(cron="10 7 * * *")
@app.task(
    name="events.remind_organisers",
    queue="events",
    queueing_lock="events.remind_organisers",
    pass_context=False,
)
def remind_organisers(timestamp: int) -> None:
    """Every morning: ask for the numbers of activities whose day is over."""
    reports.remind_all(by=WORKER, at=clock.now())
