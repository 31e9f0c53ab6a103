"""Texts of a page to a translation tool and back, as XLIFF."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.refusals import refusal_in
from sauga.portal.actions import translations as actions
from sauga.portal.models.base import PortalPage
from sauga.portal.permissions import Permission
from sauga.portal.queries import desk
from sauga.repository.syndication.forms import TranslationForm
from sauga.repository.syndication.views.translations import (
    UNFIT,
    document_from,
    file_answer,
    refused_row,
    say_taken,
)

PLACES: dict[str, str | Promise] = {
    "title": _("title"),
    "summary": _("summary"),
    "answer": _("in short"),
    "motto": _("motto"),
    "seo_title": _("title for search engines"),
    "search_description": _("description for search engines"),
    "body": _("body text"),
    "picks": _("what we suggest this week"),
}


@require_safe
@needs(Permission.TRANSLATE_PAGES)
def take(request: HttpRequest, page_id: int) -> HttpResponse:
    """The file for the translator."""
    page = desk.page_for(actor(request), page_id)
    document = actions.document_of(page, desk.source_of(page))
    return file_answer(document, f"{page.slug}.{document.source_language}-{document.target_language}")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.TRANSLATE_PAGES)
def translate(request: HttpRequest, page_id: int) -> HttpResponse:
    """Download the file, upload the translation, and see what was not taken and why."""
    page = desk.page_for(actor(request), page_id)
    source = desk.source_of(page)
    form = TranslationForm(request.POST, request.FILES) if request.method == "POST" else TranslationForm()
    taken = _bring(request, page, source, form) if form.is_bound and form.is_valid() else None
    if taken is not None and not taken.refused:
        return HttpResponseRedirect(reverse("portal-translation", args=[page.pk]))
    refused = [refused_row(one, PLACES) for one in taken.refused] if taken else []
    context = {"page": page, "form": form, "taken": taken, "refused": refused}
    return render(request, "portal/desk/translate.html", context, status=UNFIT if form.errors else 200)


def _bring(
    request: HttpRequest, page: PortalPage, source: PortalPage, form: TranslationForm
) -> actions.Taken | None:
    document = document_from(form)
    if document is None:
        return None
    with refusal_in(form):
        taken = actions.take_translation(
            by=actor(request), page=page, source=source, document=document, at=clock.now()
        )
        say_taken(request, taken.texts)
        return taken
    return None
