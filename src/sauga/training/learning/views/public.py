"""Courses for everybody: the catalogue, the page of a course, films with captions, files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sauga.kernel import clock, media, page_cache
from sauga.kernel.i18n import languages
from sauga.training.courses.models import said
from sauga.training.courses.presenters import KINDS, audience
from sauga.training.courses.queries import film_files, versions
from sauga.training.learning import presenters
from sauga.training.learning.queries import enrolments
from sauga.training.webinars.presenters import line as webinar_line
from sauga.training.webinars.queries import webinars

MOST_WEBINARS = 3


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every course with its hours and when it begins next; below them the next webinars."""
    at = clock.now()
    rows = versions.catalogue()
    following = enrolments.next_cohorts(rows, at)
    context = {
        "rows": [
            {
                "row": row,
                "title": said(row.title),
                "summary": said(row.summary),
                "audience": audience(row),
                "next": (found := following.get(row.course_id)),
                "has_begun": found is not None and found.starts <= enrolments.today(at),
            }
            for row in rows
        ],
        "webinars": [webinar_line(row, at) for row in webinars.upcoming(at, MOST_WEBINARS)],
    }
    page = render(request, "training/learning/public/catalogue.html", context)
    return page_cache.cache_response(request, page)


@require_safe
def course(request: HttpRequest, code: str) -> HttpResponse:
    """One course: for whom, hours, what one learns, what is in it, the next groups."""
    at = clock.now()
    row = versions.public_course(code)
    content = versions.content_of(row)
    context = {
        "row": row,
        "title": said(row.title),
        "summary": said(row.summary),
        "audience": audience(row),
        "outcomes": [said(one) for one in row.outcomes],
        "certificate": said(row.certificate.get("title")),
        "modules": [
            (said(module.title), [(said(one.title), KINDS[one.kind], one.minutes) for one in parts], minutes)
            for module in content.modules
            if (parts := list(module.activities.all()))
            and (minutes := sum(one.minutes for one in parts)) is not None
        ],
        "cohorts": [
            {
                "row": cohort,
                "when": presenters.when(cohort),
                "room": presenters.room_text(cohort),
                "is_full": cohort.taken >= cohort.places or cohort.waiting > 0,
                "href": reverse("training-enrol", args=[cohort.ref]),
            }
            for cohort in enrolments.open_cohorts(row, at)
        ],
    }
    page = render(request, "training/learning/public/course.html", context)
    return page_cache.cache_response(request, page)


@require_safe
def film(request: HttpRequest, code: str) -> HttpResponseBase:
    """A film of a course, by ranges."""
    row = versions.film(code)
    if row is None:
        raise Http404
    try:
        return media.send_media(request, row.file, download=False)
    except media.NotReady:
        raise Http404 from None


@require_safe
def captions(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """The captions of a film in one language."""
    row = versions.film(code)
    if row is None or not row.captions.get(language) or language not in languages.codes():
        raise Http404
    return HttpResponse(row.captions[language], content_type="text/vtt; charset=utf-8")


@require_safe
def poster(_request: HttpRequest, code: str) -> HttpResponse:
    """The picture that is shown before a film plays."""
    row = versions.film(code)
    picture = film_files.poster(row) if row else None
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/webp")


@require_safe
def file(request: HttpRequest, ref: str) -> HttpResponseBase:
    """A file of a published version."""
    row = versions.published_file(ref)
    try:
        return media.send_media(request, row)
    except media.NotReady:
        raise Http404 from None
