"""Where pages of the site are: below the home page of their language, at their path in the tree."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import get_language, override
from wagtail.models import Site

from sauga.kernel.ui.hrefs import address

type Home = tuple[int, str, str, str]
"""Key of the site, path of a home page in the tree, address of the site, address of the home page."""


def address_of(url_path: str) -> str:
    """The address of the page at a path of the tree; empty where it has none."""
    return addresses_of([url_path])[0]


def addresses_of(url_paths: Sequence[str]) -> list[str]:
    """The addresses of several pages, with one look at where the home pages are."""
    if not url_paths:
        return []  # Wagtail remembers for an hour that there are no home pages
    homes = homes_of(Site.get_site_root_paths())
    return [(parts[2] or "") if (parts := url_parts(path, homes)) else "" for path in url_paths]


def homes_of(roots: Iterable[Any]) -> list[Home]:
    """Where the home pages are, of what Wagtail knows of the sites' roots."""
    return [(site, path, href, _home(language)) for site, path, href, language in roots]


def url_parts(url_path: str, homes: Iterable[Home]) -> tuple[int, str | None, str | None] | None:
    """What Wagtail asks of a page (`Page.get_url_parts`): key and address of the site, address on the site.

    Wagtail looks up the pattern of pages for each link in a list; here it is once for each language.
    """
    for site, root_path, root_url, home in homes:
        if url_path.startswith(root_path):
            return (site, root_url, home + url_path[len(root_path) :]) if home else (site, None, None)
    return None


def _home(language: str) -> str:
    if language == get_language():
        return address("portal-home")
    with override(language):
        return address("portal-home")
