"""What a view does: offer a response to the page cache, with placeholders for what differs between visitors.

What no view offers is never cached. A page may hold places in which visitors differ (a form's ticket): the
view renders `placeholder(name)` there and gives a function that makes the value, and every visitor gets a
value of their own.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from sauga.kernel import clock
from sauga.kernel.ui.responses.cache_headers import allow_compression

type Fill = Callable[[], str]
type OnHit = Callable[[str], Callable[[], Any] | None]

_secret = secrets.token_hex(16)  # nobody can write a placeholder into a form, since nobody can guess it
_PLACEHOLDER = re.compile(rf"{_secret}-(\w+)-".encode())
_kept_queries = {""}
OK = 200
MINUTE, QUARTER = 60, 900
MOST_FRAMES = 64
STORE = "sauga.page_cache.store"
"""In the scope of a request that may be cached: a function that is given the complete response."""


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A page as it can be given again: its pieces and, between them, what is made for each visitor.

    `on_hit` is called for every visitor that is given it with the program's user agent; it keeps nothing of
    it and returns what remains to be done in a thread, if anything. `valid_if` says whether the page may be
    given at this moment.
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
        return _filled(self.pieces, (fill() for fill in self.fills))


def keep_queries(queries: Iterable[str]) -> None:
    """Keep pages asked for with one of these queries, too, each as a page of its own."""
    _kept_queries.update(queries)


def is_kept(query: str) -> bool:
    """Whether pages asked for with this query are kept: with none, and with those that services name."""
    return query in _kept_queries


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
    """Fill the placeholders of `response` for this visitor, and offer the page to the cache when nothing of
    this request can be in it.

    Everything in the page must depend on its address, the database and the time alone, apart from the
    placeholders. It stays the same until the clock has passed the next whole multiple of `seconds` (a quarter
    of an hour: so also until midnight), unless the database changes. It is offered for a plain GET only: no
    query but the few that services name, no cookie, no session, nothing set. A page that says what is open
    now (`request.says_what_is_now`, set by the part that says it) stays for a minute at most. A page without
    placeholders gets an ETag, so that a browser that has it need not load it again.

    It may be compressed: without placeholders there is no secret in it; with some, nothing that the visitor,
    or who led them here, wrote.
    """
    response.is_for_everybody = True  # type: ignore[attr-defined]  # read by project.requests.sites
    pieces = _PLACEHOLDER.split(response.content)
    fills = tuple((fill or {})[name.decode()] for name in pieces[1::2])
    if getattr(request, "says_what_is_now", False):
        seconds = min(seconds, MINUTE)
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


_frames: dict[tuple[str, ...], tuple[int, list[bytes]]] = {}


def render_shared(
    request: HttpRequest,
    template: str,
    context: Callable[[], dict[str, Any]],
    values: Mapping[str, str],
    *variant: str,
) -> bytes:
    """A page of one visitor's own (a receipt, a certificate), filled into a frame that all visitors share;
    the frame is rendered once a minute.

    All but the placeholders in `context` must be the same for all visitors of one language, host and
    `variant`. A value is escaped, unless it is marked as safe, such as a part that was rendered by itself. A
    request with a query is rendered for itself: the language switch repeats the query, which is no other
    visitor's business. Nothing of `values` is kept.
    """
    key, minute = (
        (template, get_language() or "", request.get_host(), *variant),
        int(clock.now().timestamp() // MINUTE),
    )
    rendered, pieces = _frames.get(key, (0, []))
    is_own = bool(request.META.get("QUERY_STRING"))
    if is_own or rendered != minute:
        pieces = _PLACEHOLDER.split(render_to_string(template, context(), request=request).encode())
        if not is_own:
            if len(_frames) >= MOST_FRAMES:
                _frames.clear()
            _frames[key] = (minute, pieces)
    return _filled(pieces[::2], (values[name.decode()] for name in pieces[1::2]))


def _filled(pieces: Iterable[bytes], values: Iterable[str]) -> bytes:
    return b"".join(
        part
        for pair in zip(pieces, [*(conditional_escape(value).encode() for value in values), b""], strict=True)
        for part in pair
    )


def _is_plain(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and is_kept(request.META.get("QUERY_STRING", ""))
        and not request.META.get("HTTP_COOKIE")
    )
