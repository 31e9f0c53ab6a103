"""Background jobs of certification: each calls one action and may run twice without harm."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.certification.applications.actions import mail, suspensions
from sauga.certification.applications.actions.transitions import SEND_MAIL
from sauga.certification.register.actions.profiles import MATCH
from sauga.certification.sessions.actions import bookings, requests
from sauga.certification.sessions.actions import mail as session_mailing
from sauga.certification.sessions.actions.transitions import SEND_MAIL as SEND_SESSION_MAIL
from sauga.kernel import clock
from sauga.kernel.states import SystemActor

WORKER = SystemActor("certification")
RETRY = RetryStrategy(max_attempts=10, exponential_wait=2)


@app.task(name=SEND_MAIL, queue="mail", pass_context=False, retry=RETRY)
def send_ambassador_mail(ambassador_id: int, what: str) -> None:
    """Send a mail about an application or a certification, unless it is no longer wanted."""
    mail.send_mail(by=WORKER, ambassador_id=ambassador_id, what=what, at=clock.now())


@app.task(name=SEND_SESSION_MAIL, queue="mail", pass_context=False, retry=RETRY)
def send_session_mail(booking_id: int, what: str, offer_id: int = 0) -> None:
    """Send a mail about a session, unless it is no longer wanted."""
    session_mailing.send_mail(by=WORKER, booking_id=booking_id, what=what, offer_id=offer_id, at=clock.now())


@app.task(name=MATCH, queue="certification", pass_context=False, retry=RETRY)
def match_again(ambassador_id: int) -> None:
    """Offer what waits to an ambassador who has completed the profile."""
    requests.match_again(by=WORKER, ambassador_id=ambassador_id, at=clock.now())


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
    suspensions.advance_all(by=WORKER, at=at)
    bookings.remind_all(by=WORKER, at=at)
    requests.take_up_activities(by=WORKER, at=at)
