"""Background job of tracing."""

from procrastinate.contrib.django import app

from sauga.hotline.content.models import ContentItem
from sauga.hotline.content.queries import open_address
from sauga.hotline.jobs import Job
from sauga.hotline.tracing import actions as tracing
from sauga.kernel import clock, outbound, sealed
from sauga.kernel.states import SystemActor

SERVICE = sealed.ServiceOpener(sealed.Zone.HOTLINE)
TRACER = SystemActor("tracer")


@app.task(name=str(Job.TRACE_ITEM), queue="hotline", retry=3)
def trace_item(item_id: int) -> None:
    """Ask all sources where an item is hosted, and keep their answers."""
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
