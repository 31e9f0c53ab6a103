"""A version as a learner would see it, and its packages for other learning platforms."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sauga.kernel import audit, clock
from sauga.kernel.i18n import languages
from sauga.kernel.identity import actor, needs
from sauga.kernel.ui.page_previews import frames
from sauga.training.courses.packages import KINDS, package_of
from sauga.training.courses.presenters.packages import package_view
from sauga.training.courses.presenters.play import activity_view, question_view
from sauga.training.courses.queries import versions as queries
from sauga.training.permissions import Permission
from sauga.training.trail import ZONE, Trail


@require_safe
@needs(Permission.SEE_COURSES)
def activity(request: HttpRequest, ref: str, part: str) -> HttpResponse:
    """One activity as a learner sees it, with the way to the next; nothing is saved."""
    version = queries.version_for(actor(request), ref)
    content = queries.content_of(version)
    row = content.by_code.get(part)
    if row is None:
        raise Http404
    language = languages.active().code
    place = content.activities.index(row)
    page = reverse("training-preview", args=[ref, part])
    asked = request.GET.get("part", "")
    context = {
        "package": package_view(row, asked, clock.now(), page=page) if row.kind == "package" else None,
        "version": version,
        "view": activity_view(row, content, language),
        "bank": [question_view(one, language, 1, reveals=True) for one in content.items.values()]
        if row.kind == "quiz"
        else [],
        "place": place + 1,
        "before": content.activities[place - 1] if place else None,
        "after": content.activities[place + 1] if place + 1 < len(content.activities) else None,
        "count": len(content.activities),
    }
    answer = render(request, "training/courses/desk/preview.html", context)
    return frames.frames(answer) if row.kind == "package" else answer


@require_safe
@needs(Permission.EDIT_COURSES)
def package(request: HttpRequest, ref: str, kind: str, language: str) -> HttpResponse:
    """A package of the version for another platform."""
    by, at = actor(request), clock.now()
    version = queries.version_for(by, ref)
    if kind not in KINDS or language not in {row.code for row in languages.for_editors()}:
        raise Http404
    made = package_of(queries.content_of(version), kind, language)
    audit.record(by, Trail.COURSE_EXPORTED, version, zone=ZONE, at=at, facts={"what": kind})
    response = HttpResponse(made, content_type="application/zip")
    name = f"{version.course.code}-{version.number}-{kind}-{language}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
