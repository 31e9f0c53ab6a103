"""Jobs of members. They take ids only."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.members.actions import mail
from sauga.kernel.members.jobs import Job
from sauga.kernel.states import SystemActor

WORKER = SystemActor("members")
AGAIN = RetryStrategy(max_attempts=10, exponential_wait=2)


@app.task(name=str(Job.SEND_LINK), queue="mail", retry=AGAIN)  # type: ignore[misc]  # the decorator is untyped
def send_link(link_id: int) -> None:
    """Send a sign-in link, unless it is over or its address had enough mails."""
    mail.send_link(by=WORKER, link_id=link_id, at=clock.now())


@app.task(name=str(Job.SEND_DECISION), queue="mail", retry=AGAIN)  # type: ignore[misc]  # the decorator is untyped
def send_decision(representation_id: int) -> None:
    """Tell a member what became of a request."""
    mail.send_decision(by=WORKER, representation_id=representation_id, at=clock.now())


@app.task(name=str(Job.SEND_PARTNER), queue="mail", retry=AGAIN)  # type: ignore[misc]  # the decorator is untyped
def send_partner(representation_id: int) -> None:
    """Tell a member that the organisation is a partner now."""
    mail.send_partnership(by=WORKER, representation_id=representation_id, is_partner=True, at=clock.now())


@app.task(name=str(Job.SEND_NO_PARTNER), queue="mail", retry=AGAIN)  # type: ignore[misc]  # the decorator is untyped
def send_no_partner(representation_id: int) -> None:
    """Tell a member that the organisation does not become a partner."""
    mail.send_partnership(by=WORKER, representation_id=representation_id, is_partner=False, at=clock.now())


@app.task(name=str(Job.SEND_INVITATION), queue="mail", retry=AGAIN)  # type: ignore[misc]  # the decorator is untyped
def send_invitation(representation_id: int) -> None:
    """Tell an invited member where to sign in."""
    mail.send_invitation(by=WORKER, representation_id=representation_id, at=clock.now())


@app.task(name=str(Job.SEND_GUARDIAN), queue="mail", retry=AGAIN)  # type: ignore[misc]  # the decorator is untyped
def send_guardian(guardian_id: int) -> None:
    """Send a guardian the link to the consent page."""
    mail.send_guardian(by=WORKER, guardian_id=guardian_id, at=clock.now())


@app.task(name=str(Job.SEND_GUARDIAN_14), queue="mail", retry=AGAIN)  # type: ignore[misc]  # the decorator is untyped
def send_guardian_at_14(guardian_id: int) -> None:
    """Tell a guardian that the child decides alone soon."""
    mail.send_guardian_at_14(by=WORKER, guardian_id=guardian_id, at=clock.now())


@app.task(name=str(Job.SEND_WITHDRAWAL), queue="mail", retry=AGAIN)  # type: ignore[misc]  # the decorator is untyped
def send_withdrawal(member_id: int) -> None:
    """Tell a young member that the guardian withdrew a consent."""
    mail.send_withdrawal(by=WORKER, member_id=member_id, at=clock.now())


@app.task(name=str(Job.SEND_COPIED_PASSKEY), queue="mail", retry=AGAIN)  # type: ignore[misc]  # the decorator is untyped
def send_copied_passkey(member_id: int) -> None:
    """Tell a member that a copy of a passkey tried to sign in."""
    mail.send_copied_passkey(by=WORKER, member_id=member_id, at=clock.now())


@app.task(name=str(Job.SEND_REMINDER), queue="mail", retry=AGAIN)  # type: ignore[misc]  # the decorator is untyped
def send_reminder(member_id: int) -> None:
    """Tell a member what waits."""
    mail.send_reminder(by=WORKER, member_id=member_id, at=clock.now())


@app.periodic(cron="23 6 * * 1")
@app.task(name="members.remind", queue="mail", queueing_lock="members.remind", pass_context=False)  # type: ignore[misc]  # the decorator is untyped
def remind(timestamp: int) -> None:
    """On Mondays: a reminder to each member who wants one and for whom something waits."""
    for member_id in mail.wanting_reminders():
        send_reminder.defer(member_id=member_id)


@app.task(name=str(Job.SEND_WARNING), queue="mail", retry=AGAIN)  # type: ignore[misc]  # the decorator is untyped
def send_warning(member_id: int) -> None:
    """Warn the owner of an unused account, once."""
    mail.send_warning(by=WORKER, member_id=member_id, at=clock.now())


@app.periodic(cron="41 5 * * *")
@app.task(name="members.warn_unused", queue="mail", queueing_lock="members.warn_unused", pass_context=False)  # type: ignore[misc]  # the decorator is untyped
def warn_unused(timestamp: int) -> None:
    """Every day: accounts that were not used for nearly two years."""
    for member_id in mail.nearly_unused(clock.now()):
        send_warning.defer(member_id=member_id)
