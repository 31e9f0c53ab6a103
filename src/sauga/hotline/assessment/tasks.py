"""Background job of assessment: what ends when its time has come."""

from procrastinate.contrib.django import app

from sauga.hotline.assessment.actions import routing
from sauga.hotline.assessment.actions.routing import ROUTER
from sauga.hotline.reports.actions import thread
from sauga.hotline.reports.models.report import Report
from sauga.hotline.states import ReportState
from sauga.kernel import clock


@app.periodic(cron="*/5 * * * *")
@app.task(name="hotline.expire_terms", queue="hotline", queueing_lock="hotline.expire_terms", pass_context=False)
def expire_terms(timestamp: int) -> None:
    """Police holds and waits for an answer end when their time has come; items that missed a rule go on when there is one."""
    at = clock.now()
    routing.expire_holds(at=at)
    routing.route_waiting(at=at)
    for report in Report.objects.filter(state=ReportState.WAITING_REPORTER, answer_by__lte=at).order_by("answer_by")[:500]:
        thread.stop_waiting(by=ROUTER, report=report, at=at)
