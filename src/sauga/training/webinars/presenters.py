"""Webinars as pages show them: the picture, the state in words, lines of lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.events.programme.models import Event, Speaker, said
from sauga.events.programme.presenters.public import when
from sauga.events.registration.models import Registration
from sauga.events.states import EventState
from sauga.kernel import media
from sauga.kernel.kit.lists import Mark
from sauga.training.effects import stream_players
from sauga.training.states import QuestionState, StreamState
from sauga.training.streaming.models import Stream
from sauga.training.webinars.models import Webinar
from sauga.training.webinars.queries.links import watch_token
from sauga.training.webinars.queries.presences import SEATED
from sauga.training.webinars.queries.recordings import events_of
from sauga.training.webinars.rules import ADAPTERS, Phase, Source

PHASES: dict[str, Mark] = {
    Phase.AHEAD: Mark("calm", "", pgettext_lazy("webinar", "planned")),
    Phase.DOORS: Mark("wait", "", _("begins soon")),
    Phase.LIVE: Mark("info", "", pgettext_lazy("webinar", "live now")),
    Phase.OVER: Mark("good", "", pgettext_lazy("webinar", "over")),
}
CANCELLED = Mark("bad", "", pgettext_lazy("webinar", "cancelled"))
QUESTIONS: dict[str, Mark] = {
    QuestionState.WAITING: Mark("wait", "", pgettext_lazy("question", "being read")),
    QuestionState.PASSED: Mark("good", "", _("passed on")),
    QuestionState.DECLINED: Mark("calm", "", _("not passed on")),
    QuestionState.ANSWERED: Mark("info", "", pgettext_lazy("question", "answered")),
}


@dataclass(frozen=True)
class Picture:
    """What stands where the picture is: a player, a film as if live, a link to a room, or the still."""

    kind: str
    template: str = ""
    player: Mapping[str, Any] = field(default_factory=dict)
    is_live: bool = False
    film: str = ""
    mime: str = ""
    starts: datetime | None = None
    room: str = ""
    room_name: str = ""
    note: str = ""


def picture_of(webinar: Webinar, at: datetime, film: str) -> Picture:
    """What a page shows now. `film` is the address of the recording for the holder of this page."""
    phase = webinar.phase(at)
    if webinar.is_off:
        return Picture("still", note=gettext("This webinar does not take place."))
    if phase in (Phase.AHEAD, Phase.DOORS):
        note = gettext("We will begin in a moment.") if phase == Phase.DOORS else gettext("Not begun yet.")
        has_stream = webinar.source == Source.STREAM and webinar.stream is not None
        return (
            _stream(webinar, note, at) if has_stream and phase == Phase.DOORS else Picture("still", note=note)
        )
    return {Source.ROOM: _room, Source.RECORDING: _film, Source.STREAM: _broadcast}[Source(webinar.source)](
        webinar, film, at
    )


def _room(webinar: Webinar, _film: str, at: datetime) -> Picture:
    if webinar.phase(at) == Phase.OVER:
        return Picture("still", note=gettext("The webinar is over. Thank you for watching!"))
    return Picture("room", room=webinar.room_address, room_name=ADAPTERS[webinar.room_system].name)


def _film(webinar: Webinar, film: str, at: datetime) -> Picture:
    file = media.file_named(webinar.recording.name)
    if file is None or not file.is_ready:
        return Picture("still", note=gettext("The recording is being prepared."))
    is_live = webinar.phase(at) == Phase.LIVE
    starts = webinar.event.starts if is_live else None
    return Picture("film", film=film, mime=file.mime, starts=starts, is_live=is_live)


def _broadcast(webinar: Webinar, _film: str, at: datetime) -> Picture:
    if webinar.stream is None:
        return Picture("still", note=gettext("The broadcast is being prepared."))
    return _stream(webinar, "", at)


def _stream(webinar: Webinar, note: str, at: datetime) -> Picture:
    found = stream_players.of(webinar.stream, at)
    if not found:
        return Picture("still", note=note or gettext("This installation has no player for broadcasts."))
    template, player = found[0]
    is_live = webinar.stream is not None and webinar.stream.state == StreamState.LIVE
    return Picture("stream", template=template, player=player, is_live=is_live, note=note)


def state_of(webinar: Webinar, at: datetime) -> Mark:
    """Where it stands, in a word."""
    return CANCELLED if webinar.is_off else PHASES[webinar.phase(at)]


@dataclass(frozen=True)
class WebinarLine:
    """One webinar in a list of the public site."""

    title: str
    language: str
    href: str
    when: str
    summary: str
    series: str
    state: Mark
    is_live: bool = False
    audiences: list[str] = field(default_factory=list)


def line(webinar: Webinar, at: datetime) -> WebinarLine:
    """A line of a list."""
    event = webinar.event
    return WebinarLine(
        title=said(event.title),
        language=getattr(said(event.title), "language", ""),
        href=reverse("training-webinar", args=[event.slug]),
        when=when(event),
        summary=said(event.summary),
        series=said(event.series.title) if event.series else "",
        state=state_of(webinar, at),
        is_live=webinar.phase(at) == Phase.LIVE and not webinar.is_off,
    )


def words_of(webinar: Webinar) -> dict[str, str]:
    """The texts of its event in the language of the page, or in another, which they then carry."""
    event = webinar.event
    return {
        "title": said(event.title),
        "plain_title": "".join(said(event.title)),
        "summary": said(event.summary),
        "plain_summary": "".join(said(event.summary)),
        "description": said(event.description),
        "series": said(event.series.title) if event.series else "",
    }


def speaker_line(speaker: Speaker) -> dict[str, str]:
    """Who speaks, with a role."""
    return {"name": speaker.name, "said_role": said(speaker.role)}


def source_of(webinar: Webinar) -> str:
    """Where its picture comes from, in words."""
    if webinar.source == Source.ROOM:
        return f"{webinar.get_source_display()}: {ADAPTERS[webinar.room_system].name or webinar.room_address}"
    if webinar.source == Source.STREAM:
        name = str(webinar.stream) if webinar.stream else pgettext("broadcast", "not chosen yet")
        return f"{webinar.get_source_display()}: {name}"
    return str(webinar.get_source_display())


def registration_section(row: object, at: datetime) -> tuple[str, dict[str, object]] | None:
    """On the own page of a registration for a webinar: where to watch so that the minutes are recorded."""
    if not isinstance(row, Registration) or row.state not in SEATED:
        return None
    webinar = Webinar.objects.filter(event=row.event_id).select_related("event").first()
    if webinar is None or webinar.is_off or webinar.phase(at) == Phase.OVER:
        return None
    return "training/webinars/public/_watch.html", {
        "href": reverse("training-watch", args=[watch_token(row)])
    }


def event_section(event: object, at: datetime) -> tuple[str, dict[str, object]] | None:
    """On the public page of its event: where it is watched."""
    if not isinstance(event, Event):
        return None
    webinar = Webinar.objects.filter(event=event).first()
    if webinar is None or event.state == EventState.CANCELLED:
        return None
    href = reverse("training-webinar", args=[event.slug])
    return "training/webinars/public/_event.html", {"href": href, "for_libraries": webinar.for_libraries}


def stream_section(stream: object, _at: datetime) -> tuple[str, dict[str, object]] | None:
    """On the page of a broadcast at the desk, below its recording: where organisers hand it on from."""
    if not isinstance(stream, Stream) or stream.recording is None:
        return None
    rows = [(said(one.title), reverse("events-recordings", args=[one.ref])) for one in events_of(stream)]
    return "training/webinars/desk/_recording.html", {"events": rows, "has_captions": bool(stream.captions)}
