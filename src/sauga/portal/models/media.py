"""Images, files and videos of the site. Credits and text alternatives are required."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index

from sauga.portal.states import Rights

HEADS = {"mp4": (4, b"ftyp"), "webm": (0, b"\x1a\x45\xdf\xa3")}
LARGEST_FILM = 60 * 1024 * 1024


class Picture(AbstractImage):
    """An image of the site. Its description is offered as alternative text where it is used."""

    rights_holder = models.CharField(_("whose it is"), max_length=160)
    rights = models.CharField(_("terms"), max_length=16, choices=Rights.choices)
    admin_form_fields = ("title", "file", "description", "rights_holder", "rights", "collection", "tags")

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def clean(self) -> None:
        """An image needs a description. Raises ValidationError."""
        super().clean()
        if not self.description.strip():
            raise ValidationError(
                {"description": _("Say what can be seen, for people who cannot see the picture.")}
            )


class PictureSize(AbstractRendition):
    """An image resized to one size. Made when a page first needs it."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="portal_picture_size_once"
            ),
        ]


class Attachment(AbstractDocument):
    """A file to download."""

    language = models.CharField(
        _("language"), max_length=5, choices=[("lt", _("Lithuanian")), ("en", _("English"))], default="lt"
    )
    rights_holder = models.CharField(_("whose it is"), max_length=160)
    rights = models.CharField(_("terms"), max_length=16, choices=Rights.choices)
    admin_form_fields = ("title", "file", "language", "rights_holder", "rights", "collection", "tags")

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")


def film_as_it_says(file: Any) -> None:
    """Refuse a file whose content does not match its extension or that is too large. Raises
    ValidationError.
    """
    ending = str(file.name).rsplit(".", 1)[-1].lower()
    if ending not in HEADS:
        raise ValidationError(_("Films are MP4 or WebM files."))
    if isinstance(file, UploadedFile) or not getattr(file, "_committed", True):
        at, wanted = HEADS[ending]
        file.seek(0)
        head = file.read(16)
        file.seek(0)
        if head[at : at + len(wanted)] != wanted:
            raise ValidationError(_("The file is not what its name says."))
        if file.size > LARGEST_FILM:
            raise ValidationError(_("The film is larger than 60 MB."))


def captions_as_they_say(file: Any) -> None:
    """Refuse captions that no player would show. Raises ValidationError."""
    if isinstance(file, UploadedFile) or not getattr(file, "_committed", True):
        file.seek(0)
        text = file.read()
        file.seek(0)
        if not text.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT") or b"-->" not in text:
            raise ValidationError(_("Captions are a WebVTT file with at least one line."))


class Video(index.Indexed, models.Model):
    """A video of our own, with captions and a transcript. Nothing is played from another host."""

    title = models.CharField(_("title"), max_length=160)
    language = models.CharField(
        _("language"), max_length=5, choices=[("lt", _("Lithuanian")), ("en", _("English"))], default="lt"
    )
    file = models.FileField(_("film"), upload_to="films", validators=[film_as_it_says])
    captions = models.FileField(
        _("captions"),
        upload_to="films",
        validators=[captions_as_they_say],
        help_text=_("A WebVTT file in the film's language."),
    )
    transcript = models.TextField(
        _("transcript"), help_text=_("Everything that is said and what must be seen to understand it.")
    )
    poster = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("first picture")
    )
    rights_holder = models.CharField(_("whose it is"), max_length=160)
    rights = models.CharField(_("terms"), max_length=16, choices=Rights.choices)

    search_fields: ClassVar[list[Any]] = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        verbose_name = _("film")
        verbose_name_plural = _("films")

    def __str__(self) -> str:
        return self.title
