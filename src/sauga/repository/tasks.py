"""Background jobs of the repository: each calls one action and may run twice without harm."""

from datetime import timedelta

from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.identity import person_actor
from sauga.kernel.states import SystemActor
from sauga.repository.actions import auditing, deploying, harvesting, importing, looking, merging, publishing, reviewing
from sauga.repository.models import HarvestSource, ImportRun, Resource
from sauga.repository.queries import harvesting as sources
from sauga.repository.states import ResourceState

SWEEPER = SystemActor("repository")
HARVESTER = SystemActor("harvester")
SHOWN_RETIRED = timedelta(days=730)
"""How long a retired resource's page says what to use instead."""


@app.periodic(cron="* * * * *")
@app.task(name="repository.publish_due", queue="repository", queueing_lock="repository.publish_due", pass_context=False)
def publish_due(timestamp: int) -> None:
    """Every minute: what was scheduled for now goes out."""
    publishing.publish_due(by=SWEEPER, at=clock.now())


@app.periodic(cron="10 3 * * *")
@app.task(name="repository.sweep", queue="repository", queueing_lock="repository.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Every night: passed review dates are marked, long retired resources archived."""
    at = clock.now()
    publishing.mark_overdue(by=SWEEPER, at=at)
    publishing.archive_due(by=SWEEPER, before=at - SHOWN_RETIRED, at=at)


@app.task(name="repository.audit_resource", queue="repository", pass_context=False)
def audit_resource(resource_id: int) -> None:
    """Look at a resource's page with the browser. A house without one settles the gate with what can be said without."""
    resource = Resource.objects.filter(pk=resource_id).first()
    if resource is None:
        return
    try:
        auditing.audit_resource(by=SWEEPER, resource=resource, at=clock.now())
    except looking.NoBrowser:
        if resource.state == ResourceState.GATE_CHECK:
            reviewing.settle_gate(by=SWEEPER, resource=resource, at=clock.now(), wait=False)


@app.periodic(cron="*/5 * * * *")
@app.task(name="repository.offer_updates", queue="repository", queueing_lock="repository.offer_updates", pass_context=False)
def offer_updates(timestamp: int) -> None:
    """Every five minutes: a new version of an original is offered to every version that partners made of it."""
    merging.offer_updates(by=SWEEPER, at=clock.now())


@app.periodic(cron="40 3 * * *")
@app.task(name="repository.mark_stale", queue="repository", queueing_lock="repository.mark_stale", pass_context=False)
def mark_stale(timestamp: int) -> None:
    """Every night: copies that have not been heard of for thirty days are marked."""
    deploying.mark_stale(by=SWEEPER, at=clock.now())


@app.task(name="repository.import_run", queue="repository", pass_context=False)
def import_run(run_id: int) -> None:
    """Read a file of records, store its report's rows, or take them back: whichever the import waits for."""
    run = ImportRun.objects.select_related("by").filter(pk=run_id).first()
    if run is None:
        return
    at = clock.now()
    importing.RESOURCES.carry_on(by=person_actor(run.by, at) if run.by else SWEEPER, run=run, at=at)


@app.periodic(cron="20 2 * * *")
@app.task(name="repository.harvest", queue="repository", queueing_lock="repository.harvest", pass_context=False)
def harvest(timestamp: int) -> None:
    """Every night: every source in use is asked for what is new, each by a job of its own."""
    at = clock.now()
    for source in HarvestSource.objects.filter(pk__in=sources.active()):
        harvesting.ask_source(by=HARVESTER, source=source, at=at)


@app.task(name="repository.harvest_source", queue="repository", pass_context=False)
def harvest_source(source_id: int) -> None:
    """Ask one source for what is new since the last time."""
    source = HarvestSource.objects.filter(pk=source_id).first()
    if source is not None:
        harvesting.harvest(by=HARVESTER, source=source, at=clock.now())
