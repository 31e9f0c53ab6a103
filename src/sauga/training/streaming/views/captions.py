"""The page on which a person types what is being said, and the captions of the recording afterwards."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit import Outcome, submitted
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.ui.page_previews.frames import plays
from sauga.training.permissions import Permission
from sauga.training.states import StreamState
from sauga.training.streaming import presenters
from sauga.training.streaming.actions import captions as actions
from sauga.training.streaming.actions.streams import CHANNEL
from sauga.training.streaming.forms import CaptionsFileForm, LineForm
from sauga.training.streaming.models import Stream
from sauga.training.streaming.queries import streams as queries

UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CAPTION)
def captions(request: HttpRequest, ref: str) -> HttpResponse:
    """Type captions; a script posts each line and shows at once what was sent."""
    by = actor(request)
    row = queries.stream_to_caption(by, ref)
    if request.method == "POST" and request.headers.get("X-Requested-With") == "captions":
        return _sent(request, row)
    form = LineForm(request.POST if request.method == "POST" else None, initial={"nonce": new_nonce()})

    def act(given: dict[str, Any]) -> Outcome:
        actions.send_line(by=by, stream=row, text=given["text"], nonce=given["nonce"], at=clock.now())
        return Outcome(_("Sent."), to=request.path)

    return submitted(request, form, act) or _page(request, row, form, CaptionsFileForm())


@require_http_methods(["POST"])
@needs(Permission.CAPTION)
def replace(request: HttpRequest, ref: str) -> HttpResponse:
    """Corrected captions for the recording."""
    by = actor(request)
    row = queries.stream_to_caption(by, ref)
    form = CaptionsFileForm(request.POST, request.FILES)

    def act(given: dict[str, Any]) -> Outcome:
        file = given["file"]
        actions.replace_captions(by=by, stream=row, content=file.read(), name=file.name, at=clock.now())
        return Outcome(_("The captions are replaced."), to=reverse("training-stream-captions", args=[ref]))

    return submitted(request, form, act) or _page(
        request, row, LineForm(initial={"nonce": new_nonce()}), form
    )


def new_nonce() -> str:
    """What makes a repeated post the same line."""
    return secrets.token_hex(16)


def _sent(request: HttpRequest, row: Stream) -> JsonResponse:
    form = LineForm(request.POST)
    if not form.is_valid():
        words = next(iter(form.errors.values()))[0]
        return JsonResponse({"error": str(words)}, status=UNFIT)
    try:
        line = actions.send_line(
            by=actor(request),
            stream=row,
            text=form.cleaned_data["text"],
            nonce=form.cleaned_data["nonce"],
            at=clock.now(),
        )
    except ActionRefused as refused:
        return JsonResponse({"error": refused.text}, status=UNFIT)
    return JsonResponse({"number": line.number, "text": line.text})


def _page(request: HttpRequest, row: Stream, form: LineForm, file_form: CaptionsFileForm) -> HttpResponse:
    context = {
        "row": row,
        "form": form,
        "file_form": file_form,
        "lines": queries.last_lines(row),
        "mark": presenters.STATES[row.state],
        "is_open": row.state in {StreamState.WAITING, StreamState.LIVE},
        "player": presenters.preview_of(row),
        "channel": f"{CHANNEL}.{row.ref}",
        "may_broadcast": actor(request).can(Permission.BROADCAST),
    }
    status = UNFIT if form.errors or file_form.errors else 200
    return plays(render(request, "training/streaming/desk/captions.html", context, status=status))
