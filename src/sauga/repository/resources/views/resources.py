"""The desk of the repository: worklist, one resource, its form, files, parts and actions."""

from collections.abc import Mapping, Sequence
from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel import clock, vocab
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit.actions import Forms, Outcome, answers_with_page, post_action
from sauga.kernel.kit.lists import (
    Column,
    Day,
    Empty,
    Line,
    Link,
    ListPage,
    Mark,
    Quiet,
    Ref,
    Tool,
    label_order,
)
from sauga.kernel.kit.lists import View as Tab
from sauga.kernel.refusals import ChangedMeanwhile, refusal_in
from sauga.kernel.ui import toasts
from sauga.repository.permissions import Permission as P
from sauga.repository.resources.actions import files as file_actions
from sauga.repository.resources.actions import resources as actions
from sauga.repository.resources.forms import FileForm, FilterForm, ResourceForm, first_values
from sauga.repository.resources.models import Resource
from sauga.repository.resources.presenters import resources
from sauga.repository.resources.queries import worklist as queries
from sauga.repository.resources.queries.snapshots import content_of, files_of, parts_of
from sauga.repository.resources.queries.worklist import View
from sauga.repository.resources.rules.metadata import field_label, missing
from sauga.repository.resources.views import review, state_actions
from sauga.repository.states import EDITABLE, LIVE
from sauga.repository.states import ResourceState as S

UNFIT = 422


class Worklist(ListPage):
    """Resources by state."""

    title = _("Resources")
    live = "repository.list"
    form_class = FilterForm
    everything = View.ALL
    export = "resources"
    saves_typed = True
    views = (
        Tab(View.MINE, _("Mine")),
        Tab(View.REVIEW, _("To review")),
        Tab(View.SAFETY, _("Child safety")),
        Tab(View.READY, _("Ready")),
        Tab(View.DUE, _("Review due")),
        Tab(View.LIVE, _("Published")),
        Tab(View.GONE, pgettext_lazy("resource", "Withdrawn")),
        Tab(View.ALL, _("All")),
    )
    nothing = Empty(title=_("Nothing here"), text=_("Whatever needs you appears here automatically."))
    columns = (
        Column("title", _("Title"), sort=lambda: queries.title_order(resources.speaking()), is_heading=True),
        Column("kind", pgettext_lazy("resource", "Kind"), sort=label_order("type", "resource_types")),
        Column("state", _("State"), sort=label_order("state", "state.resource")),
        Column("since", _("Since"), sort=("state_since",)),
        Column("review", _("Review by"), sort=("review_by",)),
    )

    @override
    def first_view(self) -> str:
        if self.by.can(P.CHECK_CHILD_SAFETY):
            return View.SAFETY
        if self.by.can(P.PUBLISH_RESOURCE):
            return View.READY
        return View.MINE if self.by.can(P.EDIT_RESOURCE) else View.LIVE

    @override
    def rows(self) -> QuerySet[Resource]:
        return queries.worklist(by=self.by, view=View(self.view_code), **self.filters)

    @override
    def lines(self, rows: list[Resource]) -> list[Line]:
        return [_row(row) for row in rows]

    @override
    def counts(self) -> Mapping[View, int]:
        return queries.counts(by=self.by)

    @override
    def tools(self) -> Sequence[Tool]:
        return (
            [Tool(label=_("New resource"), href=reverse("repository-desk-new"), key="n")]
            if self.by.can(P.EDIT_RESOURCE)
            else ()
        )


def _row(row: Resource) -> Line:
    line = _line(row)
    version = Quiet(gettext("new version %(v)s") % {"v": row.version}) if row.revision_of_id else None
    title = (Link(line["title"], line["href"], line["lang"]), Ref(row.ref), version)
    return Line(
        row.ref, (title, capfirst(line["kind"]), line["state"], Day(row.state_since), Day(row.review_by))
    )


def _line(row: Resource) -> dict[str, Any]:
    tone, shape = resources.TONES[S(row.state)]
    title, lang = resources.spoken(row, "title")
    return {
        "row": row,
        "href": reverse("repository-desk-resource", args=[row.ref]),
        "title": title,
        "lang": lang,
        "kind": vocab.label("resource_types", row.type),
        "state": Mark(tone, shape, vocab.label("state.resource", row.state)),
    }


