"""Background jobs of check-in: each calls one action and may run twice without harm."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.events.checkin.actions import attendance
from sauga.events.programme.models import Event
from sauga.kernel import clock
from sauga.kernel.states import SystemActor

WORKER = SystemActor("events")


@app.task(
    name=attendance.SETTLE,
    queue="events",
    pass_context=False,
    retry=RetryStrategy(max_attempts=10, exponential_wait=2),
)
def settle_attendance(event_id: int) -> None:
    """After an event: who was checked in has attended, the others did not come."""
    event = Event.objects.filter(pk=event_id).first()
    while event is not None and attendance.settle_some(by=WORKER, event=event, at=clock.now()):
        pass
