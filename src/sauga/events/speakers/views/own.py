"""The page of a speaker by the personal link. Opening it changes nothing; the buttons do."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from sauga.events.effects import speaker_sections
from sauga.events.speakers.presenters import own_context
from sauga.events.speakers.queries import links
from sauga.events.speakers.views.commands import ACTS, Posted, perform
from sauga.kernel import clock
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.states import SystemActor

SPEAKER = SystemActor("speaker")
UNFIT, GONE = 422, 410


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """One's own entry: what is shown, what was agreed to, slides, hours."""
    row = links.speaker_by(token)
    if row is None:
        return _private(render(request, "events/speakers/public/over.html", status=GONE))
    posted = Posted()
    if request.method == "POST":
        try:
            came = perform(SPEAKER, row, request, clock.now())
        except PermissionRefused:
            came = Posted()
        if came is None:
            return _private(HttpResponseRedirect(f"{request.path}?done={request.POST['do']}"))
        posted = came
    row.refresh_from_db()
    did = request.GET.get("done", "") if request.method != "POST" else ""
    context = own_context(row, posted.bound)
    context |= {"did": did if did in ACTS else "", "refused": posted.refused}
    context["sections"] = speaker_sections.of(row, clock.now())
    status = UNFIT if request.method == "POST" else 200
    return _private(render(request, "events/speakers/public/own.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """A personal address stays with its reader: not kept, not passed on."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
