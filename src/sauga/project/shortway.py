"""The short way of small requests: answered on the event loop, without a thread, where a view has one (`view.quick`).

`view.quick(request, **named)` is a coroutine that answers, or says None: then the request goes the long way, through all middleware and the
view itself. It may answer only what the long way would answer, for somebody who took that way a moment ago, and must ask again what may
have changed since. Here the doors keep what they always keep: the guard against forgery, TLS, the headers.
"""

import logging
from functools import lru_cache, partial
from io import BytesIO
from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.security import SecurityMiddleware
from django.urls import Resolver404, ResolverMatch, resolve

from sauga.kernel import live
from sauga.project import staff_streams
from sauga.project.doors import Door, HeadersMiddleware, mark_door
from sauga.project.limits import Receive, Send

log = logging.getLogger(__name__)


class ShortWay:
    """Asked before the handler; whether it answered."""

    def __init__(self) -> None:
        self.guard = CsrfViewMiddleware(_nobody)
        self.secure = SecurityMiddleware(_nobody)

    async def __call__(self, scope: Any, body: bytes, receive: Receive, send: Send) -> bool:
        match = _match(scope["path"])
        response = await self._answer(match, scope, body) if match is not None else None
        if response is None:
            return False
        start = live.start_of(response)
        if isinstance(response, live.HeldResponse):
            serve, admission = partial(live.hold, response.page, start), response.admission
            del response, body  # an open page keeps nothing of the request that opened it
            await staff_streams.run(admission, serve, receive, send)
        else:
            await send(start)
            await send({"type": "http.response.body", "body": response.content})
        return True

    async def _answer(self, match: ResolverMatch, scope: Any, body: bytes) -> HttpResponse | None:
        request = ASGIRequest(scope, BytesIO(body))
        if self._is_refused(request, match):
            return None
        try:
            response: HttpResponse | None = await match.func.quick(request, **match.kwargs)  # type: ignore[attr-defined]  # `_match` looked
        except Exception as error:
            # Whatever it was, the long way meets it again and answers for it.
            log.warning("short way left", extra={"error_type": type(error).__name__})
            return None
        if isinstance(response, live.HeldResponse) and mark_door(request) is Door.DESK and response.admission is None:
            return None  # a stream of staff that nobody could check
        if response is not None:
            self._dress(request, response)
        return response

    def _is_refused(self, request: ASGIRequest, match: ResolverMatch) -> bool:
        """Whether the long way would refuse or redirect: it does so itself, in its own words."""
        if self.secure.process_request(request) is not None:
            return True
        if mark_door(request) is not Door.DESK:
            return False
        self.guard.process_request(request)
        return self.guard.process_view(request, match.func, match.args, match.kwargs) is not None

    def _dress(self, request: ASGIRequest, response: HttpResponse) -> None:
        if not isinstance(response, live.HeldResponse):
            response.headers["Content-Length"] = str(len(response.content))
        HeadersMiddleware(lambda _: response)(request)
        self.secure.process_response(request, response)


def _nobody(_: Any) -> HttpResponse:  # pragma: no cover  the middlewares are asked for their parts, never called
    raise AssertionError


def _match(path: str) -> ResolverMatch | None:
    """The view behind a path, if it has a short way."""
    match = _resolved(path)
    return match if match is not None and hasattr(match.func, "quick") else None


@lru_cache(maxsize=4096)
def _resolved(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None