@needs(P.SEE_RESOURCES)
def resource(request: HttpRequest, ref: str) -> HttpResponse:
    """One resource: state, available actions, files, parts, versions and history."""
    by = actor(request)
    row = queries.resource_for(by, ref)
    return _page(request, row)


def _page(request: HttpRequest, row: Resource, **more: Any) -> HttpResponse:
    by = actor(request)
    may_edit = by.can(P.EDIT_RESOURCE) and row.state in EDITABLE
    title, lang = resources.spoken(row, "title")
    given = more.pop("forms", {})
    tone, shape = resources.TONES[S(row.state)]
    context = {
        "row": row,
        "here": reverse("repository-desk-resource", args=[row.ref]),
        "title": title,
        "lang": lang,
        "state": {"tone": tone, "text": vocab.label("state.resource", row.state), "shape": shape},
        "kind": vocab.label("resource_types", row.type),
        "facts": [*resources.facts(row), *resources.more_facts(row)],
        "lacking": [field_label(code) for code in missing(content_of(row))] if may_edit else [],
        "offers": state_actions.offers(by, row, given, deciding=False),
        "may_decide": bool(state_actions.offers(by, row, {}, deciding=True)),
        "files": [resources.file_line(one) | {"rendition": one} for one in files_of(row)],
        "file_form": more.pop("file_form", None) or FileForm(),
        "parts": [_line(one) for one in parts_of(row)],
        "is_toolkit": row.type in {"toolkit", "campaign_kit", "course"},
        "history": [state_actions.event(event) for event in queries.history(row)],
        "versions": list(row.versions.order_by("-number")),
        "revision": row.revisions.exclude(state=S.ARCHIVED).first(),
        "public": resources.href(row)
        if row.state in {S.PUBLISHED, S.REVIEW_DUE, S.WITHDRAWN, S.RETIRED} and not row.revision_of_id
        else "",
        "may_edit": may_edit,
        "sees_gate": by.can(P.SEE_GATE),
        "may_translate": by.can(P.EDIT_RESOURCE) and S(row.state) in (*EDITABLE, *LIVE),
        "gate": _gate(row),
        "overrides": [_override(one) for one in row.gate_overrides],
    }
    return render(request, "repository/resources/resource.html", context | more)


def _override(one: dict[str, Any]) -> tuple[str, str, str]:
    """An exception: check, reason, end date."""
    reason = one.get("reason") or {}
    return (
        vocab.label("gate_checks", one["check"]),
        reason.get(resources.speaking()) or reason.get("lt") or reason.get("en") or "",
        one["until"],
    )


def _gate(row: Resource) -> str:
    """The checks that returned it to the editor, if any."""
    last = (
        row.remarks.filter(kind="gate", at__gte=row.state_since).order_by("-at").first()
        if row.state in {S.CHANGES_REQUESTED, S.SCHEDULED}
        else None
    )
    return state_actions.checks(last.text.split(",")) if last else ""


@needs(P.EDIT_RESOURCE)
def new(request: HttpRequest) -> HttpResponse:
    """A new resource, on the same page as an existing one."""
    first = {
        "languages": ["lt"],
        "reading_level": "adult",
        "sensitivity": "normal",
        "licence": "CC-BY-4.0",
        "version": "1.0",
    }
    form = ResourceForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        by, at = actor(request), clock.now()
        with refusal_in(form):
            row = actions.create_resource(by=by, at=at, **{**form.values(), "body": {}})
            row = actions.set_slots(by=by, resource=row, slots=form.cleaned_data["slot_rows"], at=at)
            row = actions.edit_resource(by=by, resource=row, at=at, body=form.values()["body"])
            toasts.say(request, gettext("Saved as a draft. Add its files next."))
            return HttpResponseRedirect(reverse("repository-desk-resource", args=[row.ref]))
    return _form(request, form, None)


@needs(P.EDIT_RESOURCE)
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """The form of a draft."""
    by = actor(request)
    row = queries.resource_for(by, ref)
    if row.state not in EDITABLE:
        toasts.say(request, actions.NotEditable().text)
        return HttpResponseRedirect(reverse("repository-desk-resource", args=[ref]))
    form = ResourceForm(request.POST if request.method == "POST" else None, initial=first_values(row))
    if row.revision_of_id:
        del form.fields["slug_lt"], form.fields["slug_en"]
    if form.is_bound and form.is_valid() and _saved(request, row, form):
        toasts.say(request, gettext("Saved."))
        return HttpResponseRedirect(reverse("repository-desk-resource", args=[ref]))
    return _form(request, form, row)


