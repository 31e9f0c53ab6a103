"""Hand-overs at the desk: a queue for each recipient, what was handed over, undo and corrections, the list as
CSV."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, override

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sauga.hotline.content.models import ContentItem
from sauga.hotline.handovers import forms, presenters
from sauga.hotline.handovers.actions import exports
from sauga.hotline.handovers.actions import records as actions
from sauga.hotline.handovers.models import HandoverRecord
from sauga.hotline.handovers.presenters import Typed
from sauga.hotline.handovers.queries import records as queries
from sauga.hotline.handovers.rules import RECIPIENTS, Method, permission_for
from sauga.hotline.permissions import Permission
from sauga.kernel import clock, vocab
from sauga.kernel.identity import PersonActor, actor, needs, sudo_required
from sauga.kernel.kit.lists import (
    Column,
    Empty,
    Fragment,
    Line,
    Link,
    ListPage,
    Mark,
    Struck,
    Tool,
    View,
    label_order,
    page_of,
)
from sauga.kernel.kit.lists.export import file_response
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.ui import components, toasts

DONE = "done"
MOST_UNDONE = 50
COLUMNS: list[components.Column] = [
    components.Column(label=_("Urgency")),
    components.Column(label=_("What")),
    components.Column(label=_("Hosting")),
    components.Column(label=_("Assessed by")),
    components.Column(label=_("Waiting")),
    components.Column(label=_("Their number")),
]
CSV_HEAD = (
    "handed_over_at",
    "item",
    "occurrence",
    "recipient",
    "method",
    "their_number",
    "by",
    "recorded_at",
    "file",
    "undone_at",
    "reason",
)


class Handovers(ListPage):
    """What was handed over, newest first, undone records included; the other tabs are the queues of the
    recipients."""

    template = "hotline/handovers/records.html"
    title = _("Hand-overs")
    caption = _("What was handed over, newest first")
    view_name = "to"
    tabs_label = _("Recipients")
    form_class = forms.RecordFilterForm
    everything = DONE
    nothing = Empty(
        title=_("Nothing was handed over yet"),
        text=_("Records appear here as soon as somebody hands an item over."),
    )
    columns = (
        Column("when", _("When"), "num nowrap", ("handed_over_at",)),
        Column("item", _("Item"), sort=("item__ref",), is_heading=True),
        Column("to", _("To whom and how"), sort=label_order("recipient", "rrt.route")),
        Column("number", _("Their number"), "num nowrap", ("reference",)),
        Column("by", _("Handed over by"), "nowrap"),
        Column("actions", _("Actions"), is_hidden=True),
    )

    @override
    def offered_views(self) -> Sequence[View]:
        return [
            *(View(code, vocab.label("rrt.route", code)) for code in RECIPIENTS),
            View(DONE, gettext("Handed over")),
        ]

    @override
    def first_view(self) -> str:
        return next((code for code in RECIPIENTS if self.by.can(permission_for(code))), RECIPIENTS[0])

    @override
    def rows(self) -> QuerySet[HandoverRecord]:
        return queries.records(by=self.by, **self.filters)

    @override
    def lines(self, rows: list[HandoverRecord]) -> list[Line]:
        names = queries.names(rows)
        return [_record_line(presenters.record(row, names, self.by, self.at)) for row in rows]

    @override
    def counts(self) -> dict[str, int]:
        return {**queries.counts(by=self.by), DONE: queries.count_records(by=self.by)}

    @override
    def tools(self) -> Sequence[Tool]:
        href = f"{reverse('hotline-handovers-csv')}?{self.query(to=None, after=None, sort=None)}"
        return [Tool(label="CSV", href=href, icon="download", tone="plain")]

    @override
    def context(self) -> dict[str, Any]:
        return {"policy": vocab.policy("policy.handover")}


def _record_line(line: presenters.Record) -> Line:
    row = line.record
    is_over, when, to = (
        row.undone_at is not None,
        date_format(localtime(row.handed_over_at), "SHORT_DATETIME_FORMAT"),
        f"{line.to} · {line.how}",
    )
    number = row.reference or Mark("calm", "dashed", gettext("awaited"))
    cells = (
        Struck(when) if is_over else when,
        Link(row.item.ref, reverse("hotline-item", args=[row.item.ref])),
        Struck(to) if is_over else to,
        None if is_over else number,
        line.by,
        Fragment("hotline/handovers/_record_actions.html", {"line": line}),
    )
    return Line(row.ref, cells, "undone" if is_over else "")


@require_safe
@needs(Permission.SEE_HANDOVERS)
def handovers(request: HttpRequest) -> HttpResponse:
    """One recipient's queue, or what was handed over. The tab, filters and the page are in the address."""
    page = Handovers(request)
    return page.respond() if page.view_code == DONE else _queue(request, page.by, page.at, page.view_code)


