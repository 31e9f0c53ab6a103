"""The jobs of retention: deletion at night, reminders in the morning."""

from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.retention.announcements import remind_of_ends
from sauga.kernel.retention.purge import run


@app.periodic(cron="17 3 * * *")
@app.task(name="retention.run", queue="retention", queueing_lock="retention.run", lock="retention.run")
def apply_rules(timestamp: int) -> None:
    """Every night."""
    run(clock.now())


@app.periodic(cron="30 5 * * *")
@app.task(
    name="retention.remind", queue="retention", queueing_lock="retention.remind", lock="retention.remind"
)
def remind(timestamp: int) -> None:
    """Every morning."""
    remind_of_ends(clock.now())
