"""Broadcasts at the desk: the list, one broadcast with all that is known of it, how to connect, its files."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, override

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock, media
from sauga.kernel.i18n import language_name
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit import Action, ActionSet, DetailPage, Outcome, submitted
from sauga.kernel.kit.lists import Cell, Column, Day, Empty, Line, Link, ListPage, Tool, View
from sauga.kernel.refusals import Text
from sauga.kernel.ui.page_previews.frames import plays
from sauga.training.effects import stream_desk_sections
from sauga.training.permissions import Permission
from sauga.training.states import StreamState
from sauga.training.streaming import presenters
from sauga.training.streaming.actions import films, recordings
from sauga.training.streaming.actions import streams as actions
from sauga.training.streaming.actions.streams import CHANNEL
from sauga.training.streaming.forms import SOURCES, StreamForm, held_by
from sauga.training.streaming.models import Source, Stream
from sauga.training.streaming.queries import program
from sauga.training.streaming.queries import streams as queries
from sauga.training.trail import ZONE

UNFIT = 422


class Streams(ListPage):
    """All broadcasts."""

    title = _("Broadcasts")
    live = CHANNEL
    views = (
        View(queries.COMING, pgettext_lazy("broadcasts", "Planned")),
        View(queries.RUNNING, pgettext_lazy("broadcasts", "Running")),
        View(queries.OVER, pgettext_lazy("broadcasts", "Ended")),
    )
    columns = (
        Column("title", pgettext_lazy("broadcast", "Title"), is_heading=True, sort=("title",)),
        Column("starts", pgettext_lazy("broadcast", "Begins"), "num nowrap", sort=("starts",)),
        Column("source", pgettext_lazy("broadcast", "Source")),
        Column("viewers", pgettext_lazy("broadcast", "Most viewers"), "num", sort=("most_viewers",)),
        Column("state", _("State"), is_state=True),
    )
    nothing = Empty(
        title=_("No broadcast here"),
        text=_("Plan one: it then gets its own port and passphrase for the speaker’s program."),
    )

    @override
    def rows(self) -> QuerySet[Stream]:
        return queries.desk_streams(self.view_code).order_by("starts", "pk")

    @override
    def line(self, row: Stream) -> Line:
        return Line(
            row.ref,
            (
                Link(row.title, reverse("training-stream", args=[row.ref])),
                Day(row.starts),
                dict(SOURCES)[Source(row.source)],
                number_format(row.most_viewers),
                presenters.STATES[row.state],
            ),
        )

    @override
    def counts(self) -> Mapping[str, int]:
        return queries.desk_counts()

    @override
    def tools(self) -> Sequence[Tool]:
        return [Tool(label=_("Plan a broadcast"), href=reverse("training-stream-new"), key="a", icon="plus")]


def _discard(by: PersonActor, row: Stream, _given: dict[str, Any], at: datetime) -> Outcome:
    actions.discard_stream(by=by, stream=row, at=at)
    return Outcome(gettext("Deleted."), to=reverse("training-streams"))


def _ending(label: Text, *, is_recorded: bool) -> Action:
    """What ends a broadcast that was on the air, on air or off it now."""
    text = _("It cannot be opened again. The recording is made at once.")
    return Action(
        permissions=(Permission.BROADCAST,),
        states=frozenset({StreamState.WAITING, StreamState.LIVE, StreamState.FAILED}),
        suits=lambda row: row.on_air_at is not None and row.is_recorded == is_recorded,
        label=label,
        text=text if is_recorded else _("It cannot be opened again. No recording is made."),
        message=_("Ended."),
        effect=lambda by, row, given, at: actions.stop_stream(by=by, stream=row, at=at),
        tone="danger",
    )


ACTIONS = ActionSet(
    find=queries.stream_for,
    actions={
        "open": Action(
            permissions=(Permission.BROADCAST,),
            states=frozenset({StreamState.PLANNED, StreamState.FAILED}),
            label=_("Open"),
            title=_("Open, at its time or for a rehearsal"),
            text=_(
                "Before its time this is a rehearsal: what comes is seen here only, and nothing is used up."
            ),
            message=_("Open. What comes is seen here only, until you go on air."),
            effect=lambda by, row, given, at: actions.open_stream(by=by, stream=row, at=at),
            key="o",
            is_next=True,
        ),
        "start": Action(
            permissions=(Permission.BROADCAST,),
            states=frozenset({StreamState.WAITING}),
            label=_("Go on air"),
            message=_("On air. Viewers see it within six seconds."),
            effect=lambda by, row, given, at: actions.start_stream(by=by, stream=row, at=at),
            key="g",
            is_next=True,
        ),
        "pause": Action(
            permissions=(Permission.BROADCAST,),
            states=frozenset({StreamState.LIVE}),
            label=_("Off air"),
            title=_("Off air for a while"),
            text=_("Viewers see a notice instead. The program stays connected, and you can go on air again."),
            message=_("Off air."),
            effect=lambda by, row, given, at: actions.pause_stream(by=by, stream=row, at=at),
        ),
        "stop": _ending(_("End and make the recording"), is_recorded=True),
        "finish": _ending(_("End the broadcast"), is_recorded=False),
        "close": Action(
            permissions=(Permission.BROADCAST,),
            states=frozenset({StreamState.WAITING}),
            suits=lambda row: row.on_air_at is None,
            label=_("Close again"),
            message=_("Closed. Nobody can connect."),
            effect=lambda by, row, given, at: actions.close_stream(by=by, stream=row, at=at),
        ),
        "renew": Action(
            permissions=(Permission.BROADCAST,),
            states=frozenset({StreamState.PLANNED, StreamState.WAITING, StreamState.LIVE}),
            suits=lambda row: row.source == Source.PROGRAM,
            label=_("Another passphrase"),
            text=_("For when somebody has it who should not. The next connection needs the new one."),
            message=_("There is a new passphrase. Give it to the speaker."),
            effect=lambda by, row, given, at: actions.renew_passphrase(by=by, stream=row, at=at),
        ),
        "erase": Action(
            permissions=(Permission.BROADCAST,),
            states=frozenset({StreamState.ENDED}),
            suits=lambda row: row.recording_id is not None,
            label=_("Delete the recording"),
            text=_("The film and its captions are gone for good."),
            message=_("Deleted."),
            effect=lambda by, row, given, at: recordings.delete_recording(by=by, stream=row, at=at),
            tone="danger",
        ),
        "discard": Action(
            permissions=(Permission.BROADCAST,),
            states=frozenset({StreamState.PLANNED}),
            suits=lambda row: row.on_air_at is None,
            label=_("Delete"),
            title=_("Delete the broadcast"),
            text=_("It is gone for good."),
            message=_("Deleted."),
            effect=_discard,
            tone="danger",
        ),
    },
)


class StreamPage(DetailPage):
    """One broadcast: preview, figures of this moment, log, files."""

    template = "training/streaming/desk/stream.html"
    list_title, list_url = Streams.title, "training-streams"
    url, action_url = "training-stream", "training-stream-do"
    live, states = CHANNEL, presenters.STATES
    zone, audit_permission = ZONE, Permission.BROADCAST
    actions = ACTIONS

    def __init__(self, request: HttpRequest, row: Any, bound: Any = None) -> None:
        super().__init__(request, row, bound)
        self.live = f"{CHANNEL}.{row.ref}"

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Stream = self.row
        yield pgettext_lazy("broadcast", "Begins"), Day(row.starts)
        yield _("Language spoken"), language_name(row.language)
        yield _("Where the picture comes from"), dict(SOURCES)[Source(row.source)]
        if row.film is not None:
            yield _("Film"), row.film.name
        if row.source == Source.PROGRAM:
            yield _("Goes on air automatically"), gettext("Yes") if row.is_automatic else gettext("No")
            yield _("Make a recording"), gettext("Yes") if row.is_recorded else gettext("No")

    @override
    def context(self) -> dict[str, Any]:
        row: Stream = self.row
        return {
            "player": presenters.preview_of(row),
            "signal": presenters.signal_words(row),
            "fault": presenters.fault_words(row),
            "log": [presenters.log_line(one) for one in queries.notes_of(row)],
            "has_program": bool(program.ffmpeg()),
            "install": program.INSTALL,
            "is_open": row.state in {StreamState.WAITING, StreamState.LIVE},
            "is_rehearsal": row.state == StreamState.WAITING and row.is_rehearsal,
            "is_film": row.source == Source.FILM,
            "is_program": row.source == Source.PROGRAM,
            "has_whip": program.has_whip(),
            "is_planned": row.state == StreamState.PLANNED,
            "is_over": row.state == StreamState.ENDED,
            "is_due": row.state == StreamState.ENDED
            and row.is_recorded
            and row.recording is None
            and row.on_air_at,
            "minutes": (row.recorded_seconds + 30) // 60,
            "sections": stream_desk_sections.of(row, self.at) if row.state == StreamState.ENDED else [],
        }

    @classmethod
    @override
    def _page(cls, request: HttpRequest, row: Any, bound: Any) -> HttpResponse:
        return plays(super()._page(request, row, bound))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.BROADCAST)
def new(request: HttpRequest) -> HttpResponse:
    """Plan a broadcast."""
    return _form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.BROADCAST)
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Change one that has not begun."""
    return _form_page(request, queries.stream_for(actor(request), ref))


