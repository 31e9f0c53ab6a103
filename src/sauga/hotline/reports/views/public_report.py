"""The reporter's pages: report, add to it, return.

No session, no cookie, no address stored; every page works without JavaScript.
"""

from datetime import datetime, timedelta
from threading import BoundedSemaphore
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sauga.hotline.reports.actions import intake, thread
from sauga.hotline.reports.forms.public import MessageForm, ReportForm, ReturnForm, choices_of_report
from sauga.hotline.reports.models import Report
from sauga.hotline.reports.queries import reporter
from sauga.hotline.reports.rules import spam_score
from sauga.hotline.reports.views import public_follow_ups
from sauga.kernel import clock, page_cache, rate_limits, sealed
from sauga.kernel.i18n import languages
from sauga.kernel.kit.sent_forms import came_of_form
from sauga.kernel.states import SystemActor
from sauga.kernel.ui.public_frame import language

ZONE = sealed.Zone.HOTLINE
PUBLIC = SystemActor("public")
PURPOSE = "hotline.report"
TICKET_AGE = timedelta(hours=24)  # a form left open overnight still works

# Deriving keys is the costly part. One derivation at a time in each process (there is one a core), since
# several at once only take the memory from each other; and people who come back (or guess) have a lane of
# their own, so that a new report never waits behind them.
NEW_LANE, RETURN_LANE = BoundedSemaphore(1), BoundedSemaphore(1)
THROTTLE = rate_limits.ReceiptThrottle()


def _language() -> str:
    return languages.active().code


def _empty_form(request: HttpRequest, at: datetime) -> HttpResponse:
    """At rest the page is the same for everybody but for the ticket, and is kept; under pressure each has a
    puzzle of its own."""
    if not rate_limits.is_calm(PURPOSE, at):
        return _form(request, ReportForm(), sealed.new_ticket(PURPOSE, at))
    context = {
        "form": ReportForm(),
        "choices": choices_of_report(),
        "ticket": page_cache.placeholder("ticket"),
    }
    page = _no_store(render(request, "hotline/reports/public/report.html", context))
    return page_cache.cache_response(
        request, page, fill={"ticket": _new_ticket}, valid_if=_is_calm, seconds=page_cache.MINUTE
    )


def _form(
    request: HttpRequest,
    form: ReportForm,
    ticket: str,
    status: int = 200,
    held: rate_limits.Held | None = None,
) -> HttpResponse:
    puzzle = held.puzzle if held else rate_limits.puzzle_for(PURPOSE, ticket, clock.now())
    context = {"form": form, "choices": choices_of_report(), "ticket": ticket, "held": held, "puzzle": puzzle}
    return _no_store(render(request, "hotline/reports/public/report.html", context, status=status))


def _new_ticket() -> str:
    return sealed.new_ticket(PURPOSE, clock.now())


def _is_calm() -> bool:
    return rate_limits.is_calm(PURPOSE, clock.now())


