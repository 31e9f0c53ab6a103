"""Background jobs of registration: each calls one action and may run twice without harm."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.events.programme.models import Event
from sauga.events.registration.actions import mail, waiting_list
from sauga.events.registration.actions.registrations import REMIND
from sauga.events.registration.actions.seats import ADVANCE, SEND_MAIL, TooBusy
from sauga.events.registration.actions.waiting_list import CANCEL_ALL, TELL_MOVED
from sauga.events.registration.queries.waiting_list import with_something_due
from sauga.kernel import clock
from sauga.kernel.states import SystemActor

WORKER = SystemActor("events")
AGAIN = RetryStrategy(max_attempts=10, exponential_wait=2)


@app.task(name=SEND_MAIL, queue="mail", pass_context=False, retry=AGAIN)
def registration_mail(step_id: int) -> None:
    """Send what a step of a registration calls for."""
    mail.send_letters(by=WORKER, step_id=step_id, at=clock.now())


@app.task(name=REMIND, queue="mail", pass_context=False, retry=AGAIN)
def registration_reminder(registration_id: int) -> None:
    """Send the personal link again."""
    mail.send_reminder(by=WORKER, registration_id=registration_id, at=clock.now())


@app.task(name=TELL_MOVED, queue="mail", pass_context=False, retry=AGAIN)
def registration_moved(registration_id: int) -> None:
    """Write that the event is at another time."""
    mail.send_moved(by=WORKER, registration_id=registration_id, at=clock.now())


@app.task(name=ADVANCE, queue="events", pass_context=False, retry=AGAIN)
def advance(event_id: int) -> None:
    """Make the offers that are due in one event."""
    event = Event.objects.filter(pk=event_id).first()
    if event is not None:
        waiting_list.advance(by=WORKER, event=event, at=clock.now())


@app.task(name=CANCEL_ALL, queue="events", pass_context=False, retry=AGAIN)
def cancel_registrations(event_id: int) -> None:
    """End the registrations of an event that does not take place."""
    event = Event.objects.filter(pk=event_id).first()
    while event is not None and waiting_list.cancel_some(by=WORKER, event=event, at=clock.now()):
        pass


@app.periodic(cron="* * * * *")
@app.task(name="events.advance_all", queue="events", queueing_lock="events.advance_all", pass_context=False)
def advance_all(timestamp: int) -> None:
    """Every minute: end offers that are over and make those that are due."""
    at = clock.now()
    for event in with_something_due(at):
        try:
            waiting_list.advance(by=WORKER, event=event, at=at)
        except TooBusy:  # in a rush the seats go first; the next minute is soon enough
            continue
