"""The public pages of Safer Internet Day: the map of a year with its table and lists, and registering an
activity."""

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from sauga.events.activities import presenters
from sauga.events.activities.actions import registrations
from sauga.events.activities.forms import ActivityForm, MapForm
from sauga.events.activities.queries import activities, figures
from sauga.events.activities.rules.codes import CONTACT_TEXT, SENDER
from sauga.events.activities.rules.editions import FIRST_YEAR, Edition, current
from sauga.events.activities.views.organisations import Meant, meant
from sauga.kernel import clock, page_cache, rate_limits
from sauga.kernel.clock import local_day
from sauga.kernel.i18n import languages
from sauga.kernel.i18n.normal import normal_address
from sauga.kernel.refusals import also_refused, refusal_in
from sauga.kernel.states import SystemActor

PURPOSE = "events.activity"
ORGANISER = SystemActor(SENDER)
UNFIT, TOO_MANY = 422, 429


@require_safe
def this_year(request: HttpRequest) -> HttpResponse:
    """The map of the year to look forward to."""
    return _map(request, current(local_day(clock.now())))


@require_safe
def of_year(request: HttpRequest, year: int) -> HttpResponse:
    """The map of any year with activities, and of the present one."""
    edition = Edition(year)
    return _map(request, _known(edition))


def _known(edition: Edition) -> Edition:
    now = current(local_day(clock.now()))
    if not FIRST_YEAR <= edition.year <= now.year:
        raise Http404
    if edition != now and edition.year not in figures.years():
        raise Http404
    return edition


def _map(request: HttpRequest, edition: Edition) -> HttpResponse:
    form = MapForm(request.GET)
    chosen = {name: form.cleaned_data.get(name, "") if form.is_valid() else "" for name in form.fields}
    narrowed = {"kind": chosen["kind"], "group": chosen["group"]}
    shown = presenters.tiles(figures.places(edition.year, **narrowed))
    place = next((one for one in shown if one.code == chosen["municipality"]), None)
    rows = activities.public_activities(edition.year, place.code, **narrowed) if place else []
    today, now = local_day(clock.now()), current(local_day(clock.now()))
    context: dict[str, Any] = {
        "edition": edition,
        "is_now": edition == now,
        "is_open": edition.is_open(today),
        "opens": edition.opens if today < edition.opens else None,
        "has_reports": any(one.reported for one in shown),
        "form": form,
        "chosen": chosen,
        "is_narrowed": any(narrowed.values()),
        "tiles": shown,
        "table": presenters.table(shown),
        "activities": sum(one.activities for one in shown),
        "municipalities": sum(bool(one.activities) for one in shown),
        "place": place,
        "lines": [presenters.public_line(row) for row in rows],
        "unshown": place.activities - len(rows) if place else 0,
        "years": [one for one in figures.years() if one != edition.year],
    }
    page = render(request, "events/activities/public/map.html", context)
    return page_cache.cache_response(request, page)


@require_safe
def table(request: HttpRequest, year: int) -> HttpResponse:
    """The table of the map as CSV."""
    edition = _known(Edition(year))
    text = presenters.table_csv(presenters.tiles(figures.places(edition.year)))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = f"sid-{edition.year}-municipalities.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """The form, without an account."""
    at = clock.now()
    edition = current(local_day(at))
    if request.method != "POST":
        return form_page(request, ActivityForm(**first(edition)), edition)
    said = meant(request.POST.dict(), at)
    form = bound(request, said, edition)
    if not form.is_valid():
        return form_page(request, form, edition, said=said, status=UNFIT)
    ticket = request.POST.get("ticket", "")[:64]
    try:
        rate_limits.admit(PURPOSE, ticket, request, at)
    except rate_limits.Held as held:
        more = {"ticket": ticket, "puzzle": held.puzzle, "held": held}
        return form_page(request, form, edition, said=said, status=TOO_MANY, **more)
    with refusal_in(form):
        registrations.register(
            by=ORGANISER,
            details=details(form, said),
            address=normal_address(form.cleaned_data["email"]),
            at=at,
        )
        return HttpResponseRedirect(reverse("events-sid-sent"))
    return form_page(request, form, edition, said=said, status=UNFIT)


def first(edition: Edition) -> dict[str, Any]:
    """How the form opens."""
    return {
        "suggest_url": reverse("events-sid-suggest"),
        "days": (edition.first, edition.last),
        "initial": {"day": edition.day, "is_public": True, "kind": ""},
    }


def bound(request: HttpRequest, said: Meant, edition: Edition, *, has_address: bool = True) -> ActivityForm:
    """The posted form. Where its text fits several organisations, it asks which one is meant. Everything that
    is wrong is said at once, also what the action would refuse."""
    form = ActivityForm(
        request.POST,
        suggest_url=reverse("events-sid-suggest"),
        days=(edition.first, edition.last),
        fitting=said.fitting,
        has_address=has_address,
    )
    if said.is_open:
        form.add_error("meant", gettext("Choose which organisation you mean."))
    if form.errors:
        found = registrations.refusals(details(form, said), edition, clock.now())
        # whose place it is is known once the organisation is chosen
        also_refused(form, [one for one in found if not said.is_open or one.field != "municipality"])
    return form


def details(form: ActivityForm, said: Meant) -> Any:
    """What was typed, as the actions take it."""
    key = said.organisation.pk if said.organisation is not None else None
    spoken = languages.active().code
    known = {row.code for row in languages.for_editors()}
    return form.details(
        organisation_id=key, name=said.name, language=spoken if spoken in known else languages.DEFAULT
    )


def form_page(
    request: HttpRequest,
    form: ActivityForm,
    edition: Edition,
    *,
    said: Meant | None = None,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    """The page of the form, open or closed."""
    ticket = extra.pop("ticket", "") or secrets.token_urlsafe(12)
    context = {
        "form": form,
        "edition": edition,
        "is_open": edition.is_open(local_day(clock.now())),
        "said": said,
        "contact_text": CONTACT_TEXT,
        "ticket": ticket,
        "puzzle": rate_limits.puzzle_for(PURPOSE, ticket, clock.now()),
        **extra,
    }
    return render(request, "events/activities/public/register.html", context, status=status)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What to do now: the same page for everybody."""
    return render(request, "events/activities/public/sent.html")
