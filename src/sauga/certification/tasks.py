"""Background jobs of certification: each calls one action and may run twice without harm."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.certification.applications.actions import mailing, standing
from sauga.certification.applications.actions.writing import SEND_MAIL
from sauga.certification.register.actions.listing import MATCH
from sauga.certification.sessions.actions import holding, requesting
from sauga.certification.sessions.actions import mailing as session_mailing
from sauga.certification.sessions.actions.writing import SEND_MAIL as SEND_SESSION_MAIL
from sauga.kernel import clock
from sauga.kernel.states import SystemActor

WORKER = SystemActor("certification")
RETRY = RetryStrategy(max_attempts=10, exponential_wait=2)


@app.task(name=SEND_MAIL, queue="mail", pass_context=False, retry=RETRY)
def send_ambassador_mail(ambassador_id: int, what: str) -> None:
    """Send a mail about an application or a certification, unless it is no longer wanted."""
    mailing.send_mail(by=WORKER, ambassador_id=ambassador_id, what=what, at=clock.now())


@app.task(name=SEND_SESSION_MAIL, queue="mail", pass_context=False, retry=RETRY)
def send_session_mail(booking_id: int, what: str, offer_id: int = 0) -> None:
    """Send a mail about a session, unless it is no longer wanted."""
    session_mailing.send_mail(by=WORKER, booking_id=booking_id, what=what, offer_id=offer_id, at=clock.now())


@app.task(name=MATCH, queue="certification", pass_context=False, retry=RETRY)
def match_again(ambassador_id: int) -> None:
    """Offer what waits to somebody who has filled the profile."""
    requesting.match_again(by=WORKER, ambassador_id=ambassador_id, at=clock.now())


@app.periodic(cron="20 6 * * *")
@app.task(
    name="certification.daily",
    queue="certification",
    queueing_lock="certification.daily",
    pass_context=False,
)
def every_morning(timestamp: int) -> None:
    """Renewals that are due, certifications that lapse, reports that are missing, activities that want an
    ambassador."""
    at = clock.now()
    standing.advance_all(by=WORKER, at=at)
    holding.remind_all(by=WORKER, at=at)
    requesting.take_up_activities(by=WORKER, at=at)
