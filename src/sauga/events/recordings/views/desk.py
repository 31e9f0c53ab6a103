"""Recordings at the desk: of which sessions there are some, whose consent is missing; one with its captions,
handed on to the repository."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.events.effects import made_recordings
from sauga.events.permissions import Permission
from sauga.events.photos.models import Asset
from sauga.events.programme.models import Event
from sauga.events.recordings import presenters
from sauga.events.recordings.actions import recordings as recording_actions
from sauga.events.recordings.actions.handing_on import HandOnGiven, hand_on
from sauga.events.recordings.forms import AttachForm, CaptionsForm, HandOnForm
from sauga.events.recordings.queries import recordings as queries
from sauga.kernel import clock, media
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit import Outcome, submitted
from sauga.kernel.kit.actions import respond

UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PUBLISH_PICTURES)
def recordings(request: HttpRequest, ref: str) -> HttpResponse:
    """The sessions of an event with their recordings, and a form to attach one."""
    by = actor(request)
    event = queries.event_for(by, ref)
    held = queries.sessions(event)
    is_post = request.method == "POST"
    form = AttachForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        sessions=held,
        made=made_recordings.of(event),
    )

    def act(given: dict[str, Any]) -> Outcome:
        common: dict[str, Any] = {
            "by": by,
            "event": event,
            "session": next(one for one in held if one.ref == given["session"]),
            "badges": given["badges"],
            "at": clock.now(),
        }
        if upload := given["file"]:
            row = recording_actions.attach_recording(name=upload.name, content=upload.read(), **common)
        else:
            row = recording_actions.attach_made(ref=given["made"], **common)
        has_captions = bool(queries.captions_of(row))
        words = _("Attached with its captions.") if has_captions else _("Attached. Now add its captions.")
        return Outcome(words, to=_there(event, row))

    if response := submitted(request, form, act):
        return response
    context = {"event": event, "form": form, "lines": presenters.lines(event)}
    status = UNFIT if form.errors else 200
    return render(request, "events/recordings/desk/recordings.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PUBLISH_PICTURES)
def recording(request: HttpRequest, ref: str, asset_ref: str) -> HttpResponse:
    """One recording, its captions, what became of it; posted, it is handed on."""
    by = actor(request)
    event = queries.event_for(by, ref)
    row = queries.recording_of(event, asset_ref)
    form = HandOnForm(request.POST if request.method == "POST" else None, initial=presenters.first_words(row))

    def act(given: dict[str, Any]) -> Outcome:
        said = HandOnGiven(
            title=form.words("title"),
            abstract=form.words("abstract"),
            language=given["language"],
            licence=given["licence"],
        )
        hand_on(by=by, asset=row, given=said, at=clock.now())
        return Outcome(_("Handed on. Editors of resources review and publish it."), to=request.path)

    return submitted(request, form, act) or _page(request, row, form, CaptionsForm(auto_id="captions-%s"))


@require_POST
@needs(Permission.PUBLISH_PICTURES)
def captions(request: HttpRequest, ref: str, asset_ref: str) -> HttpResponse:
    """Add captions, or with `remove` delete those of a language."""
    by, at = actor(request), clock.now()
    event = queries.event_for(by, ref)
    row = queries.recording_of(event, asset_ref)
    if code := request.POST.get("remove", "")[:16]:
        found = next((one for one in queries.captions_of(row) if one.language == code), None)
        if found is None:
            raise Http404

        def removed() -> str:
            recording_actions.remove_captions(by=by, captions=found, at=at)
            return _("Removed.")

        return respond(request, removed, _there(event, row))
    form = CaptionsForm(request.POST, request.FILES, auto_id="captions-%s")

    def act(given: dict[str, Any]) -> Outcome:
        recording_actions.put_captions(
            by=by,
            asset=row,
            language=given["language"],
            name=given["file"].name,
            content=given["file"].read(),
            at=at,
        )
        return Outcome(_("Saved."), to=_there(event, row))

    return submitted(request, form, act) or _page(
        request, row, HandOnForm(initial=presenters.first_words(row)), form
    )


@require_safe
@needs(Permission.PUBLISH_PICTURES)
def film(request: HttpRequest, ref: str, asset_ref: str, language: str = "") -> HttpResponseBase:
    """The film, or its captions in a language, for the person who hands it on."""
    row = queries.recording_of(queries.event_for(actor(request), ref), asset_ref)
    name = str(row.file.name)
    if language:
        name = next((str(one.file.name) for one in queries.captions_of(row) if one.language == language), "")
    file = media.file_named(name)
    if file is None or not file.is_ready:
        raise Http404
    sent = media.send_media(request, file, download=False)
    sent.headers["Cache-Control"] = "no-store"
    return sent


def _page(request: HttpRequest, row: Asset, form: HandOnForm, captions_form: CaptionsForm) -> HttpResponse:
    context = presenters.page_context(row, by=actor(request)) | {
        "form": form,
        "captions_form": captions_form,
        "player": presenters.desk_player(row),
    }
    status = UNFIT if form.errors or captions_form.errors else 200
    return render(request, "events/recordings/desk/recording.html", context, status=status)


def _there(event: Event, row: Asset) -> str:
    return reverse("events-recording", args=[event.ref, row.ref])
