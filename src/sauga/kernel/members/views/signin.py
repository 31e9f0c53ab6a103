"""Signing in and out: a link by e-mail, or a passkey."""

import secrets
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock, rate_limits
from sauga.kernel.i18n.normal import normal_address
from sauga.kernel.members import queries
from sauga.kernel.members.actions import passkeys, signin
from sauga.kernel.members.actors import member, member_or_none, session_of
from sauga.kernel.members.forms import SigninForm
from sauga.kernel.members.models import SigninLink
from sauga.kernel.members.my_sauga.middleware import open_to_visitors, safe_path
from sauga.kernel.members.rules import LINK_LASTS, SESSION_LONGEST
from sauga.kernel.members.signin import cookies, webauthn
from sauga.kernel.members.signin.devices import device_of
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import SystemActor

VISITOR = SystemActor("visitor")
PURPOSE = "members.signin"
GONE, TOO_MANY = 410, 429


@open_to_visitors
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Asks for an address and mails a link to it.

    The answer and the work are the same whether or not an account has the address.
    """
    wanted = safe_path(request.POST.get("next", request.GET.get("next", "")))
    if request.method != "POST":
        if session_of(request) is not None:
            return HttpResponseRedirect(wanted or reverse("members-home"))
        return _page(request, SigninForm(), wanted)
    form, at = SigninForm(request.POST), clock.now()
    if not form.is_valid():
        return _page(request, form, wanted)
    ticket = request.POST.get("ticket", "")[:64]
    try:
        rate_limits.admit(PURPOSE, ticket, request, at)
    except rate_limits.Held as held:
        return _page(request, form, wanted, ticket=ticket, puzzle=held.puzzle, held=held, status=TOO_MANY)
    browser = cookies.read(request, cookies.asking_name()) or cookies.new_secret()
    signin.ask_link(
        by=VISITOR,
        address=normal_address(form.cleaned_data["email"]),
        browser=browser,
        language=get_language() or "lt",
        wanted=wanted,
        at=at,
    )
    response = HttpResponseRedirect(reverse("members-sent"))
    cookies.give(response, cookies.asking_name(), browser, LINK_LASTS)
    return response


def _page(
    request: HttpRequest, form: SigninForm, wanted: str, *, status: int = 200, **extra: Any
) -> HttpResponse:
    """The form; under pressure with a puzzle that a browser solves while the person types."""
    ticket = extra.pop("ticket", "") or secrets.token_urlsafe(12)
    context = {
        "form": form,
        "next": wanted,
        "ticket": ticket,
        "puzzle": rate_limits.puzzle_for(PURPOSE, ticket, clock.now()),
        **extra,
    }
    return render(request, "members/site/signin.html", context, status=status)


@open_to_visitors
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What to do now. The same page for everybody, with or without having asked."""
    return render(request, "members/site/sent.html")


@open_to_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponseBase:
    """The page behind a mailed link.

    In the browser that asked for it, opening signs in. Anywhere else it shows a button: whatever opens links
    by itself, such as a mail scanner, has no such cookie and presses nothing, so it uses nothing up.
    """
    at = clock.now()
    row = queries.link_by_token(token)
    if row is None or not row.is_open(at):
        return render(request, "members/site/link_over.html", {"wanted": ""}, status=GONE)
    is_asking = request.method == "GET" and _asked_here(request, row) and not _is_prefetch(request)
    if request.method == "POST" or is_asking:
        return _use(request, row)
    who = member_or_none(request)
    return render(request, "members/site/link.html", {"is_other": who is not None})


def _asked_here(request: HttpRequest, row: SigninLink) -> bool:
    secret = cookies.read(request, cookies.asking_name())
    return bool(secret) and constant_time_compare(cookies.digest(secret), bytes(row.browser))


def _is_prefetch(request: HttpRequest) -> bool:
    purpose = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
    return "prefetch" in purpose.lower()


def _use(request: HttpRequest, row: SigninLink) -> HttpResponseBase:
    at, device = clock.now(), device_of(request.headers.get("User-Agent", ""))
    try:
        _who, secret = signin.use_link(by=VISITOR, link=row, device=device, at=at)
    except ActionRefused:
        return render(request, "members/site/link_over.html", {"wanted": ""}, status=GONE)
    return _entered(request, secret, safe_path(row.wanted))


def _entered(request: HttpRequest, secret: str, wanted: str) -> HttpResponseBase:
    """Into the account; a member signed in in this browser before is signed out."""
    before, who = session_of(request), member_or_none(request)
    if before is not None and who is not None:
        signin.end_sessions(by=who, sessions=[before], at=clock.now())
    response = HttpResponseRedirect(wanted or reverse("members-home"))
    cookies.give(response, cookies.session_name(), secret, SESSION_LONGEST)
    cookies.take(response, cookies.asking_name())
    return response


@open_to_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: HttpRequest) -> HttpResponseBase:
    """GET: what the browser needs to ask for a passkey. POST: its answer."""
    at = clock.now()
    if request.method != "POST":
        options, challenge = webauthn.signin_options()
        asked = JsonResponse(options)
        webauthn.CHALLENGE.give(asked, challenge, at)
        return asked
    wanted = safe_path(request.POST.get("next", ""))
    kept = webauthn.CHALLENGE.read(request, at)
    try:
        if kept is None:
            raise webauthn.PasskeyRefused
        challenge, made_at = kept
        _who, secret = passkeys.sign_in(
            by=VISITOR,
            answer=request.POST.get("answer", ""),
            challenge=challenge,
            made_at=made_at,
            device=device_of(request.headers.get("User-Agent", "")),
            at=at,
        )
    except ActionRefused as refused:
        return _page(request, SigninForm(), wanted, refused=refused.text)
    response = _entered(request, secret, wanted)
    webauthn.CHALLENGE.take(response)
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """End this session on the server, so that a copied cookie is worth nothing."""
    session = session_of(request)
    assert session is not None  # the gate lets no others pass
    signin.end_sessions(by=member(request), sessions=[session], at=clock.now())
    response = HttpResponseRedirect(f"{reverse('members-signin')}?{urlencode({'done': 'signed-out'})}")
    cookies.take(response, cookies.session_name())
    return response
