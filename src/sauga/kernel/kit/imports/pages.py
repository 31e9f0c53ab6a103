"""The staff pages of an import: upload a file, read the report, store everything, undo everything."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock
from sauga.kernel.i18n import integer
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit.actions import post_action
from sauga.kernel.kit.imports import files, progress, words
from sauga.kernel.kit.imports.formats import formats
from sauga.kernel.kit.imports.layout import Column, TableRefused
from sauga.kernel.kit.imports.models import ImportRow, ImportRun
from sauga.kernel.kit.imports.runs import OUTCOMES, REFUSED, Import, SameFileAgain
from sauga.kernel.kit.imports.states import AT_WORK, ImportState
from sauga.kernel.kit.lists import page_of
from sauga.kernel.ui.formats.csv_files import csv_text

UNFIT = 422
RUNS = 50


class ImportForm(forms.Form):
    """A file of records."""

    file = forms.FileField(label=_("File with records"), allow_empty_file=True)
    again = forms.BooleanField(label=_("Read this file again, although it was read before"), required=False)

    def __init__(self, kinds: list[str], *given: Any) -> None:
        super().__init__(*given)
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{kind}" for kind in kinds)
        many, last = ", ".join(kind.upper() for kind in kinds[:-1]), kinds[-1].upper()
        said = gettext("%(many)s or %(last)s, up to 20,000 records and 32 MB.") % {"many": many, "last": last}
        self.fields["file"].help_text = said


class BringInForm(forms.Form):
    """What is brought in."""

    with_changed = forms.BooleanField(label=_("Change what is here already, too"), required=False)


@dataclass(frozen=True, kw_only=True)
class ImportPages:
    """The pages of one kind of import under `url` (`<url>s`, `<url>-run`, `<url>-template`, `<url>-report`,
    `<url>-do`).

    `link` is the address of the object that a row changes or has made, by its reference. `problems` has the
    words of the service's own codes. `label` names a column that has no label. The templates extend
    `ui/desk/imports.html` and `ui/desk/import_run.html`.
    """

    of: Import
    url: str
    file_name: str = "sauga-records"
    link: Callable[[str], str] = lambda _ref: ""
    label: Callable[[str], Any] = str
    problems: Mapping[str, Any] = field(default_factory=dict)
    index_template: str = "ui/desk/imports.html"
    run_template: str = "ui/desk/import_run.html"

    def urls(self, under: str = "import/") -> list[URLPattern]:
        """The addresses of the desk."""
        may, safe = needs(self.of.permission), require_safe
        do = post_action(f"{self.url}-run")(self.do)
        return [
            path(
                under, require_http_methods(["GET", "HEAD", "POST"])(may(self.imports)), name=f"{self.url}s"
            ),
            path(f"{under}template.<slug:form>", safe(may(self.template)), name=f"{self.url}-template"),
            path(f"{under}<str:ref>/", safe(may(self.run)), name=f"{self.url}-run"),
            path(f"{under}<str:ref>/report.csv", safe(may(self.report)), name=f"{self.url}-report"),
            path(f"{under}<str:ref>/<slug:what>/", may(do), name=f"{self.url}-do"),
        ]

    def imports(self, request: HttpRequest) -> HttpResponse:
        """Earlier imports, the templates, and the form that takes a file."""
        kinds = formats(self.of.layout)
        form = (
            ImportForm(kinds, request.POST, request.FILES) if request.method == "POST" else ImportForm(kinds)
        )
        if form.is_bound and form.is_valid() and (run := self._taken(request, form)):
            return HttpResponseRedirect(self._address("run", run.ref))
        runs = self.of.runs._default_manager.select_related("by").order_by("-started_at", "-pk")[:RUNS]
        context = {
            "form": form,
            "channel": f"{self.of.code}s",
            "runs": [self._line(run) for run in runs],
            "columns": [
                (column.name, self._label(column.name), self._says(column), files.codes(column))
                for column in self.of.layout.columns
            ],
            "formats": [(kind.upper(), self._address("template", kind)) for kind in kinds],
        }
        return render(request, self.index_template, context, status=UNFIT if form.is_bound else 200)

    def template(self, _request: HttpRequest, form: str) -> HttpResponse:
        """An empty file with a row that explains the columns."""
        if form not in formats(self.of.layout):
            raise Http404
        content = files.template(
            self.of.layout, form, lambda column: f"{self._label(column.name)}. {self._says(column)}"
        )
        return _download(content, form, f"{self.file_name}.{form}")

    def run(self, request: HttpRequest, ref: str) -> HttpResponse:
        """One import: how far it is, what it would do or did, row by row."""
        run = self._run_for(request, ref)
        outcome = request.GET.get("show", "")
        outcome = outcome if outcome in OUTCOMES else ""
        rows = run.rows.select_related(self.of.rows.target).order_by("number")
        page = page_of(request, rows.filter(outcome=outcome) if outcome else rows)
        step = run.steps.order_by("-pk").first()
        why = str(step.why) if step else ""
        context = self._line(run) | {
            "index": self._address("s"),
            "report": self._address("report", ref),
            "do": {what: self._address("do", ref, what) for what in ("store", "drop", "undo")},
            "channel": f"{self.of.code}.{ref}",
            "is_working": run.state in AT_WORK,
            "progress": progress.heard(progress.work_of(ref))
            if run.state in {ImportState.STORING, ImportState.UNDOING}
            else None,
            "notes": words.notes(run),
            "why": words.WHY.get(why, "") if run.state in {ImportState.REPORTED, ImportState.STORED} else "",
            "touched": [(one, self.link(one)) for one in run.notes.get("touched", [])]
            if why == "touched"
            else [],
            "tabs": _tabs(run, outcome),
            "rows": [self._row(one) for one in page.rows],
            "pager": page.pager,
            "may_store": run.state == ImportState.REPORTED and run.fresh + run.changed > 0,
            "may_undo": run.state == ImportState.STORED
            and run.fresh + (run.changed if run.with_changed else 0) > 0,
            "form": BringInForm(),
            "fresh": words.rows_said(run.fresh),
            "changed": words.rows_said(run.changed),
            "refused": words.rows_said(run.refused),
        }
        return render(request, self.run_template, context)

    def report(self, request: HttpRequest, ref: str) -> HttpResponse:
        """What was refused and why, a line for each problem, as CSV that no spreadsheet
        takes for formulae.
        """
        run = self._run_for(request, ref)
        head = [
            gettext("Row"),
            gettext("Title"),
            gettext("Column"),
            gettext("Code"),
            gettext("Value in the file"),
            gettext("What to do"),
        ]
        lines: list[list[Any]] = []
        for row in run.rows.filter(outcome=REFUSED).order_by("number").iterator(chunk_size=1000):
            for one in map(self._problem, row.problems):
                lines.append([row.number, row.title, one["column"], one["code"], one["said"], one["words"]])
        return _download(csv_text(head, lines), "csv", f"import-{ref}.csv")

    def do(self, request: HttpRequest, ref: str, what: str) -> str | None:
        """Store it, leave it, or take it back."""
        by, at, run = actor(request), clock.now(), self._run_for(request, ref)
        if what == "store":
            form = BringInForm(request.POST)
            self.of.bring_in(
                by=by, run=run, at=at, with_changed=form.is_valid() and form.cleaned_data["with_changed"]
            )
        elif what == "drop":
            self.of.drop_run(by=by, run=run, at=at)
            return gettext("Discarded. Nothing was written.")
        elif what == "undo":
            self.of.take_back(by=by, run=run, at=at)
        else:
            raise Http404
        return None

    def _taken(self, request: HttpRequest, form: ImportForm) -> ImportRun | None:
        given = form.cleaned_data
        try:
            file, again = given["file"], given["again"]
            return self.of.take_file(
                by=actor(request), name=file.name, content=file.read(), at=clock.now(), again=again
            )
        except TableRefused as refused:
            form.add_error("file", words.file_words(refused.why, refused.facts))
        except SameFileAgain as same:
            link = format_html('<a href="{}">{}</a>', self._address("run", same.run.ref), same.run.ref)
            said = gettext("This very file was read before: {link}. To read it again, tick the box below.")
            form.add_error("file", format_html(said, link=link))
        return None

    def _run_for(self, request: HttpRequest, ref: str) -> ImportRun:
        by = actor(request)
        run = (
            self.of.runs._default_manager.select_related("by").filter(ref=ref).first()
            if by.can(self.of.permission)
            else None
        )
        if run is None:
            raise Http404
        return run

    def _line(self, run: ImportRun) -> dict[str, Any]:
        tone, text, shape = words.STATES[ImportState(run.state)]
        by = run.by.name if run.by else ""
        href = self._address("run", run.ref)
        return {
            "run": run,
            "href": href,
            "tone": tone,
            "state": text,
            "shape": shape,
            "by": by,
            "total": integer(run.total),
        }

    def _row(self, row: ImportRow) -> dict[str, Any]:
        tone, text, shape = words.OUTCOMES[row.outcome]
        target = getattr(row, row.target)
        return {
            "row": row,
            "tone": tone,
            "outcome": text,
            "shape": shape,
            "problems": [self._problem(found) for found in row.problems],
            "differs": ", ".join(self._label(name) for name in row.before.get("differs", [])),
            "href": self.link(target.ref) if target else "",
        }

    def _problem(self, found: list[str]) -> dict[str, str]:
        """One thing wrong with a row: its column, its code, what stood there, what to do."""
        name, code, said = found
        key = code.partition(":")[0]
        return {
            "column": name,
            "label": self._label(name) if name in self.of.layout.by_name else gettext("the row"),
            "code": code,
            "said": gettext("row %(n)s") % {"n": said} if code == "double" else said,
            "words": str(self.problems.get(key) or words.PROBLEMS.get(key, words.PROBLEMS["shape"])),
        }

    def _label(self, name: str) -> str:
        return str(self.of.layout.by_name[name].label or self.label(name))

    def _says(self, column: Column) -> str:
        """What a column may hold, in a sentence or two."""
        layout, said = self.of.layout, [str(column.help or column.kind.help)]
        if column.name in layout.required:
            said.append(gettext("Must be given."))
        elif column.name in layout.titles:
            said.append(
                gettext("At least one of the titles must be given.")
                if len(layout.titles) > 1
                else gettext("Must be given.")
            )
        return " ".join(part for part in said if part)

    def _address(self, page: str, *args: str) -> str:
        return reverse(f"{self.url}s" if page == "s" else f"{self.url}-{page}", args=args)


def _download(content: str | bytes, form: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=files.MIMES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _tabs(run: ImportRun, shown: str) -> list[dict[str, Any]]:
    counts = {"new": run.fresh, "changed": run.changed, "unchanged": run.unchanged, "refused": run.refused}
    tabs = [
        {"name": gettext("All"), "href": "?", "count": integer(run.total), "current": not shown, "key": 1}
    ]
    for key, name in enumerate(OUTCOMES, 2):
        tabs.append(
            {
                "name": words.TABS[name],
                "href": f"?show={name}",
                "count": integer(counts[name]),
                "current": shown == name,
                "key": key,
            }
        )
    return tabs
