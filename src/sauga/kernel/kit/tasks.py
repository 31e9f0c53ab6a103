"""Jobs of the kit."""

from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.kit import kept_forms


@app.periodic(cron="* * * * *")
@app.task(name="kit.remove_kept_forms", queue="house", pass_context=False)  # type: ignore[misc]  # the decorator is untyped
def remove_kept_forms(timestamp: int) -> None:
    """Every minute: remove what was typed into forms of ended sessions and was not fetched in time."""
    kept_forms.remove_old(clock.now())
