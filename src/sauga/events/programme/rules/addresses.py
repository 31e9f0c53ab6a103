"""Public addresses of events and series: title and year, so that none is ever a page of the list."""

from collections.abc import Callable
from datetime import date

from django.utils.text import slugify

from sauga.kernel.i18n import fold

LONGEST = 100


def address(title: str, day: date | None, is_taken: Callable[[str], bool], otherwise: str) -> str:
    """A free address for a title; `otherwise` where the title has no letter that an address can carry.

    An event ends with its year, a series (without a day) with its words.
    """
    words = slugify(fold(title))[:LONGEST].strip("-") or otherwise.lower()
    stem = f"{words}-{day.year}" if day and not words.endswith(str(day.year)) else words
    found, number = stem, 2
    while is_taken(found):
        found, number = f"{stem}-{number}", number + 1
    return found
