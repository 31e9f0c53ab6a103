"""Reading a resource before it is published: as visitors will see it, what changed, its files, and the checks beside the decision.

Reviewers decide here; authors and colleagues see the same page without the decision.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import get_urlconf, path, reverse, set_urlconf
from django.utils.translation import override
from django.views.decorators.http import require_safe

from sauga.kernel import clock, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import actor, needs
from sauga.kernel.ui import framing
from sauga.kernel.ui.files import send_file
from sauga.repository.actions import reviewing
from sauga.repository.models import Resource
from sauga.repository.models.resource import LANGUAGES
from sauga.repository.queries import desk as queries
from sauga.repository.queries import gating
from sauga.repository.queries import reviewing as read
from sauga.repository.queries.snapshots import parts_of
from sauga.repository.rules import gate
from sauga.repository.rules.permissions import Permission as P
from sauga.repository.states import ResourceState as S
from sauga.repository.views import acts, files, gate_words, review_words, words
from sauga.repository.views.resource_page import page_context

WIDTHS = ("wide", "phone")
SERVER = "page.invalid"


@require_safe
@needs(P.SEE_RESOURCES)
def review(request: HttpRequest, ref: str) -> HttpResponse:
    """The page of one resource for whoever reads it before it is published."""
    return page(request, queries.resource_for(actor(request), ref))


def page(request: HttpRequest, row: Resource, **given: Any) -> HttpResponse:
    """The review page; `forms` are acts whose form did not fit."""
    by, at = actor(request), clock.now()
    language = request.GET.get("language", "")
    width = request.GET.get("width", "")
    title, lang = words.spoken(row, "title")
    tone, shape = words.TONES[S(row.state)]
    files_read = read.reviewed_files(row, by.person_id)
    version = read.last_version(row)
    context = {
        "row": row,
        "title": title,
        "lang": lang,
        "here": reverse("repository-review", args=[row.ref]),
        "state": {"tone": tone, "text": vocab.label("state.resource", row.state), "shape": shape},
        "language": language if language in LANGUAGES else words.speaking(),
        "languages": [(code, vocab.label("languages", code)) for code in gating.spoken(row)],
        "width": width if width in WIDTHS else WIDTHS[0],
        "version": version,
        "changes": review_words.changes(read.differences(row)),
        "files": review_words.files(row, files_read),
        "left": [one.name for one in files_read if one.row is not None and one.opened_at is None],
        "parts": [(reverse("repository-review", args=[part.ref]), words.spoken(part, "title")[0]) for part in parts_of(row)],
        "offers": acts.offers(by, row, given.get("forms", {}), deciding=True),
        "history": [acts.event(one) for one in queries.history(row)[:6]],
        **(_gate(row, at) if by.can(P.SEE_GATE) else {}),
    }
    return framing.frames(render(request, "repository/desk/review.html", context))


def _gate(row: Resource, at: Any) -> dict[str, Any]:
    facts = gating.gate_facts(row, at.astimezone(VILNIUS).date())
    lines = gate_words.lines(facts, gate.judge(facts))
    return {**gate_words.summary(lines), "gate_href": reverse("repository-gate", args=[row.ref])}


@require_safe
@needs(P.SEE_RESOURCES)
def preview(request: HttpRequest, ref: str, language: str) -> HttpResponse:
    """The public page as it would stand now: the same template, for no visitor."""
    row = queries.resource_for(actor(request), ref)
    if language not in LANGUAGES:
        raise Http404
    return framing.framed(HttpResponse(public_face(row, language)))


def public_face(row: Resource, language: str) -> str:
    """The markup of the public page of a resource in a language, in whatever state it is."""
    with override(language), _public_addresses():
        request = HttpRequest()
        request.method, request.META = "GET", {"SERVER_NAME": SERVER, "SERVER_PORT": "80"}
        request.path = request.path_info = words.href(row)
        request.LANGUAGE_CODE = language
        request.is_preview = True  # type: ignore[attr-defined]  # as Wagtail calls it: no script, no way on that only visitors have
        request.twins = words.twins("repository-resource", row)  # type: ignore[attr-defined]  # read by kernel.ui.language
        context = page_context(row, clock.now(), ticket="")
        for one in context["files"]:
            one["href"] = reverse("repository-review-file", args=[row.ref, one["ref"]])
        return render_to_string("repository/public/resource.html", context, request=request)


@contextmanager
def _public_addresses() -> Iterator[None]:
    """A process that serves the desk alone does not know the public site's addresses; a preview needs them."""
    before = get_urlconf()
    set_urlconf(settings.WHOLE_URLCONF)
    try:
        yield
    finally:
        set_urlconf(before)


@require_safe
@needs(P.SEE_RESOURCES)
def open_file(request: HttpRequest, ref: str, file: str) -> HttpResponseBase:
    """A file of a resource that need not be published. Opening is kept: a reviewer opens every file before approving."""
    by = actor(request)
    row = queries.rendition_for(by, queries.resource_for(by, ref), file)
    if request.method == "GET":
        reviewing.open_file(by=by, rendition=row, at=clock.now())
    response = files.guarded(send_file(request, row.file.open("rb"), size=row.size, mime=row.mime, name=row.name))
    response.headers["Cache-Control"] = "no-store"
    return response


desk_urls = [
    path("resources/<str:ref>/review/", review, name="repository-review"),
    path("resources/<str:ref>/preview/<slug:language>/", preview, name="repository-review-preview"),
    path("resources/<str:ref>/review/files/<str:file>/", open_file, name="repository-review-file"),
]
