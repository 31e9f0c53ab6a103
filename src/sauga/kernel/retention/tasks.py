"""The nightly job of retention."""

from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.retention.purging import run


@app.periodic(cron="17 3 * * *")
@app.task(name="retention.run", queue="retention", queueing_lock="retention.run", lock="retention.run")
def apply_rules(timestamp: int) -> None:
    """Every night."""
    run(clock.now())