def _queue(
    request: HttpRequest,
    by: PersonActor,
    at: datetime,
    recipient: str,
    *,
    form: forms.HandoverForm | None = None,
    typed: Typed | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    page = page_of(request, queries.waiting(by=by, recipient=recipient))
    lines = [presenters.line(row, at, typed or Typed()) for row in queries.assessed(page.rows)]
    files = queries.open_exports(by=by, recipient=recipient)
    names = queries.names(files)
    context: dict[str, Any] = {
        "tabs": Handovers(request).tabs(recipient),
        "recipient": recipient,
        "recipient_name": vocab.label("rrt.route", recipient),
        "columns": COLUMNS,
        "lines": lines,
        "oldest": presenters.oldest(lines) if not page.pager.previous else "",
        "files": [presenters.file(export, names) for export in files],
        "form": form
        or forms.HandoverForm(
            initial={"to": recipient, "when": clock.now().replace(second=0, microsecond=0)}
        ),
        "may_act": by.can(permission_for(recipient)),
        "me": by.name,
        "trouble": trouble,
        "pager": page.pager,
        "policy": vocab.policy("policy.handover"),
        "at": at,
    }
    return render(request, "hotline/handovers/queue.html", context, status=status)


def of_item(by: PersonActor, item: ContentItem, at: datetime) -> list[presenters.Record]:
    """An item's hand-overs, for its own page."""
    rows = queries.records_of(item)
    names = queries.names(rows)
    return [presenters.record(row, names, by, at) for row in rows]


@require_POST
@needs(Permission.SEE_HANDOVERS)
def record(request: HttpRequest) -> HttpResponse:
    """Record the ticked items as entered in the recipient's system, or set them aside for a file."""
    by, at = actor(request), clock.now()
    form = forms.HandoverForm(request.POST)
    if not form.is_valid() and "to" in form.errors:
        return HttpResponseRedirect(reverse("hotline-handovers"))
    recipient = form.cleaned_data["to"]
    if not by.can(permission_for(recipient)):
        raise Http404
    refs = request.POST.getlist("refs")
    items = queries.queued(recipient, refs)
    numbers = forms.Numbers(request.POST, items)
    trouble = _missing(form, numbers, refs, len(items))
    try:
        if not trouble:
            return _carry_out(request, form, items, numbers, at)
    except ActionRefused as refused:
        trouble = refused.text
    typed = Typed(frozenset(item.ref for item in items), numbers)
    return _queue(request, by, at, recipient, form=form, typed=typed, trouble=trouble, status=422)


def _missing(form: forms.HandoverForm, numbers: forms.Numbers, refs: list[str], found: int) -> str:
    """What has to be put right first; empty when nothing."""
    if not refs:
        return gettext("Tick at least one row first.")
    if found != len(set(refs)):
        return actions.NotWaiting().text
    return "" if form.is_valid() and not numbers.errors else gettext("Something is not right yet: see below.")


def _carry_out(
    request: HttpRequest,
    form: forms.HandoverForm,
    items: list[ContentItem],
    numbers: forms.Numbers,
    at: datetime,
) -> HttpResponse:
    by, said = actor(request), form.cleaned_data
    if said["how"] == Method.ZIP:
        export = exports.prepare_export(by=by, items=items, recipient=said["to"], at=at)
        return HttpResponseRedirect(reverse("hotline-handover-file", args=[export.ref]))
    rows = actions.record_handover(
        by=by,
        items=items,
        recipient=said["to"],
        references=numbers.read,
        handed_over_at=said["when"] or at,
        at=at,
    )
    say_recorded(request, rows)
    return HttpResponseRedirect(f"{reverse('hotline-handovers')}?to={said['to']}")


def say_recorded(request: HttpRequest, rows: list[HandoverRecord]) -> None:
    """The toast after recording, with undo."""
    refs = ",".join(row.ref for row in rows)
    toasts.say(request, presenters.recorded(rows), undo=reverse("hotline-handovers-undo", args=[refs]))


def _mine(by: PersonActor, ref: str) -> HandoverRecord:
    """A record that this person may change. Raises Http404."""
    found = queries.record_for(by, ref)
    if not by.can(permission_for(found.recipient)):
        raise Http404
    return found


@require_POST
@needs(Permission.SEE_HANDOVERS)
def undo(request: HttpRequest, refs: str) -> HttpResponse:
    """Take back what was just recorded."""
    by, at = actor(request), clock.now()
    rows = [_mine(by, ref) for ref in refs.split(",")[:MOST_UNDONE]]
    done, said = 0, ""
    for row in rows:
        try:
            actions.undo_handover(by=by, record=row, at=at)
            done += 1
        except ActionRefused as refused:
            said = refused.text
    toasts.say(request, " ".join(filter(None, [presenters.undone(done) if done else "", said])))
    return HttpResponseRedirect(f"{reverse('hotline-handovers')}?to={rows[0].recipient}")


@require_safe
@needs(Permission.SEE_HANDOVERS)
def one(request: HttpRequest, ref: str) -> HttpResponse:
    """One record with its corrections."""
    return _one(request, queries.record_for(actor(request), ref))


def _one(
    request: HttpRequest,
    found: HandoverRecord,
    *,
    correct_form: forms.CorrectForm | None = None,
    cancel_form: forms.CancelForm | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    by, at = actor(request), clock.now()
    names = queries.names([found])
    initial = {"reference": found.reference, "when": found.handed_over_at}
    context: dict[str, Any] = {
        "line": presenters.record(found, names, by, at),
        "corrections": queries.corrections(found),
        "correct_form": correct_form or forms.CorrectForm(initial=initial),
        "cancel_form": cancel_form or forms.CancelForm(),
        "trouble": trouble,
    }
    return render(request, "hotline/handovers/record.html", context, status=status)


@require_POST
@needs(Permission.SEE_HANDOVERS)
def correct(request: HttpRequest, ref: str) -> HttpResponse:
    """Change the number or the time of a record."""
    by, found = actor(request), _mine(actor(request), ref)
    form = forms.CorrectForm(request.POST)
    if not form.is_valid():
        return _one(request, found, correct_form=form, status=422)
    said = form.cleaned_data
    try:
        actions.correct_handover(
            by=by,
            record=found,
            reference=said["reference"],
            handed_over_at=form.time_for(found),
            reason=said["reason"],
            at=clock.now(),
        )
    except ActionRefused as refused:
        trouble = refused.text
        return _one(request, queries.record_for(by, ref), correct_form=form, trouble=trouble, status=409)
    toasts.say(request, gettext("Corrected. The previous values are kept."))
    return HttpResponseRedirect(reverse("hotline-handover", args=[found.ref]))


@require_POST
@needs(Permission.SEE_HANDOVERS)
def cancel(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a record back, with a reason."""
    by, found = actor(request), _mine(actor(request), ref)
    form = forms.CancelForm(request.POST)
    if not form.is_valid():
        return _one(request, found, cancel_form=form, status=422)
    try:
        actions.cancel_handover(by=by, record=found, reason=form.cleaned_data["reason"], at=clock.now())
    except ActionRefused as refused:
        trouble = refused.text
        return _one(request, queries.record_for(by, ref), trouble=trouble, status=409)
    toasts.say(request, gettext("Cancelled: the item waits again and no longer counts."))
    return HttpResponseRedirect(reverse("hotline-handover", args=[found.ref]))


@require_safe
@needs(Permission.SEE_HANDOVERS)
@sudo_required
def records_csv(request: HttpRequest) -> HttpResponse:
    """The records as CSV, codes and numbers only; the export is recorded in the audit log."""
    by, at = actor(request), clock.now()
    said = forms.RecordFilterForm(request.GET).said()
    rows = list(queries.records(by=by, **said))
    actions.list_handovers(by=by, recipient=said["recipient"], records=len(rows), at=at)
    return file_response("csv", "handovers", CSV_HEAD, presenters.csv_rows(rows, queries.names(rows)))
