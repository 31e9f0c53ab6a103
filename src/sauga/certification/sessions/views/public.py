"""A host's pages, without an account: asking for a session, and everything behind the personal link.

Opening a page changes nothing, so a program that looks into links confirms nothing; the buttons do.
"""

import secrets
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from sauga.certification.sessions import presenters
from sauga.certification.sessions.actions import bookings as booking_actions
from sauga.certification.sessions.actions import requests
from sauga.certification.sessions.forms import CancelForm, HostForm, RequestForm
from sauga.certification.sessions.mail_text import ambassador_name, calendar_file, facts
from sauga.certification.sessions.models import Booking
from sauga.certification.sessions.queries import bookings, links
from sauga.certification.sessions.rules.codes import CONTACT_TEXT, SENDER
from sauga.certification.states import BookingState
from sauga.events.activities.views.organisations import Meant, meant
from sauga.kernel import clock, rate_limits
from sauga.kernel.clock import local_day
from sauga.kernel.i18n import languages
from sauga.kernel.organisations.places import is_municipality
from sauga.kernel.refusals import ActionRefused, also_refused, refusal_in
from sauga.kernel.states import SystemActor

PURPOSE = "certification.session"
HOST = SystemActor(SENDER)
UNFIT, TOO_MANY, GONE = 422, 429, 410

type View = Callable[[HttpRequest, Booking, datetime], HttpResponse]


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form, without an account."""
    at = clock.now()
    suggest, days = reverse("events-sid-suggest"), requests.days(at)
    if request.method != "POST":
        place = request.GET.get("municipality", "")
        initial = {"municipality": place if is_municipality(place) else "", "language": "lt"}
        form = RequestForm(days=days, suggest_url=suggest, initial=initial)
        return _form_page(request, form)
    said = meant(request.POST.dict(), at)
    form = RequestForm(request.POST, days=days, suggest_url=suggest, fitting=said.fitting)
    if said.is_open:
        form.add_error("meant", gettext("Choose which organisation you mean."))
    if not form.is_valid():
        also_refused(form, requests.refusals(_given(form.cleaned_data, said), at))
        return _form_page(request, form, said=said, status=UNFIT)
    ticket = request.POST.get("ticket", "")[:64]
    try:
        rate_limits.admit(PURPOSE, ticket, request, at)
    except rate_limits.Held as held:
        return _form_page(
            request, form, said=said, status=TOO_MANY, ticket=ticket, puzzle=held.puzzle, held=held
        )
    with refusal_in(form):
        given = _given(form.cleaned_data, said)
        requests.request(by=HOST, given=given, address=form.cleaned_data["email"], at=at)
        return HttpResponseRedirect(reverse("certification-asked"))
    return _form_page(request, form, said=said, status=UNFIT)


def _given(said: dict[str, Any], which: Meant) -> requests.Asked:
    spoken = languages.active().code
    known = {row.code for row in languages.for_editors()}
    given: dict[str, Any] = dict.fromkeys(("municipality", "topic", "audience", "language", "note"), "")
    given |= {"day": date.min, "begins": None, "heads_expected": 0}
    return requests.Asked(
        organisation=which.organisation,
        organisation_name=which.name,
        spoken=spoken if spoken in known else languages.DEFAULT,
        **{name: said.get(name, value) for name, value in given.items()},
    )


def _form_page(
    request: HttpRequest, form: RequestForm, *, said: Meant | None = None, status: int = 200, **extra: Any
) -> HttpResponse:
    ticket = extra.pop("ticket", "") or secrets.token_urlsafe(12)
    context = {
        "form": form,
        "said": said,
        "contact_text": CONTACT_TEXT,
        "ticket": ticket,
        "puzzle": rate_limits.puzzle_for(PURPOSE, ticket, clock.now()),
        **extra,
    }
    return render(request, "certification/public/ask.html", context, status=status)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What to do now: the same page for everybody."""
    return render(request, "certification/public/asked.html")


def _own(view: View) -> Callable[..., HttpResponse]:
    """Give the view the session behind its link; one that is over, or was never made here, answers alike. A
    personal address stays with its reader: it is not kept and not passed on."""

    @wraps(view)
    def private(request: HttpRequest, token: str) -> HttpResponse:
        at, row = clock.now(), links.booking_by(token)
        is_over = row is None or (
            row.confirmed_at is None and row.expires_at is not None and at >= row.expires_at
        )
        if row is None or is_over:
            response = render(request, "certification/public/over.html", status=GONE)
        else:
            response = view(request, row, at)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return private


@require_http_methods(["GET", "HEAD", "POST"])
@_own
def own(request: HttpRequest, row: Booking, at: datetime) -> HttpResponse:
    """Where the session stands, and what its host can do."""
    refused = ""
    acts: dict[str, Callable[[], object]] = {
        "confirm": lambda: requests.confirm(by=HOST, booking=row, at=at),
        "withdraw": lambda: requests.decline(by=HOST, booking=row, at=at),
        "cancel": lambda: booking_actions.cancel(by=HOST, booking=row, why=_why(request), at=at),
    }
    if request.method == "POST":
        act = next((name for name in acts if name in request.POST), None)
        if act is not None:
            try:
                acts[act]()
            except ActionRefused as refusal:
                refused = refusal.text
            else:
                return HttpResponseRedirect(f"{links.own_path(row)}?done={act}")
    return render(
        request,
        "certification/public/own.html",
        {**_about(row, at), "refused": refused},
        status=UNFIT if refused else 200,
    )


def _why(request: HttpRequest) -> str:
    form = CancelForm(request.POST)
    return str(form.cleaned_data["why"]) if form.is_valid() else "OTHER"


def _about(row: Booking, at: datetime) -> dict[str, Any]:
    today = local_day(at)
    return {
        **facts(row),
        "state": presenters.STATES[row.state],
        "is_confirmed": row.confirmed_at is not None,
        "ambassador": ambassador_name(row),
        "may_report": row.state in (BookingState.ACCEPTED, BookingState.HELD) and row.has_come(today),
        "has_reported": bookings.has_host_report(row),
        "may_cancel": row.state == BookingState.ACCEPTED and not row.has_come(today),
        "cancel_form": CancelForm(),
        "report_path": links.own_path(row, "session-report"),
        "calendar_path": links.own_path(row, "session-calendar"),
        "contact_text": CONTACT_TEXT,
        "asked": row.offers.count(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@_own
def report(request: HttpRequest, row: Booking, at: datetime) -> HttpResponse:
    """The host confirms what took place."""
    form = HostForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusal_in(form):
            said = form.cleaned_data
            booking_actions.confirm_held(
                by=HOST,
                booking=row,
                took_place=said["took_place"] == "yes",
                heads=form.heads(),
                rating=said["rating"],
                words=said["words"],
                at=at,
            )
            return HttpResponseRedirect(f"{links.own_path(row)}?done=report")
    context = {**_about(row, at), "form": form, "back": links.own_path(row)}
    return render(request, "certification/public/report.html", context, status=UNFIT if form.errors else 200)


@require_safe
@_own
def calendar(_request: HttpRequest, row: Booking, at: datetime) -> HttpResponse:
    """The session as a calendar file."""
    return calendar_response([row], at)


def calendar_response(rows: list[Booking], at: datetime) -> HttpResponse:
    """Sessions as a calendar file."""
    text = calendar_file(gettext("Ambassador sessions"), rows, at)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="sessions.ics"'
    return response
