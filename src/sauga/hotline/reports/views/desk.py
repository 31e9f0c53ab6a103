"""The report page at the desk: what the reporter said, the thread, triage and the ways a report ends."""

from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sauga.hotline.content import presenters as content_presenters
from sauga.hotline.permissions import Permission
from sauga.hotline.reports.actions import closure, thread, triage
from sauga.hotline.reports.forms import desk
from sauga.hotline.reports.models import Contact
from sauga.hotline.reports.queries.desk import (
    report_for,
    report_page,
    report_with_contact_for,
    waiting_contacts,
)
from sauga.hotline.states import ReportState
from sauga.kernel import clock, sealed, vocab
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit.actions import post_action
from sauga.kernel.kit.lists import Button, Column, Day, Empty, Line, ListPage, Ref
from sauga.kernel.refusals import FormUnfit
from sauga.kernel.ui import components

OPEN = {ReportState.RECEIVED, ReportState.TRIAGED, ReportState.IN_ASSESSMENT, ReportState.WAITING_REPORTER}


@needs(Permission.OPEN_REPORT)
def report(request: HttpRequest, ref: str) -> HttpResponse:
    """One report, opened with the analyst's vault."""
    by, at = actor(request), clock.now()
    found = report_for(by, ref)
    page = report_page(by=by, report=found)
    if request.method == "GET" and page.last_message and by.can(Permission.WRITE_TO_REPORTER):
        thread.read_messages(by=by, report=found, up_to=page.last_message, at=at)
    thread_shown = [
        components.Message(
            text=said.text,
            by=gettext("Reporter") if said.from_reporter else gettext("Analyst"),
            when=said.at,
            mine=not said.from_reporter,
        )
        for said in page.thread or []
    ]
    context: dict[str, Any] = {
        "page": page,
        "report": found,
        "urgency": content_presenters.urgency(found.priority),
        "category": vocab.label("rrt.category", found.category),
        "state": vocab.label("state.report", found.state),
        "outcome": vocab.label("state.report", found.outcome) if found.outcome else "",
        "reporter_kind": vocab.label("report.reporter_kind", found.reporter_kind),
        "said": thread_shown,
        "triage_form": desk.TriageForm(initial={"category": found.category, "priority": found.priority}),
        "write_form": desk.WriteForm(may_wait=thread.may_wait(found)),
        "close_form": desk.CloseForm(),
        "spam_form": desk.SpamForm(),
        "reopen_form": desk.ReopenForm(),
        "open": found.state in OPEN,
        "may_triage": by.can(Permission.TRIAGE),
        "may_write": by.can(Permission.WRITE_TO_REPORTER),
        "locked": by.vault is None,
        "at": at,
    }
    return render(request, "hotline/reports/desk/report.html", context)


@needs(Permission.TRIAGE)
@post_action("hotline-report-desk")
def set_triage(request: HttpRequest, ref: str) -> str:
    """Category and urgency."""
    form = desk.TriageForm(request.POST)
    if not form.is_valid():
        raise FormUnfit(gettext("Choose a category and an urgency."))
    triage.triage_report(
        by=actor(request), report=report_for(actor(request), ref), **form.cleaned_data, at=clock.now()
    )
    return gettext("Saved.")


@needs(Permission.WRITE_TO_REPORTER)
@post_action("hotline-report-desk")
def write(request: HttpRequest, ref: str) -> str:
    """A message to the reporter."""
    by = actor(request)
    found = report_for(by, ref)
    form = desk.WriteForm(request.POST, may_wait=thread.may_wait(found))
    if not form.is_valid():
        raise FormUnfit(gettext("Write a few words first."))
    if by.vault is None:
        return gettext("Your vault is locked. Unlock it with your password first.")
    key = sealed.open_data_key(zone=sealed.Zone.HOTLINE, holder=found.holder, opener=by.vault)
    days = int(form.cleaned_data.get("wait_days") or 0)
    thread.analyst_writes(
        by=by, report=found, key=key, text=form.cleaned_data["message"], wait_days=days, at=clock.now()
    )
    return gettext("Sent. The reporter sees it when returning.")


@needs(Permission.TRIAGE)
@post_action("hotline-report-desk")
def close(request: HttpRequest, ref: str) -> str:
    """End a report without a verdict."""
    form = desk.CloseForm(request.POST)
    if not form.is_valid():
        raise FormUnfit(gettext("Choose an outcome."))
    outcome = ReportState(form.cleaned_data["outcome"])
    closure.close_report(
        by=actor(request), report=report_for(actor(request), ref), outcome=outcome, at=clock.now()
    )
    return gettext("Closed.")


@needs(Permission.TRIAGE)
@post_action("hotline-report-desk")
def spam(request: HttpRequest, ref: str) -> str:
    """Put a report aside as noise."""
    form = desk.SpamForm(request.POST)
    if not form.is_valid():
        raise FormUnfit(gettext("Choose a reason."))
    closure.mark_spam(
        by=actor(request),
        report=report_for(actor(request), ref),
        reason=form.cleaned_data["reason"],
        at=clock.now(),
    )
    return gettext("Marked as spam. This can be undone for 30 days.")


@needs(Permission.TRIAGE)
@post_action("hotline-report-desk")
def take_back(request: HttpRequest, ref: str) -> str:
    """Undo: it was no noise."""
    closure.restore_from_spam(by=actor(request), report=report_for(actor(request), ref), at=clock.now())
    return gettext("Restored.")


@needs(Permission.TRIAGE)
@post_action("hotline-report-desk")
def reopen(request: HttpRequest, ref: str) -> str:
    """Take a closed report back."""
    form = desk.ReopenForm(request.POST)
    if not form.is_valid():
        raise FormUnfit(gettext("Choose a reason."))
    closure.reopen_report(
        by=actor(request),
        report=report_for(actor(request), ref),
        reason=form.cleaned_data["reason"],
        at=clock.now(),
    )
    return gettext("Reopened.")


@require_POST
@needs(Permission.OPEN_CONTACT)
def contact(request: HttpRequest, ref: str) -> HttpResponse:
    """The contact, shown once to the custodian."""
    by = actor(request)
    found = report_with_contact_for(by, ref)
    try:
        value = thread.open_contact(by=by, report=found, at=clock.now())
    except sealed.KeyNotAvailable:
        value = ""
    return render(
        request,
        "hotline/reports/desk/contact.html",
        {"report": found, "value": value},
        status=200 if value else 409,
    )


class Contacts(ListPage):
    """Reports whose contact waits for an answer, for the custodian: numbers only."""

    title = _("Contacts")
    intro = _("Reports whose reporter left a contact. Opening one is recorded in the audit log.")
    nothing = Empty(title=_("No contacts"), text=_("Nobody is waiting for an answer by email or phone."))
    columns = (
        Column("report", _("Report"), is_heading=True),
        Column("received", _("Received")),
        Column("until", _("Kept until"), sort=("expires_at",)),
        Column("open", _("Open"), is_hidden=True),
    )

    @override
    def rows(self) -> QuerySet[Contact]:
        return waiting_contacts(by=self.by)

    @override
    def line(self, row: Contact) -> Line:
        ref, until = row.report.ref, Day(row.expires_at) if row.expires_at else _("the report is closed")
        return Line(
            ref,
            (
                Ref(ref),
                Day(row.report.received_hour),
                until,
                Button(_("Open"), reverse("hotline-contact", args=[ref]), ref),
            ),
        )
