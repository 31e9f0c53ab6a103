"""The questions after the receipt, one on each screen.

All state travels in the sealed pass and the step's name; nothing is remembered.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from sauga.hotline.reports.actions import follow_ups
from sauga.hotline.reports.forms.public import CircumstancesForm, ContactForm, DangerForm, NoteForm, PathForm
from sauga.hotline.reports.queries import reporter
from sauga.kernel import clock, sealed
from sauga.kernel.states import SystemActor
from sauga.kernel.ui.public_frame import language

PUBLIC = SystemActor("public")
PASS_AGE = timedelta(hours=1)


@dataclass(frozen=True)
class Step:
    """One question: how its form is made, and what is stored from a valid one."""

    name: str
    form: Callable[[Any, reporter.Return, datetime], forms.Form]
    save: Callable[[Any, reporter.Return, datetime], None]


def _save_danger(form: DangerForm, found: reporter.Return, at: datetime) -> None:
    follow_ups.add_danger(by=PUBLIC, report=found.report, child_in_danger=form.answer(), at=at)


def _save_path(form: PathForm, found: reporter.Return, at: datetime) -> None:
    for position, referrer, access in form.answers():
        follow_ups.add_path(
            by=PUBLIC,
            report=found.report,
            key=found.key,
            position=position,
            referrer=referrer,
            access_note=access,
            at=at,
        )


def _save_circumstances(form: CircumstancesForm, found: reporter.Return, at: datetime) -> None:
    kind = form.cleaned_data["reporter_kind"] or "NOT_SAID"
    follow_ups.add_circumstances(
        by=PUBLIC, report=found.report, seen_date=form.day(), reporter_kind=kind, at=at
    )


def _save_note(form: NoteForm, found: reporter.Return, at: datetime) -> None:
    follow_ups.add_note(by=PUBLIC, report=found.report, key=found.key, text=form.cleaned_data["note"], at=at)


def _save_contact(form: ContactForm, found: reporter.Return, at: datetime) -> None:
    follow_ups.add_contact(by=PUBLIC, report=found.report, value=form.cleaned_data["contact"], at=at)


STEPS = (
    Step(
        "danger",
        lambda data, found, at: DangerForm(data, initial=DangerForm.initial_of(found.report.child_in_danger)),
        _save_danger,
    ),
    Step("path", lambda data, found, at: PathForm(data, places=found.places), _save_path),
    Step(
        "circumstances",
        lambda data, found, at: CircumstancesForm(data, today=at.astimezone(clock.VILNIUS).date()),
        _save_circumstances,
    ),
    Step("note", lambda data, found, at: NoteForm(data, initial={"note": found.note}), _save_note),
    Step("contact", lambda data, found, at: ContactForm(data), _save_contact),
)
NAMES = [step.name for step in STEPS]


def first_step(pass_: str) -> dict[str, Any]:
    """What the receipt page needs to offer the first question."""
    return {"pass": pass_, "step": "danger", "form": DangerForm(), "number": 1, "count": len(STEPS)}


def pass_over(request: HttpRequest) -> HttpResponse:
    """The pass is too old or not ours: kindly ask for the code again."""
    from sauga.hotline.reports.forms.public import ReturnForm

    page = render_to_string(
        "hotline/reports/public/return.html", {"form": ReturnForm(), "pass_over": True}, request=request
    )
    return _page(page, status=403)


def add(request: HttpRequest) -> HttpResponse:
    """Store one answer, or skip it, and show the next question; after the last one, the summary."""
    at = clock.now()
    try:
        keys = sealed.read_pass(request.POST.get("pass", ""), at, PASS_AGE)
    except sealed.TicketError:
        return pass_over(request)
    found = reporter.come_back(keys)
    step = next((step for step in STEPS if step.name == request.POST.get("step")), None)
    if found is None or step is None:
        return pass_over(request)
    if "back" in request.POST:
        return _question(request, STEPS[max(0, NAMES.index(step.name) - 1)], found, keys, at)
    if "show" in request.POST:
        return _question(request, step, found, keys, at)
    if "skip" in request.POST:
        return _next(request, step, found, keys, at)
    return _save(request, step, found, keys, at)


def _save(
    request: HttpRequest, step: Step, found: reporter.Return, keys: sealed.ReceiptKeys, at: datetime
) -> HttpResponse:
    """Store a valid answer and go on; show the question again with what is wrong, or with a warning that may
    be overruled."""
    form = step.form(request.POST, found, at)
    if not form.is_valid():
        return _question(request, step, found, keys, at, form=form)
    if isinstance(form, NoteForm) and not form.cleaned_data["confirmed"] and form.warnings():
        return _question(request, step, found, keys, at, form=form, warnings=form.warnings())
    try:
        step.save(form, found, at)
    except follow_ups.ReportClosed:
        return _summary(request, found, keys, at, closed=True)
    return _next(request, step, reporter.come_back(keys) or found, keys, at)


def _next(
    request: HttpRequest, step: Step, found: reporter.Return, keys: sealed.ReceiptKeys, at: datetime
) -> HttpResponse:
    after = NAMES.index(step.name) + 1
    if after < len(STEPS):
        return _question(request, STEPS[after], found, keys, at)
    return _summary(request, found, keys, at)


def _question(
    request: HttpRequest,
    step: Step,
    found: reporter.Return,
    keys: sealed.ReceiptKeys,
    at: datetime,
    *,
    form: forms.Form | None = None,
    warnings: list[str] | None = None,
) -> HttpResponse:
    pass_ = sealed.new_pass(keys, at)
    language.posts_again(request, {"pass": pass_, "step": step.name, "show": "1"}, to="hotline-report-add")
    context = {
        "step": step.name,
        "number": NAMES.index(step.name) + 1,
        "count": len(STEPS),
        "form": form or step.form(None, found, at),
        "warnings": warnings or [],
        "found": found,
        "pass": pass_,
    }
    return _page(
        render_to_string("hotline/reports/public/question.html", context, request=request),
        status=422 if form is not None else 200,
    )


def _summary(
    request: HttpRequest,
    found: reporter.Return,
    keys: sealed.ReceiptKeys,
    at: datetime,
    *,
    closed: bool = False,
) -> HttpResponse:
    pass_ = sealed.new_pass(keys, at)
    language.posts_again(request, {"pass": pass_, "step": NAMES[-1], "skip": "1"}, to="hotline-report-add")
    context = {"found": found, "pass": pass_, "closed": closed, "names": NAMES}
    return _page(render_to_string("hotline/reports/public/summary.html", context, request=request))


def _page(page: str, status: int = 200) -> HttpResponse:
    response = HttpResponse(page, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
