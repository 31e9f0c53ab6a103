"""Issues on the web, and their feed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sauga.kernel import page_cache
from sauga.kernel.i18n import languages
from sauga.kernel.ui.formats import feeds
from sauga.newsletter.mail_text import paragraphs
from sauga.newsletter.queries import issues


@require_safe
def issue(request: HttpRequest, ref: str) -> HttpResponse:
    """One issue, as it was sent."""
    row = issues.published_issue(languages.active().code, ref)
    context = {"issue": row, "paragraphs": paragraphs(row.intro), "pieces": issues.pieces(row)}
    request.twins = {row.language: request.path}  # type: ignore[attr-defined]  # read by kernel.ui.public_frame.language
    return page_cache.cache_response(request, render(request, "newsletter/public/issue.html", context))


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """All issues of this language."""
    rows = issues.published(languages.active().code)
    return page_cache.cache_response(
        request, render(request, "newsletter/public/archive.html", {"issues": rows})
    )


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The latest issues of this language as Atom."""
    language = languages.active().code
    return feeds.atom(
        request,
        title=_("Newsletter"),
        page=reverse("newsletter"),
        entries=issues.entries(language),
        changed_at=issues.changed_at(language),
    )
