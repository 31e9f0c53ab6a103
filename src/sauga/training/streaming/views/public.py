"""The page on which everybody watches a broadcast."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sauga.kernel.ui.page_previews.frames import plays
from sauga.training.streaming import presenters
from sauga.training.streaming.queries import streams as queries


@require_safe
def watch(request: HttpRequest, ref: str) -> HttpResponse:
    """The player; before the beginning it says when, after the end that it is over."""
    stream = queries.public_stream(ref)
    response = render(
        request,
        "training/streaming/public/watch.html",
        {"stream": stream, "player": presenters.player_of(stream)},
    )
    response.headers["Cache-Control"] = "no-cache"
    return plays(response)
