"""The year at the desk: its numbers, and the draft of the country's profile for the European network."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from sauga.events.activities import presenters
from sauga.events.activities.queries import activities, figures
from sauga.events.activities.rules.editions import FIRST_YEAR, Edition, current
from sauga.events.permissions import Permission
from sauga.kernel import clock
from sauga.kernel.clock import local_day
from sauga.kernel.identity import needs

KINDS = {"txt": "text/plain", "csv": "text/csv"}
LANGUAGES = ("en", "lt")


@require_safe
@needs(Permission.SEE_ACTIVITIES)
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The numbers of a year, its highlights, and the draft of the profile."""
    edition = _edition(year)
    read, highlights = presenters.read_year(edition)
    now = current(local_day(clock.now())).year
    with override("en"):
        draft = presenters.profile_text(edition, read, highlights)
    context = {
        "edition": edition,
        "numbers": read,
        "tables": presenters.year_tables(read),
        "states": [(presenters.STATES[code], n) for code, n in sorted(read.states.items())],
        "texts": [(presenters.STATES[code], n) for code, n in sorted(read.texts.items())],
        "counts": activities.desk_counts(edition.year, clock.now()),
        "highlights": highlights,
        "draft": draft,
        "years": sorted({*figures.years(), now} - {edition.year}, reverse=True),
    }
    return render(request, "events/activities/desk/year.html", context)


@require_safe
@needs(Permission.SEE_ACTIVITIES)
def profile(request: HttpRequest, year: int, language: str, kind: str) -> HttpResponse:
    """The draft as a file: text or table, in English or Lithuanian."""
    edition = _edition(year)
    if kind not in KINDS or language not in LANGUAGES:
        raise Http404
    read, highlights = presenters.read_year(edition)
    with override(language):
        text = (
            presenters.profile_csv(edition, read)
            if kind == "csv"
            else presenters.profile_text(edition, read, highlights)
        )
    response = HttpResponse(text, content_type=f"{KINDS[kind]}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="sid-{year}-{language}.{kind}"'
    return response


def _edition(year: int) -> Edition:
    """Raises Http404 for a year that cannot have activities."""
    if not FIRST_YEAR <= year <= current(local_day(clock.now())).year:
        raise Http404
    return Edition(year)
