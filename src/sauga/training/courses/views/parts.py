"""Forms of what a version consists of, and its order: by dragging, by buttons, by keyboard."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit import Outcome, respond
from sauga.kernel.refusals import Text
from sauga.training.courses import forms, presenters
from sauga.training.courses.actions import drafts, removals
from sauga.training.courses.actions.drafts import ActivityGiven, ItemGiven
from sauga.training.courses.presenters.packages import described
from sauga.training.courses.queries import versions as queries
from sauga.training.courses.views.desk import page_with_form, posted
from sauga.training.permissions import Permission

MOST_PARTS = 400


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_COURSES)
def module(request: HttpRequest, ref: str, part: str = "") -> HttpResponse:
    """The form of a module."""
    by = actor(request)
    version = queries.version_for(by, ref)
    row = queries.part_for(by, ref, "module", part) if part else None
    form = forms.ModuleForm(posted(request), row=row)

    def act(_said: dict[str, Any]) -> Text:
        drafts.save_module(by=by, version=version, module=row, title=form.texts("title"), at=clock.now())
        return _("Saved.")

    title = _("Edit the module") if row else _("New module")
    return page_with_form(request, form, act, title=title, back=_page(ref), back_title=str(version))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_COURSES)
def activity(request: HttpRequest, ref: str, part: str, kind: str = "") -> HttpResponse:
    """The form of an activity: a new one of a kind in a module, or one that exists."""
    by = actor(request)
    version = queries.version_for(by, ref)
    row: Any = None if kind else queries.part_for(by, ref, "activity", part)
    parent: Any = queries.part_for(by, ref, "module", part) if kind else row.module
    if (kind or row.kind) not in presenters.KINDS:
        raise Http404
    form = forms.ActivityForm(
        posted(request),
        request.FILES or None,
        kind=kind or row.kind,
        content=queries.content_of(version),
        row=row,
    )

    def act(said: dict[str, Any]) -> Text:
        given = ActivityGiven(
            kind=form.kind, title=form.texts("title"), minutes=said["minutes"], content=said["content"]
        )
        drafts.save_activity(
            by=by, module=parent, activity=row, given=given, upload=said.get("found"), at=clock.now()
        )
        return _("Saved.")

    preview = reverse("training-preview", args=[ref, row.code]) if row else ""
    return page_with_form(
        request,
        form,
        act,
        title=f"{presenters.KINDS[form.kind]}: {row or parent}",
        back=_page(ref),
        back_title=str(version),
        preview=preview,
        facts=described(row) if row is not None and form.kind == "package" else None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_COURSES)
def item(request: HttpRequest, ref: str, part: str = "") -> HttpResponse:
    """The form of a question."""
    by = actor(request)
    version = queries.version_for(by, ref)
    row = queries.part_for(by, ref, "item", part) if part else None
    form = forms.ItemForm(posted(request), row=row)

    def act(said: dict[str, Any]) -> Text:
        given = ItemGiven(
            kind=said["kind"],
            text=form.texts("text"),
            options=said["options"] or (),
            tags=said["tag_list"],
            explanation=form.texts("explanation"),
        )
        drafts.save_item(by=by, version=version, item=row, given=given, at=clock.now())
        return _("Saved.")

    title = _("Edit the question") if row else _("New question")
    return page_with_form(request, form, act, title=title, back=_page(ref) + "#bank", back_title=str(version))


@require_POST
@needs(Permission.EDIT_COURSES)
def act(request: HttpRequest, ref: str, kind: str, part: str, name: str) -> HttpResponse:
    """Move a part one place, or take it out; what was taken out can be put back."""
    by, at = actor(request), clock.now()
    row = queries.part_for(by, ref, kind, part)
    if name not in ("up", "down", "remove") or (kind == "item" and name != "remove"):
        raise Http404

    def acted() -> Outcome | Text:
        if name == "remove":
            kept = removals.remove_part(by=by, part=row, at=at)
            return Outcome(_("Taken out."), undo=reverse("training-put-back", args=[ref, kept.ref]))
        drafts.move_part(by=by, part=row, up=name == "up", at=at)
        return presenters.moved(queries.part_for(by, ref, kind, part))

    place = f"{name}-{part}" if name != "remove" else "bank" if kind == "item" else "outline"
    return respond(request, acted, f"{_page(ref)}#{place}")


@require_POST
@needs(Permission.EDIT_COURSES)
def put_back(request: HttpRequest, ref: str, removed: str) -> HttpResponse:
    """Put back what was taken out of a draft."""
    by, at = actor(request), clock.now()
    row = queries.removed_for(by, ref, removed)
    anchor = "bank" if row.kind == "item" else "outline"

    def acted() -> Outcome:
        removals.put_back(by=by, removed=row, at=at)
        return Outcome(_("It is back where it was."), to=f"{_page(ref)}#part-{row.content['ref']}")

    return respond(request, acted, f"{_page(ref)}#{anchor}")


@require_POST
@needs(Permission.EDIT_COURSES)
def order(request: HttpRequest, ref: str) -> HttpResponse:
    """The whole order after dragging: `order` names modules, each followed by its activities
    (`m:reference`, `a:reference`)."""
    by = actor(request)
    version = queries.version_for(by, ref)
    found: list[tuple[str, list[str]]] = []
    for entry in request.POST.get("order", "").split()[:MOST_PARTS]:
        sign, _sep, name = entry.partition(":")
        if sign == "m":
            found.append((name, []))
        elif sign == "a" and found:
            found[-1][1].append(name)

    def acted() -> Text:
        drafts.put_in_order(by=by, version=version, order=found, at=clock.now())
        return _("Moved.")

    response = respond(request, acted, f"{_page(ref)}#outline")
    return JsonResponse({}) if request.headers.get("X-Requested-With") == "drag" else response


def _page(ref: str) -> str:
    return reverse("training-version", args=[ref])
