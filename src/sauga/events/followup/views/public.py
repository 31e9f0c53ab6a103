"""What those who came do by their personal links: answer the survey, get the certificate; and the page on
which everybody checks a certificate. Opening a page changes nothing."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from sauga.events.followup.actions.certificates import issue
from sauga.events.followup.actions.surveys import ATTENDEE, answer_survey
from sauga.events.followup.forms.surveys import SurveyForm
from sauga.events.followup.letters import attendance
from sauga.events.followup.presenters import certificate_facts, pdf_response
from sauga.events.followup.queries import certificates, surveys
from sauga.events.followup.queries.attendance import credential_of
from sauga.events.followup.rules.certificates import REASONS
from sauga.events.registration.queries.details import details_of
from sauga.events.states import CAME, CertificateState
from sauga.kernel import clock
from sauga.kernel.refusals import ActionRefused

UNFIT, GONE = 422, 410


@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """The questions, and thanks afterwards; the link works once."""
    row, at = surveys.registration_by(token), clock.now()
    found = surveys.survey_of(row) if row is not None and row.state in CAME else None
    if row is None or found is None:
        return _private(render(request, "events/registration/public/over.html", status=GONE))
    questions = list(found.questions.all())
    form = SurveyForm(request.POST if request.method == "POST" else None, questions=questions)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            answer_survey(by=ATTENDEE, registration=row, answers=form.answers, at=at)
            return _private(HttpResponseRedirect(f"{request.path}?done"))
        except ActionRefused as no:
            refused = no.text
    is_used, is_open = surveys.is_used(found, row), surveys.is_open(found, at)
    context = {
        "survey": found,
        "event": found.event,
        "form": form,
        "refused": refused,
        "is_used": is_used,
        "is_open": is_open,
        "is_thanked": "done" in request.GET,
    }
    status = UNFIT if form.errors or refused else 200
    return _private(render(request, "events/followup/public/survey.html", context, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
def own_certificate(request: HttpRequest, token: str) -> HttpResponse:
    """One's own certificate: what it says; a button that gives the file."""
    row, at = certificates.registration_by(token), clock.now()
    if row is not None and certificates.was_at_no_session(row, at):
        context: dict[str, object] = {"event": row.event, "is_absent": True}
        return _private(render(request, "events/followup/public/own_certificate.html", context))
    if row is None or not certificates.can_have(row, at):
        return _private(render(request, "events/registration/public/over.html", status=GONE))
    details = details_of(row)
    if request.method == "POST":
        made = issue(by=ATTENDEE, registration=row, at=at)
        document = attendance([(made, details)], get_language() or "lt", at)
        return _private(pdf_response(document, f"certificate-{made.code}"))
    made_already = certificates.valid_of(row)
    language = get_language() or "lt"
    check = holder = ""
    if made_already is not None:
        check, holder = certificates.addresses_of(made_already, language)
    context = {
        "event": row.event,
        "name": details.name,
        "facts": certificate_facts(row.event, certificates.minutes_of_person(row)),
        "check": check,
        "holder": holder,
    }
    return _private(render(request, "events/followup/public/own_certificate.html", context))


@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a number of before there were credentials is that of a certificate that stands; no name but by
    the holder's link. All others are checked on the check page, by the code on the paper."""
    row = certificates.by_code(code)
    if row is not None and credential_of(row) is not None:
        return _private(HttpResponseRedirect(reverse("credentials")))
    seal = request.GET.get("holder", "")[:100]
    context = {
        "code": code[:40],
        "row": row,
        "is_valid": row is not None and row.state == CertificateState.VALID,
        "reason": REASONS.get(row.reason, "") if row is not None else "",
        "facts": certificate_facts(row.event, row.minutes) if row is not None else (),
        "name": certificates.holder_of(row, seal) if row is not None and seal else "",
    }
    status = 200 if row is not None else 404
    return _private(render(request, "events/followup/public/certificate.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """A personal address stays with its reader: not kept, not passed on."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
