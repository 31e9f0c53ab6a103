"""Pages of the site, written and translated by the installation's editors as the gate wants them."""

from datetime import timedelta
from typing import Any

from sauga.kernel import clock
from sauga.portal.actions.pages import publish_page, translate_page, write_page
from sauga.portal.models.articles import PlainPage
from sauga.portal.models.base import PortalPage
from tests.centre import Centre


def ready(centre: Centre, parent: PortalPage, slug: str = "tekstas", **more: Any) -> PlainPage:
    """A draft with its English twin begun: nothing stands in its way."""
    at = clock.now()
    given = {
        "title": "Tekstas",
        "summary": "Trumpai.",
        "audiences": ["general_public"],
        "review_by": at.date() + timedelta(days=90),
        **more,
    }
    page = write_page(by=centre.actor("EDITOR"), parent=parent, page=PlainPage(slug=slug, **given), at=at)
    translate_page(
        by=centre.actor("EDITOR"), page=page, words={"title": "A text", "slug": f"{slug}-en"}, at=at
    )
    return page


def live(centre: Centre, parent: PortalPage, slug: str = "tekstas", **more: Any) -> PlainPage:
    """The same, published."""
    page = ready(centre, parent, slug, **more)
    publish_page(by=centre.actor("PUBLISHER"), page=page, at=clock.now())
    return PlainPage.objects.get(pk=page.pk)


def body(*paragraphs: str) -> list[dict[str, str]]:
    """A body of paragraphs."""
    return [{"type": "text", "value": "".join(f"<p>{text}</p>" for text in paragraphs)}]
