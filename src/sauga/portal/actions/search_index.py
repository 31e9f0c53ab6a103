"""Pages of the site in the search index: added when published, removed when unpublished. Without the
repository there is no search.
"""

from typing import Any

from django.apps import apps
from django.utils.translation import override

from sauga.kernel import statements
from sauga.portal.models.addresses import addresses_of
from sauga.portal.models.base import PortalPage
from sauga.portal.models.landing_pages import TopicPage

KIND = "page"


def index_page(page: PortalPage) -> None:
    """Index a page that is live and a main text, or remove one that is not."""
    if not apps.is_installed("sauga.repository"):
        return
    from sauga.repository.search.actions import index

    language = page.locale.language_code
    if not page.live or page.main_id or page.last_published_at is None:
        index.remove(KIND, f"{page.pk}")
        return
    with override(language):  # names of choices are among the words
        body = " ".join(str(part) for part in page.body.stream_block.get_searchable_content(page.body))
    topics = [page.topic] if isinstance(page, TopicPage) else []
    words = page.words if isinstance(page, TopicPage) else ""
    text = index.Text(
        kind=KIND,
        key=f"{page.pk}",
        language=language,
        title=page.title,
        summary=page.summary,
        body=body,
        words=words,
        day=page.last_published_at.date(),
        topics=topics,
    )
    index.add([text])


def page_went_live(sender: Any, instance: Any, **_more: Any) -> None:
    """Wagtail's signal after publishing."""
    if isinstance(instance, PortalPage):
        index_page(instance)


def page_went_down(sender: Any, instance: Any, **_more: Any) -> None:
    """Wagtail's signal after unpublishing, which it also does before a page is deleted."""
    if isinstance(instance, PortalPage) and apps.is_installed("sauga.repository"):
        from sauga.repository.search.actions import index

        index.remove(KIND, f"{instance.pk}")


def addresses(keys: list[str], language: str) -> dict[str, str]:
    """Addresses of pages, by key."""
    rows = _places(keys=[int(key) for key in keys if key.isdecimal()])
    hrefs = addresses_of([path for _pk, path in rows])
    return {f"{pk}": href for (pk, _path), href in zip(rows, hrefs, strict=True) if href}


@statements.prepared
def _places(*, keys: list[int]) -> Any:
    return PortalPage.objects.live().filter(pk__any_of=keys).values_list("pk", "url_path")
