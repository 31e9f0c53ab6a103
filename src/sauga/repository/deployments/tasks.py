"""The job that marks deployments without contact. It may run twice without harm."""

from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from sauga.repository.deployments import actions as deployment_actions

SWEEPER = SystemActor("repository")


@app.periodic(cron="40 3 * * *")
@app.task(
    name="repository.mark_stale",
    queue="repository",
    queueing_lock="repository.mark_stale",
    pass_context=False,
)
def mark_stale(timestamp: int) -> None:
    """Every night: mark deployments without contact for thirty days."""
    deployment_actions.mark_stale(by=SWEEPER, at=clock.now())
