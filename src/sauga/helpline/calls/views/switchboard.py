"""The port for a switchboard: one address, one signed JSON message a call event (docs/operate/calls.md)."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from sauga.helpline.calls.actions import switchboard
from sauga.helpline.calls.actions.switchboard import SWITCHBOARD
from sauga.helpline.calls.rules import switchboard as rules
from sauga.kernel import clock
from sauga.kernel.states import MoveNotAllowed


def hear(request: HttpRequest) -> HttpResponse:
    """Answer 204 when done.

    What is wrong is told in one line that repeats nothing of what was sent. Without a secret
    there is no port.
    """
    if refused := _refused(request):
        return _said(*refused)
    try:
        _take(request)
    except tuple(WORDS) as why:
        return _said(*next(words(why) for kind, words in WORDS.items() if isinstance(why, kind)))
    return _no_store(HttpResponse(status=204))


def _refused(request: HttpRequest) -> tuple[int, str] | None:
    """What is wrong before the body is looked at."""
    if not settings.SWITCHBOARD_SECRET:
        return 404, "no switchboard is connected here"
    if request.method != "POST":
        return 405, "only POST"
    if request.content_type != "application/json":
        return 415, "Content-Type is application/json"
    return (413, "at most 4096 bytes") if len(request.body) > rules.LONGEST_BODY else None


def _take(request: HttpRequest) -> None:
    at = clock.now()
    signed = request.headers.get("X-Sauga-Time", ""), request.headers.get("X-Sauga-Signature", "")
    mark = rules.check(settings.SWITCHBOARD_SECRET, *signed, request.body, at)
    switchboard.hear(by=SWITCHBOARD, heard=rules.read(request.body), mark=mark, at=at)


WORDS: dict[type[Exception], Callable[[Any], tuple[int, str]]] = {
    rules.NotSigned: lambda why: (401, "the signature is missing, wrong or older than 5 minutes"),
    rules.NotUnderstood: lambda why: (422, str(why)),
    switchboard.HeardBefore: lambda why: (409, "this message came already"),
    switchboard.NoSuchCall: lambda why: (404, "no such call"),
    MoveNotAllowed: lambda why: (409, f"a call in state {why.before} cannot become {why.after}"),
}


def _said(status: int, text: str) -> HttpResponse:
    return _no_store(JsonResponse({"error": text}, status=status))


def _no_store(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
