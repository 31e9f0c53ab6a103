"""The employer's page behind a mailed link. Opening it changes nothing; the buttons answer."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from sauga.certification.applications.actions import evidence
from sauga.certification.applications.queries import links, protection
from sauga.certification.programme.rules.codes import level_name
from sauga.kernel import clock
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import SystemActor

EMPLOYER = SystemActor("employer")
GONE, UNFIT = 410, 422


@require_http_methods(["GET", "HEAD", "POST"])
def employer(request: HttpRequest, token: str) -> HttpResponse:
    """Does the employer agree?"""
    response = _answer(request, token)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    at = clock.now()
    ask = links.ask_by(token, at)
    if ask is None:
        return render(request, "certification/public/over.html", status=GONE)
    refused = ""
    if request.method == "POST" and ("agree" in request.POST or "decline" in request.POST):
        try:
            evidence.answer_as_employer(by=EMPLOYER, ask=ask, agrees="agree" in request.POST, at=at)
        except ActionRefused as refusal:
            refused = refusal.text
        else:
            return HttpResponseRedirect(request.path)
    context = {
        "ask": ask,
        "name": protection.text_of(ask.ambassador, ask.ambassador, "name"),
        "organisation": ask.organisation.present_name(),
        "level": level_name(ask.ambassador.level),
        "refused": refused,
    }
    return render(request, "certification/public/employer.html", context, status=UNFIT if refused else 200)
