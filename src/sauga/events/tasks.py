"""Background jobs of events: each calls one action and may run twice without harm."""

from procrastinate.contrib.django import app

from sauga.events.activities import tasks as activities
from sauga.events.afterwards import tasks as afterwards
from sauga.events.checkin import tasks as checkin
from sauga.events.photos import tasks as photos
from sauga.events.planning import tasks as planning
from sauga.events.programme.actions import publishing
from sauga.events.proposals import tasks as proposals
from sauga.events.registration import tasks as registration
from sauga.events.speaking import tasks as speaking
from sauga.kernel import clock
from sauga.kernel.states import SystemActor

__all__ = [
    "activities",
    "afterwards",
    "checkin",
    "close_events",
    "photos",
    "planning",
    "proposals",
    "registration",
    "speaking",
]
WORKER = SystemActor("events")


@app.periodic(cron="*/10 * * * *")
@app.task(name="events.close", queue="events", queueing_lock="events.close", pass_context=False)
def close_events(timestamp: int) -> None:
    """Every ten minutes: events that have ended are over."""
    publishing.close_events(by=WORKER, at=clock.now())
