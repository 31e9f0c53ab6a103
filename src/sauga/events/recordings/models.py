"""Tables of recordings: their captions, and that one was handed on to the repository. The film itself is an
`Asset` of the photographs."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sauga.events.photos.models import Asset
from sauga.events.trail import ZONE
from sauga.kernel.data import About, With
from sauga.kernel.media import Kind, MediaStorage

CAPTIONS = MediaStorage("events.captions", Kind.CAPTIONS, zone=ZONE)


class RecordingCaptions(models.Model):
    """Captions of a recording in one language, in WebVTT."""

    data = About(plain={"language", "file"}, on_public_pages=False, keep=With("asset"))

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="captions")
    language = models.CharField(max_length=16)
    file = models.FileField(storage=CAPTIONS, max_length=200)
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["language"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["asset", "language"], name="recording_captions_once"),
        ]

    def __str__(self) -> str:
        return self.language


class Became(models.TextChoices):
    """What became of a resource in the repository when its recording was withdrawn or removed."""

    WITHDRAWN = "WITHDRAWN", "withdrawn"
    HELD = "HELD", "held"
    GONE = "GONE", "gone"


class RecordingHandOver(models.Model):
    """That a recording was handed on to the repository, where it is the resource `resource_ref`. Once it is
    over (`ended_at`), that resource must not be published any more; a new version of the recording is handed
    on anew.
    """

    data = About(plain={"resource_ref", "became"}, keep=With("asset"))

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="hand_overs")
    resource_ref = models.CharField(max_length=12, unique=True)
    handed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    became = models.CharField(max_length=9, choices=Became.choices, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["asset"], condition=Q(ended_at__isnull=True), name="recording_handed_on_once"
            ),
        ]

    def __str__(self) -> str:
        return self.resource_ref
