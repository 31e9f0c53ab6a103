"""The trail's clock."""

from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.audit.signing import sign_heads


@app.periodic(cron="* * * * *")
@app.task(name="audit.sign_heads", queue="audit", queueing_lock="audit.sign_heads", pass_context=False)
def sign_heads_that_are_due(timestamp: int) -> None:
    """Looks every minute; a zone is due after 15 minutes or 1,000 rows."""
    sign_heads(clock.now())
