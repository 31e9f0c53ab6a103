"""One's own registration by the personal link, and the page of a guardian. Opening a page changes nothing,
so a program that looks into links neither accepts nor cancels; the buttons do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sauga.events.effects import own_sections
from sauga.events.registration.actions import own as actions
from sauga.events.registration.actions import photographs
from sauga.events.registration.actions.registrations import REGISTRANT
from sauga.events.registration.forms.people import AnswersForm, HeadsForm, PhotoForm, heads_form
from sauga.events.registration.mail_text import ticket_picture
from sauga.events.registration.models import Registration
from sauga.events.registration.presenters import own_page, photo_words, places
from sauga.events.registration.queries import links, tickets
from sauga.events.registration.queries.details import details_of
from sauga.events.registration.queries.holds import waits_until
from sauga.events.registration.rules import NO_PHOTO
from sauga.events.states import OPEN, SEATED, UNPROVEN, RegistrationState
from sauga.kernel import clock
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.kernel.states import Actor

UNFIT, GONE = 422, 410
GUARDIAN_ACTS: dict[str, Callable[..., object]] = {
    "agree": actions.guardian_agrees,
    "refuse": actions.guardian_refuses,
    "withdraw": actions.guardian_withdraws,
    "photo": lambda **_facts: None,
}
"""`photo` decides about photographs alone, which every post of the form does."""
DONE = {"confirm", "accept", "cancel", "heads", "answers", "photo"}

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
    initial = {f"q_{ref}": answer for ref, answer in details.answers.items()}
    photo = PhotoForm(
        request.POST if do == "photo" else None,
        event=row.event,
        is_class=bool(row.groups),
        initial={"photo": row.photo or NO_PHOTO, "photo_children": row.photo_children},
    )
    answers = AnswersForm(
        request.POST if do == "answers" else None, event=row.event, questions=questions, initial=initial
    )
    refused = ""
    if request.method == "POST":
        refused = _act(by, row, do, _Forms(heads, answers, photo), at)
        if not (refused or heads.errors or answers.errors or photo.errors) and do in DONE:
            return HttpResponseRedirect(f"{request.path}?done={do}")
        row.refresh_from_db()
    page = own_page(row, dict(details.answers), questions, at)
    has_ticket = row.state in {RegistrationState.CONFIRMED, RegistrationState.CHECKED_IN} and not page.is_over
    context = {
        "page": page,
        "row": row,
        "event": row.event,
        "details": details,
        "heads_form": heads if page.may_change and page.may_change_heads else None,
        "answers_form": answers if answers.fields and page.may_change else None,
        "photo_form": photo if photo.fields and row.state in (*OPEN, *SEATED) else None,
        "photo_text": photo_words(row),
        "badges": reverse("events-own-badges", args=[links.own_token(row)])
        if row.groups and photo.fields and row.state in SEATED
        else "",
        "places": places(page.standing.position) if page.standing else [],
        "did": request.GET.get("done", "") if request.method != "POST" else "",
        "refused": refused,
        "ticket": ticket_picture(row) if has_ticket else "",
        "sections": own_sections.of(row, at),
        "may_confirm": row.state in UNPROVEN and at < row.event.starts,
        "until": waits_until(row.state, row.created_at, row.event.starts),
        "may_accept": row.state == RegistrationState.OFFERED
        and row.offer_until is not None
        and at < row.offer_until,
    }
    is_unfit = refused or heads.errors or answers.errors or photo.errors
    return shown(request, context, UNFIT if is_unfit else 200)


@dataclass(frozen=True)
class _Forms:
    """The forms of the page, of which one may be bound."""

    heads: HeadsForm
    answers: AnswersForm
    photo: PhotoForm


def _act(by: Actor, row: Registration, do: str, forms: _Forms, at: datetime) -> str:
    """Do what was posted; why it was refused, if it was."""
    heads, answers, photo = forms.heads, forms.answers, forms.photo
    try:
        if do == "confirm":
            actions.confirm(by=by, registration=row, at=at)
        elif do == "accept":
            actions.accept(by=by, registration=row, at=at)
        elif do == "cancel":
            actions.cancel(by=by, registration=row, at=at)
        elif do == "heads" and row.groups and heads.is_valid():
            with refusal_in(heads):
                actions.change_heads(by=by, registration=row, groups=heads.groups(), at=at)
        elif do == "answers" and answers.is_valid():
            actions.change_answers(by=by, registration=row, answers=answers.answers, at=at)
        elif do == "photo" and photo.fields and photo.is_valid():
            given, children = photo.cleaned_data, photo.cleaned_data.get("photo_children") or 0
            with refusal_in(photo):
                photographs.set_photo(
                    by=by, registration=row, photo=given.get("photo", ""), children=children, at=at
                )
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
    form = PhotoForm(
        request.POST if act is not None and "photo" in request.POST else None,
        event=row.event,
        is_class=False,
        initial={"photo": row.photo or NO_PHOTO},
    )
    if act is not None and (not form.is_bound or form.is_valid()):
        try:
            act(by=REGISTRANT, registration=row, at=at)
            if form.is_bound and form.fields and request.POST["do"] in ("agree", "photo"):
                photo = form.cleaned_data["photo"]
                photographs.set_photo_as_guardian(by=REGISTRANT, registration=row, photo=photo, at=at)
            return HttpResponseRedirect(request.path)
        except ActionRefused as no:
            refused = no.text
    context = {
        "row": row,
        "event": row.event,
        "details": details_of(row),
        "photo_text": photo_words(row),
        "photo_form": form if form.fields else None,
        "is_asked": row.state == RegistrationState.GUARDIAN_PENDING,
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
