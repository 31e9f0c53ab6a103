"""One's own registration by the personal link, and the page of a guardian. Opening a page changes nothing,
so a program that looks into links neither accepts nor cancels; the buttons do.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from sauga.events.registration.actions import own as actions
from sauga.events.registration.actions.registering import REGISTRANT
from sauga.events.registration.forms.people import AnswersForm, HeadsForm, heads_form
from sauga.events.registration.models import Registration
from sauga.events.registration.presenters import own_page, places
from sauga.events.registration.queries import links, tickets
from sauga.events.registration.queries.details import details_of
from sauga.events.registration.rendering import ticket_picture
from sauga.events.states import OPEN
from sauga.events.states import RegistrationState as S
from sauga.kernel import clock, vocab
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.kernel.states import Actor

UNFIT, GONE = 422, 410
GUARDIAN_ACTS = {
    "agree": actions.guardian_agrees,
    "refuse": actions.guardian_refuses,
    "withdraw": actions.guardian_withdraws,
}
DONE = {"accept", "cancel", "heads", "answers"}

type Shown = Callable[[HttpRequest, dict[str, Any], int], HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """One's own registration: where it stands; change, confirm, cancel."""
    row = links.registration_by(token)
    if row is None:
        return _private(render(request, "events/registration/public/over.html", status=GONE))
    return respond(request, REGISTRANT, row, _shown)


def _shown(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    return _private(render(request, "events/registration/public/own.html", context, status=status))


def respond(request: HttpRequest, by: Actor, row: Registration, shown: Shown) -> HttpResponse:
    """The page of one registration, and what is posted to it; `shown` draws it for the public or the member
    site."""
    at, do = clock.now(), request.POST.get("do", "")
    questions = tickets.questions_of(row.event)
    details = details_of(row)
    heads = heads_form(row, request.POST if do == "heads" else None)
    initial = {f"q_{ref}": answer for ref, answer in details.answers.items()} | {"photo": row.photo}
    answers = AnswersForm(
        request.POST if do == "answers" else None, event=row.event, questions=questions, initial=initial
    )
    refused = ""
    if request.method == "POST":
        refused = _act(by, row, do, heads=heads, answers=answers, at=at)
        if not refused and not heads.errors and not answers.errors and do in DONE:
            return HttpResponseRedirect(f"{request.path}?done={do}")
        row.refresh_from_db()
    page = own_page(row, dict(details.answers), questions, at)
    has_ticket = row.state in {S.CONFIRMED, S.CHECKED_IN} and not page.is_over
    context = {
        "page": page,
        "row": row,
        "event": row.event,
        "details": details,
        "heads_form": heads if page.may_change and page.may_change_heads else None,
        "answers_form": answers if answers.fields and page.may_change else None,
        "places": places(page.standing.position) if page.standing else [],
        "did": request.GET.get("done", "") if request.method != "POST" else "",
        "refused": refused,
        "ticket": ticket_picture(row) if has_ticket else "",
        "may_accept": row.state == S.OFFERED and row.offer_until is not None and at < row.offer_until,
    }
    return shown(request, context, UNFIT if refused or heads.errors or answers.errors else 200)


def _act(
    by: Actor, row: Registration, do: str, *, heads: HeadsForm, answers: AnswersForm, at: datetime
) -> str:
    """Do what was posted; why it was refused, if it was."""
    try:
        if do == "accept":
            actions.accept(by=by, registration=row, at=at)
        elif do == "cancel":
            actions.cancel(by=by, registration=row, at=at)
        elif do == "heads" and row.groups and heads.is_valid():
            with refusal_in(heads):
                actions.change_heads(by=by, registration=row, groups=heads.groups(), at=at)
        elif do == "answers" and answers.is_valid():
            photo = answers.cleaned_data.get("photo", "")
            actions.change_answers(by=by, registration=row, answers=answers.answers, photo=photo, at=at)
    except ActionRefused as refused:
        return refused.text
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
def guardian(request: HttpRequest, token: str) -> HttpResponse:
    """A guardian reads what the child wants to take part in, and agrees or does not."""
    row, at, refused = links.registration_by(token, links.GUARDIAN), clock.now(), ""
    if row is None or details_of(row).address == "":
        return _private(render(request, "events/registration/public/over.html", status=GONE))
    act = GUARDIAN_ACTS.get(request.POST.get("do", ""))
    if act is not None:
        try:
            act(by=REGISTRANT, registration=row, at=at)
            return HttpResponseRedirect(request.path)
        except ActionRefused as no:
            refused = no.text
    context = {
        "row": row,
        "event": row.event,
        "details": details_of(row),
        "photo_text": vocab.label("photo_consent", row.photo) if row.photo else "",
        "is_asked": row.state == S.GUARDIAN_PENDING,
        "has_agreed": row.guardian_agreed_at is not None and row.state in OPEN,
        "refused": refused,
    }
    status = UNFIT if refused else 200
    return _private(render(request, "events/registration/public/guardian.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """A personal address stays with its reader: not kept, not passed on."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
