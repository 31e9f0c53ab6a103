"""The pages behind an activity's personal link: confirm, change, withdraw, report; poster, materials,
certificate.

Opening them changes nothing, so a program that looks into links confirms nothing; the buttons do.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from sauga.events.activities import presenters
from sauga.events.activities.actions import registrations, reports
from sauga.events.activities.documents import certificate, organisation_of, poster, when
from sauga.events.activities.forms import HEADS, ActivityForm, HeadsForm, initial_of
from sauga.events.activities.models import Activity, HeadsKind
from sauga.events.activities.queries import links, materials
from sauga.events.activities.rules.codes import CONTACT_TEXT
from sauga.events.activities.views.day import ORGANISER, UNFIT, bound, details
from sauga.events.activities.views.organisations import meant
from sauga.events.states import COUNTED, ActivityState
from sauga.kernel import clock
from sauga.kernel.clock import local_day
from sauga.kernel.refusals import ActionRefused, refusal_in

GONE = 410

type View = Callable[[HttpRequest, Activity, datetime], HttpResponse]


def _own(view: View) -> Callable[..., HttpResponse]:
    """Give the view the activity behind its link; one that is over, or was never made here, answers alike. A
    personal address stays with its reader: it is not kept and not passed on."""

    @wraps(view)
    def private(request: HttpRequest, token: str) -> HttpResponse:
        at, row = clock.now(), links.activity_by(token)
        is_over = row is None or row.is_over(at)
        response = _over(request) if row is None or is_over else view(request, row, at)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return private


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "events/activities/public/over.html", status=GONE)


def _to(row: Activity, said: str) -> HttpResponse:
    return HttpResponseRedirect(f"{links.own_path(row)}?done={said}")


@require_http_methods(["GET", "HEAD", "POST"])
@_own
def own(request: HttpRequest, row: Activity, at: datetime) -> HttpResponse:
    """Where the activity stands, and what its organiser gets and can do."""
    refused = ""
    if request.method == "POST":
        acts: dict[str, tuple[Callable[..., Activity], str]] = {
            "confirm": (registrations.confirm, "confirmed"),
            "withdraw": (registrations.withdraw, "withdrawn"),
            "again": (registrations.register_again, "again"),
            "not_held": (reports.say_not_held, "not_held"),
        }
        act = next((acts[name] for name in acts if name in request.POST), None)
        if act is not None:
            try:
                act[0](by=ORGANISER, activity=row, at=at)
            except ActionRefused as refusal:
                refused = refusal.text
            else:
                return _to(row, act[1])
    context = {**_about(row, at), "refused": refused}
    return render(request, "events/activities/public/own.html", context, status=UNFIT if refused else 200)


def _about(row: Activity, at: datetime) -> dict[str, Any]:
    today, state = local_day(at), ActivityState(row.state)
    counts = state in COUNTED
    return {
        "row": row,
        "state": presenters.own_mark(row),
        "text": presenters.text_mark(row),
        "organisation": organisation_of(row),
        "when": when(row),
        "expected": presenters.total(row, HeadsKind.EXPECTED),
        "reported": presenters.total(row, HeadsKind.REPORTED),
        "may_change": state == ActivityState.REGISTERED and row.edition.is_open(today),
        "may_again": state == ActivityState.WITHDRAWN and row.edition.is_open(today),
        "may_report": state in (ActivityState.REGISTERED, ActivityState.HELD, ActivityState.NOT_HELD)
        and _is_time(row, at),
        "counts": counts,
        "materials": materials.materials(row) if counts else [],
        "own": {page: links.own_path(row, page) for page in ("change", "report", "poster", "certificate")},
        "contact_text": CONTACT_TEXT,
    }


def _is_time(row: Activity, at: datetime) -> bool:
    today = local_day(at)
    return row.has_come(today) and today <= row.edition.reported_until


@require_http_methods(["GET", "HEAD", "POST"])
@_own
def change(request: HttpRequest, row: Activity, at: datetime) -> HttpResponse:
    """Change what was registered."""
    if row.state != ActivityState.REGISTERED:
        return HttpResponseRedirect(links.own_path(row))
    said = meant(request.POST.dict(), at)
    if request.method == "POST":
        form = bound(request, said, row.edition, has_address=False)
        if form.is_valid():
            with refusal_in(form):
                registrations.change(by=ORGANISER, activity=row, details=details(form, said), at=at)
                return _to(row, "changed")
    else:
        name = row.organisation.code if row.organisation is not None else row.organisation_name
        named = organisation_of(row) if row.organisation is None else f"{organisation_of(row)} · {name}"
        form = ActivityForm(
            suggest_url=reverse("events-sid-suggest"),
            days=(row.edition.first, row.edition.last),
            has_address=False,
            initial=initial_of(row, named),
        )
    context = {"form": form, "said": said, "row": row, "edition": row.edition, "back": links.own_path(row)}
    return render(
        request, "events/activities/public/change.html", context, status=UNFIT if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@_own
def report(request: HttpRequest, row: Activity, at: datetime) -> HttpResponse:
    """How many took part, and corrections."""
    held = {HEADS + one.group: one.n for one in row.heads.all() if one.kind == HeadsKind.REPORTED}
    form = HeadsForm(request.POST if request.method == "POST" else None, initial=held)
    if form.is_bound and form.is_valid():
        with refusal_in(form):
            reports.report(by=ORGANISER, activity=row, heads=form.heads(), at=at)
            return _to(row, "reported")
    context = {
        "form": form,
        "row": row,
        "when": when(row),
        "is_time": _is_time(row, at),
        "is_correction": row.state == ActivityState.HELD,
        "back": links.own_path(row),
    }
    return render(
        request, "events/activities/public/report.html", context, status=UNFIT if form.errors else 200
    )


@require_safe
@_own
def poster_file(_request: HttpRequest, row: Activity, at: datetime) -> HttpResponse:
    """The poster, as long as the activity counts."""
    if row.state not in COUNTED:
        raise Http404
    return _pdf(poster(row, at), f"poster-{row.year}-{slugify(row.title)[:40]}")


@require_safe
@_own
def certificate_file(_request: HttpRequest, row: Activity, at: datetime) -> HttpResponse:
    """The certificate, once numbers were reported."""
    if row.state != ActivityState.HELD:
        raise Http404
    return _pdf(certificate(row, at), f"certificate-{row.year}-{slugify(organisation_of(row))[:40]}")


def _pdf(document: bytes, name: str) -> HttpResponse:
    response = HttpResponse(document, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
