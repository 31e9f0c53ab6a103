"""Addresses: of our own pages by name, and as people write them into a page, a form or a header."""

from functools import lru_cache
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """The address behind a URL name, or nothing where this installation or this site does
    not have the page.
    """
    if not args and not kwargs:
        return _plain(name, get_language(), get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=2000)
def _plain(name: str, _language: str | None, urlconf: str, _prefix: str) -> str:
    """Menus ask for the same forty addresses on every page, and they stay the same as long as the process
    lives."""
    try:
        return reverse(name, urlconf)
    except NoReverseMatch:
        return ""


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
