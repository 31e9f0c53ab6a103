"""Signing in and out: password and code on one page, a separate second step where it is needed, or a passkey
alone."""

import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from sauga.kernel import audit, clock, rate_limits
from sauga.kernel.i18n import languages
from sauga.kernel.identity import queries
from sauga.kernel.identity.actions import own
from sauga.kernel.identity.actors import SECOND, actor_or_none, forget_actor, person_actor
from sauga.kernel.identity.desk_access import sudo
from sauga.kernel.identity.desk_access.access import before_second, open_to_all, safe_path
from sauga.kernel.identity.forms import CodeForm, SigninForm
from sauga.kernel.identity.models import Person
from sauga.kernel.identity.signin import mfa, passkey_cookie, throttle, vaults
from sauga.kernel.identity.trail import ZONE, Trail
from sauga.kernel.identity.views import attempts
from sauga.kernel.sealed import Vault

BACKEND = "django.contrib.auth.backends.ModelBackend"
PENDING = "identity.pending"
PENDING_VAULT = "identity.pending-vault"
PENDING_FOR = timedelta(minutes=10)
PURPOSE = "identity.signin"
QUEUED = 0.5
"""Seconds in the queue from which an attempt counts as pressure.

Each one costs a key derivation (64 MiB), so it is less than for other forms: many attempts at once must solve
a puzzle before they take processor time from those who work.
"""


@open_to_all
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def signin(request: HttpRequest) -> HttpResponseBase:
    """The sign-in page.

    Right password without a code leads to the second step; wrong anything says the same words.
    """
    form = SigninForm(request.POST or None)
    wanted = safe_path(request.POST.get("next", request.GET.get("next", "")))
    if request.method != "POST":
        return (
            HttpResponseRedirect(wanted or reverse("identity-home"))
            if actor_or_none(request)
            else _page(request, form, wanted)
        )
    at = clock.now()
    if not form.is_valid():
        return _page(request, form, wanted)
    email = form.cleaned_data["email"].lower()
    ticket = _ticket(request)
    try:
        rate_limits.admit(PURPOSE, ticket, request, at, queued=QUEUED)
    except rate_limits.Held as held:
        return _page(
            request, form, wanted, ticket=ticket, puzzle=held.puzzle, wait=held.seconds, too_many=held
        )
    if wait := attempts.claim(request, form, None, email, at):
        return _page(request, form, wanted, wait=wait)
    person = authenticate(request, username=email, password=form.cleaned_data["password"])
    if not isinstance(person, Person):
        return _refuse(request, form, wanted)
    return _after_password(request, form, person, wanted, at)


def _after_password(
    request: HttpRequest, form: SigninForm, person: Person, wanted: str, at: datetime
) -> HttpResponseBase:
    password, code = form.cleaned_data["password"], form.cleaned_data["code"]
    if mfa.held_by(person).is_enough:
        if not code:
            return _to_second_step(request, person, password, wanted, at)
        try:
            method = str(mfa.use_code(person, code))
        except mfa.FactorRefused:
            return _refuse(request, form, wanted)
        return finish(request, person, at, method=method, vault=_vault(person, password, at), wanted=wanted)
    return finish(request, person, at, method="", vault=_vault(person, password, at), wanted=wanted)


def _to_second_step(
    request: HttpRequest, person: Person, password: str, wanted: str, at: datetime
) -> HttpResponseBase:
    """Nothing is open yet: the vault waits under another session key that no page reads before the second
    factor."""
    vault = _vault(person, password, at)
    secret = vaults.hold(request, vault, at, key=PENDING_VAULT) if vault else ""
    request.session.set_expiry(PENDING_FOR)
    request.session[PENDING] = {
        "person": person.pk,
        "at": at.timestamp(),
        "mark": person.get_session_auth_hash(),
        "next": wanted,
    }
    response = HttpResponseRedirect(reverse("identity-second"))
    if secret:
        vaults.give_cookie(response, secret)
    return response


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponseBase:
    """The second factor after the password: a code here, or a passkey through `second_passkey`."""
    at = clock.now()
    person, wanted = pending(request, at)
    if person is None:
        return HttpResponseRedirect(reverse("identity-signin"))
    form, wait = CodeForm(request.POST or None), 0
    if (
        request.method == "POST"
        and form.is_valid()
        and not (wait := attempts.claim(request, form, "code", person.email, at))
    ):
        try:
            method = str(mfa.use_code(person, form.cleaned_data["code"]))
            return _finish_pending(request, person, at, method, wanted)
        except mfa.FactorRefused as refused:
            refused.add_to(form)
    return attempts.page(
        request, "identity/desk/second.html", {"form": form, "held": mfa.held_by(person)}, wait
    )


@open_to_all
@require_http_methods(["GET", "POST"])
def second_passkey(request: HttpRequest) -> HttpResponseBase:
    """GET: what the browser needs to ask for the passkey. POST: its answer."""
    at = clock.now()
    person, wanted = pending(request, at)
    if person is None:
        raise Http404
    if request.method == "GET":
        return JsonResponse(mfa.passkey_options(person))
    try:
        own.use_passkey(person=person, answer=request.POST.get("answer", ""), at=at)
    except mfa.FactorRefused:
        form = CodeForm()
        refused = {"form": form, "held": mfa.held_by(person), "refused": True}
        return render(request, "identity/desk/second.html", refused)
    return _finish_pending(request, person, at, str(mfa.Factor.PASSKEY), wanted)


