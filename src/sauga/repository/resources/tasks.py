"""Jobs of resources: scheduled publication, passed review dates, the browser audit.

Each may run twice without harm.
"""

from datetime import timedelta

from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from sauga.repository.resources.actions import audits, browser_audit, files, publication, review
from sauga.repository.resources.models import Resource
from sauga.repository.states import ResourceState

SWEEPER = SystemActor("repository")
SHOWN_RETIRED = timedelta(days=730)
"""How long the page of a retired resource says what to use instead."""


@app.periodic(cron="* * * * *")
@app.task(
    name="repository.publish_due",
    queue="repository",
    queueing_lock="repository.publish_due",
    pass_context=False,
)
def publish_due(timestamp: int) -> None:
    """Every minute: publish what was scheduled for now."""
    publication.publish_due(by=SWEEPER, at=clock.now())


@app.periodic(cron="10 3 * * *")
@app.task(name="repository.sweep", queue="repository", queueing_lock="repository.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Every night: mark passed review dates, archive resources retired long ago."""
    at = clock.now()
    publication.mark_overdue(by=SWEEPER, at=at)
    publication.archive_due(by=SWEEPER, before=at - SHOWN_RETIRED, at=at)


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="repository.tell_of_waiting_files",
    queue="repository",
    queueing_lock="repository.tell_of_waiting_files",
    pass_context=False,
)
def tell_of_waiting_files(timestamp: int) -> None:
    """Every ten minutes: tell editors of uploads that the virus scanner leaves waiting."""
    files.tell_of_waiting_files(by=SWEEPER, at=clock.now())


@app.task(name="repository.audit_resource", queue="repository", pass_context=False)
def audit_resource(resource_id: int) -> None:
    """Audit a resource's page with the browser. Without a browser the gate is settled by the other checks."""
    resource = Resource.objects.filter(pk=resource_id).first()
    if resource is None:
        return
    try:
        audits.audit_resource(by=SWEEPER, resource=resource, at=clock.now())
    except browser_audit.NoBrowser:
        if resource.state == ResourceState.GATE_CHECK:
            review.settle_gate(by=SWEEPER, resource=resource, at=clock.now(), wait=False)
