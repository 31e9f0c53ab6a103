"""Background jobs: imports, and files of logos whose term has passed."""

from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.identity import person_actor
from sauga.kernel.organisation_pages.imports import ORGANISATIONS
from sauga.kernel.organisation_pages.models import ImportRun
from sauga.kernel.organisations.actions import logos
from sauga.kernel.states import SystemActor


@app.task(name="organisations.import_run", queue="organisations", pass_context=False)
def import_run(run_id: int) -> None:
    """Read, store or undo a file, whichever step it is at."""
    run = ImportRun.objects.select_related("by").filter(pk=run_id).first()
    if run is None:
        return
    at = clock.now()
    by = person_actor(run.by, at) if run.by else SystemActor("organisations")
    ORGANISATIONS.carry_on(by=by, run=run, at=at)


@app.periodic(cron="20 4 * * *")
@app.task(
    name="organisations.forget_logo_files",
    queue="organisations",
    queueing_lock="organisations.forget_logo_files",
    pass_context=False,
)
def forget_logo_files(timestamp: int) -> None:
    """Every night: files of logos that were withdrawn and whose term has passed."""
    logos.forget_unused_files(by=SystemActor("organisations"), at=clock.now())
