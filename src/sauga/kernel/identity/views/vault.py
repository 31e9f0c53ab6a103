"""Unlocking, locking and, after a reset, recovering the vault."""

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from sauga.kernel import clock
from sauga.kernel.identity.actions import own
from sauga.kernel.identity.actors import actor, forget_actor
from sauga.kernel.identity.desk_access.access import safe_path
from sauga.kernel.identity.forms import PasswordForm, RecoverForm
from sauga.kernel.identity.signin import throttle, vaults
from sauga.kernel.identity.views import attempts
from sauga.kernel.refusals import refusal_in


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest) -> HttpResponseBase:
    """The password opens the vault for this session."""
    form = PasswordForm(request.POST or None)
    wanted = safe_path(request.POST.get("next", request.GET.get("next", "")))
    wait = 0
    if request.method == "POST" and form.is_valid():
        at, person = clock.now(), actor(request).person
        if not (wait := attempts.claim(request, form, "password", person.email, at)):
            with refusal_in(form):
                vault = own.unlock_vault(person=person, password=form.cleaned_data["password"], at=at)
                throttle.succeeded(request, person.email)
                return _opened(request, vaults.hold(request, vault, at), wanted)
    return attempts.page(request, "identity/desk/unlock.html", {"form": form, "next": wanted}, wait)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: HttpRequest) -> HttpResponseBase:
    """After a reset password the printed recovery code puts the vault under the new one."""
    form, wait = RecoverForm(request.POST or None), 0
    if request.method == "POST" and form.is_valid():
        at, person = clock.now(), actor(request).person
        code, password = form.cleaned_data["recovery_code"], form.cleaned_data["password"]
        if not (wait := attempts.claim(request, form, None, person.email, at)):
            with refusal_in(form):
                vault = own.recover_vault(person=person, recovery_code=code, password=password, at=at)
                throttle.succeeded(request, person.email)
                return _opened(request, vaults.hold(request, vault, at), "")
    return attempts.page(request, "identity/desk/recover.html", {"form": form}, wait)


@require_POST
def lock(request: HttpRequest) -> HttpResponseBase:
    """Forget the unlocked key on the server and ask the browser to forget its half."""
    by = actor(request)
    if vaults.forget(request):
        own.lock_vault(by=by, person=by.person, at=clock.now())
    forget_actor(request)
    response = HttpResponseRedirect(safe_path(request.POST.get("next", "")) or reverse("identity-home"))
    vaults.take_cookie(response)
    return response


def _opened(request: HttpRequest, secret: str, wanted: str) -> HttpResponseBase:
    forget_actor(request)
    response = HttpResponseRedirect(wanted or reverse("identity-home"))
    vaults.give_cookie(response, secret)
    return response
