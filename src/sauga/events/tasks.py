"""Background jobs of events: each calls one action and may run twice without harm."""

from procrastinate.contrib.django import app

from sauga.events.activities import tasks as activities
from sauga.events.checkin import tasks as checkin
from sauga.events.followup import tasks as followup
from sauga.events.photos import tasks as photos
from sauga.events.planning import tasks as planning
from sauga.events.programme.actions import publication
from sauga.events.proposals import tasks as proposals
from sauga.events.registration import tasks as registration
from sauga.events.speakers import tasks as speakers
from sauga.kernel import clock
from sauga.kernel.states import SystemActor

__all__ = [
    "activities",
    "checkin",
    "close_events",
    "followup",
    "photos",
    "planning",
    "proposals",
    "registration",
    "speakers",
]
WORKER = SystemActor("events")


@app.periodic(cron="*/10 * * * *")
@app.task(name="events.close", queue="events", queueing_lock="events.close", pass_context=False)
def close_events(timestamp: int) -> None:
    """Every ten minutes: events that have ended are over."""
    publication.close_events(by=WORKER, at=clock.now())
