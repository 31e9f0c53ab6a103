"""Logos of one organisation: adding, editing, ending and withdrawing them, and the images for the desk."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock, media
from sauga.kernel.identity import actor
from sauga.kernel.kit import Outcome
from sauga.kernel.kit.actions import kit_page, post_action
from sauga.kernel.organisation_pages import forms
from sauga.kernel.organisation_pages.pages import find
from sauga.kernel.organisation_pages.views import GET_AND_POST, form_page, page_of
from sauga.kernel.organisations.actions import logos as actions
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.organisations.queries.logos import logo_for

ANCHOR = "#logos"


@kit_page
@require_http_methods(GET_AND_POST)
def new(request: HttpRequest, ref: str) -> HttpResponse:
    """A logo from a date on."""
    by, row = actor(request), find(actor(request), ref)
    form = forms.LogoForm(request.POST, request.FILES) if request.method == "POST" else forms.LogoForm()

    def act(_cleaned: dict[str, Any]) -> Outcome:
        given = form.given()
        file = given.pop("file")
        actions.add_logo(
            by=by, organisation=row, content=file.read(), name=file.name or "", at=clock.now(), **given
        )
        return _back(row, gettext("The logo was added."))

    return form_page(request, row, form, act, title=gettext("Add a logo"))


@kit_page
@require_http_methods(GET_AND_POST)
def edit(request: HttpRequest, ref: str, logo_id: int) -> HttpResponse:
    """The dates of a logo, its description, and who gave the permission."""
    by, row = actor(request), find(actor(request), ref)
    held = logo_for(row, logo_id)
    initial = {key: getattr(held, key) for key in ("since", "until", "permission")}
    initial |= {f"alt_{code}": text for code, text in held.file.alt.items()}
    form = (
        forms.LogoEditForm(request.POST) if request.method == "POST" else forms.LogoEditForm(initial=initial)
    )

    def act(_cleaned: dict[str, Any]) -> Outcome:
        actions.edit_logo(by=by, row=held, at=clock.now(), **form.given())
        return _back(row, gettext("Saved."))

    return form_page(request, row, form, act, title=gettext("Edit the logo"))


@post_action("organisations-organisation", anchor=ANCHOR)
def end_or_reopen(request: HttpRequest, ref: str, logo_id: int) -> Outcome:
    """Today is the last day of a logo; or it lasts again."""
    by, at, row = actor(request), clock.now(), find(actor(request), ref)
    held = logo_for(row, logo_id)
    if held.until:
        actions.reopen_logo(by=by, row=held, at=at)
        return Outcome(gettext("The logo has no end date any more."))
    actions.end_logo(by=by, row=held, at=at)
    undo = _address("organisations-logo-end", row, held.pk)
    return Outcome(gettext("Today is the last day of the logo."), undo=undo)


@post_action("organisations-organisation", anchor=ANCHOR)
def withdraw_or_restore(request: HttpRequest, ref: str, logo_id: int) -> Outcome:
    """The organisation no longer allows it; or it does after all."""
    by, at, row = actor(request), clock.now(), find(actor(request), ref)
    held = logo_for(row, logo_id)
    if held.withdrawn_at is not None:
        actions.restore_logo(by=by, row=held, at=at)
        return Outcome(gettext("The logo is shown again."))
    actions.withdraw_logo(by=by, row=held, at=at)
    undo = _address("organisations-logo-withdraw", row, held.pk)
    said = gettext("The logo was withdrawn: it is shown nowhere, and deleted when its term ends.")
    return Outcome(said, undo=undo)


@kit_page
@require_safe
def file(request: HttpRequest, ref: str, logo_id: int) -> HttpResponseBase:
    """The image, for those who see the register; a withdrawn one too."""
    held = logo_for(find(actor(request), ref), logo_id)
    try:
        response = media.send_media(request, held.file, download=False)
    except (media.NotReady, FileNotFoundError):
        raise Http404 from None
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _back(row: Organisation, said: str) -> Outcome:
    return Outcome(said, to=page_of(row) + ANCHOR)


def _address(name: str, row: Organisation, logo_id: int) -> str:
    return reverse(name, args=[row.code, logo_id])
