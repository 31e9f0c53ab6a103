"""Forms of the parts of an event: sessions, tracks, streams, speakers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sauga.events.permissions import Permission
from sauga.events.programme import forms
from sauga.events.programme.actions import parts as part_actions
from sauga.events.programme.actions import sessions as session_actions
from sauga.events.programme.actions import speakers as speaker_actions
from sauga.events.programme.actions.sessions import SessionGiven
from sauga.events.programme.models import Event
from sauga.events.programme.queries import events as queries
from sauga.events.programme.queries import parts
from sauga.events.programme.rules.local_times import local_time
from sauga.events.programme.views.form_pages import Button, FormPage, data, form_page
from sauga.kernel import clock
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit.actions import respond
from sauga.kernel.refusals import Text

NEW: dict[str, Text] = {
    "sessions": _("A new session"),
    "tracks": _("A new track"),
    "streams": _("A new stream"),
    "speakers": _("A new speaker"),
}
EDIT: dict[str, Text] = {
    "sessions": _("Edit the session"),
    "tracks": _("Edit the track"),
    "streams": _("Edit the stream"),
    "speakers": _("Edit the speaker"),
}
REMOVE: dict[str, Text] = {
    "sessions": _("Remove the session"),
    "tracks": _("Remove the track"),
    "streams": _("Remove the stream"),
    "speakers": _("Delete the entry"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_PROGRAMME)
def part(request: HttpRequest, ref: str, kind: str, part_ref: str = "") -> HttpResponse:
    """The form of a session, track, stream or speaker: a new one, or one that exists."""
    by = actor(request)
    if kind not in NEW:
        raise Http404
    event = queries.event_for(by, ref, Permission.EDIT_PROGRAMME)
    row = parts.part_of(by, event, kind, part_ref) if part_ref else None
    form = _form(request, kind, event, row)
    page = FormPage(
        title=EDIT[kind] if row else NEW[kind],
        back=reverse("events-one", args=[ref]) + f"#{kind}",
        back_title=str(event),
        message=_("Saved."),
        submit=_("Save"),
        buttons=_buttons(event, kind, row) if row else (),
    )
    return form_page(request, form, page, lambda _said: _SAVE[kind](by, event, row, form, clock.now()))


@require_POST
@needs(Permission.EDIT_PROGRAMME)
def part_do(request: HttpRequest, ref: str, kind: str, part_ref: str, name: str) -> HttpResponse:
    """Take a part out; record or withdraw a speaker's consent."""
    by, at = actor(request), clock.now()
    do = _DO.get((kind, name))
    if do is None:
        raise Http404
    event = queries.event_for(by, ref, Permission.EDIT_PROGRAMME)
    row = parts.part_of(by, event, kind, part_ref)
    act, message = do

    def acted() -> Text:
        act(by, row, at)
        return message

    return respond(request, acted, reverse("events-one", args=[ref]) + f"#{kind}")


def _form(request: HttpRequest, kind: str, event: Event, row: Any) -> Any:
    given = data(request)
    match kind:
        case "sessions":
            first = {
                "starts": local_time(event.starts).naive,
                "ends": local_time(event.ends).naive,
            }
            initial = forms.shown_session(row) if row else first
            return forms.SessionForm(given, initial=initial, event=event)
        case "tracks":
            shown = {**forms.shown_words(forms.TrackForm, row), "colour": row.colour} if row else {}
            return forms.TrackForm(given, initial=shown)
        case "streams":
            kept = {"is_recorded": row.is_recorded} if row else {}
            return forms.StreamForm(
                given, initial={**forms.shown_words(forms.StreamForm, row), **kept} if row else {}
            )
    shown = {**forms.shown_words(forms.SpeakerForm, row), "name": row.name} if row else {}
    return forms.SpeakerForm(given, initial=shown)


