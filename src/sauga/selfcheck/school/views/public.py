"""The school label for everybody: what it is, the whole questionnaire, the national picture, and the page and
picture of one label, which always say what is true today."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sauga.kernel import clock, credentials, page_cache
from sauga.kernel.clock import local_day
from sauga.kernel.i18n import languages
from sauga.kernel.kit.lists import page_of
from sauga.kernel.organisations.places import municipality_name
from sauga.kernel.sealed import KeyNotAvailable
from sauga.kernel.ui.formats.csv_files import csv_text
from sauga.selfcheck.school import presenters
from sauga.selfcheck.school.actions.labels import subject_of
from sauga.selfcheck.school.drawings import picture
from sauga.selfcheck.school.forms import SchoolsForm
from sauga.selfcheck.school.models import Label
from sauga.selfcheck.school.queries import assessments as queries
from sauga.selfcheck.school.queries import country, questionnaires, register
from sauga.selfcheck.school.rules.codes import LEVELS
from sauga.selfcheck.school.rules.comparison import COUNTRY, LEAST
from sauga.selfcheck.school.rules.credential import LABEL
from sauga.selfcheck.school.rules.questionnaire import Area

HOUR = 3600


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the label is and how a school gets it."""
    form = questionnaires.present(local_day(clock.now()))
    context = {"form": form, "levels": [(one, one.label) for one in LEVELS]}
    page = render(request, "selfcheck/school/public/about.html", context)
    return page_cache.cache_response(request, page, seconds=page_cache.MINUTE)


@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    """The list of labelled schools with its map, narrowed by what a visitor looks for."""
    form = SchoolsForm(request.GET)
    wanted = form.wanted()
    everybody = register.listed(clock.now())
    found = register.fitting(everybody, wanted)
    tiles = presenters.tiles(register.by_place(everybody))
    shown = page_of(request, found, size=20)
    context = {
        "form": form,
        "tiles": tiles,
        "place": next((one for one in tiles if one.code == wanted.municipality), None),
        "lines": [presenters.school_line(one) for one in shown.rows],
        "pager": shown.pager,
        "n": len(found),
        "all": len(everybody),
        "is_narrowed": wanted != register.Wanted(),
    }
    page = render(request, "selfcheck/school/public/schools.html", context)
    return page_cache.cache_response(request, page, seconds=page_cache.MINUTE)


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """The questionnaire in force, with its sources and what changed: to read and to print before
    beginning."""
    form = questionnaires.present(local_day(clock.now()))
    page = render(request, "selfcheck/school/public/questions.html", {"form": form})
    return page_cache.cache_response(request, page, seconds=page_cache.MINUTE)


@require_safe
def picture_of_country(request: HttpRequest) -> HttpResponse:
    """Means by municipality and area, and which gaps lead to which course."""
    page = render(request, "selfcheck/school/public/country.html", country_context())
    return page_cache.cache_response(request, page, seconds=page_cache.MINUTE)


def country_context() -> dict[str, object]:
    """What the national picture shows, on the public page and at the desk."""
    form = questionnaires.present(local_day(clock.now()))
    means = country.published()
    schools, gaps = country.gaps()
    areas = form.areas if form is not None else ()
    rows = [
        {
            "name": municipality_name(code),
            "schools": one.schools,
            "means": _by_area(one, areas),
        }
        for code, one in means.items()
        if code != COUNTRY
    ]
    whole = means.get(COUNTRY)
    return {
        "areas": areas,
        "rows": sorted(rows, key=lambda one: str(one["name"])),
        "whole": {
            "schools": whole.schools,
            "means": _by_area(whole, areas),
            "on": whole.published_on,
        }
        if whole is not None
        else None,
        "gaps": gaps,
        "n": schools,
        "least": LEAST,
    }


def _by_area(one: country.Means, areas: Sequence[Area]) -> list[tuple[str, str]]:
    """The mean of each area beside its name."""
    return [
        (area.name, presenters.mean(one.tenths[area.code]) if area.code in one.tenths else "–")
        for area in areas
    ]


@require_safe
def country_table(_request: HttpRequest) -> HttpResponse:
    """The published means as a file."""
    form = questionnaires.present(local_day(clock.now()))
    areas = form.areas if form is not None else ()
    heads = [gettext("Code"), gettext("Municipality"), gettext("Schools"), *(area.name for area in areas)]
    rows = [
        (
            code or "LT",
            municipality_name(code) if code else gettext("Lithuania"),
            one.schools,
            *(presenters.mean(one.tenths[area.code]) if area.code in one.tenths else None for area in areas),
        )
        for code, one in sorted(country.published().items())
    ]
    response = HttpResponse(csv_text(heads, rows, delimiter=";"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="school-label-country.csv"'
    return response


def _shown(ref: str) -> Label:
    """The label that the address stands for today: the school's latest that was not revoked, if there is one.
    Raises Http404."""
    row = queries.label_by_ref(ref)
    latest = queries.label_of(row.school_id)
    return latest if latest is not None and latest.since >= row.since else row


@require_safe
def label(request: HttpRequest, ref: str) -> HttpResponse:
    """The page of a school's label: its level and whether it counts today."""
    at = clock.now()
    row = _shown(ref)
    context = {
        "school": row.school.name_at(at),
        "label": presenters.label_line(row, local_day(at)),
        "check": _check_page(row),
        "picture": reverse("selfcheck-label-picture", args=[ref]),
        "version": row.round.questionnaire.version,
    }
    response = render(request, "selfcheck/school/public/label.html", context)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _check_page(row: Label) -> str:
    held = credentials.credential_for(subject_of(row), LABEL)
    if held is None:
        return ""
    try:
        return credentials.check_address(
            credentials.content_of(held).code, translation.get_language() or "lt"
        )
    except KeyNotAvailable:
        return ""


@require_safe
def label_picture(request: HttpRequest, ref: str) -> HttpResponse:
    """The picture for a school's own website: what is true today, grey when it is over. It sets no cookie
    and asks who looks at it for nothing."""
    at, asked = clock.now(), request.GET.get("language", "")
    row = _shown(ref)
    with translation.override(asked if asked in [one.code for one in languages.whole()] else "lt"):
        one = presenters.label_line(row, local_day(at))
        school = row.school.name_at(at)
        lines = (
            (one.level, gettext("Valid until %(day)s") % {"day": one.until})
            if one.is_valid
            else (one.state.capitalize(), gettext("Was: %(level)s") % {"level": one.level})
        )
        title = gettext("School label for online safety")
        alt = f"{school}. {title}: {', '.join(lines)}"
        drawn = picture(title=school, level=row.level, is_valid=one.is_valid, lines=lines, alt=alt)
    response = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = f"public, max-age={HOUR}"
    return response
