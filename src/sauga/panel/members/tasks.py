"""Background jobs of members of the panel."""

from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from sauga.panel.members.actions import safeguarding
from sauga.panel.members.actions.daily import advance_all
from sauga.panel.members.rules.purposes import PANEL


@app.periodic(cron="11 0 * * *")
@app.task(
    name="panel.advance_members", queue="panel", queueing_lock="panel.advance_members", pass_context=False
)  # type: ignore[misc]  # the decorator is untyped
def advance_members(timestamp: int) -> None:
    """Every night: who is 18, and who turned 14 without an answer."""
    advance_all(by=SystemActor(PANEL), at=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="panel.flags_late", queue="panel", queueing_lock="panel.flags_late", pass_context=False)  # type: ignore[misc]  # the decorator is untyped
def flags_late(timestamp: int) -> None:
    """Every five minutes: what is about an adult and no lead has taken goes to the coordinator."""
    safeguarding.stand_in(by=SystemActor(PANEL), at=clock.now())
