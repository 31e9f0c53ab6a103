"""Access to the staff desk: no one passes without signing in with a second factor. Also `needs`, which a view
declares its permission with."""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from functools import wraps
from math import inf
from typing import Any
from urllib.parse import unquote, urlencode

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from sauga.kernel import clock
from sauga.kernel.identity.actors import SECOND, actor, actor_or_none
from sauga.kernel.identity.signin.vaults import is_stream

type View = Callable[..., HttpResponseBase]

LONGEST = timedelta(hours=12)  # a session ends then, however busy

OPEN = "identity_open_to_all"
BEFORE_SECOND = "identity_before_second"
DETOUR = "identity_detour"
# what `needs` asked for, so that the table of addresses can be compared with the permissions
NEEDED = "identity_needed"


def open_to_all[V: Callable[..., Any]](view: V) -> V:
    """Mark a desk view that belongs to signing in: it answers people who have not signed in."""
    setattr(view, OPEN, True)
    return view


def before_second[V: Callable[..., Any]](view: V) -> V:
    """Mark a view that a person signed in by password alone may use: setting up the second factor, signing
    out."""
    setattr(view, BEFORE_SECOND, True)
    return view


def check_access(request: HttpRequest, view: Any) -> HttpResponseBase | None:
    """None lets the request pass; otherwise the redirect to sign in or to set up a second factor."""
    if getattr(view, OPEN, False):
        return None
    if not request.user.is_authenticated:
        return send_to(request, reverse("identity-signin"))
    if clock.now().timestamp() - request.session.get(SECOND, inf) > LONGEST.total_seconds():
        logout(request)
        return send_to(request, reverse("identity-signin"))
    if request.session.get(SECOND) or getattr(view, BEFORE_SECOND, False):
        return None
    return send_to(request, reverse("identity-factor-setup"))


def needs(permission: StrEnum) -> Callable[[View], View]:
    """Only for people who hold the permission; to anyone else signed in the page does not exist (404,
    docs/develop/threat-model.md)."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not actor(request).can(permission):
                raise Http404
            return view(request, *args, **kwargs)

        setattr(guarded, NEEDED, permission)
        return guarded

    return mark


def is_hidden(request: HttpRequest, view: Any) -> bool:
    """Whether the person who asks is signed in and, to them, this page of the desk does not exist.

    Who is not signed in learns nothing: every address of the desk leads them to sign in.
    """
    needed: StrEnum | None = getattr(view, NEEDED, None)
    if needed is None:
        return False
    who = actor_or_none(request)
    return who is not None and not who.can(needed)


def send_to(request: HttpRequest, address: str) -> HttpResponseBase:
    """Redirect, keeping where the person wanted to go, or was when they sent a form. A partial request (htmx)
    makes the whole page go; a stream of events gets no content, after which the browser asks no more."""
    if is_stream(request):
        return HttpResponse(status=204)
    is_partial = "HX-Request" in request.headers
    wanted = request.get_full_path() if request.method == "GET" and not is_partial else page_of_form(request)
    to = f"{address}?{urlencode({'next': wanted})}" if safe_path(wanted) else address
    partial = HttpResponse(status=204, headers={"HX-Redirect": to}) if is_partial else None
    return detour(partial or HttpResponseRedirect(to))


def page_of_form(request: HttpRequest) -> str:
    """The page of our desk from which a form or a partial request was sent, or nothing."""
    name = "HX-Current-URL" if "HX-Request" in request.headers else "Referer"
    return safe_path(request.headers.get(name, ""), whole=True)


def detour(response: HttpResponseBase) -> HttpResponseBase:
    """Mark an answer that sends the person to show who they are first."""
    setattr(response, DETOUR, True)
    return response


def leads_to_sign_in(response: HttpResponseBase) -> bool:
    """Whether the answer sends the person to show who they are first: nothing was done yet."""
    return getattr(response, DETOUR, False)


def safe_path(wanted: str, *, whole: bool = False) -> str:
    """The address if it is a page of our own desk, else nothing. With `whole`, the path is taken out of a
    full address first.

    Only a path is accepted: it begins with /desk/, and a backslash, a control character or a second slash
    that browsers might read as a host is refused.
    """
    if whole:
        _, _, rest = wanted.partition("://")
        wanted = "/" + rest.partition("/")[2] if rest else wanted
    plain = (
        wanted.isprintable()
        and "\\" not in wanted
        and "//" not in wanted.partition("?")[0]
        and ".." not in unquote(wanted)
    )
    return wanted if plain and wanted.startswith("/desk/") and len(wanted) <= 2000 else ""
