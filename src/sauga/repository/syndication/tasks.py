"""Jobs of import and harvesting. Each may run twice without harm."""

from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.identity import person_actor
from sauga.kernel.states import SystemActor
from sauga.repository.syndication.actions import harvests, imports
from sauga.repository.syndication.models import HarvestSource, ImportRun
from sauga.repository.syndication.queries import harvests as sources

SWEEPER = SystemActor("repository")
HARVESTER = SystemActor("harvester")


@app.task(name="repository.import_run", queue="repository", pass_context=False)
def import_run(run_id: int) -> None:
    """Read a file of records, store its report, or undo it: whichever step the import waits for."""
    run = ImportRun.objects.select_related("by").filter(pk=run_id).first()
    if run is None:
        return
    at = clock.now()
    imports.RESOURCES.carry_on(by=person_actor(run.by, at) if run.by else SWEEPER, run=run, at=at)


@app.periodic(cron="20 2 * * *")
@app.task(
    name="repository.harvest", queue="repository", queueing_lock="repository.harvest", pass_context=False
)
def harvest(timestamp: int) -> None:
    """Every night: start a harvest job for every active source."""
    at = clock.now()
    for source in HarvestSource.objects.filter(pk__in=sources.active()):
        harvests.ask_source(by=HARVESTER, source=source, at=at)


@app.task(name="repository.harvest_source", queue="repository", pass_context=False)
def harvest_source(source_id: int) -> None:
    """Ask one source for what is new since the last harvest."""
    source = HarvestSource.objects.filter(pk=source_id).first()
    if source is not None:
        harvests.harvest(by=HARVESTER, source=source, at=clock.now())
