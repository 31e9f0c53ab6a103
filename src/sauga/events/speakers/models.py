"""Tables of speakers: the address behind a personal link, the portrait, the slides."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.events.programme.models import SessionSpeaker, Speaker
from sauga.events.trail import ZONE
from sauga.kernel.data import About, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.media import Kind, MediaStorage

LONGEST_NAME = 200
PORTRAITS = MediaStorage("events.portrait", Kind.IMAGE, zone=ZONE)
SLIDES = MediaStorage("events.slides", Kind.IMAGE, Kind.PDF, zone=ZONE)


class SpeakerContact(models.Model):
    """The mail address of a speaker, encrypted under a key of its own. It is there to send the personal link;
    `ends_at` is the end of the event, from which it is kept for a while.
    """

    data = About(
        plain={"language"},
        sealed={"address"},
        on_public_pages=False,
        keep=Term(
            183,
            after="ends_at",
            code="events.speaker_contact",
            holder=("holder",),
            what=_("Contact details of speakers"),
            since=_("the end of the event"),
        ),
    )

    speaker = models.OneToOneField(Speaker, models.CASCADE, related_name="contact")
    address = models.BinaryField()
    language = models.CharField(max_length=5)
    ends_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.speaker_id)

    @property
    def holder(self) -> str:
        """Whose data key opens the address."""
        return f"events-speaker:{self.speaker.ref}"


class Portrait(models.Model):
    """The picture of a speaker, shown with the entry. `alt` describes it by language."""

    data = About(plain={"file", "alt"}, keep=With("speaker"))

    speaker = models.OneToOneField(Speaker, models.CASCADE, related_name="portrait")
    file = models.FileField(storage=PORTRAITS, max_length=LONGEST_NAME)
    alt = models.JSONField(default=dict)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.speaker_id)


class Slides(models.Model):
    """Slides of a speaker in a session: a PDF or an image, under a licence, shown once the speaker agreed
    (the version of the text) and until it is withdrawn. `alt` describes an image; `is_tagged` says whether
    screen readers can follow a PDF.
    """

    data = About(
        plain={"ref", "file", "language", "licence", "alt"},
        keep=Term(
            30,
            after="withdrawn_at",
            code="events.withdrawn_slides",
            name="withdrawn",
            what=_("Withdrawn slides"),
            since=_("the day they were withdrawn"),
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    speaking = models.ForeignKey(SessionSpeaker, models.CASCADE, related_name="slides")
    file = models.FileField(storage=SLIDES, max_length=LONGEST_NAME)
    language = models.CharField(max_length=16)
    licence = models.CharField(max_length=40)
    alt = models.JSONField(default=dict, blank=True)
    is_tagged = models.BooleanField(default=True)
    size = models.PositiveBigIntegerField()
    added_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    consent_version = models.PositiveSmallIntegerField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        verbose_name_plural = "slides"

    def __str__(self) -> str:
        return str(self.file.name or "").rpartition("/")[2]

    @property
    def is_agreed(self) -> bool:
        """Whether the speaker agrees that they are shown."""
        return self.agreed_at is not None and self.withdrawn_at is None