@open_to_all
@require_http_methods(["GET", "POST"])
def signin_passkey(request: HttpRequest) -> HttpResponseBase:
    """A passkey alone: possession and fingerprint, face or PIN in one.

    The vault stays locked until the password is given.
    """
    at = clock.now()
    if request.method == "GET":
        options, challenge = mfa.signin_challenge()
        asked = JsonResponse(options)
        passkey_cookie.STAFF.give(asked, challenge, at)
        return asked
    wanted = safe_path(request.POST.get("next", ""))
    person: Person | None = None
    kept = passkey_cookie.STAFF.read(request, at)
    if kept is not None:
        answer, (challenge, made_at) = request.POST.get("answer", ""), kept
        with suppress(mfa.FactorRefused):
            person = own.use_signin_passkey(answer=answer, challenge=challenge, made_at=made_at, at=at)
    if person is None or not person.is_active:
        return _page(request, SigninForm(), wanted, passkey_refused=True)
    response = finish(request, person, at, method=str(mfa.Factor.PASSKEY), vault=None, wanted=wanted)
    passkey_cookie.STAFF.take(response)
    return response


@before_second
@require_POST
def signout(request: HttpRequest) -> HttpResponseBase:
    """End the session on the server, so that a copied cookie is worth nothing, and forget the vault."""
    by = actor_or_none(request)
    if by is not None:
        audit.record(by, Trail.SIGNED_OUT, by.person, zone=ZONE, at=clock.now())
    logout(request)
    forget_actor(request)
    response = HttpResponseRedirect(reverse("identity-signin"))
    vaults.take_cookie(response)
    return response


def finish(
    request: HttpRequest, person: Person, at: datetime, *, method: str, vault: Vault | None, wanted: str
) -> HttpResponseBase:
    """Begin the session.

    `method` names the second factor that was shown; empty leads to setting one up first.
    """
    for key in (PENDING, PENDING_VAULT):
        request.session.pop(key, None)
    with transaction.atomic():
        login(request, person, backend=BACKEND)
        request.session.set_expiry(None)
        audit.record(
            person_actor(person, at),
            Trail.SIGNED_IN,
            person,
            zone=ZONE,
            at=at,
            facts={"method": method or "none"},
        )
    if method:
        request.session[SECOND] = at.timestamp()
        sudo.grant(request, at)
        if method == mfa.Factor.RECOVERY:
            _tell_codes_left(request, person)
    throttle.succeeded(request, person.email)
    to = (wanted or reverse("identity-home")) if method else reverse("identity-factor-setup")
    response = HttpResponseRedirect(to)
    if vault is not None:
        vaults.give_cookie(response, vaults.hold(request, vault, at))
    throttle.know_browser(response, person)
    _keep_language(request, response, person)
    return response


def _tell_codes_left(request: HttpRequest, person: Person) -> None:
    """The code just used is gone; a person with few left is reminded while the sheet is at hand."""
    left = mfa.held_by(person).codes_left
    text = ngettext(
        "You signed in with a recovery code; %(n)s is left. You can print a new sheet in your account.",
        "You signed in with a recovery code; %(n)s are left. You can print a new sheet in your account.",
        left,
    )
    messages.warning(request, text % {"n": left})


def _keep_language(request: HttpRequest, response: HttpResponseBase, person: Person) -> None:
    """The language chosen on the way in is the person's from now on; the next person at this browser chooses
    anew."""
    chosen = request.COOKIES.get(own.LANGUAGE_COOKIE, "")
    if chosen in {row.code for row in languages.for_staff()}:
        own.choose_language(person=person, language=chosen)
    if chosen:
        response.delete_cookie(own.LANGUAGE_COOKIE, path="/desk/", samesite="Strict")


def _finish_pending(
    request: HttpRequest, person: Person, at: datetime, method: str, wanted: str
) -> HttpResponseBase:
    vault = vaults.open_vault(request, at, key=PENDING_VAULT, person_id=person.pk)
    return finish(request, person, at, method=method, vault=vault, wanted=wanted)


def pending(request: HttpRequest, at: datetime) -> tuple[Person | None, str]:
    """Who has given the password but not yet the second factor, and where they want to go; none when it is
    too long ago."""
    held: dict[str, Any] = request.session.get(PENDING) or {}
    if not held or not 0 <= at.timestamp() - held["at"] < PENDING_FOR.total_seconds():
        return None, ""
    person = queries.person_by_key(held["person"])
    if person is None or person.get_session_auth_hash() != held["mark"]:
        return None, ""
    return person, safe_path(held["next"])


def _vault(person: Person, password: str, at: datetime) -> Vault | None:
    try:
        return own.unlock_vault(person=person, password=password, at=at)
    except own.VaultStaysShut:
        return None


def _refuse(request: HttpRequest, form: SigninForm, wanted: str) -> HttpResponseBase:
    form.add_error(None, gettext("The email, password or code is not correct. Check them and try again."))
    return _page(request, form, wanted)


def _ticket(request: HttpRequest) -> str:
    """What a puzzle of this page is bound to."""
    return request.POST.get("ticket", "")[:64] or secrets.token_urlsafe(12)


def _page(
    request: HttpRequest, form: SigninForm, wanted: str, *, wait: int = 0, **extra: Any
) -> HttpResponse:
    """The form; under pressure with a puzzle that a browser solves while the person types."""
    ticket = _ticket(request)
    context = {
        "form": form,
        "next": wanted,
        "ticket": ticket,
        "puzzle": rate_limits.puzzle_for(PURPOSE, ticket, clock.now()),
        **extra,
    }
    return attempts.page(request, "identity/desk/signin.html", context, wait)