@require_safe
@needs(Permission.BROADCAST)
def connect(request: HttpRequest, ref: str) -> HttpResponse:
    """How the speaker's program connects: address, passphrase, steps in OBS. Printable."""
    by, at = actor(request), clock.now()
    row = queries.stream_for(by, ref)
    if row.source != Source.PROGRAM:
        raise Http404
    context = {
        "row": row,
        "server": program.server_name(),
        "address": program.srt_address(row) if row.port else "",
        "whip": program.whip_address(row) if row.port and program.has_whip() else "",
        "passphrase": actions.see_passphrase(by=by, stream=row, at=at),
        "is_open": row.state in {StreamState.WAITING, StreamState.LIVE},
    }
    return render(request, "training/streaming/desk/connect.html", context)


@require_safe
@needs(Permission.BROADCAST)
def recording(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The recording, to watch or to download."""
    return _sent(request, queries.stream_for(actor(request), ref).recording)


@require_safe
@needs(Permission.CAPTION)
def captions_file(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The captions of the recording."""
    return _sent(request, queries.stream_to_caption(actor(request), ref).captions)


def _sent(request: HttpRequest, file: media.MediaFile | None) -> HttpResponseBase:
    if file is None or not file.is_ready:
        raise Http404
    sent = media.send_media(request, file, download="download" in request.GET)
    sent.headers["Cache-Control"] = "no-store"
    return sent


def _form_page(request: HttpRequest, row: Stream | None) -> HttpResponse:
    by, at = actor(request), clock.now()
    is_post = request.method == "POST"
    form = StreamForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        films=queries.films(),
        initial=held_by(row) if row else {"language": "lt", "source": Source.PROGRAM, "is_recorded": True},
    )

    def act(given: dict[str, Any]) -> Outcome:
        film = form.film_chosen()
        upload = given["film_file"]
        if given["source"] == Source.FILM and upload:
            film = films.add_film(by=by, content=upload.read(), name=upload.name, at=at)
        facts = {name: given[name] for name in ("title", "starts", "language", "is_automatic", "is_recorded")}
        if row is None:
            made = actions.plan_stream(by=by, film=film, at=at, **facts)
            said = gettext("Planned.")
        else:
            made = actions.edit_stream(by=by, stream=row, film=film, at=at, **facts)
            said = gettext("Saved.")
        return Outcome(said, to=reverse("training-stream", args=[made.ref]))

    context = {"form": form, "row": row}
    return submitted(request, form, act) or render(
        request, "training/streaming/desk/form.html", context, status=UNFIT if form.errors else 200
    )
