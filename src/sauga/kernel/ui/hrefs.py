"""Addresses: of our own pages by name, and as people write them into a page, a form or a header."""

from functools import lru_cache
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

from sauga.kernel.i18n import languages
from sauga.kernel.ui import journeys


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """The address behind a URL name, or nothing where this installation, this site or the language now
    spoken does not have the page.
    """
    if not args and not kwargs:
        return _plain(name, get_language(), get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    try:
        return _where_it_exists(name, reverse(name, args=args, kwargs=kwargs))
    except NoReverseMatch:
        return ""


def public_address(name: str, *args: str | int) -> str:
    """The address of a page or file that everybody may see, for lists that show many: found once in a
    process for each, so never with what is one person's own. Raises NoReverseMatch."""
    return _with_parts(
        name, args, get_language(), get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()
    )


@lru_cache(maxsize=4000)
def _with_parts(
    name: str, args: tuple[str | int, ...], _language: str | None, urlconf: str, _prefix: str
) -> str:
    return reverse(name, urlconf, args=args)


@lru_cache(maxsize=2000)
def _plain(name: str, _language: str | None, urlconf: str, _prefix: str) -> str:
    """Menus ask for the same forty addresses on every page, and they stay the same as long as the process
    lives."""
    try:
        return _where_it_exists(name, reverse(name, urlconf))
    except NoReverseMatch:
        return ""


def _where_it_exists(name: str, href: str) -> str:
    """The address, unless it is that of a page in a language that does not have it."""
    spoken = languages.active()
    is_missing = not spoken.is_whole and not journeys.exists_in(name, spoken)
    return "" if is_missing and href.startswith(f"/{spoken.code}/") else href


def parts_of(text: str) -> SplitResult | None:
    """The parts of an address; None for one that is broken, as `http://[`, or whose port is no number.

    >>> parts_of("https://a.example/b").netloc, parts_of("http://["), parts_of("http://a.example:x/")
    ('a.example', None, None)
    """
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts
