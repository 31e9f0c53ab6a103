"""Background jobs of planning: each calls one action and may run twice without harm."""

from procrastinate.contrib.django import app

from sauga.events.planning.actions import reports, tasks
from sauga.events.planning.queries.counts import to_count
from sauga.kernel import clock
from sauga.kernel.states import SystemActor

WORKER = SystemActor("events")


@app.periodic(cron="20 6 * * *")
@app.task(name="events.remind_tasks", queue="events", queueing_lock="events.remind_tasks", pass_context=False)
def remind_tasks(timestamp: int) -> None:
    """Every morning: remind people of their tasks that are due soon or overdue."""
    tasks.remind(by=WORKER, at=clock.now())


@app.periodic(cron="40 2 * * *")
@app.task(name="events.store_counts", queue="events", queueing_lock="events.store_counts", pass_context=False)
def store_counts(timestamp: int) -> None:
    """Every night: keep the numbers of events that are over, before their registrations are deleted."""
    at = clock.now()
    for event in to_count(at):
        reports.store_counts(by=WORKER, event=event, at=at)
