"""Background jobs of reports: closing those whose items have an outcome, and reporting back
to the helpline.
"""

from procrastinate.contrib.django import app

from sauga.hotline.jobs import Job
from sauga.hotline.reports.actions import closure, helpline_handover
from sauga.hotline.reports.models import Report
from sauga.kernel import clock
from sauga.kernel.states import SystemActor

ROUTER = SystemActor("router")


@app.task(name=str(Job.SETTLE_REPORTS), queue="hotline", retry=3)
def settle_report(report_id: int) -> None:
    """Close a report whose items all have an outcome."""
    closure.settle_report(by=ROUTER, report=Report.objects.get(pk=report_id), at=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="hotline.tell_back", queue="hotline", queueing_lock="hotline.tell_back", pass_context=False)
def report_back(timestamp: int) -> None:
    """What became of the addresses that the helpline passed on, and passes whose day is over."""
    helpline_handover.report_back(at=clock.now())
