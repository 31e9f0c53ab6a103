"""The accessibility statement from real results, and feedback that reaches a person. No names asked, no
cookie set.
"""

import typing
from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock, notifications, page_cache, rate_limits, sealed, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import languages, long_date
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit.lists import Column, Day, Empty, Line, Link, ListPage, Mark, Quiet, View
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import MoveNotAllowed, SystemActor
from sauga.kernel.ui import toasts
from sauga.kernel.ui.public_frame import language as switch
from sauga.portal.actions import feedback as actions
from sauga.portal.models.feedback import Feedback
from sauga.portal.permissions import Permission
from sauga.portal.queries import accessibility_statement as queries
from sauga.portal.states import FeedbackState

ZONE = sealed.Zone.AWARENESS
READER = SystemActor("reader")
PURPOSE = "portal.feedback"
TICKET_AGE = timedelta(hours=24)
LANE = BoundedSemaphore(1)  # deriving keys is the costly part
UNFIT = 422
KINDS = [
    ("access", _("Something is hard or impossible to use")),
    ("mistake", _("There is a mistake")),
    ("other", pgettext_lazy("feedback", "Something else")),
]
STATES = {
    FeedbackState.RECEIVED: ("wait", pgettext_lazy("feedback", "received")),
    FeedbackState.ANSWERED: ("act", pgettext_lazy("feedback", "answered")),
    FeedbackState.CLOSED: ("good", pgettext_lazy("feedback", "closed")),
}
INSTEAD = {
    "reading_level": _("Ask us: we can explain it by telephone or in plain words."),
    "transcript": _("Ask us for the text: we will write it down for you."),
    "audio_description": _("Ask us: we will describe what is shown."),
    "tagged_pdf": _("Ask us for it as a page or as plain text."),
    "print_fallback": _("Ask us for it on paper."),
    "text_version": _("Ask us for the text: we will write it down for you."),
}
ELSE = _("Ask us for it in another form: we will find a way.")


class FeedbackForm(forms.Form):
    """What does not work, where, and an address only to get the answer by email."""

    kind = forms.ChoiceField(
        label=_("What would you like to tell us?"), choices=KINDS, initial="access", widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What happened?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )
    page = forms.CharField(label=_("On which page?"), required=False, max_length=200)
    email = forms.EmailField(label=_("Email, if you want the answer by email"), required=False)


