"""Links to pages in rich text, as visitors follow them."""

from typing import Any

from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler


class PageLinks(PageLinkHandler):
    """Wagtail's links to pages, found by addresses alone: one question for all links of a text.

    Wagtail loads each page whole, and asks for the active language once for every link.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """The opening tag of each link; without an address where there is no such page."""
        keys = [str(attrs.get("id")) for attrs in attrs_list]
        rows = Page.objects.filter(pk__in={key for key in keys if key.isdigit()})
        known = {
            str(key): (path, code)
            for key, path, code in rows.values_list("pk", "url_path", "locale__language_code")
        }
        return [cls._tag(key, *known[key]) if key in known else "<a>" for key in keys]

    @staticmethod
    def _tag(key: str, path: str, code: str) -> str:
        page = Page(url_path=path) if code == get_language() else Page.objects.get(pk=key).localized
        return f'<a href="{escape(page.url)}">'
