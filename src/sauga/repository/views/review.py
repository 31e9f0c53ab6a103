"""Reading a resource before it is published: as visitors will see it, what changed, its files, and the checks beside the decision.

Reviewers decide here; authors and colleagues see the same page without the decision.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from sauga.kernel import clock, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import actor, needs
from sauga.kernel.ui import framing
from sauga.repository.models import Resource
from sauga.repository.models.resource import LANGUAGES
from sauga.repository.queries import desk as queries
from sauga.repository.queries import gating
from sauga.repository.queries import reviewing as read
from sauga.repository.queries.snapshots import parts_of
from sauga.repository.rules import gate
from sauga.repository.rules.permissions import Permission as P
from sauga.repository.states import ResourceState as S
from sauga.repository.views import acts, gate_words, review_words, words
from sauga.repository.views.desk_files import open_file
from sauga.repository.views.preview import preview

WIDTHS = ("wide", "phone")


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


desk_urls = [
    path("resources/<str:ref>/review/", review, name="repository-review"),
    path("resources/<str:ref>/preview/<slug:language>/", preview, name="repository-review-preview"),
    path("resources/<str:ref>/review/files/<str:file>/", open_file, name="repository-review-file"),
]
