"""Review before publication: the public page, what changed, files, and checks beside the decision.

Reviewers decide here; authors and colleagues see the same page without the decision.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sauga.kernel import clock, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import actor, needs
from sauga.kernel.ui.page_previews import frames, widths
from sauga.repository.permissions import Permission
from sauga.repository.resources.models import LANGUAGES, Resource
from sauga.repository.resources.presenters import publish_gate as gate_presenter
from sauga.repository.resources.presenters import resources
from sauga.repository.resources.presenters import review as review_presenter
from sauga.repository.resources.queries import publish_gate
from sauga.repository.resources.queries import review as review_queries
from sauga.repository.resources.queries import worklist as queries
from sauga.repository.resources.queries.snapshots import parts_of
from sauga.repository.resources.rules import publish_gate as gate
from sauga.repository.resources.views import state_actions
from sauga.repository.states import ResourceState


@require_safe
@needs(Permission.SEE_RESOURCES)
def review(request: HttpRequest, ref: str) -> HttpResponse:
    """The review page of one resource."""
    return page(request, queries.resource_for(actor(request), ref))


def page(request: HttpRequest, row: Resource, **given: Any) -> HttpResponse:
    """The review page; `forms` are those of actions whose input was invalid."""
    by, at = actor(request), clock.now()
    language = request.GET.get("language", "")
    shown = language if language in LANGUAGES else resources.speaking()
    spoken = [(code, vocab.label("languages", code)) for code in publish_gate.spoken(row)]
    title, lang = resources.spoken(row, "title")
    tone, shape = resources.TONES[ResourceState(row.state)]
    files_read = review_queries.reviewed_files(row, by.person_id)
    version = review_queries.last_version(row)
    context = {
        "row": row,
        "title": title,
        "lang": lang,
        "here": reverse("repository-review", args=[row.ref]),
        "state": {"tone": tone, "text": vocab.label("state.resource", row.state), "shape": shape},
        "preview": widths.preview(
            request, reverse("repository-review-preview", args=[row.ref, shown]), spoken, shown
        ),
        "version": version,
        "changes": review_presenter.changes(review_queries.differences(row)),
        "files": review_presenter.files(row, files_read),
        "left": [one.name for one in files_read if one.row is not None and one.opened_at is None],
        "parts": [
            (reverse("repository-review", args=[part.ref]), resources.spoken(part, "title")[0])
            for part in parts_of(row)
        ],
        "offers": state_actions.offers(by, row, given.get("forms", {}), deciding=True),
        "history": [state_actions.event(one) for one in queries.history(row)[:6]],
        **(_gate(row, at) if by.can(Permission.SEE_GATE) else {}),
    }
    return frames.frames(render(request, "repository/resources/review.html", context))


def _gate(row: Resource, at: Any) -> dict[str, Any]:
    facts = publish_gate.gate_facts(row, at.astimezone(VILNIUS).date())
    lines = gate_presenter.lines(facts, gate.judge(facts))
    return {**gate_presenter.summary(lines), "gate_href": reverse("repository-gate", args=[row.ref])}
