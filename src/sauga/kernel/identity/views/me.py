"""One's own account: language, password, second factors, passkeys, the vault's recovery code."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock, sealed
from sauga.kernel.identity import queries
from sauga.kernel.identity.actions import own
from sauga.kernel.identity.actors import SECOND, actor, forget_actor
from sauga.kernel.identity.desk_access import sudo
from sauga.kernel.identity.desk_access.access import before_second
from sauga.kernel.identity.desk_access.sudo import sudo_required
from sauga.kernel.identity.forms import ChangePasswordForm, LanguageForm, PasskeyForm, PasswordForm, SetupForm
from sauga.kernel.identity.models import Person
from sauga.kernel.identity.signin import mfa, throttle
from sauga.kernel.identity.views import attempts
from sauga.kernel.refusals import refusal_in

SECRET = "identity.totp"  # noqa: S105  the name of a session key, not a secret


@require_safe
def me(request: HttpRequest) -> HttpResponseBase:
    """What is set up, and the ways to change it."""
    by = actor(request)
    person = by.person
    context = {
        "person": person,
        "held": mfa.held_by(person),
        "language_form": LanguageForm(initial={"language": person.language}),
        "enrolled": sealed.is_enrolled(person.pk),
        "roles": person.memberships.current(clock.now())
        .select_related("role", "organisation")
        .prefetch_related("organisation__names"),
        "at": clock.now(),
    }
    return render(request, "identity/desk/me.html", context)


@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Choose the language of the desk."""
    form = LanguageForm(request.POST)
    if form.is_valid():
        own.choose_language(person=actor(request).person, language=form.cleaned_data["language"])
    return HttpResponseRedirect(reverse("identity-me"))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponseBase:
    """Change the password. Other sessions end, this one stays."""
    person, at, wait = actor(request).person, clock.now(), 0
    form = ChangePasswordForm(request.POST or None, person=person)
    if (
        request.method == "POST"
        and form.is_valid()
        and not (wait := attempts.claim(request, form, "password", person.email, at))
    ):
        with refusal_in(form):
            opens = own.change_password(
                person=person, old=form.cleaned_data["password"], new=form.cleaned_data["new_password"], at=at
            )
            throttle.succeeded(request, person.email)
            _stay(request, person)
            if opens:
                messages.success(request, gettext("Password changed. Other sessions have ended."))
            else:
                stays = gettext(
                    "Password changed. The vault is still under an older password: open it with the "
                    "recovery code."
                )
                messages.warning(request, stays)
            return HttpResponseRedirect(reverse("identity-me"))
    return attempts.page(request, "identity/desk/password.html", {"form": form}, wait)


@before_second
@require_http_methods(["GET", "HEAD", "POST"])
def factor_setup(request: HttpRequest) -> HttpResponseBase:
    """Set up an authenticator: the first one right after the password, a new one later in sudo mode."""
    person, at = cast(Person, request.user), clock.now()
    person = queries.person_by_key(person.pk) or person
    signed = bool(request.session.get(SECOND))
    if signed and not sudo.is_granted(request, at):
        return HttpResponseRedirect(f"{reverse('identity-sudo')}?next={reverse('identity-factor-setup')}")
    if not signed and mfa.held_by(person).is_enough:
        raise Http404
    secret: str = request.session.get(SECRET) or mfa.new_totp_secret()
    request.session[SECRET] = secret
    form = SetupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            own.set_up_totp(person=person, secret=secret, code=form.cleaned_data["code"], at=at)
            del request.session[SECRET]
            _stay(request, person)
            request.session[SECOND] = at.timestamp()
            sudo.grant(request, at)
            messages.success(request, gettext("One-time codes are set up."))
            return HttpResponseRedirect(reverse("identity-me"))
    picture = mfa.totp_picture(mfa.totp_address(person.email, secret))
    return render(
        request, "identity/desk/factor_setup.html", {"form": form, "secret": secret, "picture": picture}
    )


@sudo_required
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponseBase:
    """Ten codes for a lost authenticator, shown once."""
    codes = (
        own.new_recovery_codes(person=actor(request).person, at=clock.now())
        if request.method == "POST"
        else []
    )
    return render(request, "identity/desk/recovery_codes.html", {"codes": codes})


@sudo_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def vault_code(request: HttpRequest) -> HttpResponseBase:
    """A new recovery code of the vault, shown once."""
    form, code = PasswordForm(request.POST or None), ""
    person, at, wait = actor(request).person, clock.now(), 0
    if (
        request.method == "POST"
        and form.is_valid()
        and not (wait := attempts.claim(request, form, "password", person.email, at))
    ):
        with refusal_in(form):
            code = own.renew_recovery_code(person=person, password=form.cleaned_data["password"], at=at)
            throttle.succeeded(request, person.email)
    return attempts.page(
        request, "identity/desk/vault_code.html", {"form": form, "recovery_code": code}, wait
    )


@sudo_required
@require_http_methods(["GET", "HEAD", "POST"])
def passkeys(request: HttpRequest) -> HttpResponseBase:
    """The list of passkeys, and adding one."""
    person = actor(request).person
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            own.add_passkey(
                person=person,
                name=form.cleaned_data["name"],
                answer=form.cleaned_data["answer"],
                at=clock.now(),
            )
            _stay(request, person)
            messages.success(request, gettext("Passkey added."))
            return HttpResponseRedirect(reverse("identity-passkeys"))
    return render(request, "identity/desk/passkeys.html", {"form": form, "held": mfa.held_by(person)})


@sudo_required
@require_safe
def passkey_creation(request: HttpRequest) -> HttpResponseBase:
    """What the browser needs to make a passkey."""
    return JsonResponse(mfa.passkey_creation_options(actor(request).person))


@sudo_required
@require_POST
def passkey_remove(request: HttpRequest, factor_id: int) -> HttpResponseBase:
    """Take a passkey away; the last factor stays."""
    person = actor(request).person
    try:
        own.remove_passkey(person=person, factor_id=factor_id, at=clock.now())
    except mfa.FactorRefused:
        raise Http404 from None
    _stay(request, person)
    messages.success(request, gettext("Passkey removed."))
    return HttpResponseRedirect(reverse("identity-passkeys"))


def _stay(request: HttpRequest, person: Person) -> None:
    """The person's sessions have just ended; this one goes on under the new mark (and with a new cookie)."""
    person.refresh_from_db()
    update_session_auth_hash(request, person)
    forget_actor(request)
