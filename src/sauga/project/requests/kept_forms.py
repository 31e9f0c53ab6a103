"""A form that arrives after its session has ended: what was typed is kept, and stands in the form again after
signing in (`kernel.kit.kept_forms`).

Nothing is sent by itself: the person sees the form and sends it, with the tokens of the new session.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse

from sauga.kernel import clock
from sauga.kernel.identity.desk_access import access
from sauga.kernel.identity.signin.vaults import BACKGROUND
from sauga.kernel.kit import kept_forms, prefilled_forms, unsent
from sauga.kernel.kit.kept_forms import Kept, Typed
from sauga.kernel.kit.sent_forms import REDIRECTS
from sauga.kernel.members.my_sauga import middleware as members
from sauga.kernel.ui.responses import errors
from sauga.project.requests.sites import Site

FAILED = 500
SIGNING_OUT = {"identity-signout", "members-signout"}
CODE = re.compile(r"[A-Z0-9_.:-]*|[0-9a-f-]*|on|[\[{].*", re.DOTALL)
"""What nobody typed: codes of choices, references, what scripts store."""
SHORTEST = 3


class KeptFormMiddleware:
    """Stands around the gates and the guards against forgery, so that it sees what they refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        site: Site = request.sauga_site  # type: ignore[attr-defined]  # set by SiteMiddleware
        if site is Site.PUBLIC or _is_of_script(request):
            return response
        if request.method == "POST":
            return _after_post(request, response, site)
        kept = kept_forms.read_cookie(request, site)
        return _shown(request, response, site, kept) if kept is not None else response


def _after_post(request: HttpRequest, response: HttpResponseBase, site: Site) -> HttpResponseBase:
    is_stale = getattr(response, errors.STALE, False)
    if is_stale or access.leads_to_sign_in(response):
        return _kept(request, response, site, is_stale=is_stale)
    if (kept := kept_forms.read_cookie(request, site)) is None:
        return response
    match = request.resolver_match
    if match is not None and match.url_name in SIGNING_OUT:
        kept_forms.leave(request, response)
    elif response.status_code < FAILED:
        typed = kept_forms.find(kept, clock.now())
        if typed is not None and (typed.path, typed.owner) == (request.path, kept_forms.mark(request)):
            kept_forms.forget(kept)
            kept_forms.take_cookie(response, site)
    return response


def _kept(
    request: HttpRequest, response: HttpResponseBase, site: Site, *, is_stale: bool
) -> HttpResponseBase:
    """The answer to a form that was not let in: on to signing in, or to the form where that was done already
    in another tab."""
    owner, now = request.POST.get(kept_forms.FIELD, ""), kept_forms.mark(request)
    if not kept_forms.is_genuine(owner) or now not in {"", owner} or is_foreign(request):
        return response
    match = request.resolver_match
    module = getattr(match.func, "__module__", "") if match else ""
    fields = kept_forms.may_be_kept(request.POST.lists(), module)
    page, beside = _page_of(request, site), getattr(request, unsent.ATTRIBUTE, "")
    page = unsent.added(page, beside) if page and beside else page
    typed = Typed(request.path, page, owner, fields, bool(request.FILES), had_ended=is_stale or not now)
    kept = kept_forms.keep(typed, clock.now())
    if kept is None:
        return response
    if before := kept_forms.read_cookie(request, site):
        kept_forms.forget(before)
    if is_stale:
        to = page or _home(request, site)
        response = _led(request, to if now else f"{_signin(request, site)}?{urlencode({'next': to})}")
    kept_forms.give_cookie(response, site, kept)
    return response


def _led(request: HttpRequest, to: str) -> HttpResponseBase:
    """On to a page; where a part of a page was asked for, the whole page goes."""
    is_partial = "HX-Request" in request.headers
    return HttpResponse(status=204, headers={"HX-Redirect": to}) if is_partial else HttpResponseRedirect(to)


def _shown(request: HttpRequest, response: Any, site: Site, kept: Kept) -> HttpResponseBase:
    """A page in a browser that holds a key: with the form filled, or with a sentence on what is kept."""
    owner, at = kept_forms.mark(request), clock.now()
    typed = kept_forms.find(kept, at)
    if typed is not None and owner and typed.owner != owner:
        kept_forms.forget(kept)
        kept_forms.take_cookie(response, site)
        return response  # type: ignore[no-any-return]  # Any, because the stubs do not say what a body is
    is_page = (
        typed is not None
        and bool(owner)
        and request.path == urlsplit(typed.page or _home(request, site)).path
    )
    if is_page and response.status_code in REDIRECTS and not access.leads_to_sign_in(response):
        if to := _safe(response.headers["Location"], site):
            kept_forms.lead_on(kept, typed, to)  # type: ignore[arg-type]  # `is_page` says that there is one
        return response  # type: ignore[no-any-return]  # as above
    if not is_whole_page(response):
        return response  # type: ignore[no-any-return]  # as above
    page = response.content.decode()
    said: dict[str, Any] = {
        "kept": kept,
        "typed": typed,
        "is_inside": bool(owner),
        "is_desk": site is Site.DESK,
    }
    if typed is None:
        kept_forms.take_cookie(response, site)
    elif is_page:
        filled = prefilled_forms.fill(
            page, at=request.path, path=typed.path, typed=typed.fields, never=kept_forms.NEVER
        )
        page = filled.page
        said |= {"is_page": True, "anchor": filled.anchor, "left_over": words(filled.left_over)}
    response.content = prefilled_forms.insert(page, render_to_string("kit/_kept_form.html", said)).encode()
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(response.content))
    return response  # type: ignore[no-any-return]  # as above


def words(texts: list[str]) -> list[str]:
    """Of the texts without a place those that a person typed."""
    return [text for text in texts if len(text) >= SHORTEST and not CODE.fullmatch(text)]


def is_whole_page(response: Any) -> bool:
    """Whether an answer is a page of its own, drawn for this person."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
    return is_page and not getattr(response, "is_for_everybody", False)


def _is_of_script(request: HttpRequest) -> bool:
    """Whether a script asked by itself; what htmx sends of a form belongs to the person who sent it."""
    if "HX-Request" in request.headers:
        return request.method != "POST"
    return request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate" or BACKGROUND in request.headers


def is_foreign(request: HttpRequest) -> bool:
    """Whether another site sent the form, as far as the browser says."""
    origin = request.headers.get("Origin")
    return (origin is not None and urlsplit(origin).netloc != request.get_host()) or request.headers.get(
        "Sec-Fetch-Site", "same-origin"
    ) not in {"same-origin", "none"}


def _page_of(request: HttpRequest, site: Site) -> str:
    return access.page_of_form(request) if site is Site.DESK else members.page_of_form(request)


def _safe(wanted: str, site: Site) -> str:
    return access.safe_path(wanted) if site is Site.DESK else members.safe_path(wanted)


def _home(request: HttpRequest, site: Site) -> str:
    """The first page of the desk, of My Sauga, or of a service's own site of members."""
    starts = (start for start in members.prefixes() if f"{request.path}/".startswith(start))
    return reverse("identity-home") if site is Site.DESK else next(starts)


def _signin(request: HttpRequest, site: Site) -> str:
    return reverse("identity-signin" if site is Site.DESK else members.site_of(request.path_info).signin)
