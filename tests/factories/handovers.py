"""What was carried out about an item, for tests of figures: a notice that was sent, or a hand-over record."""

from datetime import datetime

from sauga.hotline.assessment.models import Route
from sauga.hotline.content.models import ContentItem
from sauga.hotline.handovers.models import HandoverRecord


def carried_out(item: ContentItem, route: str, at: datetime) -> None:
    """The route of the item was carried out: as rows, where a test counts and does not act."""
    Route.objects.filter(item=item, occurrence=item.occurrence, route=route).update(done_at=at)
    if route != "PROVIDER_NOTICE":
        HandoverRecord.objects.create(
            item=item,
            occurrence=item.occurrence,
            recipient=route,
            method="MANUAL",
            handed_over_at=at,
            recorded_at=at,
            recorded_by="system:setup",
        )
