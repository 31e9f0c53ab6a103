"""Background jobs of uploaded files. Each calls one action and may run twice without harm."""

from contextlib import suppress

from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.media import actions, file_fields
from sauga.kernel.media.scanner import ScannerUnavailable
from sauga.kernel.states import SystemActor

SWEEPER = SystemActor("media")


@app.task(name="media.scan", queue="media", pass_context=False)
def scan(file_id: int) -> None:
    """Scan one file. When the scanner gives no answer the file waits, and the sweep tries again."""
    with suppress(ScannerUnavailable):
        actions.scan_file(by=SWEEPER, file_id=file_id, at=clock.now())


@app.task(name="media.draw", queue="media", pass_context=False)
def draw(file_id: int) -> None:
    """Draw the previews of one file."""
    actions.draw_previews(by=SWEEPER, file_id=file_id, at=clock.now())


@app.periodic(cron="*/2 * * * *")
@app.task(
    name="media.sweep", queue="media", queueing_lock="media.sweep", lock="media.sweep", pass_context=False
)
def sweep(timestamp: int) -> None:
    """Every two minutes: what waits for the scanner, and what has no previews yet."""
    actions.sweep(by=SWEEPER, at=clock.now())


@app.periodic(cron="40 3 * * *")
@app.task(
    name="media.forget_orphans", queue="media", queueing_lock="media.forget_orphans", pass_context=False
)
def forget_orphans(timestamp: int) -> None:
    """Every night: bytes that arrived and belong to nothing, and files that no field names any more."""
    actions.forget_orphans(at=clock.now())
    file_fields.delete_unused(by=SWEEPER, at=clock.now())
