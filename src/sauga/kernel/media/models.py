"""Tables of uploaded files: the file itself, the steps of its state, and the previews made from it."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever, With
from sauga.kernel.ids import new_reference
from sauga.kernel.media.states import FILE, WAITING, FileState
from sauga.kernel.media.upload_checks.kinds import Kind
from sauga.kernel.states import Step


def new_file_reference() -> str:
    """A random reference of one file."""
    return new_reference(12)


class MediaFileSet(models.QuerySet["MediaFile"]):
    """Questions about files that may be chained."""

    def ready(self) -> "MediaFileSet":
        """What may be sent to a visitor."""
        return self.filter(state=FileState.READY)

    def waiting(self) -> "MediaFileSet":
        """What has not been scanned yet."""
        return self.filter(state__in=WAITING)

    def without_previews(self) -> "MediaFileSet":
        """Ready files of which previews are still to be made."""
        return self.ready().filter(kind__in=PREVIEWED, previewed_at__isnull=True, preview_problem="")


PREVIEWED = (Kind.IMAGE, Kind.PDF)


class MediaFile(models.Model):
    """A media file is one upload: its real type, size, checksum and state. Only a READY one is ever sent out.

    `file` is where the bytes are: under `incoming/` until they have been scanned, then under `files/` by
    checksum, where equal bytes are stored once. `owner` names what it belongs to (`repository.rendition`),
    `zone` whose audit log records it. `alt` describes an image by language. `facts`: what the type says of
    itself (pages, tagged and language of a PDF). `scanned_at` is empty where no scanner looked.
    """

    data = About(
        plain={
            "ref",
            "kind",
            "mime",
            "name",
            "sha256",
            "file",
            "owner",
            "zone",
            "state",
            "refused_why",
            "scanner",
            "alt",
            "facts",
            "preview_problem",
        },
        keep=Forever(
            _("Uploaded to be published; removed when nothing refers to it any more."),
            what=_("Uploaded files"),
        ),
    )

    ref = models.CharField(max_length=16, unique=True, default=new_file_reference)
    kind = models.CharField(max_length=16)
    mime = models.CharField(max_length=100)
    name = models.CharField(max_length=160)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(max_length=200)
    owner = models.CharField(max_length=60)
    zone = models.CharField(max_length=24)
    state = models.CharField(max_length=16, default=FileState.RECEIVED)
    state_since = models.DateTimeField()
    received_at = models.DateTimeField()
    refused_why = models.CharField(max_length=24, blank=True)
    scanned_at = models.DateTimeField(null=True, blank=True)
    scanner = models.CharField(max_length=200, blank=True)
    alt = models.JSONField(default=dict, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    previewed_at = models.DateTimeField(null=True, blank=True)
    preview_problem = models.CharField(max_length=24, blank=True)

    objects = MediaFileSet.as_manager()
    state_tables: ClassVar[dict[str, Any]] = {"state": FILE}
    steps: Any
    previews: Any

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["sha256"]),
            models.Index(fields=["state", "state_since"]),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def stored(self) -> str:
        """The name of its bytes in the storage."""
        return str(self.file.name or "")

    @property
    def is_ready(self) -> bool:
        """Whether it may be sent to a visitor."""
        return self.state == FileState.READY

    def described(self, language: str) -> str:
        """Its description in a language, else in any; empty when it has no description."""
        return self.alt.get(language) or next((text for text in self.alt.values() if text), "")


class MediaFileStep(Step):
    """A transition of a file."""

    subject = models.ForeignKey(MediaFile, models.CASCADE, related_name="steps")


class Preview(models.Model):
    """A preview is one page of a file as an image (WebP) of one width. An image has one page, number 1."""

    data = About(plain={"file"}, keep=With("media"))

    media = models.ForeignKey(MediaFile, models.CASCADE, related_name="previews")
    page = models.PositiveSmallIntegerField(default=1)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    file = models.FileField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["media", "page", "width"], name="media_preview_once"),
        ]

    def __str__(self) -> str:
        return f"{self.media_id}/{self.page}-{self.width}"