def _saved(request: HttpRequest, row: Resource, form: ResourceForm) -> bool:
    by, at = actor(request), clock.now()
    try:
        seen = parse_datetime(form.cleaned_data["seen"]) if form.cleaned_data["seen"] else None
    except ValueError:
        seen = None
    with refusal_in(form):
        if seen is not None and seen != row.modified_at:
            raise ChangedMeanwhile
        actions.set_slots(by=by, resource=row, slots=form.cleaned_data["slot_rows"], at=at)
        actions.edit_resource(by=by, resource=row, at=at, **form.values())
        return True
    return False


def _form(request: HttpRequest, form: ResourceForm, row: Resource | None) -> HttpResponse:
    context = {
        "form": form,
        "groups": form.groups(),
        "row": row,
        "title": resources.spoken(row, "title")[0] if row else "",
    }
    return render(request, "repository/resources/edit.html", context, status=UNFIT if form.is_bound else 200)


@needs(P.SEE_RESOURCES)
@answers_with_page(queries.resource_for, "repository-desk-resource")
def do(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """Run an action. Missing input is asked for again on the page."""
    decides = name in state_actions.DECIDING

    def page(request: HttpRequest, row: Resource, forms: Forms) -> HttpResponse:
        return review.page(request, row, forms=forms) if decides else _page(request, row, forms=forms)

    def address(done: object) -> str:
        if not isinstance(done, Resource):
            return reverse("repository-desk")
        return reverse("repository-desk-resource", args=[done.ref])

    back = reverse("repository-review" if decides else "repository-desk-resource", args=[ref])
    return state_actions.ACTIONS.perform(request, ref, name, page=page, back=back, address=address)


@needs(P.EDIT_RESOURCE)
@answers_with_page(queries.resource_for, "repository-desk-resource")
def add_file(request: HttpRequest, ref: str) -> HttpResponse:
    """Add one file."""
    by = actor(request)
    row = queries.resource_for(by, ref)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        with refusal_in(form, "file"):
            file_actions.add_file(
                by=by,
                resource=row,
                kind=given["kind"],
                language=given["language"],
                name=given["file"].name,
                content=given["file"].read(),
                alt={"lt": given["alt_lt"], "en": given["alt_en"]},
                at=clock.now(),
            )
            toasts.say(request, gettext("File added."))
            return HttpResponseRedirect(reverse("repository-desk-resource", args=[ref]) + "#files")
    response = _page(request, row, file_form=form)
    response.status_code = UNFIT
    return response


@needs(P.EDIT_RESOURCE)
@post_action("repository-desk-resource", anchor="#files")
def move_file(request: HttpRequest, ref: str, file: str, what: str) -> Outcome:
    """Remove a file, or put it back."""
    by = actor(request)
    row = queries.resource_for(by, ref)
    rendition = queries.rendition_for(by, row, file)
    if what == "remove":
        file_actions.remove_file(by=by, rendition=rendition, at=clock.now())
        return Outcome(gettext("Removed."), undo=reverse("repository-desk-file", args=[ref, file, "back"]))
    file_actions.put_back_file(by=by, rendition=rendition, at=clock.now())
    return Outcome(gettext("Restored."))


@needs(P.EDIT_RESOURCE)
@post_action("repository-desk-resource", anchor="#parts")
def move_part(request: HttpRequest, ref: str) -> str | None:
    """Add a part, remove one, or move it up or down."""
    by = actor(request)
    row = queries.resource_for(by, ref)
    order = parts_of(row)
    what, _sep, which = request.POST.get("what", "").partition(":")
    place = next((number for number, part in enumerate(order) if part.ref == which), -1)
    if what == "add":
        found = queries.may_be_part(row, request.POST.get("part", ""))
        if found is None:
            return gettext("No resource has this number or address.")
        order.append(found)
    elif place >= 0 and what == "out":
        order.pop(place)
    elif place > 0 and what == "up":
        order.insert(place - 1, order.pop(place))
    elif place >= 0 and what == "down":
        order.insert(place + 1, order.pop(place))
    actions.set_parts(by=by, resource=row, parts=order, at=clock.now())
    return None
