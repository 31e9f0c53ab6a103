"""Background jobs of viewing sites: each calls one action and may run twice without harm."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from sauga.training.viewing.actions import mail, reminders
from sauga.training.viewing.actions.transitions import SEND_MAIL

WORKER = SystemActor("training")


@app.task(
    name=SEND_MAIL,
    queue="mail",
    pass_context=False,
    retry=RetryStrategy(max_attempts=10, exponential_wait=2),
)
def send_site_mail(site_id: int, what: str) -> None:
    """Send a mail to a library, unless it is no longer wanted."""
    mail.send_mail(by=WORKER, site_id=site_id, what=what, at=clock.now())


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="training.advance_sites",
    queue="training",
    queueing_lock="training.advance_sites",
    pass_context=False,
)
def advance_sites(timestamp: int) -> None:
    """Every ten minutes: papers, reminders, overdue counts, no-shows, closing."""
    reminders.advance_sites(by=WORKER, at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(
    name="training.note_silence",
    queue="training",
    queueing_lock="training.note_silence",
    pass_context=False,
)
def note_silence(timestamp: int) -> None:
    """Every minute: pages of live libraries that were not heard of for a while."""
    reminders.note_silence(by=WORKER, at=clock.now())
