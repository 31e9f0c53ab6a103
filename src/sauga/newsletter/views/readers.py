"""What readers do without an account: sign up, confirm, change, unsubscribe. No cookie is set.

Whether an address is known is never said: the answer and the work are the same.
"""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock, rate_limits
from sauga.kernel.i18n import languages
from sauga.kernel.i18n.normal import normal_address
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.newsletter.actions import subscriptions
from sauga.newsletter.actions.subscriptions import SUBSCRIBER
from sauga.newsletter.forms import ChoicesForm, SignUpForm
from sauga.newsletter.models import Subscription
from sauga.newsletter.queries import issues, links
from sauga.newsletter.rules import CONSENT, CONSENT_VERSION, LISTS, list_names

PURPOSE = "newsletter.signup"
UNFIT, TOO_MANY, GONE = 422, 429, 410
SHOWN = 6


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def newsletter(request: HttpRequest) -> HttpResponse:
    """The form, and the latest issues."""
    if request.method != "POST":
        return _form(request, SignUpForm(initial=_initial()))
    form, at = SignUpForm(request.POST), clock.now()
    if not form.is_valid():
        return _form(request, form, status=UNFIT)
    ticket = request.POST.get("ticket", "")[:64]
    try:
        rate_limits.admit(PURPOSE, ticket, request, at)
    except rate_limits.Held as held:
        return _form(request, form, ticket=ticket, puzzle=held.puzzle, held=held, status=TOO_MANY)
    given = form.cleaned_data
    subscriptions.ask(
        by=SUBSCRIBER,
        address=normal_address(given["email"]),
        language=given["language"],
        lists=given["lists"],
        at=at,
    )
    return HttpResponseRedirect(reverse("newsletter-sent"))


def _initial() -> dict[str, Any]:
    here = languages.active().code
    known = {row.code for row in languages.for_editors()}
    return {"lists": [LISTS[0][0]], "language": here if here in known else languages.DEFAULT}


def _form(request: HttpRequest, form: SignUpForm, *, status: int = 200, **extra: Any) -> HttpResponse:
    ticket = extra.pop("ticket", "") or secrets.token_urlsafe(12)
    context = {
        "form": form,
        "consent_text": CONSENT[CONSENT_VERSION],
        "issues": issues.published(languages.active().code)[:SHOWN],
        "ticket": ticket,
        "puzzle": rate_limits.puzzle_for(PURPOSE, ticket, clock.now()),
        **extra,
    }
    return render(request, "newsletter/public/newsletter.html", context, status=status)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What to do now: the same page for everybody."""
    return render(request, "newsletter/public/sent.html")


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the mailed link. Opening it changes nothing, so a program that looks into links
    does not subscribe; the button does.
    """
    at, row = clock.now(), links.sign_up_by(token)
    if row is None or not row.is_open(at):
        return _over(request)
    if request.method != "POST":
        context = {"lists": list_names(row.lists), "consent_text": CONSENT[row.version]}
        return _private(render(request, "newsletter/public/confirm.html", context))
    try:
        held = subscriptions.confirm(by=SUBSCRIBER, sign_up=row, at=at)
    except ActionRefused:
        return _over(request)
    context = {"own": links.own_address(links.own_token(held), languages.active().code)}
    return _private(render(request, "newsletter/public/confirmed.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """One's own subscription: language, lists, and ending it."""
    row = links.subscription_by(token)
    if row is None:
        return _ended(request, status=GONE)
    if "leave" in request.POST:
        subscriptions.leave(by=SUBSCRIBER, subscription=row, at=clock.now())
        return _ended(request, has_just=True)
    initial = {"lists": row.lists, "language": row.language}
    form = ChoicesForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        with refusal_in(form):
            try:
                subscriptions.change(by=SUBSCRIBER, subscription=row, at=clock.now(), **form.cleaned_data)
            except Subscription.DoesNotExist:  # unsubscribed in another window
                return _ended(request, status=GONE)
            return HttpResponseRedirect(f"{request.path}?done=saved")
    context = {"form": form, "is_saved": request.GET.get("done") == "saved"}
    page = render(request, "newsletter/public/own.html", context, status=UNFIT if form.errors else 200)
    return _private(page)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Unsubscribing by one post of a mail program (RFC 8058): no session, no cookie, no further page. Opened
    by a person, it leads to the page with a button. A link that is over answers alike.
    """
    row = links.subscription_by(token)
    if request.method == "POST":
        if row is not None:
            subscriptions.leave(by=SUBSCRIBER, subscription=row, at=clock.now())
        return _private(HttpResponse("OK\n", content_type="text/plain; charset=utf-8"))
    language = row.language if row is not None else languages.DEFAULT
    return _private(HttpResponseRedirect(links.own_address(token, language)))


def _over(request: HttpRequest) -> HttpResponse:
    return _private(render(request, "newsletter/public/over.html", status=GONE))


def _ended(request: HttpRequest, *, has_just: bool = False, status: int = 200) -> HttpResponse:
    return _private(render(request, "newsletter/public/ended.html", {"has_just": has_just}, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """A personal address stays with its reader: not kept, not passed on."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
