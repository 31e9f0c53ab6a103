"""Whose advice a page with a choice of readers opens on: that of the readers of the page that led here."""

from collections.abc import Iterable, Sequence

from sauga.portal.states import Audience

QUERY = "for"
"""The parameter that names the group of readers in the address of a page with advice."""
QUERIES = tuple(f"{QUERY}={code}" for code in Audience.values)


def reads(asked: str, audiences: Iterable[str]) -> str:
    """The group of readers of a page: the one that its address asks for, else the first that the page is for;
    empty where nothing says it."""
    return next((code for code in (asked, *audiences) if code in Audience.values), "")


def opens_on(reader: str, offered: Sequence[str]) -> str:
    """Whose advice is open, of the groups offered: the reader's own; where the reader is unknown, that of
    the first group who are not small children."""
    if reader in offered:
        return reader
    return next((code for code in offered if code != Audience.CHILDREN), offered[0])


def opened(href: str, reader: str) -> str:
    """The address of a page with advice, open at that of a reader; unchanged without one."""
    return f"{href}?{QUERY}={reader}" if href and reader else href
