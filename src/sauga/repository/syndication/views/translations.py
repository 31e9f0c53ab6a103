"""Texts of a resource to a translation tool and back, as XLIFF."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.refusals import refusal_in
from sauga.kernel.ui import toasts
from sauga.repository.permissions import Permission
from sauga.repository.resources.models import Resource
from sauga.repository.resources.presenters import resources
from sauga.repository.resources.queries import worklist as queries
from sauga.repository.resources.queries.snapshots import content_of
from sauga.repository.states import EDITABLE, LIVE, ResourceState
from sauga.repository.syndication.actions import translations as actions
from sauga.repository.syndication.forms import DIRECTIONS, TranslationForm
from sauga.repository.syndication.rules import translation_export, translation_import, xliff

UNFIT = 422
MEDIA_TYPE = "application/xliff+xml"

WHY: dict[str, str | Promise] = {
    translation_import.SOURCE_CHANGED: _("The source has changed since the file was made."),
    translation_import.TARGET_CHANGED: _("Someone has changed the translation here meanwhile."),
    translation_import.UNKNOWN: _("The text no longer exists."),
    translation_import.INCOMPLETE: _("Not translated yet; the body text waits until it is complete."),
    translation_import.CODES: _(
        "Bold, links and line breaks are numbered codes; the translation must contain each code of the "
        "source once, and no other."
    ),
    translation_import.TOO_LONG: _("The translation is too long for its place."),
}
PLACES: dict[str, str | Promise] = {
    "title": _("title"),
    "abstract": _("summary"),
    "licence_note": _("licence note"),
    "keywords": _("keyword"),
    "body": _("body text"),
}


def _resource(request: HttpRequest, ref: str) -> Resource:
    """A resource whose texts may be translated now. Raises Http404."""
    row = queries.resource_for(actor(request), ref)
    if ResourceState(row.state) not in (*EDITABLE, *LIVE):
        raise Http404
    return row


def _direction(code: str) -> tuple[str, str]:
    if code not in DIRECTIONS:
        raise Http404
    source, target = code.split("-")
    return source, target


@require_safe
@needs(Permission.EDIT_RESOURCE)
def take(request: HttpRequest, ref: str, direction: str) -> HttpResponse:
    """The file for the translator: every source text, with its existing translation."""
    row = _resource(request, ref)
    source, target = _direction(direction)
    content = content_of(row)
    there = translation_export.texts_of(content, target)
    units = tuple(
        xliff.Unit(name, text, there.get(name, ""))
        for name, text in translation_export.texts_of(content, source).items()
    )
    return file_answer(
        xliff.Document(actions.original_of(row), source, target, units), f"{row.ref}.{direction}"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_RESOURCE)
def translate(request: HttpRequest, ref: str) -> HttpResponse:
    """Download the file, upload the translation, and see what was not taken and why."""
    row = _resource(request, ref)
    form = TranslationForm(request.POST, request.FILES) if request.method == "POST" else TranslationForm()
    taken = _bring(request, row, form) if form.is_bound and form.is_valid() else None
    if taken is not None and not taken.refused:
        return HttpResponseRedirect(reverse("repository-desk-resource", args=[taken.resource.ref]))
    context = {
        "row": row,
        "title": resources.spoken(row, "title")[0],
        "form": form,
        "directions": list(DIRECTIONS.items()),
        "live": ResourceState(row.state) in LIVE,
        "taken": taken,
        "refused": [refused_row(one, PLACES) for one in taken.refused] if taken else [],
    }
    return render(
        request, "repository/syndication/translate.html", context, status=UNFIT if form.errors else 200
    )


def _bring(request: HttpRequest, row: Resource, form: TranslationForm) -> actions.Taken | None:
    document = document_from(form)
    if document is None:
        return None
    with refusal_in(form):
        direction = f"{document.source_language}-{document.target_language}"
        if direction not in DIRECTIONS:
            raise translation_import.NotThisOne
        source, target = direction.split("-")
        taken = actions.take_translation(
            by=actor(request), resource=row, document=document, source=source, target=target, at=clock.now()
        )
        say_taken(request, taken.texts)
        return taken
    return None


def refused_row(one: translation_import.Refused, places: Mapping[str, str | Promise]) -> dict[str, Any]:
    """A row of the table of refused texts; `places` names the parts of the object."""
    place, _dot, rest = one.name.partition(".")
    number = rest.partition(".")[0]
    name = str(places.get(place, place)) + (
        f" {int(number) + 1}" if number.isascii() and number.isdigit() and len(number) < 6 else ""
    )
    return {
        "place": name,
        "why": WHY[one.why],
        "theirs": xliff.readable(one.theirs),
        "ours": xliff.readable(one.ours),
    }


def file_answer(document: xliff.Document, name: str) -> HttpResponse:
    """The file as a download."""
    response = HttpResponse(xliff.write(document), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlf"'
    response.headers["Cache-Control"] = "no-store"
    return response


def document_from(form: TranslationForm) -> xliff.Document | None:
    """The document of the uploaded file, or None with the reason in the form."""
    try:
        return xliff.read(form.cleaned_data["file"].read(xliff.LARGEST + 1))
    except xliff.XliffRefused as refused:
        refused.add_to(form)
        return None


def say_taken(request: HttpRequest, number: int) -> None:
    """How many texts were taken."""
    said = ngettext("%(n)s text was added to the draft.", "%(n)s texts were added to the draft.", number)
    toasts.say(request, said % {"n": number} if number else gettext("The file contains nothing new."))
