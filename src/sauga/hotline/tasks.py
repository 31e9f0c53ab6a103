"""Background jobs of the hotline: each takes ids, calls one action, and may run twice without harm."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.hotline.actions import (
    escalation,
    handover_records,
    handovers,
    monitoring,
    notices,
    routing,
    sending,
    settling,
    thread,
    tracing,
)
from sauga.hotline.actions.jobs import Job
from sauga.hotline.models import ContentItem, Report
from sauga.hotline.queries.addresses import open_address
from sauga.hotline.states import ReportState
from sauga.kernel import clock, outbound, sealed
from sauga.kernel.states import SystemActor

MOST_CHECKS = 1000
SERVICE = sealed.ServiceOpener(sealed.Zone.HOTLINE)
TRACER = SystemActor("tracer")
ROUTER = SystemActor("router")


# Casework ---------------------------------------------------------------------------------------------------------------------
@app.task(name=str(Job.TRACE_ITEM), queue="hotline", retry=3)
def trace_item(item_id: int) -> None:
    """Ask all sources where an item lies, and keep their answers."""
    item = ContentItem.objects.get(pk=item_id)
    if item.kind != "WEB":
        tracing.record_trace(by=TRACER, item=item, answers=[], at=clock.now(), failed="NOT_ON_THE_WEB")
        return
    try:
        answers = tracing.ask_sources(open_address(item, SERVICE).url)
        failed = "" if answers else "NO_ANSWER"
    except (outbound.BadUrl, outbound.GuardRefused):
        answers, failed = [], "REFUSED_BY_GUARD"
    tracing.record_trace(by=TRACER, item=item, answers=answers, at=clock.now(), failed=failed)


@app.task(name=str(Job.SETTLE_REPORTS), queue="hotline", retry=3)
def settle_report(report_id: int) -> None:
    """Close a report whose items all have an outcome."""
    settling.settle_report(by=ROUTER, report=Report.objects.get(pk=report_id), at=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="hotline.expire_terms", queue="hotline", queueing_lock="hotline.expire_terms", pass_context=False)
def expire_terms(timestamp: int) -> None:
    """Police holds and waits for an answer end when their time has come; items that missed a rule go on when there is one."""
    at = clock.now()
    routing.expire_holds(at=at)
    routing.route_waiting(at=at)
    for report in Report.objects.filter(state=ReportState.WAITING_REPORTER, answer_by__lte=at).order_by("answer_by")[:500]:
        thread.stop_waiting(by=ROUTER, report=report, at=at)


# Monitoring -------------------------------------------------------------------------------------------------------------------
@app.periodic(cron="* * * * * */10")
@app.task(name="hotline.run_due", queue="monitor", queueing_lock="hotline.run_due", lock="hotline.run_due", pass_context=False)
def run_due(timestamp: int) -> None:
    """Look at every item whose time has come. One run at a time; the next waits in the queue, a third is not queued."""
    while monitoring.run_due(at=clock.now(), limit=MOST_CHECKS) == MOST_CHECKS:
        pass


@app.task(name=str(Job.CHECK_ITEM), queue="monitor", retry=3)
def check_item(item_id: int) -> None:
    """Look at one item at once: it is new, a provider says that it acted, or it was reported again."""
    monitoring.check_item(item_id=item_id, at=clock.now())


# Notices ----------------------------------------------------------------------------------------------------------------------
@app.task(name=str(Job.PREPARE_NOTICE), queue="notices", retry=5)
def prepare_notice(item_id: int) -> None:
    """Give a due item its notice; its host is looked up again first when the last look is old."""
    at = clock.now()
    if notices.trace_is_stale(item_id=item_id, at=at):
        trace_item(item_id)
    notices.prepare_notice(item_id=item_id, at=clock.now())


@app.task(name=str(Job.SEND_NOTICE), queue="notices", retry=RetryStrategy(max_attempts=20, exponential_wait=3))
def send_notice(mail_id: int) -> None:
    """Hand one letter to the mail server, at any hour."""
    sending.send_mail(mail_id=mail_id, at=clock.now())


@app.task(name=str(Job.SETTLE_NOTICE), queue="notices", retry=5)
def settle_notice(item_id: int) -> None:
    """Bring the notices about an item up to date with its presence."""
    escalation.settle_item(item_id=item_id, at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="hotline.follow_notices", queue="notices", queueing_lock="hotline.follow_notices", pass_context=False)
def follow_notices(timestamp: int) -> None:
    """Rungs of the ladder, letters without proof of delivery, claims that a check refuted."""
    at = clock.now()
    sending.give_up_waiting(at=at)
    escalation.doubt_claims(at=at)
    escalation.climb(at=at)


@app.periodic(cron="17 3 * * *")
@app.task(name="hotline.close_notices", queue="notices", queueing_lock="hotline.close_notices", pass_context=False)
def close_notices(timestamp: int) -> None:
    """Close what has ended."""
    escalation.close_ended(at=clock.now())


@app.periodic(cron="5 8 * * *")
@app.task(name="hotline.remind_of_references", queue="notices", queueing_lock="hotline.remind_of_references", pass_context=False)
def remind_of_references(timestamp: int) -> None:
    """Remind of hand-over records that still have no number of the recipient."""
    handover_records.remind_of_references(at=clock.now())


# The helpline -----------------------------------------------------------------------------------------------------------------
@app.periodic(cron="*/5 * * * *")
@app.task(name="hotline.tell_back", queue="hotline", queueing_lock="hotline.tell_back", pass_context=False)
def tell_back(timestamp: int) -> None:
    """What became of the addresses that the helpline passed on, and passes whose day is over."""
    handovers.tell_back(at=clock.now())