def _no_store(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The first screen: already a whole report.

    Answers a post with the receipt, after the report is stored.
    """
    at = clock.now()
    if request.method != "POST":
        return _empty_form(request, at)
    form = ReportForm(request.POST)
    try:
        ticket = sealed.read_ticket(request.POST.get("ticket", ""), PURPOSE, at, TICKET_AGE)
    except sealed.TicketError:
        form.is_valid()
        form.add_error(
            None,
            _(
                "This page had been open for too long. Nothing is lost: check what you wrote and "
                "send it again."
            ),
        )
        return _form(request, form, sealed.new_ticket(PURPOSE, at), 422)
    if not form.is_valid():
        return _form(request, form, request.POST["ticket"], 422)
    try:
        rate_limits.admit(PURPOSE, request.POST["ticket"], request, at)
    except rate_limits.Held as held:
        return _form(request, form, request.POST["ticket"], 429, held)
    receipt = sealed.new_receipt(ticket.receipt_entropy, _language())
    with NEW_LANE:
        keys = sealed.receipt_keys(receipt, ZONE)
    stored = intake.receive_report(
        by=PUBLIC,
        locations=form.locations,
        category=form.cleaned_data["category"],
        receipt=keys,
        language=_language(),
        spam_score=spam_score(form.locations),
        at=at,
    )
    return _receipt(request, form, stored, receipt, sealed.new_pass(keys, at))


def _receipt(
    request: HttpRequest, form: ReportForm, stored: Report, receipt: sealed.Receipt, pass_: str
) -> HttpResponse:
    """The receipt's page, with the first question and, behind the language switch, the report once more."""
    words = {f"word{number}": word for number, word in enumerate(receipt.words)}
    again = {
        "ticket": request.POST["ticket"],
        "where": form.cleaned_data["where"],
        "category": request.POST.get("category", ""),
    }
    values = {**words, **again, "code": receipt.code, "ref": stored.ref, "pass": pass_}
    place = {name: page_cache.placeholder(name) for name in values}
    language.posts_again(request, {name: place[name] for name in again})
    hints = sorted({hint for location in form.locations for hint in location.hints})

    def context() -> dict[str, Any]:
        return {
            **public_follow_ups.first_step(place["pass"]),
            "report": {"ref": place["ref"]},
            "receipt": {"words": [place[word] for word in words], "code": place["code"]},
            "hints": hints,
            "today": clock.now(),
        }

    page = page_cache.render_shared(request, "hotline/reports/public/receipt.html", context, values, *hints)
    return _no_store(HttpResponse(page))


@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Come back with the code: the state in plain words and the thread.

    The code travels in the body of a post only.
    """
    at = clock.now()
    if request.method != "POST":
        return _return_page(request, ReturnForm(), 200)
    if "pass" in request.POST:
        return _return_with_pass(request)
    form = ReturnForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data["receipt"]
        if wait := THROTTLE.wait(typed, at):
            return _throttled(request, form, wait)
        keys = _keys(typed)
        found = reporter.come_back(keys)
        if found is not None:
            return _status(request, found, sealed.new_pass(keys, at))
        THROTTLE.missed(typed, at)
        form.add_error("receipt", _("The code is not right. Check every word."))
    return _return_page(request, form, 422)


def _return_page(request: HttpRequest, form: ReturnForm, status: int) -> HttpResponse:
    return _no_store(render(request, "hotline/reports/public/return.html", {"form": form}, status=status))


def _throttled(request: HttpRequest, form: ReturnForm, wait: int) -> HttpResponse:
    said = ngettext(
        "This code was tried too often. Wait %(n)d second, then try again.",
        "This code was tried too often. Wait %(n)d seconds, then try again.",
        wait,
    )
    form.add_error("receipt", said % {"n": wait})
    response = _return_page(request, form, 429)
    response.headers["Retry-After"] = str(wait)
    return response


def _keys(typed: str) -> sealed.ReceiptKeys:
    """Keys of what was typed. What cannot be read costs the same work and opens nothing."""
    try:
        receipt = sealed.parse_receipt(typed)
    except sealed.ReceiptUnreadable:
        receipt = sealed.new_receipt(None, "en")
    with RETURN_LANE:
        return sealed.receipt_keys(receipt, ZONE)


def _return_with_pass(request: HttpRequest) -> HttpResponse:
    """Someone whose pass is still good reads again or writes a message."""
    at = clock.now()
    try:
        keys = sealed.read_pass(request.POST["pass"], at, public_follow_ups.PASS_AGE)
    except sealed.TicketError:
        return public_follow_ups.pass_over(request)
    found = reporter.come_back(keys)
    if found is None:
        return public_follow_ups.pass_over(request)
    if "message" not in request.POST:
        return _status(request, found, sealed.new_pass(keys, at))
    form = MessageForm(request.POST)
    warnings: list[str] = []
    if form.is_valid():
        warnings = [] if form.cleaned_data["confirmed"] else form.warnings()
        if not warnings:
            thread.reporter_writes(
                by=PUBLIC, report=found.report, key=found.key, text=form.cleaned_data["message"], at=at
            )
            found = reporter.come_back(keys) or found
            return came_of_form(_status(request, found, sealed.new_pass(keys, at), said=True))
    return _status(request, found, sealed.new_pass(keys, at), form=form, warnings=warnings)


def _status(
    request: HttpRequest,
    found: reporter.Return,
    pass_: str,
    *,
    form: MessageForm | None = None,
    warnings: list[str] | None = None,
    said: bool = False,
) -> HttpResponse:
    language.posts_again(request, {"pass": pass_}, to="hotline-return")
    context = {
        "found": found,
        "pass": pass_,
        "form": form or MessageForm(),
        "warnings": warnings or [],
        "said": said,
        "stage": found.stage,
    }
    status = 422 if form is not None else 200
    return _no_store(render(request, "hotline/reports/public/status.html", context, status=status))


def add(request: HttpRequest) -> HttpResponse:
    """A post stores one more answer and shows the next question; opened in any other way, the address leads
    to the code page."""
    return (
        public_follow_ups.add(request)
        if request.method == "POST"
        else HttpResponseRedirect(reverse("hotline-return"))
    )
