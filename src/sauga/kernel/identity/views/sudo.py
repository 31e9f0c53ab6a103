"""The page that asks for the second factor again before a sensitive action."""

from django.http import HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sauga.kernel import audit, clock
from sauga.kernel.identity.actions import own
from sauga.kernel.identity.actors import actor
from sauga.kernel.identity.desk_access import sudo
from sauga.kernel.identity.desk_access.access import safe_path
from sauga.kernel.identity.forms import CodeForm
from sauga.kernel.identity.signin import mfa, throttle
from sauga.kernel.identity.trail import ZONE, Trail
from sauga.kernel.identity.views import attempts


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """A code opens five minutes of sudo mode."""
    form = CodeForm(request.POST or None)
    wanted = safe_path(request.POST.get("next", request.GET.get("next", "")))
    by, at = actor(request), clock.now()
    person = by.person
    wait = 0
    if (
        request.method == "POST"
        and form.is_valid()
        and not (wait := attempts.claim(request, form, "code", person.email, at))
    ):
        try:
            method = mfa.use_code(person, form.cleaned_data["code"])
            return _granted(request, wanted, str(method))
        except mfa.FactorRefused as refused:
            refused.add_to(form)
    context = {"form": form, "next": wanted, "held": mfa.held_by(person)}
    return attempts.page(request, "identity/desk/sudo.html", context, wait)


@require_http_methods(["GET", "POST"])
def passkey(request: HttpRequest) -> HttpResponseBase:
    """GET: what the browser needs to ask for the passkey. POST: its answer."""
    person = actor(request).person
    if request.method == "GET":
        return JsonResponse(mfa.passkey_options(person))
    wanted = safe_path(request.POST.get("next", ""))
    try:
        own.use_passkey(person=person, answer=request.POST.get("answer", ""), at=clock.now())
    except mfa.FactorRefused:
        context = {"form": CodeForm(), "next": wanted, "held": mfa.held_by(person), "refused": True}
        return render(request, "identity/desk/sudo.html", context)
    return _granted(request, wanted, str(mfa.Factor.PASSKEY))


def _granted(request: HttpRequest, wanted: str, method: str) -> HttpResponseBase:
    by, at = actor(request), clock.now()
    person = by.person
    sudo.grant(request, at)
    throttle.succeeded(request, person.email)
    audit.record(by, Trail.SUDO_GRANTED, person, zone=ZONE, at=at, facts={"method": method})
    return HttpResponseRedirect(wanted or reverse("identity-home"))
