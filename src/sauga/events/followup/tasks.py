"""Background jobs of what follows an event: each calls one action and may run twice without harm."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.events.followup.actions import certificate_delivery, certificates, delivery, surveys
from sauga.events.followup.actions.certificates import ISSUE, SEND
from sauga.events.followup.actions.mailings import SEND_NOW
from sauga.kernel import clock
from sauga.kernel.states import SystemActor

WORKER = SystemActor("events")


@app.task(name=SEND_NOW, queue="events", pass_context=False)
def send_mailings_now() -> None:
    """Begin at once what was just sent or continued; the minute's run goes on."""
    delivery.send_due(by=WORKER, at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(
    name="events.send_mailings", queue="events", queueing_lock="events.send_mailings", pass_context=False
)
def send_mailings(timestamp: int) -> None:
    """Every minute: send as many letters of mailings as a minute allows."""
    delivery.send_due(by=WORKER, at=clock.now())


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="events.close_surveys", queue="events", queueing_lock="events.close_surveys", pass_context=False
)
def close_surveys(timestamp: int) -> None:
    """Every ten minutes: close the surveys whose time is over."""
    surveys.close_due(by=WORKER, at=clock.now())


@app.periodic(cron="5 * * * *")
@app.task(
    name="events.review_certificates",
    queue="events",
    queueing_lock="events.review_certificates",
    pass_context=False,
)
def review_certificates(timestamp: int) -> None:
    """Every hour: revoke certificates that a correction of attendance has made wrong, and issue those that
    are due."""
    certificates.revoke_of_absent(by=WORKER, at=clock.now())
    certificate_delivery.issue_due(by=WORKER, at=clock.now())


@app.task(name=ISSUE, queue="events", pass_context=False)
def issue_certificates() -> None:
    """Begin at once when an event that is over gives certificates."""
    certificate_delivery.issue_due(by=WORKER, at=clock.now())


@app.task(
    name=SEND,
    queue="mail",
    pass_context=False,
    retry=RetryStrategy(max_attempts=10, exponential_wait=2),
)
def send_certificate(certificate_id: int) -> None:
    """Send one to its holder."""
    certificate_delivery.send_certificate(by=WORKER, certificate_id=certificate_id, at=clock.now())
