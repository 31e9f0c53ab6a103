"""The page from which a person who runs broadcasts sends camera, microphone or screen, with no program but
the browser."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.ui.page_previews.frames import captures
from sauga.training.permissions import Permission
from sauga.training.states import StreamState
from sauga.training.streaming import presenters
from sauga.training.streaming.actions import streams as actions
from sauga.training.streaming.actions.streams import CHANNEL
from sauga.training.streaming.models import Source, Stream
from sauga.training.streaming.queries import program
from sauga.training.streaming.queries import streams as queries

NOT_OPEN = 409


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.BROADCAST)
def browser(request: HttpRequest, ref: str) -> HttpResponse:
    """The page; a post is asked by its script for the token when the person starts to send."""
    row = queries.stream_for(actor(request), ref)
    if row.source != Source.PROGRAM:
        raise Http404
    if request.method == "POST":
        return _token(request, row)
    context = {
        "row": row,
        "channel": f"{CHANNEL}.{row.ref}",
        "has_whip": program.has_whip(),
        "install": program.INSTALL,
        "is_open": row.state in {StreamState.WAITING, StreamState.LIVE},
        "is_live": row.state == StreamState.LIVE,
        "is_planned": row.state in {StreamState.PLANNED, StreamState.FAILED},
        "is_over": row.state == StreamState.ENDED,
        "can_end": row.on_air_at is not None
        and row.state in {StreamState.WAITING, StreamState.LIVE, StreamState.FAILED},
        "has_signal": row.signal_at is not None,
        "state": presenters.STATES[row.state],
        "signal": presenters.signal_words(row),
    }
    return captures(render(request, "training/streaming/desk/browser.html", context))


def _token(request: HttpRequest, row: Stream) -> HttpResponse:
    """Where to send and the token for it; the person given one is recorded."""
    if row.state not in {StreamState.WAITING, StreamState.LIVE}:
        return JsonResponse({"error": gettext("The broadcast is not open.")}, status=NOT_OPEN)
    token = actions.see_passphrase(by=actor(request), stream=row, at=clock.now())
    return JsonResponse({"address": program.whip_path(row), "token": token})
