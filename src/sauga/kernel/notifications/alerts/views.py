"""Alerts at the desk: the parts that pages refresh by themselves; acknowledging, passing on, withdrawing; the
escalation rules."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock
from sauga.kernel.identity import actor, safe_path, sudo_required
from sauga.kernel.notifications import actions
from sauga.kernel.notifications.alerts import actions as alert_actions
from sauga.kernel.notifications.alerts import queries
from sauga.kernel.notifications.alerts.forms import StepsForm
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.kernel.ui import toasts

BY_SCRIPT = "X-Sauga-Alert"
UNFIT, CONFLICT, DONE = 422, 409, 204


@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """The bar and the bell alone; pages ask for it when something has changed."""
    return render(request, "notifications/desk/now.html")


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What became of one's own alert about something."""
    return render(request, "notifications/desk/sent.html", {"about": request.GET.get("about", "")[:120]})


def _back(request: HttpRequest, otherwise: str = "") -> HttpResponse:
    """To the page on which the button was, or nowhere when a script asked."""
    if BY_SCRIPT in request.headers:
        return HttpResponse(status=DONE)
    page = safe_path(request.headers.get("Referer", ""), whole=True)
    return HttpResponseRedirect(otherwise or page or reverse("notices-news"))


def _act(view: Callable[[HttpRequest, str], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    """A view that takes a post about one alert and shows the reason when the action is refused."""

    @require_POST
    @wraps(view)
    def acted(request: HttpRequest, ref: str) -> HttpResponse:
        try:
            return view(request, ref)
        except ActionRefused as refused:
            if BY_SCRIPT in request.headers:
                return HttpResponse(status=CONFLICT)
            toasts.refuse(request, refused.text)
            return _back(request)

    return acted


@_act
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    """“I see it”, then on to what it is about; or pass it on to the next people."""
    if request.POST.get("do") == "pass":
        alert_actions.call_next(by=actor(request), ref=ref, at=clock.now())
        return _back(request)
    alert = alert_actions.acknowledge_alert(by=actor(request), ref=ref, at=clock.now())
    return _back(request, alert.link)


@_act
def call_next(request: HttpRequest, ref: str) -> HttpResponse:
    """The sender does not wait for the next step."""
    alert_actions.call_next(by=actor(request), ref=ref, at=clock.now())
    return _back(request)


@_act
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """The sender needs no help any more."""
    alert_actions.withdraw_alert(by=actor(request), ref=ref, at=clock.now())
    return _back(request)


@_act
def end(request: HttpRequest, ref: str) -> HttpResponse:
    """A person who was called ends the alert and says how."""
    by, ending = actor(request), request.POST.get("ending", "")
    alert_actions.end_alert(by=by, ref=ref, ending=ending, at=clock.now())
    return _back(request)


@require_POST
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a bar away that a person has answered."""
    actions.mark_read(by=actor(request), pk=pk, at=clock.now())
    return _back(request)


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, service: str) -> HttpResponseBase:
    """Whom the alerts of a service call, and after how many seconds the next."""
    found = queries.rules_of(actor(request), service, clock.now())
    return _edit(request, found)


@sudo_required
def _edit(request: HttpRequest, found: queries.Rules) -> HttpResponse:
    form = StepsForm(request.POST if request.method == "POST" else None, rules=found)
    if form.is_valid():
        by, based_on = actor(request), form.cleaned_data["based_on"]
        with refusal_in(form):
            alert_actions.change_alert_rules(
                by=by,
                service=found.service,
                ladder=found.ladder,
                steps=form.steps(),
                based_on=based_on,
                at=clock.now(),
            )
            toasts.say(request, gettext("Saved. The steps hold from now on; the version before stays."))
            return HttpResponseRedirect(reverse("notices-rules", args=[found.code]))
    label = dict(found.choices)
    earlier = [
        (version, [(step, label.get(step.to, step.to)) for step in steps]) for version, steps in found.earlier
    ]
    context = {"rules": found, "form": form, "earlier": earlier}
    return render(request, "notifications/desk/rules.html", context, status=UNFIT if form.is_bound else 200)
