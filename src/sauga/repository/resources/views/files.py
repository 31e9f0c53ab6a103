"""Files and parts of a resource at the desk; opening a file is recorded, because a reviewer opens every file
before approving.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sauga.kernel import clock, media
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit.actions import Outcome, answers_with_page, post_action
from sauga.kernel.refusals import refusal_in
from sauga.kernel.ui import toasts
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions import files as file_actions
from sauga.repository.resources.actions import resources as actions
from sauga.repository.resources.actions import review
from sauga.repository.resources.forms.actions import FileForm
from sauga.repository.resources.queries import worklist as queries
from sauga.repository.resources.queries.snapshots import parts_of
from sauga.repository.resources.rules.steps import Step
from sauga.repository.resources.views.resources import page
from sauga.repository.resources.views.steps import UNFIT, files_page
from sauga.repository.states import EDITABLE

CONFLICT = 409


@require_safe
@needs(Permission.SEE_RESOURCES)
def open_file(request: HttpRequest, ref: str, file: str) -> HttpResponseBase:
    """A file of a resource, published or not. Opening is recorded: a reviewer opens every file before
    approving.
    """
    by = actor(request)
    row = queries.rendition_for(by, queries.resource_for(by, ref), file)
    if row.media is None or not row.media.is_ready:
        return render(request, "repository/resources/file_waiting.html", {"row": row}, status=CONFLICT)
    if request.method == "GET":
        review.open_file(by=by, rendition=row, at=clock.now())
    response = media.send_media(request, row.media, name=row.name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _page_of_files(request: HttpRequest, ref: str) -> str:
    """The step of files, where a form of files or parts stood there; otherwise they lead back to the page of
    the resource.
    """
    if request.POST.get("at") == Step.FILES:
        return reverse("repository-desk-step", args=[ref, Step.FILES])
    return ""


@needs(Permission.EDIT_RESOURCE)
@answers_with_page(queries.resource_for, "repository-desk-resource")
def add_file(request: HttpRequest, ref: str) -> HttpResponse:
    """Add one file."""
    by = actor(request)
    row = queries.resource_for(by, ref)
    in_step = _page_of_files(request, ref)
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
            back = in_step or reverse("repository-desk-resource", args=[ref])
            return HttpResponseRedirect(f"{back}#files")
    is_step = in_step and row.state in EDITABLE
    response = files_page(request, row, form) if is_step else page(request, row, file_form=form)
    response.status_code = UNFIT
    return response


@needs(Permission.EDIT_RESOURCE)
@post_action("repository-desk-resource", anchor="#files")
def move_file(request: HttpRequest, ref: str, file: str, what: str) -> Outcome:
    """Remove a file, or put it back."""
    by = actor(request)
    row = queries.resource_for(by, ref)
    rendition = queries.rendition_for(by, row, file)
    to = _page_of_files(request, ref)
    if what == "remove":
        file_actions.remove_file(by=by, rendition=rendition, at=clock.now())
        undo = reverse("repository-desk-file", args=[ref, file, "back"])
        return Outcome(gettext("Removed."), undo=undo, to=to)
    file_actions.put_back_file(by=by, rendition=rendition, at=clock.now())
    return Outcome(gettext("Restored."), to=to)


@needs(Permission.EDIT_RESOURCE)
@post_action("repository-desk-resource", anchor="#parts")
def move_part(request: HttpRequest, ref: str) -> Outcome:
    """Add a part, remove one, or move it up or down."""
    by = actor(request)
    row = queries.resource_for(by, ref)
    order, to = parts_of(row), _page_of_files(request, ref)
    what, _sep, which = request.POST.get("what", "").partition(":")
    place = next((number for number, part in enumerate(order) if part.ref == which), -1)
    if what == "add":
        found = queries.may_be_part(row, request.POST.get("part", ""))
        if found is None:
            return Outcome(gettext("No resource has this number or address."), to=to)
        order.append(found)
    elif place >= 0 and what == "out":
        order.pop(place)
    elif place > 0 and what == "up":
        order.insert(place - 1, order.pop(place))
    elif place >= 0 and what == "down":
        order.insert(place + 1, order.pop(place))
    actions.set_parts(by=by, resource=row, parts=order, at=clock.now())
    return Outcome(to=to)
