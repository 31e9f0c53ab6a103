"""The desk of the repository: worklist, one resource and its actions."""

from collections.abc import Mapping, Sequence
from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit.actions import Forms, answers_with_page
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
from sauga.repository.permissions import Permission
from sauga.repository.resources.forms.actions import FileForm, FilterForm
from sauga.repository.resources.models import Resource
from sauga.repository.resources.presenters import resources, steps
from sauga.repository.resources.queries import worklist as queries
from sauga.repository.resources.queries.snapshots import files_of, parts_of
from sauga.repository.resources.queries.worklist import View
from sauga.repository.resources.views import review, state_actions
from sauga.repository.states import EDITABLE, LIVE, ResourceState


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
        Tab(View.REVIEW, pgettext_lazy("resource", "To review")),
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
        if self.by.can(Permission.CHECK_CHILD_SAFETY):
            return View.SAFETY
        if self.by.can(Permission.PUBLISH_RESOURCE):
            return View.READY
        return View.MINE if self.by.can(Permission.EDIT_RESOURCE) else View.LIVE

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
            if self.by.can(Permission.EDIT_RESOURCE)
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
    tone, shape = resources.TONES[ResourceState(row.state)]
    title, lang = resources.spoken(row, "title")
    return {
        "row": row,
        "href": reverse("repository-desk-resource", args=[row.ref]),
        "title": title,
        "lang": lang,
        "kind": vocab.label("resource_types", row.type),
        "state": Mark(tone, shape, vocab.label("state.resource", row.state)),
    }


@needs(Permission.SEE_RESOURCES)
def resource(request: HttpRequest, ref: str) -> HttpResponse:
    """One resource: state, available actions, files, parts, versions and history."""
    by = actor(request)
    row = queries.resource_for(by, ref)
    return page(request, row)


def page(request: HttpRequest, row: Resource, **more: Any) -> HttpResponse:
    """The page of one resource; `forms` and `file_form` are those whose input was invalid."""
    by = actor(request)
    may_edit = by.can(Permission.EDIT_RESOURCE) and row.state in EDITABLE
    title, lang = resources.spoken(row, "title")
    given = more.pop("forms", {})
    tone, shape = resources.TONES[ResourceState(row.state)]
    context = {
        "row": row,
        "here": reverse("repository-desk-resource", args=[row.ref]),
        "title": title,
        "lang": lang,
        "state": {"tone": tone, "text": vocab.label("state.resource", row.state), "shape": shape},
        "kind": vocab.label("resource_types", row.type),
        "facts": [*resources.facts(row), *resources.more_facts(row)],
        "lacking": steps.lacking(row) if may_edit else [],
        "offers": state_actions.offers(by, row, given, deciding=False),
        "may_decide": bool(state_actions.offers(by, row, {}, deciding=True)),
        **belongings(row, more.pop("file_form", None)),
        "history": [state_actions.event(event) for event in queries.history(row)],
        "versions": list(row.versions.order_by("-number")),
        "revision": row.revisions.exclude(state=ResourceState.ARCHIVED).first(),
        "public": resources.href(row)
        if row.state
        in {ResourceState.PUBLISHED, ResourceState.REVIEW_DUE, ResourceState.WITHDRAWN, ResourceState.RETIRED}
        and not row.revision_of_id
        else "",
        "may_edit": may_edit,
        "sees_gate": by.can(Permission.SEE_GATE),
        "may_translate": by.can(Permission.EDIT_RESOURCE) and ResourceState(row.state) in (*EDITABLE, *LIVE),
        "gate": _gate(row),
        "overrides": [_override(one) for one in row.gate_overrides],
    }
    return render(request, "repository/resources/resource.html", context | more)


def belongings(row: Resource, file_form: FileForm | None = None) -> dict[str, Any]:
    """The files and parts of a resource, with the form for another file."""
    return {
        "files": [resources.file_line(one) | {"rendition": one} for one in files_of(row)],
        "file_form": file_form or FileForm(),
        "parts": [_line(one) for one in parts_of(row)],
        "is_toolkit": row.type in {"toolkit", "campaign_kit", "course"},
    }


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
        if row.state in {ResourceState.CHANGES_REQUESTED, ResourceState.SCHEDULED}
        else None
    )
    return state_actions.checks(last.text.split(",")) if last else ""


@needs(Permission.SEE_RESOURCES)
@answers_with_page(queries.resource_for, "repository-desk-resource")
def do(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """Run an action. Missing input is asked for again on the page."""
    decides = name in state_actions.DECIDING

    def again(request: HttpRequest, row: Resource, forms: Forms) -> HttpResponse:
        return review.page(request, row, forms=forms) if decides else page(request, row, forms=forms)

    def address(done: object) -> str:
        if not isinstance(done, Resource):
            return reverse("repository-desk")
        return reverse("repository-desk-resource", args=[done.ref])

    back = reverse("repository-review" if decides else "repository-desk-resource", args=[ref])
    return state_actions.ACTIONS.perform(request, ref, name, page=again, back=back, address=address)
