"""Background jobs of ballots."""

from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from sauga.panel.voting.actions import counts

WORKER = SystemActor("panel")


@app.periodic(cron="20 3 * * *")
@app.task(name="panel.ballot_keys", queue="panel", queueing_lock="panel.ballot_keys", pass_context=False)
def sweep_keys(timestamp: int) -> None:
    """Keys that outlived their ballot."""
    counts.sweep_keys(by=WORKER, at=clock.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="panel.ballots_ended", queue="panel", queueing_lock="panel.ballots_ended", pass_context=False)
def ballots_ended(timestamp: int) -> None:
    """Every ten minutes: ballots that are over and wait for a facilitator."""
    counts.call_counters(by=WORKER, at=clock.now())
