"""What is particular to the member site: its session, its guard against forged requests, and the gate before
its pages. On every other site these do nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import override, pgettext_lazy

from sauga.kernel import clock
from sauga.kernel.identity.desk_access.access import detour
from sauga.kernel.members import queries
from sauga.kernel.members.actions import signin
from sauga.kernel.members.actors import session_of
from sauga.kernel.members.models import MemberSession
from sauga.kernel.members.signin import cookies


@dataclass(frozen=True)
class OwnSite:
    """Pages of a service for its own members, beside My Sauga: their sessions count there and nowhere else.

    `address` is their beginning after the language, `method` how their sessions begin, `signin` the name of
    the page on which they do.
    """

    address: Any
    method: str
    signin: str


MY = OwnSite(pgettext_lazy("address", "my/"), "", "members-signin")
_own: list[OwnSite] = []

type GetResponse = Callable[[HttpRequest], HttpResponseBase]

OPEN = "members_open_to_visitors"
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}


def register_site(site: OwnSite) -> None:
    """Make the pages of a service known, once when the program starts."""
    _own.append(site)
    beginnings.cache_clear()


@cache
def beginnings() -> dict[str, OwnSite]:
    """The beginnings of all addresses of members, one for each site and language, and whose they are."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.update({f"/{code}/{site.address}": site for site in (MY, *_own)})
    return found


def prefixes() -> tuple[str, ...]:
    """The beginnings of all addresses of members."""
    return tuple(beginnings())


def site_of(path: str) -> OwnSite:
    """Which site of members an address belongs to; My Sauga for every other."""
    return next((site for start, site in beginnings().items() if f"{path}/".startswith(start)), MY)


def _counts(session: MemberSession, site: OwnSite) -> bool:
    """Whether a session counts on a site: only where it was begun."""
    others = {one.method for one in _own if one is not site}
    return session.method not in others and (site is MY or session.method == site.method)


def is_member_path(path: str) -> bool:
    """Whether an address belongs to the member site."""
    return f"{path}/".startswith(prefixes())


def open_to_visitors[V: Callable[..., Any]](view: V) -> V:
    """Mark a view that answers people who have not signed in."""
    setattr(view, OPEN, True)
    return view


def safe_path(wanted: str) -> str:
    """The address if it is a page of the member site, else nothing."""
    read = unquote(wanted)  # browsers take %2e%2e for a step upwards
    plain = read.isprintable() and not any(
        one in text for one in ("\\", "//", "..") for text in (wanted, read)
    )
    return wanted if plain and wanted.startswith(prefixes()) and len(wanted) <= 300 else ""


def page_of_form(request: HttpRequest) -> str:
    """The page of the member site from which a form was sent, or nothing."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    return safe_path(came_from._replace(scheme="", netloc="", fragment="").geturl())


class MemberSessionMiddleware:
    """Finds the session of the cookie, and keeps it alive."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_member_path(request.path_info):
            return self.get_response(request)
        at, secret = clock.now(), cookies.read(request, cookies.session_name())
        session = queries.session_by_key(cookies.digest(secret), at) if secret else None
        if session is not None and not _counts(session, site_of(request.path_info)):
            session = None
        request.member_session = session  # type: ignore[attr-defined]  # read by `actors.session_of`
        if session is not None:
            request.META["CSRF_COOKIE"] = _form_secret(secret)
            signin.touch_session(session=session, at=at)
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        # With `no-referrer` browsers send “Origin: null” along with a form, and the guard refuses it.
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response


def _form_secret(secret: str) -> str:
    """What the forms of one session carry: it follows from the cookie, so that it needs none of its own."""
    return salted_hmac("members.form", secret, algorithm="sha256").hexdigest()[:32]


class MemberCsrfMiddleware(CsrfViewMiddleware):
    """Refuses forged requests: forms of a signed-in member carry a token of the session; forms of visitors
    must come from a page of ours, as far as the browser says where they come from."""

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request) if session_of(request) is None else super().__call__(request)

    def process_request(self, request: HttpRequest) -> None:
        """The session's middleware has set the secret."""

    def process_view(
        self, request: HttpRequest, callback: Any, callback_args: Any, callback_kwargs: Any
    ) -> Any:
        if not is_member_path(request.path_info):
            return None
        if session_of(request) is not None:
            return super().process_view(request, callback, callback_args, callback_kwargs)
        is_checked = request.method not in SAFE and not getattr(request, "_dont_enforce_csrf_checks", False)
        return self._reject(request, "origin") if is_checked and self._is_foreign(request) else None  # type: ignore[attr-defined]  # the stubs leave out what Django documents for subclasses

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """No cookie of its own."""
        return response

    def _get_secret(self, request: HttpRequest) -> str | None:
        found: str | None = request.META.get("CSRF_COOKIE")
        return found

    def _is_foreign(self, request: HttpRequest) -> bool:
        if "HTTP_ORIGIN" in request.META:
            return not self._origin_verified(request)  # type: ignore[attr-defined]  # as above
        return request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}


class MemberGateMiddleware:
    """The member site is not used without signing in, unless the view is marked `open_to_visitors`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> Any:
        if not is_member_path(request.path_info) or getattr(view, OPEN, False):
            return None
        if session_of(request) is not None:
            return None
        wanted = safe_path(request.get_full_path()) if request.method == "GET" else page_of_form(request)
        to = reverse(site_of(request.path_info).signin)
        return detour(HttpResponseRedirect(f"{to}?{urlencode({'next': wanted})}" if wanted else to))
