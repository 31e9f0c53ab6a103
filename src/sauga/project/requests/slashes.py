"""Addresses asked for without their final slash: on to the page, with the query, and with the body of what
was sent.

Only the address table decides, never what is stored: a redirect says that such a page exists in the program,
not that an object does.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch, is_valid_path
from django.utils.http import escape_leading_slashes

from sauga.kernel.identity.desk_access.access import is_hidden


class SlashMiddleware:
    """Redirects an address that is none to the same with a slash, where there is a page: 301 for GET and
    HEAD, else 308, which keeps method and body. Sets nothing, and reads no session of a visitor.

    A view that knows only some of its addresses says so by `leads_to(request, **kwargs)`; one that takes
    every address, to say that there is no such page, by `is_catch_all`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.endswith("/") or not _is_page(request):
            return self.get_response(request)
        target = escape_leading_slashes(request.get_full_path(force_append_slash=True))
        return HttpResponsePermanentRedirect(target, preserve_request=request.method not in {"GET", "HEAD"})


def _is_page(request: HttpRequest) -> bool:
    """Whether this address is none, and is one with a slash for who asks."""
    if _match(request, request.path_info) is not None:
        return False
    match = _match(request, f"{request.path_info}/")
    if match is None or is_hidden(request, match.func):
        return False
    leads_to: Any = getattr(match.func, "leads_to", None)
    return leads_to is None or bool(leads_to(request, *match.args, **match.kwargs))


def _match(request: HttpRequest, path: str) -> ResolverMatch | None:
    match: ResolverMatch | bool = is_valid_path(path, getattr(request, "urlconf", None))
    return (
        match if isinstance(match, ResolverMatch) and not getattr(match.func, "is_catch_all", False) else None
    )
