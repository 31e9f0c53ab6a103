"""The three sites, public site, member site and staff desk: which one a request belongs to, and what each may
use: cookies, headers, language."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from enum import StrEnum
from functools import cache, partial
from io import BytesIO
from typing import Any, cast

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.signals import request_started
from django.db import close_old_connections
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import ResolverMatch, set_script_prefix
from django.utils import translation

from sauga.kernel import live, page_cache
from sauga.kernel.i18n import languages
from sauga.kernel.identity.actions import own
from sauga.kernel.identity.desk_access.access import check_access
from sauga.kernel.identity.desk_access.session_recheck import Admission, admission_of
from sauga.kernel.members.my_sauga.middleware import is_member_path
from sauga.kernel.rate_limits import PLACES
from sauga.kernel.ui.page_previews.frames import FRAMES_OWN
from sauga.kernel.ui.public_frame import first_styles
from sauga.kernel.ui.public_frame.language import shown_instead
from sauga.kernel.ui.responses import errors
from sauga.project.requests import staff_streams

type GetResponse = Callable[[HttpRequest], HttpResponseBase]


class Site(StrEnum):
    """The public site serves visitors without a trace; the member site serves people of the public who sign
    in; the desk serves signed-in staff."""

    PUBLIC = "public"
    MEMBER = "member"
    DESK = "desk"


THREADS = sum(PLACES.values())  # as many as are let in at the same time; each keeps one database connection
BODILESS = {204, 304}
NOT_ALLOWED = 405
SETTLING = {1, 100}  # the numbers of requests
OK = 200
MOST_ADDRESSES = 4000
"""Of so many addresses a process remembers the view."""


class SiteHandler(ASGIHandler):
    """Runs a request whole – signals, middleware, view, closing – in one thread of a small pool: one hop
    instead of several a request, and no thread made and thrown away for it. Streams run on the event loop
    and hold no thread and no connection."""

    def __init__(self) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")
        self._served = 0
        self._places: dict[tuple[str | None, str], ResolverMatch] = {}

    def load_middleware(self, is_async: bool = True) -> None:
        super().load_middleware(is_async=False)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise ValueError("only HTTP is spoken here")
        body = await _whole(receive)
        if body is None:
            return
        self._settle()
        response, admission = await asyncio.get_running_loop().run_in_executor(
            self._threads, self._answer, scope, body
        )
        if isinstance(response, live.EventStreamResponse):
            serve = partial(live.serve_stream, response.page, live.response_start(response))
            del response, body  # an open page keeps nothing of the request that opened it
            await staff_streams.run(admission, serve, receive, send)
        elif response.streaming:
            await staff_streams.run(admission, partial(self._stream, response), receive, send)
        else:
            if page_cache.STORE in scope:
                scope[page_cache.STORE](response)
            await self.send_response(response, send)

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        """The view for an address.

        Django tries some three hundred translated patterns one after another. An address is resolved once per
        language where its pattern has no parameters, and where it was that of a page for everybody (`_keep`):
        never one that only its owner knows.
        """
        place = translation.get_language(), request.path_info
        match = self._places.get(place)
        if match is None:
            match = super().resolve_request(request)
            if match.route == request.path_info[1:]:
                self._places[place] = match
        request.resolver_match = match
        return match

    def _keep(self, request: HttpRequest, response: Any) -> None:
        """Remember the view of a page for everybody; the oldest are forgotten, however many there are."""
        if request.resolver_match is not None and response.status_code == OK:
            self._places[request.LANGUAGE_CODE, request.path_info] = request.resolver_match  # type: ignore[attr-defined]  # set by LanguageMiddleware
            while len(self._places) > MOST_ADDRESSES:
                self._places.pop(next(iter(self._places)), None)

    def _settle(self) -> None:
        """What was loaded at start and by the first requests stays loaded; the garbage collector need not
        look at it again and again."""
        self._served += 1
        if self._served in SETTLING:
            gc.collect()
            gc.freeze()

    def _answer(self, scope: Any, body: bytes) -> tuple[HttpResponseBase, Admission | None]:
        """The closed response, or an open stream and what admitted staff to it.

        A file is read here, in the thread, so that the event loop never waits for a disk.
        """
        with closing(BytesIO(body)) as file:
            set_script_prefix(get_script_prefix(scope))
            request_started.send(sender=type(self), scope=scope)
            request, refused = self.create_request(scope, file)
            response: Any = refused if request is None else self.get_response(request)
            if request is not None and getattr(response, "is_for_everybody", False):
                self._keep(request, response)
            response._handler_class = type(self)
        is_open = isinstance(response, StreamingHttpResponse | live.EventStreamResponse)
        is_staff = is_open and getattr(request, "sauga_site", None) is Site.DESK
        admission = admission_of(request) if request is not None and is_staff else None
        if isinstance(response, StreamingHttpResponse):
            if not response.is_async:
                response.streaming_content = _one_by_one(
                    list(cast(Iterable[bytes], response.streaming_content))
                )
            close_old_connections()
        else:
            if response.status_code not in BODILESS and not isinstance(response, live.EventStreamResponse):
                response.headers.setdefault("Content-Length", str(len(response.content)))
            response.close()
        return cast(HttpResponseBase, response), admission

    async def _stream(self, response: HttpResponseBase, receive: Any, send: Any) -> None:
        """Send until the stream ends or the visitor has gone, whichever comes first."""
        sending = asyncio.create_task(self.send_response(response, send))
        leaving = asyncio.create_task(receive())
        try:
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        finally:
            sending.cancel()
            leaving.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)
            await asyncio.get_running_loop().run_in_executor(self._threads, response.close)


async def _whole(receive: Any) -> bytes | None:
    """The body, which the limits have put together already; None when the visitor has gone."""
    parts, more = [], True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


async def _one_by_one(parts: list[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


class SiteMiddleware:
    """Marks each request with its site."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        mark_site(request)
        return self.get_response(request)


