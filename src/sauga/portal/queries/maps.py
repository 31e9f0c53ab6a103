"""The site as machines read it: every page with its twins, the newest news."""

from sauga.portal.models import Attachment, NewsPage, PortalPage


def twin_sets() -> list[dict[str, str]]:
    """For every text, language → path of the page in it; in the order of the tree."""
    found: dict[object, dict[str, str]] = {}
    pages = PortalPage.objects.live().select_related("locale").order_by("path")
    for page in pages:
        href = page.get_url()
        if href:
            found.setdefault(page.translation_key, {})[page.language_tag] = href
    return list(found.values())


def newest(language: str, number: int) -> list[NewsPage]:
    """The newest news of one language, for its feed."""
    rows = NewsPage.objects.live().filter(locale__language_code=language, main__isnull=True)
    return list(rows.order_by("-day", "-pk")[:number])


def document(key: int, filename: str) -> Attachment | None:
    """A file by its number; its name must fit, so that numbers alone lead nowhere."""
    found = Attachment.objects.filter(pk=key).first()
    return found if found is not None and found.filename == filename else None
