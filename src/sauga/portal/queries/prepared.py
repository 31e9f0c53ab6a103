"""Which pages show a prepared block, now or in a draft."""

from dataclasses import dataclass

from wagtail.models import ReferenceIndex

from sauga.portal.models.base import PortalPage
from sauga.portal.models.prepared import PreparedBlock


@dataclass(frozen=True)
class Use:
    """A page that shows a prepared block: to visitors, or in a draft that is not published yet."""

    page: PortalPage
    is_public: bool


def uses_of(block: PreparedBlock) -> list[Use]:
    """Every page with the block, public ones first."""
    if not block.pk:
        return []
    stored = {int(row.object_id) for row in ReferenceIndex.get_references_to(block)}
    wanted = f'"type": "prepared", "value": {{"block": {block.pk}}}'
    drafts = set(
        PortalPage.objects.filter(latest_revision__content__body__icontains=wanted).values_list(
            "pk", flat=True
        )
    )
    pages = (
        PortalPage.objects.filter(pk__in=stored | drafts).select_related("locale").order_by("-live", "path")
    )
    return [Use(page, bool(page.live and page.pk in stored)) for page in pages]