def mark_site(request: HttpRequest) -> Site:
    """Set the site on the request."""
    path = request.path_info
    site = Site.DESK if path.startswith("/desk") else Site.MEMBER if is_member_path(path) else Site.PUBLIC
    request.sauga_site = site  # type: ignore[attr-defined]  # set here for all
    return site


CSP_COMMON = (
    "default-src 'none'; script-src 'self'; style-src 'self'{styles}; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; "
    "media-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; "
)


@cache
def content_policy(site: Site) -> str:
    """What a page of this site may load. The first styles of public pages stand in the page itself."""
    if site is Site.DESK:
        return CSP_COMMON.format(styles="") + "trusted-types sauga-htmx"
    return CSP_COMMON.format(styles=f" {first_styles.source()}") + "trusted-types 'none'"


FIXED = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), interest-cohort=()"
    ),
    "X-Frame-Options": "DENY",
}
CAPTURING = FIXED["Permissions-Policy"].replace(
    "camera=(), microphone=()", "camera=(self), microphone=(self), display-capture=(self)"
)
"""What the page that broadcasts from the browser may ask for."""


class HeadersMiddleware:
    """Sets the security headers. A view may set its own policy first (the CMS and the embed route do)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        site: Site = request.sauga_site  # type: ignore[attr-defined]  # set by SiteMiddleware
        own = FRAMES_OWN if getattr(response, "frames_own", False) else ""
        policy = content_policy(site)
        if getattr(response, "plays_live", False):
            policy = policy.replace("media-src 'self'", "media-src 'self' blob:")
        if getattr(response, "keeps_pages", False):  # its script registers a service worker
            policy = policy.replace("trusted-types 'none'", "trusted-types sauga-offline")
        if origins := getattr(response, "submits_to", ()):
            policy = policy.replace("form-action 'self'", " ".join(("form-action 'self'", *origins)))
        response.headers.setdefault("Content-Security-Policy", policy + own)
        if getattr(response, "captures", False):
            response.headers["Permissions-Policy"] = CAPTURING
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        if getattr(
            response, "xframe_options_exempt", False
        ):  # as in Django: frame-ancestors names sites, which this header cannot
            del response.headers["X-Frame-Options"]
        if site is Site.DESK:
            response.headers.setdefault("Cache-Control", "no-store")
            # With `no-referrer` browsers send „Origin: null“ along with a form, and the forgery guard refuses
            # it.
            response.headers.setdefault("Referrer-Policy", "same-origin")
        return response


class DeskOnly:
    """Mixed into a middleware: on the public site it does nothing."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> Any:
        if request.sauga_site is not Site.DESK:  # type: ignore[attr-defined]  # set by SiteMiddleware
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc]  # the mixed-in class has it


class DeskSessionMiddleware(DeskOnly, SessionMiddleware):
    """Sessions of staff."""


class DeskCsrfMiddleware(DeskOnly, CsrfViewMiddleware):
    """Request forgery guard of staff; the public site uses single-use form tickets instead, which need no
    cookie."""

    def process_view(
        self, request: HttpRequest, callback: Any, callback_args: Any, callback_kwargs: Any
    ) -> Any:
        if request.sauga_site is not Site.DESK:  # type: ignore[attr-defined]  # set by SiteMiddleware
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)


class DeskAuthenticationMiddleware(DeskOnly, AuthenticationMiddleware):
    """The signed-in person, or None."""


class DeskMessageMiddleware(DeskOnly, MessageMiddleware):
    """Toasts after an act."""


class LanguageMiddleware:
    """Public pages take the language from their address, the desk from the person's choice; nothing is
    remembered for a visitor. A page that does not exist in its language is shown in another one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = _language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]  # Django's own middleware sets it too
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            _remember(request, response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> Any:
        return shown_instead(request) if request.sauga_site is not Site.DESK else None  # type: ignore[attr-defined]  # set by SiteMiddleware


def _language(request: HttpRequest) -> str:
    if request.sauga_site is Site.DESK:  # type: ignore[attr-defined]  # set by SiteMiddleware
        chosen = (
            getattr(getattr(request, "user", None), "language", "")
            or request.COOKIES.get(own.LANGUAGE_COOKIE, "")
            or request.COOKIES.get(own.LAST_LANGUAGE_COOKIE, "")
        )
        row = languages.row(chosen)
        return (row if row is not None and row.staff else languages.default()).code
    return (languages.of_path(request.path_info) or languages.default()).code


def _remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Keep the language of who works at the desk for the sign-in page of this browser, after their
    session."""
    language = getattr(getattr(request, "user", None), "language", "")
    if language and request.COOKIES.get(own.LAST_LANGUAGE_COOKIE) != language:
        own.keep_last_language(response, language)


class MethodMiddleware:
    """An address that is no page does not exist for who asks for a page: 404 instead of 405.

    Everybody gets the same answer, with or without the role or the cookie that it needs. At the desk for
    every wrong method; elsewhere where only a post is taken. Programs (the API) are told which methods there
    are.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != NOT_ALLOWED or request.path_info.startswith("/api/"):
            return response
        is_desk = request.sauga_site is Site.DESK  # type: ignore[attr-defined]  # set by SiteMiddleware
        return (
            errors.not_found(request)
            if is_desk or "GET" not in response.headers.get("Allow", "GET")
            else response
        )


class DeskGateMiddleware:
    """The desk is not used without signing in, unless the view is marked as part of signing in
    (`identity.access.open_to_all`)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> Any:
        return check_access(request, view) if request.sauga_site is Site.DESK else None  # type: ignore[attr-defined]  # set by SiteMiddleware
