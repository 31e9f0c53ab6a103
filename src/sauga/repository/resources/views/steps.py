"""A resource is described in steps: each is saved by itself, and the list of steps says what is missing."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import actor, needs
from sauga.kernel.refusals import refusal_in
from sauga.kernel.ui import toasts
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions import resources as actions
from sauga.repository.resources.forms.actions import FileForm
from sauga.repository.resources.forms.resource import ResourceForm, first_values
from sauga.repository.resources.models import Resource
from sauga.repository.resources.presenters import resources, steps
from sauga.repository.resources.queries import worklist as queries
from sauga.repository.resources.rules.steps import Place, Step, step_after, step_before
from sauga.repository.resources.views import state_actions
from sauga.repository.resources.views.resources import belongings
from sauga.repository.states import EDITABLE

UNFIT = 422
WITHOUT_FORM = (Step.FILES, Step.CHECK)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_RESOURCE)
def new(request: HttpRequest) -> HttpResponse:
    """The first step of a resource that does not exist yet."""
    form = ResourceForm(
        Step.ABOUT, request.POST if request.method == "POST" else None, initial={"languages": ["lt"]}
    )
    if form.is_bound and form.is_valid():
        with refusal_in(form):
            row = actions.create_resource(by=actor(request), at=clock.now(), **form.values())
            toasts.say(request, gettext("Saved as a draft."))
            return HttpResponseRedirect(_onward(request, row, Step.ABOUT))
    context = {"lines": steps.new_lines(), "title": gettext("New resource")}
    return _page(request, Step.ABOUT, context, form)


@require_safe
@needs(Permission.EDIT_RESOURCE)
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """To the first step in which something is missing."""
    row = queries.resource_for(actor(request), ref)
    lacking = steps.lacking(row)
    return HttpResponseRedirect(lacking[0].href if lacking else steps.address(row, Place(Step.ABOUT)))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_RESOURCE)
def step(request: HttpRequest, ref: str, step: str) -> HttpResponse:
    """One step of a draft."""
    row = queries.resource_for(actor(request), ref)
    if step not in list(Step):
        raise Http404
    if row.state not in EDITABLE:
        toasts.say(request, actions.NotEditable().text)
        return HttpResponseRedirect(reverse("repository-desk-resource", args=[row.ref]))
    here = Step(step)
    if here is Step.FILES:
        return files_page(request, row)
    if here is Step.CHECK:
        return _check_page(request, row)
    form = ResourceForm(here, request.POST if request.method == "POST" else None, initial=first_values(row))
    if row.revision_of_id:
        for name in ("slug_lt", "slug_en"):
            form.fields.pop(name, None)
    if form.is_bound and form.is_valid() and _saved(request, row, form):
        toasts.say(request, gettext("Saved."))
        return HttpResponseRedirect(_onward(request, row, here))
    lacking = steps.lacking_fields(row)
    return _page(request, here, _about(row, here, clock.now()) | {"lacking": lacking}, form)


def _saved(request: HttpRequest, row: Resource, form: ResourceForm) -> bool:
    try:
        seen = parse_datetime(form.cleaned_data["seen"]) if form.cleaned_data["seen"] else None
    except ValueError:
        seen = None
    with refusal_in(form):
        actions.edit_resource(
            by=actor(request), resource=row, at=clock.now(), seen=seen, slots=form.slot_rows, **form.values()
        )
        return True
    return False


def _onward(request: HttpRequest, row: Resource, here: Step) -> str:
    """Where the pressed button leads: to a step, to the page of the resource, or else to the next step."""
    wanted = request.POST.get("to", "")
    if wanted == "close":
        return reverse("repository-desk-resource", args=[row.ref])
    return steps.address(row, Place(Step(wanted) if wanted in list(Step) else step_after(here)))


def files_page(request: HttpRequest, row: Resource, file_form: FileForm | None = None) -> HttpResponse:
    """The step with the files and parts; `file_form` is one whose file was refused."""
    return _page(request, Step.FILES, _about(row, Step.FILES, clock.now()) | belongings(row, file_form))


def _check_page(request: HttpRequest, row: Resource) -> HttpResponse:
    by, at = actor(request), clock.now()
    context = {
        "checked": steps.check(row, at.astimezone(VILNIUS).date()),
        "offers": [one for one in state_actions.offers(by, row, {}, deciding=False) if one.name == "submit"],
        "sees_gate": by.can(Permission.SEE_GATE),
    }
    return _page(request, Step.CHECK, _about(row, Step.CHECK, at) | context)


def _about(row: Resource, here: Step, at: datetime) -> dict[str, Any]:
    title, lang = resources.spoken(row, "title")
    return {
        "row": row,
        "title": title,
        "lang": lang,
        "lines": steps.lines(row, here, at.astimezone(VILNIUS).date()),
        "may_edit": True,
    }


def _page(
    request: HttpRequest, here: Step, context: dict[str, Any], form: ResourceForm | None = None
) -> HttpResponse:
    before, row = step_before(here), context.get("row")
    number = list(Step).index(here) + 1
    common = {
        "step": here,
        "heading": steps.title_of(here),
        "intro": steps.INTROS[here],
        "place": gettext("Step %(n)d of %(all)d") % {"n": number, "all": len(Step)},
        "form": form,
        "before": before or "",
        "back": steps.address(row, Place(before)) if row and before else "",
        "onward": steps.address(row, Place(step_after(here))) if row else "",
        "shows_more": form is not None and form.shows_more(context.get("lacking", ())),
    }
    template = f"repository/resources/step_{here if here in WITHOUT_FORM else 'form'}.html"
    return render(request, template, common | context, status=UNFIT if form and form.is_bound else 200)
