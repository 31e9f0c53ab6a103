"""How broadcasts read: states, log, player."""

from dataclasses import dataclass
from datetime import datetime

from django.templatetags.static import static
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel.kit.lists import Mark
from sauga.kernel.refusals import Text
from sauga.training.states import StreamState
from sauga.training.streaming.models import Stream, StreamNote
from sauga.training.streaming.rules.health import Note
from sauga.training.streaming.rules.playlists import CAPTIONS, MASTER

STATES: dict[str, Mark] = {
    StreamState.PLANNED: Mark("calm", "dash", pgettext_lazy("broadcast", "planned")),
    StreamState.WAITING: Mark("wait", "half", pgettext_lazy("broadcast", "open, not on air")),
    StreamState.LIVE: Mark("good", "dot", pgettext_lazy("broadcast", "on air")),
    StreamState.ENDED: Mark("calm", "square", pgettext_lazy("broadcast", "ended")),
    StreamState.FAILED: Mark("bad", "diamond", pgettext_lazy("broadcast", "failed")),
}
NOTES: dict[str, Text] = {
    Note.OPENED: _("Opened: a program may connect."),
    Note.CONNECTED: _("Picture and sound come."),
    Note.LOST: _("The picture is lost. The program may connect again at any time."),
    Note.WRONG_PASSPHRASE: _("Somebody tried to connect with a wrong passphrase and was refused."),
    Note.GARBAGE: _("What came is no picture, and was refused. Check the settings of the program."),
    Note.NO_SOUND: _("The program sends no sound. Add a microphone there, then start it again."),
    Note.NO_PICTURE: _("The program sends no picture. Add a camera or a screen there, then start it again."),
    Note.KILLED: _("The encoder was ended from outside and is started again."),
    Note.ENDED_ITSELF: _("The encoder has stopped and is started again."),
    Note.STALLED: _("Nothing came any more; the encoder is started again."),
    Note.PORT: _("The port is in use by another program on the server."),
    Note.DISK: _("The disk of the server is nearly full, so the broadcast has stopped. Ask an operator."),
    Note.NO_PROGRAM: _("The program ffmpeg is not installed on the server. Ask an operator."),
    Note.FILM: _("The film cannot be played: its file is missing, or has no picture or no sound."),
    Note.SLOW: _("The server is too slow for this broadcast: viewers see it stop. Ask an operator."),
    Note.REHEARSED: _("The rehearsal is over. Nothing is used up: the broadcast waits for its time."),
    Note.FINISHED: _("The broadcast has ended."),
}
TROUBLE = {
    Note.LOST,
    Note.GARBAGE,
    Note.NO_SOUND,
    Note.NO_PICTURE,
    Note.KILLED,
    Note.ENDED_ITSELF,
    Note.STALLED,
    Note.PORT,
    Note.DISK,
    Note.NO_PROGRAM,
    Note.FILM,
    Note.SLOW,
    Note.WRONG_PASSPHRASE,
}


@dataclass(frozen=True)
class StreamPlayer:
    """What `training/streaming/_player.html` plays. A page that includes it also includes `_player_head.html`
    among its styles and `_player_script.html` among its scripts, and is answered through `framing.plays`.

    `master` and `sound` are playlists. `fallback_href` is a file that was given out beforehand, offered when
    the picture does not come.
    """

    ref: str
    title: str
    language: str
    master: str
    sound: str
    captions: str
    script: str
    is_live: bool
    is_over: bool
    is_preview: bool
    starts: datetime
    fallback_href: str = ""


@dataclass(frozen=True)
class LogLine:
    """One line of the log of a broadcast."""

    at: datetime
    text: str
    is_trouble: bool


def player_of(stream: Stream, *, fallback_href: str = "") -> StreamPlayer:
    """What the public watches."""
    return StreamPlayer(
        ref=stream.ref,
        title=stream.title,
        language=stream.language,
        master=address(stream, MASTER),
        sound=address(stream, "audio.m3u8"),
        captions=address(stream, CAPTIONS),
        script=_library(),
        is_live=stream.state == StreamState.LIVE,
        is_over=stream.state == StreamState.ENDED,
        is_preview=False,
        starts=stream.starts,
        fallback_href=fallback_href,
    )


def player_section(stream: object, _at: datetime) -> tuple[str, dict[str, object]] | None:
    """The player for a page that shows a broadcast (`effects.stream_players`)."""
    if not isinstance(stream, Stream):
        return None
    parts = {name: f"training/streaming/_player_{name}.html" for name in ("head", "script")}
    return "training/streaming/_player.html", {"player": player_of(stream), **parts}


def preview_of(stream: Stream) -> StreamPlayer | None:
    """What the desk sees while a picture comes, on air or not; None while none does."""
    if stream.state not in {StreamState.WAITING, StreamState.LIVE} or stream.signal_at is None:
        return None
    return StreamPlayer(
        ref=stream.ref,
        title=stream.title,
        language=stream.language,
        master=address(stream, f"preview-{stream.preview_token}.m3u8"),
        sound="",
        captions="",
        script=_library(),
        is_live=True,
        is_over=False,
        is_preview=True,
        starts=stream.starts,
    )


def address(stream: Stream, name: str) -> str:
    """Where the origin serves a file of a broadcast (`views.origin`)."""
    return f"/stream/{stream.ref.lower()}/{name}"


def log_line(row: StreamNote) -> LogLine:
    """One line of the log in words."""
    text = str(NOTES.get(row.note, row.note))
    if row.note == Note.IN_SERVICE:
        text = ngettext("In service; %(n)d viewer.", "In service; %(n)d viewers.", row.n) % {"n": row.n}
    return LogLine(row.at, text, row.note in TROUBLE)


def signal_words(stream: Stream) -> Mark:
    """Whether a picture comes."""
    if stream.signal_at is not None:
        return Mark("good", "dot", gettext("picture and sound come"))
    if stream.state in {StreamState.WAITING, StreamState.LIVE}:
        return Mark("wait", "half", gettext("no picture yet"))
    return Mark("calm", "dash", gettext("not open"))


def fault_words(stream: Stream) -> str:
    """Why a broadcast failed."""
    return str(NOTES.get(stream.fault, "")) if stream.fault else ""


def _library() -> str:
    return static("training/streaming/vendor/hls-light-1.7.4.mjs")
