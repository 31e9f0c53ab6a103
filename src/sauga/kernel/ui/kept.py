"""Public pages that are the same for everybody, offered to be kept ready for the next reader (`sauga.project.keeping` keeps them).

A view says so itself by `offer`; what no view offers is never kept. A page may hold places in which readers differ (a form's ticket): the
view renders `mark(name)` there and gives a maker for it, and every reader gets a value of their own.
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

type Maker = Callable[[], str]
type Seen = Callable[[str], Callable[[], Any] | None]

_secret = secrets.token_hex(16)  # nobody can write a mark into a form, since nobody can guess it
_MARK = re.compile(rf"{_secret}-(\w+)-".encode())
OK = 200
MINUTE, QUARTER = 60, 900


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it can be given again: its pieces and, between them, what is made for each reader. `seen` is told of every reader that is
    given it: it gets what their program calls itself, keeps nothing of it, and says what remains to be done in a thread, if anything.
    `good` says whether the page may be given at this moment."""

    pieces: tuple[bytes, ...]
    makers: tuple[Maker, ...]
    seen: Seen | None
    good: Callable[[], bool] | None
    seconds: int

    def whole(self) -> bytes:
        """The page for one reader."""
        if not self.makers:
            return self.pieces[0]
        made = [escape(make()).encode() for make in self.makers]
        return b"".join(part for pair in zip(self.pieces, [*made, b""], strict=True) for part in pair)


def mark(name: str) -> str:
    """What a template is given instead of the value `name`."""
    return f"{_secret}-{name}-"


def offer(
    request: HttpRequest,
    response: HttpResponse,
    *,
    made: Mapping[str, Maker] | None = None,
    seen: Seen | None = None,
    good: Callable[[], bool] | None = None,
    seconds: int = QUARTER,
) -> HttpResponse:
    """Fill the places of `response` for this reader, and offer the page to be kept when nothing of this request can be in it.

    Everything in the page must depend on its address, the database and the time alone, apart from the places. It stays the same until the
    clock has passed the next whole multiple of `seconds` (a quarter of an hour: so also until midnight), unless the database changes. It is
    offered for a plain GET only: no query, no cookie, no session, nothing set. A page without places gets a tag, so that a browser that has
    it need not take it again.

    It may be compressed: without places there is no secret in it, and with some nothing that the reader, or who led them here, wrote.
    """
    pieces = _MARK.split(response.content)
    makers = tuple((made or {})[name.decode()] for name in pieces[1::2])
    kept = Kept(tuple(pieces[::2]), makers, seen, good, seconds)
    response.content = kept.whole()
    if not makers or _is_plain(request):
        allow_compression(response)
    if _is_plain(request) and response.status_code == OK and not response.cookies and "Vary" not in response:
        if not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-cache"
        if not makers:
            response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:24]}"'
        response.kept = kept  # type: ignore[attr-defined]  # read by the server on its way out
    return response


def _is_plain(request: HttpRequest) -> bool:
    return request.method == "GET" and not request.META.get("QUERY_STRING") and not request.META.get("HTTP_COOKIE")
