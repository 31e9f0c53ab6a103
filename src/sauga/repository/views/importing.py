"""Files of records at the desk: bring one, read its report, have it stored as a whole, take it back as a whole."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock
from sauga.kernel.i18n import integer
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit.actions import post_action
from sauga.kernel.kit.lists import page_of
from sauga.repository.actions import importing as actions
from sauga.repository.forms.importing import BringInForm, ImportForm
from sauga.repository.models import ImportRow, ImportRun
from sauga.repository.queries import importing as queries
from sauga.repository.queries import progress
from sauga.repository.rules.importing.columns import COLUMNS
from sauga.repository.rules.importing.problems import TableRefused
from sauga.repository.rules.permissions import Permission as P
from sauga.repository.states import AT_WORK
from sauga.repository.states import ImportState as M
from sauga.repository.views import importing_files as files
from sauga.repository.views import importing_words as words

UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.IMPORT_RECORDS)
def imports(request: HttpRequest) -> HttpResponse:
    """Earlier imports, the templates, and the form that takes a file."""
    by = actor(request)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            content = given["file"].read()
            run = actions.take_file(by=by, name=given["file"].name, content=content, at=clock.now(), again=given["again"])
        except TableRefused as refused:
            form.add_error("file", words.file_words(refused.why, refused.facts))
        except actions.SameFileAgain as same:
            form.add_error("file", _same(same.run))
        else:
            return HttpResponseRedirect(reverse("repository-import-run", args=[run.ref]))
    context = {
        "form": form,
        "runs": [_line(run) for run in queries.runs()],
        "columns": [(column.name, words.label(column.name), words.says(column), words.codes(column)) for column in COLUMNS],
        "formats": [(form_name, form_name.upper()) for form_name in files.WRITERS],
    }
    return render(request, "repository/desk/imports.html", context, status=UNFIT if form.is_bound else 200)


def _same(run: ImportRun) -> str:
    link = format_html('<a href="{}">{}</a>', reverse("repository-import-run", args=[run.ref]), run.ref)
    said = gettext("This very file was read before: {link}. To read it again, tick the box below.")
    return format_html(said, link=link)


def _line(run: ImportRun) -> dict[str, Any]:
    tone, text, shape = words.STATES[M(run.state)]
    by = run.by.name if run.by else ""
    return {"run": run, "tone": tone, "state": text, "shape": shape, "by": by, "total": integer(run.total)}


@require_safe
@needs(P.IMPORT_RECORDS)
def template(request: HttpRequest, form: str) -> HttpResponse:
    """An empty file with a row that explains the columns."""
    if form not in files.WRITERS:
        raise Http404
    response = HttpResponse(files.template(form), content_type=files.MIMES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="sauga-records.{form}"'
    return response


@require_safe
@needs(P.IMPORT_RECORDS)
def run(request: HttpRequest, ref: str) -> HttpResponse:
    """One import: how far it is, what it would do or did, row by row."""
    row = queries.run_for(actor(request), ref)
    outcome = request.GET.get("show", "")
    outcome = outcome if outcome in queries.OUTCOMES else ""
    page = page_of(request, queries.rows_of(row, outcome))
    why = queries.last_why(row)
    context = _line(row) | {
        "is_working": row.state in AT_WORK,
        "progress": progress.heard(queries.work_of(row)) if row.state in {M.STORING, M.UNDOING} else None,
        "notes": words.notes(row),
        "why": words.WHY.get(why, "") if row.state in {M.REPORTED, M.STORED} else "",
        "touched": row.notes.get("touched", []) if why == "touched" else [],
        "tabs": _tabs(row, outcome),
        "rows": [_row(one) for one in page.rows],
        "pager": page.pager,
        "may_store": row.state == M.REPORTED and row.fresh + row.changed > 0,
        "may_undo": row.state == M.STORED and row.fresh + (row.changed if row.with_changed else 0) > 0,
        "form": BringInForm(),
        "fresh": words.rows_said(row.fresh),
        "changed": words.rows_said(row.changed),
        "refused": words.rows_said(row.refused),
    }
    return render(request, "repository/desk/import_run.html", context)


def _tabs(row: ImportRun, shown: str) -> list[dict[str, Any]]:
    counts = {"new": row.fresh, "changed": row.changed, "unchanged": row.unchanged, "refused": row.refused}
    tabs = [{"name": gettext("All"), "href": "?", "count": integer(row.total), "current": not shown, "key": 1}]
    for key, name in enumerate(queries.OUTCOMES, 2):
        tabs.append(
            {"name": words.TABS[name], "href": f"?show={name}", "count": integer(counts[name]), "current": shown == name, "key": key}
        )
    return tabs


def _row(row: ImportRow) -> dict[str, Any]:
    tone, text, shape = words.OUTCOMES[row.outcome]
    return {
        "row": row,
        "tone": tone,
        "outcome": text,
        "shape": shape,
        "problems": [words.problem(found) for found in row.problems],
        "differs": ", ".join(words.label(name) for name in row.before.get("differs", [])),
        "href": reverse("repository-desk-resource", args=[row.resource.ref]) if row.resource else "",
    }


@require_safe
@needs(P.IMPORT_RECORDS)
def report(request: HttpRequest, ref: str) -> HttpResponse:
    """What was refused and why, as CSV."""
    row = queries.run_for(actor(request), ref)
    head = [gettext("Row"), gettext("Title"), gettext("Column"), gettext("Code"), gettext("What stood there"), gettext("What to do")]
    response = HttpResponse(files.report(row, head), content_type=files.MIMES["csv"])
    response.headers["Content-Disposition"] = f'attachment; filename="import-{row.ref}.csv"'
    return response


@needs(P.IMPORT_RECORDS)
@post_action("repository-import-run")
def do(request: HttpRequest, ref: str, what: str) -> str | None:
    """Store it, leave it, or take it back."""
    by, at = actor(request), clock.now()
    row = queries.run_for(by, ref)
    if what == "store":
        form = BringInForm(request.POST)
        actions.bring_in(by=by, run=row, at=at, with_changed=form.is_valid() and form.cleaned_data["with_changed"])
    elif what == "drop":
        actions.drop_run(by=by, run=row, at=at)
        return gettext("Left. Nothing was written.")
    elif what == "undo":
        actions.take_back(by=by, run=row, at=at)
    else:
        raise Http404
    return None


desk_urls = [
    path("import/", imports, name="repository-imports"),
    path("import/template.<slug:form>", template, name="repository-import-template"),
    path("import/<str:ref>/", run, name="repository-import-run"),
    path("import/<str:ref>/report.csv", report, name="repository-import-report"),
    path("import/<str:ref>/<slug:what>/", do, name="repository-import-do"),
]
