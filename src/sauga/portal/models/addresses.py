"""Where pages of the site are: below the home page of their language, at their path in the tree."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import get_language, override
from wagtail.models import Site

from sauga.kernel.ui.hrefs import address


def address_of(url_path: str, roots: Iterable[Any] | None = None) -> str:
    """The address of the page at a path of the tree; empty where it has none. `roots`: where the home pages
    are, if that is known already."""
    parts = url_parts(url_path, Site.get_site_root_paths() if roots is None else roots)
    return (parts[2] or "") if parts is not None else ""


def addresses_of(url_paths: Sequence[str]) -> list[str]:
    """The addresses of several pages, with one look at where the home pages are."""
    roots = (
        Site.get_site_root_paths() if url_paths else []
    )  # Wagtail remembers for an hour that there are none
    return [address_of(path, roots) for path in url_paths]


def url_parts(url_path: str, roots: Iterable[Any]) -> tuple[int, str | None, str | None] | None:
    """What Wagtail asks of a page (`Page.get_url_parts`): key and address of the site, address on the site.

    Wagtail looks up the pattern of pages for each link in a list; here it is once for each language.
    """
    for site, root_path, root_url, language in roots:
        if url_path.startswith(root_path):
            home = _home(language)
            return (site, root_url, home + url_path[len(root_path) :]) if home else (site, None, None)
    return None


def _home(language: str) -> str:
    if language == get_language():
        return address("portal-home")
    with override(language):
        return address("portal-home")