def _buttons(event: Event, kind: str, row: Any) -> list[Button]:
    def href(name: str) -> str:
        return reverse("events-part-do", args=[event.ref, kind, row.ref, name])

    found = []
    if kind == "speakers" and row.is_shown:
        found.append(
            Button(
                _("The speaker withdraws the consent"),
                href("withdraw"),
                text=_("The entry disappears from pages, files and calendars at once."),
            )
        )
    elif kind == "speakers":
        found.append(
            Button(
                _("The speaker agreed in writing"),
                href("consent"),
                text=_("Only then do visitors see the name. Keep what the speaker wrote in your records."),
            )
        )
    return [*found, Button(REMOVE[kind], href("remove"), "danger")]


def session_given(event: Event, form: Any) -> SessionGiven:
    """What the form of a session holds, for its action."""
    said = form.cleaned_data
    room, stream = parts.place_named(event, said["place"])
    return SessionGiven(
        title=form.texts("title"),
        abstract=form.texts("abstract"),
        starts=form.moment_if_any("starts"),
        ends=form.moment_if_any("ends"),
        minutes=said["minutes"] or 30,
        seats_wanted=said["seats_wanted"],
        kind=said["kind"],
        room=room,
        stream=stream,
        track=parts.track_named(event, said["track"]),
        language=said["language"],
        access=said["access"],
        do_not_record=said["do_not_record"],
        speakers=parts.speakers_named(event, said.get("speakers", ())),
    )


def _save_session(by: PersonActor, event: Event, row: Any, form: Any, at: datetime) -> None:
    given = session_given(event, form)
    if row is None:
        session_actions.add_session(by=by, event=event, given=given, at=at)
    else:
        seen = form.cleaned_data["seen"]
        session_actions.edit_session(by=by, session=row, given=given, seen=seen, at=at)


def _save_track(by: PersonActor, event: Event, row: Any, form: Any, at: datetime) -> None:
    part_actions.save_track(
        by=by, event=event, track=row, title=form.texts("title"), colour=form.cleaned_data["colour"], at=at
    )


def _save_stream(by: PersonActor, event: Event, row: Any, form: Any, at: datetime) -> None:
    is_recorded = form.cleaned_data["is_recorded"]
    part_actions.save_stream(
        by=by, event=event, stream=row, name=form.texts("name"), is_recorded=is_recorded, at=at
    )


def _save_speaker(by: PersonActor, event: Event, row: Any, form: Any, at: datetime) -> None:
    speaker_actions.save_speaker(
        by=by,
        event=event,
        speaker=row,
        name=form.cleaned_data["name"],
        role=form.texts("role"),
        biography=form.texts("biography"),
        at=at,
    )


type Save = Callable[[PersonActor, Event, Any, Any, datetime], None]
type Do = Callable[[PersonActor, Any, datetime], object]
_SAVE: dict[str, Save] = {
    "sessions": _save_session,
    "tracks": _save_track,
    "streams": _save_stream,
    "speakers": _save_speaker,
}
_DO: dict[tuple[str, str], tuple[Do, Text]] = {
    ("sessions", "remove"): (
        lambda by, row, at: session_actions.remove_session(by=by, session=row, at=at),
        _("Taken out."),
    ),
    ("tracks", "remove"): (
        lambda by, row, at: part_actions.remove_track(by=by, track=row, at=at),
        _("Removed. Its sessions stay."),
    ),
    ("streams", "remove"): (
        lambda by, row, at: part_actions.remove_stream(by=by, stream=row, at=at),
        _("Taken out."),
    ),
    ("speakers", "remove"): (
        lambda by, row, at: speaker_actions.remove_speaker(by=by, speaker=row, at=at),
        _("Deleted."),
    ),
    ("speakers", "consent"): (
        lambda by, row, at: speaker_actions.record_consent(by=by, speaker=row, at=at),
        _("Recorded. Visitors see the entry now."),
    ),
    ("speakers", "withdraw"): (
        lambda by, row, at: speaker_actions.withdraw_consent(by=by, speaker=row, at=at),
        _("Withdrawn. Nobody sees the entry any more."),
    ),
}
