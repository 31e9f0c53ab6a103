"""Files of an event at the desk: everything as a workbook, templates, and bringing files in."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sauga.events.permissions import Permission
from sauga.events.planning import bundles, presenters
from sauga.events.planning.actions import imports as actions
from sauga.events.planning.queries import imported as queries
from sauga.events.planning.queries.layouts import layouts_of
from sauga.events.planning.rules.sheets import MOST_ROWS, Sheets
from sauga.events.programme.models import Event
from sauga.events.programme.queries.events import event_for
from sauga.kernel import clock
from sauga.kernel.identity import actor, allowed, needs, sudo_required
from sauga.kernel.kit import Outcome, respond
from sauga.kernel.kit.imports import files as templates
from sauga.kernel.kit.imports.layout import Column, TableRefused
from sauga.kernel.kit.imports.words import file_words
from sauga.kernel.kit.lists.export import XLSX, workbook

UNFIT = 422
FORMATS = ("xlsx", "csv")
TITLES = {Sheets.PROGRAMME: _("Programme"), Sheets.REGISTRATIONS: _("Registrations")}


class FileForm(forms.Form):
    """A file to bring in."""

    file = forms.FileField(
        label=_("File"),
        help_text=format_lazy(_("XLSX or CSV, up to {n} rows."), n=MOST_ROWS),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )


@require_safe
@needs(Permission.SEE)
def index(request: HttpRequest, ref: str) -> HttpResponse:
    """What can be taken out and brought in."""
    return _index(request, event_for(actor(request), ref))


def _index(request: HttpRequest, event: Event, kind: str = "", bound: Any = None) -> HttpResponse:
    by = actor(request)
    context = {
        "event": event,
        "may_export": allowed(by, Permission.EXPORT_REGISTRATIONS, event),
        "kinds": [
            {
                "code": one.value,
                "title": TITLES[one],
                "form": bound if one == kind else FileForm(auto_id=f"{one.value}_%s"),
                "formats": FORMATS,
                "sheets": list(layouts_of(event, one)),
            }
            for one in Sheets
            if allowed(by, actions.PERMISSIONS[one], event)
        ],
    }
    return render(request, "events/planning/desk/files.html", context, status=UNFIT if bound else 200)


@require_safe
@needs(Permission.EXPORT_REGISTRATIONS)
@sudo_required
def everything(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything about an event as a workbook; the audit log records who took it."""
    by, at = actor(request), clock.now()
    event = event_for(by, ref, Permission.EXPORT_REGISTRATIONS)
    held = bundles.everything(by, event, at)
    actions.note_export(by=by, event=event, rows=sum(len(rows) for _head, rows in held.values()), at=at)
    response = HttpResponse(workbook(held), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="event-{event.slug}.xlsx"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
@needs(Permission.SEE)
def template(request: HttpRequest, ref: str, kind: str, form: str) -> HttpResponse:
    """An empty file with rows that explain the columns."""
    event, what = _asked(request, ref, kind)
    if form not in FORMATS:
        raise Http404
    layouts = layouts_of(event, what)
    if form == "csv":
        content = templates.template(layouts[actions.CSV_SHEET[what]], "csv", _explained(layouts))
    else:
        content = templates.workbook(layouts, _explained(layouts))
    response = HttpResponse(content, content_type=templates.MIMES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{kind}.{form}"'
    return response


@require_POST
@needs(Permission.SEE)
def read(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """Read a file and report on it."""
    event, what = _asked(request, ref, kind)
    form = FileForm(request.POST, request.FILES, auto_id=f"{kind}_%s")
    if not form.is_valid():
        return _index(request, event, kind, form)
    given = form.cleaned_data["file"]
    try:
        file = actions.read_file(
            by=actor(request),
            event=event,
            kind=what,
            name=given.name,
            content=given.read(),
            at=clock.now(),
        )
    except TableRefused as refused:
        form.add_error("file", file_words(refused.why, refused.facts))
        return _index(request, event, kind, form)
    return HttpResponseRedirect(reverse("events-file-in", args=[ref, file.ref]))


@require_safe
@needs(Permission.SEE)
def report(request: HttpRequest, ref: str, file_ref: str) -> HttpResponse:
    """What storing a file would do, row by row, or what is to be corrected in which cell."""
    by = actor(request)
    event = event_for(by, ref)
    file = queries.file_of(by, event, file_ref)
    content = queries.content_of(file)
    outcomes = [row.outcome for row in content.rows]
    context = {
        "event": event,
        "file": file,
        "title": TITLES[Sheets(file.kind)],
        "is_fit": content.is_fit,
        "refused": outcomes.count(queries.REFUSED),
        "new": outcomes.count(queries.NEW),
        "unchanged": outcomes.count(queries.UNCHANGED),
        "rows": presenters.imported_lines(content, layouts_of(event, Sheets(file.kind))),
    }
    return render(request, "events/planning/desk/file_report.html", context)


@require_POST
@needs(Permission.SEE)
def report_do(request: HttpRequest, ref: str, file_ref: str, name: str) -> HttpResponse:
    """Store the file, or leave it."""
    by, at = actor(request), clock.now()
    event = event_for(by, ref)
    file = queries.file_of(by, event, file_ref)
    back = reverse("events-files", args=[ref])
    if name == "store":

        def stored() -> Outcome:
            n = actions.store_file(by=by, file=file, at=at)
            return Outcome(ngettext("%(n)d row stored.", "%(n)d rows stored.", n) % {"n": n}, to=back)

        return respond(request, stored, reverse("events-file-in", args=[ref, file_ref]))
    if name == "drop":

        def dropped() -> str:
            actions.drop_file(by=by, file=file, at=at)
            return gettext("Discarded. Nothing was written.")

        return respond(request, dropped, back)
    raise Http404


def _asked(request: HttpRequest, ref: str, kind: str) -> tuple[Event, Sheets]:
    """The event and the kind of file, for who may bring it in. Raises Http404."""
    if kind not in list(Sheets):
        raise Http404
    return event_for(actor(request), ref, actions.PERMISSIONS[Sheets(kind)]), Sheets(kind)


def _explained(layouts: Any) -> templates.Explain:
    required = {
        id(column)
        for layout in layouts.values()
        for column in layout.columns
        if column.name in (*layout.required, *layout.titles)
    }

    def explain(column: Column) -> str:
        said = [f"{column.label}.", str(column.help or column.kind.help)]
        return " ".join([*said, *([gettext("Must be given.")] if id(column) in required else [])])

    return explain
