"""Background job of assessment: holds and waiting times that expire."""

from procrastinate.contrib.django import app

from sauga.hotline.assessment.actions import routing
from sauga.hotline.assessment.actions.routing import ROUTER
from sauga.hotline.reports.actions import thread
from sauga.hotline.reports.models import Report
from sauga.hotline.states import ReportState
from sauga.kernel import clock


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="hotline.expire_terms", queue="hotline", queueing_lock="hotline.expire_terms", pass_context=False
)
def expire_terms(timestamp: int) -> None:
    """End expired police holds and waits for an answer; route items that had no matching rule before."""
    at = clock.now()
    routing.expire_holds(at=at)
    routing.route_waiting(at=at)
    for report in Report.objects.filter(state=ReportState.WAITING_REPORTER, answer_by__lte=at).order_by(
        "answer_by"
    )[:500]:
        thread.stop_waiting(by=ROUTER, report=report, at=at)