class WordsForm(forms.Form):
    """The receipt to return with."""

    receipt = forms.CharField(
        label=_("Your words or code"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )


class AnswerForm(forms.Form):
    """An answer."""

    answer = forms.CharField(label=_("Answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement: level, how it was checked and what was found, exceptions, how to complain."""
    today = clock.now().astimezone(VILNIUS).date()
    held = queries.checked()
    audits, published, checked = held.audits, held.published, held.checked
    excepted = [_excepted(row) for row in queries.excepted(today)]
    faults = sum(row.faults for row in audits)
    context = {
        "status": "none"
        if not checked
        else "partly"
        if faults or excepted or checked < published
        else "fully",
        "published": published,
        "checked": checked,
        "tools": sorted({row.tool for row in audits}),
        "contact": f"labas@{settings.ENV.mail_domain}",
        "audits": [_audit(row) for row in audits],
        "faults": faults,
        "last": max((row.at for row in audits), default=None),
        "excepted": excepted,
    }
    return page_cache.cache_response(request, render(request, "portal/public/accessibility.html", context))


def _audit(row: queries.Audited) -> dict[str, Any]:
    return {
        "kind": _kind(row.kind),
        "check": vocab.label("gate_checks", row.check),
        "tool": row.tool,
        "at": row.at,
        "faults": row.faults,
        "texts": row.texts,
    }


def _kind(code: str) -> str:
    from django.apps import apps

    if code == "repository.resource":
        return gettext("Resource")
    name = code.removeprefix("portal.")
    model = next(
        (one for one in apps.get_app_config("portal").get_models() if one._meta.model_name == name), None
    )
    return str(model._meta.verbose_name) if model else name


def _said(held: Mapping[str, str]) -> dict[str, str]:
    """Words that editors keep, and their language: that of the page, else one that stands in for it."""
    here = languages.active()
    code = next((code for code in (here.code, *here.instead, *held) if held.get(code)), "")
    return {"text": held.get(code, ""), "language": "" if code == here.code else code}


def _excepted(row: queries.Excepted) -> dict[str, Any]:
    return {
        "title": _said(row.title),
        "reason": _said(row.reason),
        "check": vocab.label("gate_checks", row.check),
        "until": row.until,
        "instead": INSTEAD.get(row.check, ELSE),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """The form, and the receipt."""
    at = clock.now()
    if request.method != "POST":
        return _form(request, FeedbackForm(), sealed.new_ticket(PURPOSE, at))
    form, given = FeedbackForm(request.POST), request.POST.get("ticket", "")
    try:
        ticket = sealed.read_ticket(given, PURPOSE, at, TICKET_AGE)
    except sealed.TicketError:
        form.is_valid()
        form.add_error(None, gettext("This page was open for too long. Nothing is lost: send it again."))
        return _form(request, form, sealed.new_ticket(PURPOSE, at), UNFIT)
    if not form.is_valid():
        return _form(request, form, given, UNFIT)
    try:
        rate_limits.admit(PURPOSE, given, request, at)
    except rate_limits.Held as held:
        return _form(request, form, given, 429, held=held)
    language = languages.active().code
    receipt = sealed.new_receipt(ticket.receipt_entropy, language)
    with LANE:
        keys = sealed.receipt_keys(receipt, ZONE)
    row = actions.receive_feedback(by=READER, receipt=keys, language=language, at=at, **form.cleaned_data)
    switch.posts_again(request, {name: request.POST.get(name, "") for name in ("ticket", *form.fields)})
    response = render(
        request,
        "portal/public/feedback_sent.html",
        {"receipt": receipt, "by": long_date(row.due_at.astimezone(VILNIUS).date())},
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _form(
    request: HttpRequest,
    form: FeedbackForm,
    ticket: str,
    status: int = 200,
    held: rate_limits.Held | None = None,
) -> HttpResponse:
    puzzle = held.puzzle if held else rate_limits.puzzle_for(PURPOSE, ticket, clock.now())
    context = {
        "form": form,
        "ticket": ticket,
        "held": held,
        "puzzle": puzzle,
        "back": WordsForm(auto_id="back_%s"),
    }
    response = render(request, "portal/public/feedback.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def come_back(request: HttpRequest) -> HttpResponse:
    """The answer for a receipt; an unreadable receipt costs the same and opens nothing."""
    form = WordsForm(request.POST)
    found = None
    if form.is_valid():
        try:
            receipt = sealed.parse_receipt(form.cleaned_data["receipt"])
        except sealed.ReceiptUnreadable:
            receipt = sealed.new_receipt(None, "en")
        with LANE:
            keys = sealed.receipt_keys(receipt, ZONE)
        found = queries.feedback_behind(keys.lookup)
        if found is None:
            form.add_error("receipt", gettext("The words do not fit. Check every word."))
    context = {
        "row": found,
        "form": form,
        "by": long_date(found.due_at.astimezone(VILNIUS).date()) if found else "",
    }
    response = render(request, "portal/public/feedback_back.html", context, status=200 if found else UNFIT)
    response.headers["Cache-Control"] = "no-store"
    return response


class FeedbackList(ListPage):
    """Feedback by due date."""

    title = _("Feedback")
    intro = _("Feedback about the site. Each is answered within 10 working days.")
    live = "portal.feedback"
    row_id = "feedback"
    views = (
        View("open", pgettext_lazy("feedback", "Waiting")),
        View("done", pgettext_lazy("feedback", "Answered")),
    )
    columns = (
        Column("feedback", _("Feedback"), is_heading=True),
        Column("kind", _("What it is about"), sort=("kind",)),
        Column("due", pgettext_lazy("feedback", "Due"), "nowrap", ("due_at",)),
        Column("state", pgettext_lazy("feedback", "State"), sort=("state",), is_state=True),
    )

    @typing.override
    def rows(self) -> QuerySet[Feedback]:
        return queries.feedback_list(self.view_code)

    @typing.override
    def lines(self, rows: list[Feedback]) -> list[Line]:
        return [_row(_line(row, self.at)) for row in rows]

    @typing.override
    def counts(self) -> dict[str, int]:
        return {"open": queries.waiting(self.by, self.at)}

    @typing.override
    def empty(self) -> Empty:
        if self.view_code == "open":
            return Empty(
                title=_("Nobody is waiting for an answer"), text=_("Feedback from the site appears here.")
            )
        return Empty(title=_("Nothing answered yet"), text=_("Past answers appear here."))


feedback_list = needs(Permission.ANSWER_FEEDBACK)(FeedbackList.view())


def _row(line: dict[str, Any]) -> Line:
    row = line["row"]
    name = (Link(row.ref, reverse("portal-feedback-one", args=[row.ref])), Quiet(line["start"], below=True))
    late = Mark("bad", "diamond", gettext("late")) if line["is_late"] else None
    return Line(row.ref, (name, line["kind"], (Day(row.due_at), late), Mark(line["tone"], "", line["state"])))


def _line(row: Feedback, at: datetime) -> dict[str, Any]:
    tone, state = STATES[FeedbackState(row.state)]
    return {
        "row": row,
        "kind": dict(KINDS).get(row.kind, row.kind),
        "tone": tone,
        "state": state,
        "is_late": row.state == FeedbackState.RECEIVED and row.due_at < at,
        "start": row.text if len(row.text) <= 120 else row.text[:119] + "…",
    }


@needs(Permission.ANSWER_FEEDBACK)
def feedback_one(request: HttpRequest, ref: str) -> HttpResponse:
    """One piece of feedback; a post answers it."""
    row: Feedback = get_object_or_404(Feedback, ref=ref)
    by, at = actor(request), clock.now()
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            row = actions.answer_feedback(by=by, feedback=row, text=form.cleaned_data["answer"], at=at)
        except ActionRefused as refused:
            toasts.refuse(request, refused.text)
        else:
            toasts.say(request, _sent(by, row, at))
        return HttpResponseRedirect(reverse("portal-feedback-one", args=[row.ref]))
    context = {**_line(row, at), "form": form}
    return render(request, "portal/desk/feedback_one.html", context, status=UNFIT if form.is_bound else 200)


def _sent(by: Any, row: Feedback, at: datetime) -> str:
    if not row.email:
        return gettext("Answered. The reader finds it with their words.")
    with override(row.language):
        letter = notifications.compose(
            subject=gettext("Answer to your feedback about our site"),
            body_text=gettext("You wrote:\n\n%(text)s\n\nOur answer:\n\n%(answer)s\n")
            % {"text": row.text, "answer": row.answer},
            to=row.email,
            language=row.language,
            at=at,
        )
    if actions.mail_answer(by=by, feedback=row, letter=letter, at=at):
        return gettext("Answered and emailed.")
    return gettext("Answered. The email could not be sent; the reader finds the answer with their words.")


@require_POST
@needs(Permission.ANSWER_FEEDBACK)
def feedback_close(request: HttpRequest, ref: str) -> HttpResponse:
    """Close it without further answer."""
    row: Feedback = get_object_or_404(Feedback, ref=ref)
    try:
        actions.close_feedback(by=actor(request), feedback=row, at=clock.now())
    except MoveNotAllowed as refused:
        raise Http404 from refused
    toasts.say(request, gettext("Closed."))
    return HttpResponseRedirect(reverse("portal-feedback-list"))
