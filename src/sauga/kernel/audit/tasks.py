"""Periodic jobs of the audit log: signing and delivering heads."""

from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.audit.delivery import deliver_heads
from sauga.kernel.audit.signatures import sign_heads


@app.periodic(cron="* * * * *")
@app.task(name="audit.sign_heads", queue="audit", queueing_lock="audit.sign_heads", pass_context=False)
def sign_heads_that_are_due(timestamp: int) -> None:
    """Looks every minute; a zone is due after 15 minutes or 1,000 rows."""
    sign_heads(clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="audit.deliver_heads", queue="audit", queueing_lock="audit.deliver_heads", pass_context=False)
def deliver_heads_that_wait(timestamp: int) -> None:
    """Brings signed heads to the destinations outside that lack them."""
    deliver_heads(clock.now())
