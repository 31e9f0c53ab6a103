"""What can be registered for, at the desk: quotas, tickets and questions of an event."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.registration.actions import setup as actions
from sauga.events.registration.forms import desk as forms
from sauga.events.registration.models import Question, Quota, Ticket
from sauga.events.registration.queries import registrations as queries
from sauga.events.registration.queries import tickets
from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit.actions import Outcome, respond
from sauga.kernel.kit.pages import submitted

UNFIT = 422


@require_safe
@needs(Permission.SEE_REGISTRATIONS)
def setup(request: HttpRequest, ref: str) -> HttpResponse:
    """Quotas, tickets and questions with what can be changed."""
    by = actor(request)
    event = queries.desk_event(by, ref)
    context = {
        "event": event,
        "quotas": tickets.quotas_at_desk(event),
        "tickets": tickets.tickets_at_desk(event),
        "questions": tickets.questions_of(event),
        "kinds": actions.KINDS,
        "may_edit": by.can(Permission.KEEP_REGISTRATIONS),
    }
    return render(request, "events/registration/desk/setup.html", context)


def _form_page(
    request: HttpRequest,
    event: Event,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], object],
    title: str,
) -> HttpResponse:
    back = reverse("events-setup", args=[event.ref])

    def done(given: dict[str, Any]) -> Outcome:
        act(given)
        return Outcome(_("Saved."), to=back)

    if response := submitted(request, form, done):
        return response
    context = {"form": form, "title": title, "back": back, "event": event}
    return render(
        request, "events/registration/desk/form.html", context, status=UNFIT if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_REGISTRATIONS)
def quota(request: HttpRequest, ref: str, of: str = "") -> HttpResponse:
    """A new quota, or a change of one."""
    by, event = actor(request), queries.desk_event(actor(request), ref)
    row = _part(Quota, event, of)
    initial = {"name_lt": row.name.get("lt"), "name_en": row.name.get("en"), "size": row.size} if row else {}
    form = forms.QuotaForm(request.POST if request.method == "POST" else None, initial=initial)

    def act(given: dict[str, Any]) -> object:
        more = {"name": form.name, "size": given["size"], "at": clock.now()}
        if row is None:
            return actions.add_quota(by=by, event=event, **more)
        return actions.change_quota(by=by, quota=row, **more)

    return _form_page(request, event, form, act, _("Change a quota") if row else _("A new quota"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_REGISTRATIONS)
def ticket(request: HttpRequest, ref: str, of: str = "") -> HttpResponse:
    """A new ticket, or a change of one."""
    by, event = actor(request), queries.desk_event(actor(request), ref)
    row = _part(Ticket, event, of)
    form = forms.TicketForm(request.POST if request.method == "POST" else None, event=event, ticket=row)

    def act(_given: dict[str, Any]) -> object:
        return actions.put_ticket(by=by, event=event, given=form.given, at=clock.now(), ticket=row)

    return _form_page(request, event, form, act, _("Change a ticket") if row else _("A new ticket"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_REGISTRATIONS)
def question(request: HttpRequest, ref: str, of: str = "") -> HttpResponse:
    """A new question, or a change of one."""
    by, event = actor(request), queries.desk_event(actor(request), ref)
    row = _part(Question, event, of)
    initial: dict[str, Any] = {"kind": "TEXT"}
    if row is not None:
        initial = {"kind": row.kind, "is_required": row.is_required}
        for code in ("lt", "en"):
            initial[f"text_{code}"] = row.text.get(code, "")
            initial[f"choices_{code}"] = "\n".join(row.choices.get(code, []))
    form = forms.QuestionForm(request.POST if request.method == "POST" else None, initial=initial)

    def act(_given: dict[str, Any]) -> object:
        return actions.put_question(by=by, event=event, given=form.given, at=clock.now(), question=row)

    return _form_page(request, event, form, act, _("Change a question") if row else _("A new question"))


@require_POST
@needs(Permission.KEEP_REGISTRATIONS)
def remove(request: HttpRequest, ref: str, kind: str, of: str) -> HttpResponse:
    """Remove a quota, ticket or question that nothing rests on."""
    by, event, at = actor(request), queries.desk_event(actor(request), ref), clock.now()

    def act() -> str:
        if kind == "quota":
            actions.remove_quota(by=by, quota=_known(Quota, event, of), at=at)
        elif kind == "ticket":
            actions.remove_ticket(by=by, ticket=_known(Ticket, event, of), at=at)
        elif kind == "question":
            actions.remove_question(by=by, question=_known(Question, event, of), at=at)
        else:
            raise Http404
        return _("Removed.")

    return respond(request, act, reverse("events-setup", args=[event.ref]))


def _known[M: (Quota, Ticket, Question)](kind: type[M], event: Event, of: str) -> M:
    return tickets.part_of(kind, event, of)


def _part[M: (Quota, Ticket, Question)](kind: type[M], event: Event, of: str) -> M | None:
    return _known(kind, event, of) if of else None
