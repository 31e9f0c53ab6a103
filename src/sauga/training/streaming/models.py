"""Tables of broadcasts: the broadcast, what its encoder noted, and captions typed while it was live. Of
viewers there is a number only.
"""

import secrets
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever, Term
from sauga.kernel.ids import new_reference
from sauga.kernel.media import MediaFile
from sauga.kernel.states import Step
from sauga.training.states import STREAM, StreamState

OWNER, CAPTIONS_OWNER, FILM_OWNER = "training.recording", "training.captions", "training.film"


class Source(models.TextChoices):
    """Where the picture comes from: a speaker's program such as OBS, or a film played as if live."""

    PROGRAM = "PROGRAM", "program"
    FILM = "FILM", "film"


def new_token() -> str:
    """Random enough that nobody guesses the name of the preview."""
    return secrets.token_hex(12)


class Stream(models.Model):
    """A stream is one broadcast. A program connects at `port` with the passphrase, which is encrypted and
    goes when the broadcast ends; a `film` is played instead.

    `signal_at`: since when a picture comes; empty while none does. What comes while the broadcast is WAITING
    is seen at the desk only. `is_automatic`: it goes on air by itself, with the first picture from its time
    on. `viewers` is an estimate from the number of requests. `recording` and `captions` are made afterwards,
    `recorded_seconds` is how long the recording is.
    """

    data = About(
        plain={"ref", "title", "state", "source", "language", "preview_token", "fault"},
        sealed={"passphrase"},
        on_public_pages=False,
        keep=Forever(_("When what was broadcast, about nobody."), what=_("Broadcasts")),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    title = models.CharField(max_length=160)
    state = models.CharField(max_length=8, default=StreamState.PLANNED)
    starts = models.DateTimeField()
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.PROGRAM)
    language = models.CharField(max_length=5, default="lt")
    is_automatic = models.BooleanField(default=False)
    is_recorded = models.BooleanField(default=True)
    film = models.ForeignKey(MediaFile, models.PROTECT, null=True, blank=True, related_name="+")
    port = models.PositiveIntegerField(null=True, blank=True)
    passphrase = models.BinaryField(default=b"")
    preview_token = models.CharField(max_length=40, default=new_token)
    opened_at = models.DateTimeField(null=True, blank=True)
    on_air_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    signal_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    kbps = models.PositiveIntegerField(default=0)
    viewers = models.PositiveIntegerField(default=0)
    most_viewers = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=20, blank=True)
    recording = models.ForeignKey(MediaFile, models.PROTECT, null=True, blank=True, related_name="+")
    captions = models.ForeignKey(MediaFile, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_seconds = models.PositiveIntegerField(default=0)
    segments_deleted_at = models.DateTimeField(null=True, blank=True)

    state_tables: ClassVar[dict[str, Any]] = {"state": STREAM}
    steps: Any
    notes: Any
    lines: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["port"], name="stream_port_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def holder(self) -> str:
        """Whose data key opens the passphrase."""
        return f"training-stream:{self.ref}"

    @property
    def is_rehearsal(self) -> bool:
        """Whether it was opened before its time and no viewer has seen anything of it."""
        return self.on_air_at is None and self.opened_at is not None and self.opened_at < self.starts


class StreamStep(Step):
    """One move of a broadcast; `states.move` writes it."""

    subject = models.ForeignKey(Stream, models.CASCADE, related_name="steps")


class StreamNote(models.Model):
    """What happened to the encoder of a broadcast: a code of `rules.health.Note`, and a number where one
    belongs to it."""

    data = About(
        plain={"note"},
        on_public_pages=False,
        keep=Term(
            90,
            after="at",
            code="training.stream_log",
            what=_("Technical logs of broadcasts"),
            since=_("the day of the entry"),
        ),
    )

    stream = models.ForeignKey(Stream, models.CASCADE, related_name="notes")
    at = models.DateTimeField()
    note = models.CharField(max_length=20)
    n = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["stream", "-id"], name="stream_note_last")
        ]

    def __str__(self) -> str:
        return self.note


class CaptionLine(models.Model):
    """One line of live captions, in the order in which they were sent. `nonce` comes from the page that sent
    it, so that a repeated post is one line."""

    data = About(
        plain={"nonce", "text"},
        on_public_pages=False,
        keep=Term(
            90,
            after="at",
            code="training.caption_lines",
            what=_("Live captions"),
            since=_("the day of the broadcast"),
        ),
    )

    stream = models.ForeignKey(Stream, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    nonce = models.CharField(max_length=40)
    at = models.DateTimeField()
    text = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["stream", "number"], name="caption_number_once"),
            models.UniqueConstraint(fields=["stream", "nonce"], name="caption_nonce_once"),
        ]

    def __str__(self) -> str:
        return str(self.number)
