"""The public register: the map with its list, and one ambassador."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sauga.certification.register import presenters
from sauga.certification.register.forms import RegisterForm
from sauga.certification.register.queries import entries
from sauga.certification.register.rules.shown import fits
from sauga.kernel import clock, page_cache
from sauga.kernel.kit.lists import page_of


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Who is certified and where, narrowed by what a visitor looks for."""
    form = RegisterForm(request.GET)
    form.is_valid()
    wanted = form.wanted()
    everybody = entries.listed(clock.now())
    found = [one for one in everybody if fits(one, wanted)]
    tiles = presenters.tiles(entries.by_place(everybody))
    place = next((one for one in tiles if one.code == wanted.municipality), None)
    shown = page_of(request, found, size=20)
    context = {
        "form": form,
        "tiles": tiles,
        "place": place,
        "lines": [presenters.line(one) for one in shown.rows],
        "pager": shown.pager,
        "n": len(found),
        "all": len(everybody),
        "is_narrowed": any((wanted.municipality, wanted.topics, wanted.languages, wanted.audiences)),
    }
    page = render(request, "certification/public/register.html", context)
    return page_cache.cache_response(request, page, seconds=page_cache.MINUTE)


@require_safe
def entry(request: HttpRequest, ref: str) -> HttpResponse:
    """What one ambassador has agreed to show."""
    one = entries.entry(ref, clock.now())
    context = {"one": presenters.line(one)}
    page = render(request, "certification/public/entry.html", context)
    return page_cache.cache_response(request, page, seconds=page_cache.MINUTE)
