"""What a view does: offer a response to the page cache, with placeholders for what differs between visitors.

What no view offers is never cached. A page may hold places in which visitors differ (a form's ticket): the view renders
`placeholder(name)` there and gives a function that makes the value, and every visitor gets a value of their own.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape

from sauga.kernel.ui.machine import allow_compression

type Fill = Callable[[], str]
type OnHit = Callable[[str], Callable[[], Any] | None]

_secret = secrets.token_hex(16)  # nobody can write a placeholder into a form, since nobody can guess it
_PLACEHOLDER = re.compile(rf"{_secret}-(\w+)-".encode())
OK = 200
MINUTE, QUARTER = 60, 900
STORE = "sauga.page_cache.store"
"""In the scope of a request that may be cached: a function that is given the complete response."""


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A page as it can be given again: its pieces and, between them, what is made for each visitor.

    `on_hit` is called for every visitor that is given it with the program's user agent; it keeps nothing of it and returns what remains to
    be done in a thread, if anything. `valid_if` says whether the page may be given at this moment.
    """

    pieces: tuple[bytes, ...]
    fills: tuple[Fill, ...]
    on_hit: OnHit | None
    valid_if: Callable[[], bool] | None
    seconds: int

    def body(self) -> bytes:
        """The page for one visitor."""
        if not self.fills:
            return self.pieces[0]
        filled = [escape(fill()).encode() for fill in self.fills]
        return b"".join(part for pair in zip(self.pieces, [*filled, b""], strict=True) for part in pair)


def placeholder(name: str) -> str:
    """What a template is given instead of the value `name`."""
    return f"{_secret}-{name}-"


def cache_response(
    request: HttpRequest,
    response: HttpResponse,
    *,
    fill: Mapping[str, Fill] | None = None,
    on_hit: OnHit | None = None,
    valid_if: Callable[[], bool] | None = None,
    seconds: int = QUARTER,
) -> HttpResponse:
    """Fill the placeholders of `response` for this visitor, and offer the page to the cache when nothing of this request can be in it.

    Everything in the page must depend on its address, the database and the time alone, apart from the placeholders. It stays the same until
    the clock has passed the next whole multiple of `seconds` (a quarter of an hour: so also until midnight), unless the database changes.
    It is offered for a plain GET only: no query, no cookie, no session, nothing set. A page without placeholders gets an ETag, so that a
    browser that has it need not load it again.

    It may be compressed: without placeholders there is no secret in it; with some, nothing that the visitor, or who led them here, wrote.
    """
    pieces = _PLACEHOLDER.split(response.content)
    fills = tuple((fill or {})[name.decode()] for name in pieces[1::2])
    page = CachedPage(tuple(pieces[::2]), fills, on_hit, valid_if, seconds)
    response.content = page.body()
    if not fills or _is_plain(request):
        allow_compression(response)
    if _is_plain(request) and response.status_code == OK and not response.cookies and "Vary" not in response:
        if not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-cache"
        if not fills:
            response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:24]}"'
        response.cached_page = page  # type: ignore[attr-defined]  # read by the server on its way out
    return response


def _is_plain(request: HttpRequest) -> bool:
    return request.method == "GET" and not request.META.get("QUERY_STRING") and not request.META.get("HTTP_COOKIE")
