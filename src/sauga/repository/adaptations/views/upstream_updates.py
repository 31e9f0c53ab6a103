"""Updates of the original: the difference, and what to take over."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from sauga.kernel import clock, members, vocab
from sauga.kernel.identity import NotFound
from sauga.kernel.refusals import ActionRefused
from sauga.repository.adaptations.actions import upstream_updates
from sauga.repository.adaptations.models import Adaptation
from sauga.repository.adaptations.queries import partners as queries
from sauga.repository.adaptations.queries import upstream_updates as update_queries
from sauga.repository.adaptations.queries.composition import sections_of, spoken
from sauga.repository.adaptations.views.pages import page
from sauga.repository.resources.rules.upstream_diff import Row, Take, text_of, word_pieces


@require_http_methods(["GET", "HEAD", "POST"])
def update(request: HttpRequest, ref: str) -> HttpResponse:
    """Paragraph by paragraph: theirs, ours or both."""
    by = members.member(request)
    row = queries.adaptation_for(by, ref)
    if row.offered_version is None:
        raise NotFound
    if request.method != "POST":
        return _page(request, row)
    try:
        upstream_updates.merge_adaptation(
            by=by, adaptation=row, choices=_choices(request, row), at=clock.now()
        )
    except ActionRefused as refused:
        return _page(request, row, trouble=refused.text)
    return members.to("repository-adaptation", "merged", ref)


@require_POST
def pin(request: HttpRequest, ref: str) -> HttpResponse:
    """Keep the old original for a while."""
    by = members.member(request)
    row = queries.adaptation_for(by, ref)
    if row.offered_version is None:
        raise NotFound
    try:
        until = date.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        return _page(request, row, trouble=gettext("Choose a day in the future."))
    try:
        upstream_updates.pin_adaptation(
            by=by, adaptation=row, reason=request.POST.get("why", ""), until=until, at=clock.now()
        )
    except ActionRefused as refused:
        return _page(request, row, trouble=refused.text)
    return members.to("repository-adaptation", "pinned", ref)


def _page(request: HttpRequest, row: Adaptation, *, trouble: str = "") -> HttpResponse:
    version = row.offered_version
    titles = {ref: snapshot.get("title") or {} for ref, snapshot, _resource in sections_of(row.base_version)}
    parts = []
    for (section, language), rows in update_queries.merge_rows(row).items():
        title = spoken(titles.get(section, {}), language)[1] or section
        shown = [
            _shown(one, f"c-{section}-{language}-{place}", request)
            for place, one in enumerate(rows)
            if one.change != "same"
        ]
        parts.append(
            {
                "title": title,
                "spoken": vocab.label("languages", language),
                "language": language,
                "rows": shown,
            }
        )
    others = [
        {
            "title": title,
            "spoken": vocab.label("languages", language),
            "language": language,
            "rows": _changed(rows, request),
        }
        for title, language, rows in update_queries.other_changes(row)
    ]
    context = {"row": row, "version": version, "parts": parts, "others": others, "given": request.POST}
    return page(request, "repository/adaptations/upstream_update.html", context, trouble=trouble)


def _changed(rows: list[Row], request: HttpRequest) -> list[dict[str, Any]]:
    return [_shown(one, "", request) for one in rows if one.change != "same"]


def _shown(row: Row, name: str, request: HttpRequest) -> dict[str, Any]:
    chosen = request.POST.get(name) or ("" if row.wants_choice else str(row.usual))
    before, theirs, ours = text_of(row.base), text_of(row.theirs), text_of(row.ours)
    return {
        "name": name,
        "change": str(row.change),
        "pieces": word_pieces(before, theirs),
        "is_new": row.base is None and row.theirs is not None,
        "is_gone": row.theirs is None and row.base is not None,
        "ours": ours,
        "is_own": row.base is None and row.theirs is None,
        "chosen": chosen,
        "choices": bool(name) and row.change in {"theirs", "conflict"},
    }


def _choices(request: HttpRequest, row: Adaptation) -> dict[tuple[str, str], dict[int, Take]]:
    found: dict[tuple[str, str], dict[int, Take]] = {}
    for (section, language), rows in update_queries.merge_rows(row).items():
        for place, _one in enumerate(rows):
            said = request.POST.get(f"c-{section}-{language}-{place}", "")
            if said in set(Take):
                found.setdefault((section, language), {})[place] = Take(said)
    return found
